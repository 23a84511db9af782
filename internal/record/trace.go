// Package record keeps what monitors record: spikes, and traces of variables over time in chunks outside the
// garbage-collected heap.
//
// It knows samples, elements and steps; it does not know what was recorded or in which units.
package record

import (
	"runtime"
	"sync"
	"unsafe"

	"synfire/internal/array"
	"synfire/internal/platform"
)

// Chunks are large enough that their number stays small, and small enough that little is unused.
const (
	largestChunk  = 8 << 20 // bytes
	smallestChunk = 64 << 10
	chunkSamples  = 1024 // samples of each element per chunk, where that fits
)

// Pool keeps the memory of chunks that are no longer used, because first touching new memory costs more than
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

// chunk holds rows samples of all elements, one sample after the other. Its memory goes back to the pool when
// nothing refers to the chunk.
type chunk struct {
	data []float64
}

// Trace records one number for each of a fixed set of elements at each sample.
type Trace struct {
	pool     *Pool
	elements int
	rows     int // samples per chunk
	samples  int
	chunks   []*chunk
}

// NewTrace returns an empty trace of the given number of elements.
func NewTrace(pool *Pool, elements int) *Trace {
	bytes := min(max(8*max(elements, 1)*chunkSamples, smallestChunk), largestChunk)
	return &Trace{pool: pool, elements: elements, rows: max(1, bytes/(8*max(elements, 1)))}
}

// Elements returns the number of elements.
func (t *Trace) Elements() int { return t.elements }

// Samples returns the number of samples.
func (t *Trace) Samples() int { return t.samples }

// Bytes returns how much memory the trace holds.
func (t *Trace) Bytes() int { return len(t.chunks) * t.rows * t.elements * 8 }

// Append adds a sample and returns its values, to be filled by the caller.
func (t *Trace) Append() ([]float64, error) {
	at := t.samples % t.rows
	if t.samples/t.rows == len(t.chunks) {
		c, err := t.newChunk()
		if err != nil {
			return nil, err
		}
		t.chunks = append(t.chunks, c)
	}
	t.samples++
	data := t.chunks[len(t.chunks)-1].data
	return data[at*t.elements : (at+1)*t.elements], nil
}

func (t *Trace) newChunk() (*chunk, error) {
	n := t.rows * t.elements
	if 8*n < largestChunk/2 {
		return &chunk{make([]float64, n)}, nil
	}
	region, err := t.pool.take(8 * n)
	if err != nil {
		return nil, err
	}
	c := &chunk{unsafe.Slice((*float64)(unsafe.Pointer(&region.Bytes()[0])), n)}
	runtime.AddCleanup(c, t.pool.give, region)
	return c, nil
}

// View is a trace as it was at one moment; it does not change when the trace goes on or is cut.
type View struct {
	elements, rows, samples int
	chunks                  []*chunk
}

// View returns the trace as it is now.
func (t *Trace) View() *View {
	return &View{t.elements, t.rows, t.samples, t.chunks[:len(t.chunks):len(t.chunks)]}
}

// forceCollection is the amount of dropped memory from which on it is worth a garbage collection to have it again.
const forceCollection = 64 << 20

// Reset makes the trace what the view shows, which must be of this trace or nil for empty. Chunks that both share
// stay shared: the last, unfinished one is copied.
func (t *Trace) Reset(v *View) error {
	before := t.Bytes()
	t.samples, t.chunks = 0, nil
	if v != nil {
		t.samples = v.samples
		t.chunks = append(t.chunks, v.chunks...)
		if used := v.samples % v.rows; used > 0 {
			last, err := t.newChunk()
			if err != nil {
				return err
			}
			copy(last.data, v.chunks[len(v.chunks)-1].data[:used*v.elements])
			t.chunks[len(t.chunks)-1] = last
		}
	}
	if before-t.Bytes() > forceCollection {
		runtime.GC()
	}
	return nil
}

// Freeze returns a view that later samples do not touch, for Reset: the unfinished chunk is copied.
func (t *Trace) Freeze() *View {
	v := t.View()
	if used := v.samples % v.rows; used > 0 {
		v.chunks = append([]*chunk(nil), v.chunks...)
		last := make([]float64, t.rows*t.elements)
		copy(last, v.chunks[len(v.chunks)-1].data[:used*t.elements])
		v.chunks[len(v.chunks)-1] = &chunk{last}
	}
	return v
}

// Shape returns the number of elements and samples: a recording is read with one row for each element.
func (v *View) Shape() (rows, columns int) { return v.elements, v.samples }

// ReadRows implements array.BlockReader.
func (v *View) ReadRows(lo, hi int, dst []float64) { v.ReadRectangle(lo, hi, 0, v.samples, dst) }

// ReadRectangle implements array.RectangleReader.
func (v *View) ReadRectangle(rowLo, rowHi, columnLo, columnHi int, dst []float64) {
	width := columnHi - columnLo
	for column := columnLo; column < columnHi; {
		data := v.chunks[column/v.rows].data
		end := min(columnHi, (column/v.rows+1)*v.rows)
		for ; column < end; column++ {
			at := column % v.rows * v.elements
			sample := data[at+rowLo : at+rowHi]
			for r, x := range sample {
				dst[r*width+column-columnLo] = x
			}
		}
	}
	runtime.KeepAlive(v)
}

// VisitTiles implements array.TileVisitor.
func (v *View) VisitTiles(visit func(array.Tile)) {
	for k, c := range v.chunks {
		from := k * v.rows
		samples := min(v.rows, v.samples-from)
		if samples <= 0 {
			break
		}
		visit(array.Tile{Rows: v.elements, Column: from, Columns: samples, Data: c.data[:samples*v.elements], ColumnMajor: true})
	}
	runtime.KeepAlive(v)
}
