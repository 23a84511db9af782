package platform

import (
	"runtime"
	"unsafe"
)

// Executable is machine code in memory of its own, which is never writable and executable at once. The memory
// is given back when the Executable is no longer reachable.
type Executable struct {
	memory []byte
}

// NewExecutable copies code into memory that can be executed. It fails where the system does not allow that.
func NewExecutable(code []byte) (*Executable, error) {
	memory, err := mapExecutable(code)
	if err != nil {
		return nil, err
	}
	e := &Executable{memory: memory}
	runtime.AddCleanup(e, unmapMemory, memory)
	return e, nil
}

// Address is where the code begins. It must be used only while the Executable is reachable.
func (e *Executable) Address() uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(e.memory))) }

// Bytes returns the code. It must not be written to.
func (e *Executable) Bytes() []byte { return e.memory }

// Size is the number of bytes of the code, rounded up to pages.
func (e *Executable) Size() int { return len(e.memory) }
