package record

import (
	"math"
	"runtime"
	"sync"
	"unsafe"

	"synfire/internal/platform"
)

// Pool is where recordings have their memory from: up to a budget ordinary memory, then a temporary file. It keeps the
// memory of recordings that are no longer used, because first touching new memory costs more than filling it.
type Pool struct {
	mu     sync.Mutex
	budget int64
	folder string
	used   int64 // ordinary memory, in use or not
	spill  *platform.Spill
	moved  int64 // bytes of the file
	free   map[kind][]*platform.Region
}

// kind is what regions must have in common to stand in for each other.
type kind struct {
	bytes   int
	spilled bool
}

// NewPool returns an empty pool with a budget in bytes; 0 means budgetShare of the memory that is available when the first
// is needed. Folder is where the temporary file is made; "" chooses.
func NewPool(budget int64, folder string) *Pool {
	return &Pool{budget: budget, folder: folder, free: map[kind][]*platform.Region{}}
}

// budgetShare of the available memory leaves some for what is computed from recordings.
const budgetShare = 0.7

// Budget returns how much ordinary memory recordings may take, in bytes.
func (p *Pool) Budget() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.limit()
}

func (p *Pool) limit() int64 {
	if p.budget == 0 {
		p.budget = math.MaxInt64
		if available := platform.AvailableMemory(); available > 0 {
			p.budget = int64(budgetShare * float64(available))
		}
	}
	return p.budget
}

// Spilled returns the size of the temporary file in bytes.
func (p *Pool) Spilled() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.moved
}

// take returns a region, from the file if it need not be resident and the budget is spent.
func (p *Pool) take(bytes int, resident bool) (*platform.Region, kind, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, k := range [...]kind{{bytes, false}, {bytes, true}} {
		if list := p.free[k]; len(list) > 0 && !(k.spilled && resident) {
			p.free[k] = list[:len(list)-1]
			return list[len(list)-1], k, nil
		}
	}
	if p.used+int64(bytes) > p.limit() {
		p.release()
	}
	if resident || p.used+int64(bytes) <= p.limit() {
		region, err := platform.Alloc(bytes)
		if err == nil {
			p.used += int64(bytes)
			if resident {
				platform.AdviseHugePages(region.Bytes())
			}
		}
		return region, kind{bytes, false}, err
	}
	if p.spill == nil {
		spill, err := platform.NewSpill(p.folder)
		if err != nil {
			return nil, kind{}, err
		}
		p.spill = spill
	}
	region, err := p.spill.Alloc(bytes)
	if err == nil {
		p.moved += int64(bytes)
	}
	return region, kind{bytes, true}, err
}

func (p *Pool) give(r returned) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free[r.kind] = append(p.free[r.kind], r.region)
}

// returned is a region that nobody uses any more.
type returned struct {
	region *platform.Region
	kind   kind
}

// Release returns unused memory to the system. The file keeps its size.
func (p *Pool) Release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.release()
}

func (p *Pool) release() {
	for k, list := range p.free {
		if k.spilled {
			continue
		}
		for _, region := range list {
			region.Free()
			p.used -= int64(k.bytes)
		}
		delete(p.free, k)
	}
}

// slab is a piece of memory. It goes back to the pool when nothing refers to the slab, which must therefore be kept as
// long as its bytes are in use.
type slab struct {
	bytes   []byte
	spilled bool
}

// ordinary is the size below which slabs are memory of the Go heap.
const ordinary = 1 << 20

// newSlab returns a slab of a multiple of 8 bytes, of any content. What is read and written all the time should be resident.
func (p *Pool) newSlab(bytes int, resident bool) (*slab, error) {
	if bytes < ordinary {
		return heapSlab(bytes), nil
	}
	region, k, err := p.take(bytes, resident)
	if err != nil {
		return nil, err
	}
	s := &slab{region.Bytes(), k.spilled}
	runtime.AddCleanup(s, p.give, returned{region, k})
	return s, nil
}

// provided is how much memory is provided at once: it stays near the processor until it is written.
const provided = 64 << 10

// provide makes sure of memory of a slab from a place on, and returns where it ends.
func (s *slab) provide(from int) int {
	to := min(from+provided, len(s.bytes))
	if !s.spilled && len(s.bytes) >= ordinary {
		platform.Populate(s.bytes[from:to])
	}
	return to
}

// heapSlab returns a slab of memory of the Go heap.
func heapSlab(bytes int) *slab {
	words := make([]uint64, max(1, bytes/8))
	return &slab{bytes: unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), bytes)}
}

// rest says that a slab is full: if it lies in the file, the system may have its memory.
func (p *Pool) rest(s *slab) {
	if s.spilled {
		p.spill.Rest(s.bytes[:len(s.bytes)])
	}
}

// floats returns the slab as numbers.
func (s *slab) floats() []float64 {
	return unsafe.Slice((*float64)(unsafe.Pointer(unsafe.SliceData(s.bytes))), len(s.bytes)/8)
}
