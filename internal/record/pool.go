package record

import (
	"runtime"
	"sync"
	"unsafe"

	"synfire/internal/platform"
)

// Pool keeps the memory of recordings that are no longer used, because first touching new memory costs more than
// filling it.
type Pool struct {
	mu   sync.Mutex
	free map[int][]*platform.Region
}

// NewPool returns an empty pool.
func NewPool() *Pool { return &Pool{free: map[int][]*platform.Region{}} }

func (p *Pool) take(bytes int) (*platform.Region, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if list := p.free[bytes]; len(list) > 0 {
		p.free[bytes] = list[:len(list)-1]
		return list[len(list)-1], nil
	}
	return platform.Alloc(bytes)
}

func (p *Pool) give(region *platform.Region) {
	p.mu.Lock()
	defer p.mu.Unlock()
	size := len(region.Bytes())
	p.free[size] = append(p.free[size], region)
}

// Release returns unused memory to the system.
func (p *Pool) Release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for size, list := range p.free {
		for _, region := range list {
			region.Free()
		}
		delete(p.free, size)
	}
}

// slab is a piece of memory. It goes back to the pool when nothing refers to the slab, which must therefore be kept as
// long as its bytes are in use.
type slab struct {
	bytes []byte
}

// ordinary is the size below which slabs are memory of the Go heap.
const ordinary = 1 << 20

// newSlab returns a slab of a multiple of 8 bytes, of any content.
func (p *Pool) newSlab(bytes int) (*slab, error) {
	if bytes < ordinary {
		words := make([]uint64, max(1, bytes/8))
		return &slab{unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), bytes)}, nil
	}
	region, err := p.take(bytes)
	if err != nil {
		return nil, err
	}
	s := &slab{region.Bytes()}
	runtime.AddCleanup(s, p.give, region)
	return s, nil
}

// floats returns the slab as numbers.
func (s *slab) floats() []float64 {
	return unsafe.Slice((*float64)(unsafe.Pointer(unsafe.SliceData(s.bytes))), len(s.bytes)/8)
}
