//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package platform

// Spill would be memory in a temporary file; here it is ordinary memory, which the system may move to a disk by itself.
type Spill struct{}

// NewSpill cannot fail.
func NewSpill(string) (*Spill, error) { return &Spill{}, nil }

// Alloc returns a region, all zero.
func (s *Spill) Alloc(bytes int) (*Region, error) { return Alloc(bytes) }

// Rest does nothing.
func (s *Spill) Rest([]byte) {}
