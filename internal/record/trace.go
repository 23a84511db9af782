// Package record keeps what monitors record: spikes, and traces of variables over time, packed without loss outside the
// garbage-collected heap.
//
// It knows samples, elements and steps; it does not know what was recorded or in which units.
package record

import (
	"math"
	"runtime"
	"slices"
	"sync"
	"unsafe"
)

// Samples are kept as they come, in panels of some elements whose samples lie close together, until a panel has a block of
// them. Then each element's block is packed (pack.go): at once by who put them, as long as they are in the cache, if all of
// the panel is his; otherwise when they are counted.
const (
	panelElements = 64
	// Room is how many samples can be put before Grow is called.
	Room     = 2 * blockSamples
	openRows = history + blockSamples + Room
	// Together is the number of elements that are packed at once: Pack packs those from a multiple of it to another.
	Together = panelElements
)

// Workers do parts of a job at the same time: a sim.Team.
type Workers interface {
	Size() int
	// Do runs job once for each part from 0 to Size()-1.
	Do(job func(part int))
}

// Trace records one number for each of a fixed set of elements at each sample.
type Trace struct {
	pool     *Pool
	as       Precision
	elements int
	samples  int

	packed
	open    *slab    // the rows of history and the samples that are not packed yet
	shared  bool     // a view shows open
	blocks  []int    // of each panel, how many are packed: as many as are complete, but between two calls of Grow
	choices []choice // of each tile

	slabBytes int
	mu        sync.Mutex // guards what follows, and slabs, while workers pack
	writers   []*writer  // that nobody uses
	problem   error      // there was no memory for what is packed
}

// packed are the blocks that have been packed. What belongs to complete samples is never changed.
type packed struct {
	slabs  []*slab
	places []place // of tile t of block b: number b*tiles+t
}

// place is where a tile lies.
type place struct {
	slab, at uint32
}

// writer is where a worker writes its next tile, and where he works.
type writer struct {
	slab *slab
	place
	ready int // there is memory up to here
	tile  gathered
}

// NewTrace returns an empty trace of the given number of elements.
func NewTrace(pool *Pool, as Precision, elements int) *Trace {
	t := &Trace{pool: pool, as: as, elements: elements}
	t.slabBytes = smallestSlab
	for t.slabBytes < largestSlab && t.slabBytes < 8*blockSamples*elements {
		t.slabBytes *= 2
	}
	return t
}

// Small slabs leave little unused, large ones are few.
const (
	smallestSlab = 16 << 10
	largestSlab  = 4 << 20
)

// Elements returns the number of elements.
func (t *Trace) Elements() int { return t.elements }

// Samples returns the number of samples.
func (t *Trace) Samples() int { return t.samples }

// Bytes returns how much memory the trace holds.
func (t *Trace) Bytes() int {
	n := 8 * t.samples / blockSamples * tiles(t.elements)
	for _, s := range t.slabs {
		n += len(s.bytes)
	}
	if t.open != nil {
		n += len(t.open.bytes)
	}
	return n
}

// tiles returns the number of tiles of a block.
func tiles(elements int) int { return (elements + tileElements - 1) / tileElements }

// panel is the part of the open rows that belongs to some elements, one row after the other.
type panel struct {
	first, width int
	data         []float64
}

// panelOf returns the panel number p of open rows.
func panelOf(open []float64, elements, p int) panel {
	first := p * panelElements
	width := min(panelElements, elements-first)
	return panel{first, width, open[first*openRows:][:openRows*width]}
}

func (p panel) row(row int) []float64 { return p.data[row*p.width:][:p.width] }

// panels returns the number of panels.
func panels(elements int) int { return (elements + panelElements - 1) / panelElements }

// Open makes sure that samples can be put.
func (t *Trace) Open() error {
	if t.problem != nil {
		s, err := t.pool.newSlab(t.slabBytes, false)
		if err != nil {
			return err
		}
		t.problem = nil
		t.writers = []*writer{{slab: s, place: t.number(s)}}
	}
	if t.open == nil {
		open, err := t.newRows()
		if err != nil {
			return err
		}
		t.open = open
	}
	if t.choices == nil {
		t.choices = make([]choice, tiles(t.elements))
		t.blocks = make([]int, panels(t.elements))
		for p := range t.blocks {
			t.blocks[p] = t.samples / blockSamples
		}
	}
	t.makePlaces()
	return nil
}

// makePlaces makes room for the places of blocks that can be packed before the next call of Grow.
func (t *Trace) makePlaces() {
	if n := (t.samples/blockSamples + Room/blockSamples + 1) * tiles(t.elements); n > len(t.places) {
		t.places = append(t.places, make([]place, n-len(t.places))...)
	}
}

func (t *Trace) newRows() (*slab, error) { return t.pool.newSlab(8*openRows*t.elements, true) }

// Put puts the values of the elements from lo on in a sample, counted from the first of the trace. It is one of the Room
// samples that Grow will count. Several workers may put values of different elements at the same time.
func (t *Trace) Put(sample, lo int, values []float64) {
	open := t.open.floats()
	for len(values) > 0 {
		// This is panelOf and row, written out: it is done for each panel in each step.
		number := uint(lo) / panelElements
		first := int(number) * panelElements
		width := min(panelElements, t.elements-first)
		at := first*openRows + (history+sample-t.blocks[number]*blockSamples)*width + lo - first
		n := min(len(values), first+width-lo)
		copy(open[at:at+n], values)
		if n == panelElements && at+2*n <= len(open) {
			fetch((*[panelElements]float64)(open[at+n:])) // the next sample's row: until then others have been written
		}
		if sample == 0 { // what comes before it is as if it had always been so
			panel := panelOf(open, t.elements, int(number))
			for row := range history {
				copy(panel.row(row)[lo-first:], values[:n])
			}
		}
		lo, values = lo+n, values[n:]
	}
}

// Pack packs what is complete of the elements lo to hi-1, of which the caller has put so many samples since the first of the
// trace, and nobody else puts any. It need not be called: what it leaves, Grow does.
func (t *Trace) Pack(lo, hi, samples int) {
	if t.shared || samples%blockSamples != 0 {
		return
	}
	first, last := (lo+panelElements-1)/panelElements, hi/panelElements
	if hi == t.elements {
		last = panels(hi)
	}
	if first < last {
		t.packPanels(first, last, samples, t.open.floats())
	}
}

// Grow counts samples that have been put for all elements, and packs what is complete. Without workers the caller does all
// work itself. After an error the trace holds all samples, but no more can be put before Open succeeds.
func (t *Trace) Grow(workers Workers, samples int) error {
	t.samples += samples
	complete := t.samples / blockSamples
	if slices.ContainsFunc(t.blocks, func(blocks int) bool { return blocks < complete }) {
		next := t.open
		if t.shared { // then all panels have blocks that are not packed
			var err error
			if next, err = t.newRows(); err != nil {
				next = heapSlab(len(t.open.bytes))
				t.problem = err
			}
		}
		each(workers, len(t.blocks), 1, func(lo, hi int) { t.packPanels(lo, hi, t.samples, next.floats()) })
		t.open, t.shared = next, false
	}
	t.makePlaces()
	return t.problem
}

// packPanels packs what is complete of some panels, of which so many samples have been put, and moves the open rows that are
// left, and the history before them, to the beginning of the same panels of other open rows.
func (t *Trace) packPanels(lo, hi, samples int, to []float64) {
	w := t.take()
	open, n := t.open.floats(), tiles(t.elements)
	for p := lo; p < hi; p++ {
		begin, end := p*panelElements/tileElements, min(n, (p+1)*panelElements/tileElements)
		first := t.blocks[p]
		t.blocks[p] = samples / blockSamples
		for b := range t.blocks[p] - first {
			for k := begin; k < end; k++ {
				if w.slab == nil || len(w.slab.bytes)-int(w.at) < maxTile {
					t.nextSlab(w)
				}
				if int(w.at)+maxTile > w.ready {
					w.ready = w.slab.provide(w.ready)
				}
				t.places[(first+b)*n+k] = w.place
				s, count := t.samplesOf(open, k, b, &w.tile)
				w.at += uint32(packTile(w.slab.bytes[w.at:], s, count, t.as, &t.choices[k], first+b))
			}
		}
		if first < t.blocks[p] {
			from, to := panelOf(open, t.elements, p), panelOf(to, t.elements, p)
			rows := history + samples%blockSamples
			copy(to.data[:rows*to.width], from.data[(t.blocks[p]-first)*blockSamples*from.width:])
		}
	}
	t.give(w)
}

// take gets a writer for a worker, give returns it.
func (t *Trace) take() *writer {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.writers); n > 0 {
		w := t.writers[n-1]
		t.writers = t.writers[:n-1]
		return w
	}
	return &writer{}
}

func (t *Trace) give(w *writer) {
	t.mu.Lock()
	t.writers = append(t.writers, w)
	t.mu.Unlock()
}

// each divides n things among workers, at least share for each.
func each(workers Workers, n, share int, job func(lo, hi int)) {
	parts := 1
	if workers != nil {
		parts = min(workers.Size(), n/share)
	}
	if parts <= 1 {
		job(0, n)
		return
	}
	workers.Do(func(worker int) {
		if worker < parts {
			job(n*worker/parts, n*(worker+1)/parts)
		}
	})
}

// gathered are the samples of a tile in a place of their own.
type gathered [(history + blockSamples) * tileElements]uint64

// samplesOf returns the samples of block b of the open rows of tile k, and how many elements it has: where they are, or in the given
// place if they have to be rounded or the tile is not full; elements that it does not have are zero.
func (t *Trace) samplesOf(open []float64, k, b int, to *gathered) (s samples, count int) {
	first := k * tileElements
	panel := panelOf(open, t.elements, first/panelElements)
	from := panel.data[b*blockSamples*panel.width+first-panel.first:]
	count = min(tileElements, t.elements-first)
	if t.as == Double && count == tileElements {
		return samples{unsafe.Slice((*uint64)(unsafe.Pointer(&from[0])), len(from)), panel.width}, count
	}
	switch {
	case count == tileElements:
		roundTile(to, from, panel.width)
	case t.as == Single:
		roundPlain(to, from, panel.width, count)
	default:
		for row := range history + blockSamples {
			for e, x := range from[row*panel.width:][:count] {
				to[row*tileElements+e] = math.Float64bits(x)
			}
		}
	}
	if count < tileElements {
		for row := range history + blockSamples {
			clear(to[row*tileElements:][count:tileElements])
		}
	}
	return samples{to[:], tileElements}, count
}

// roundPlain fills in the bit patterns of float32. It is the definition of what machine code does.
func roundPlain(to *gathered, from []float64, stride, count int) {
	for row := range history + blockSamples {
		for e, x := range from[row*stride:][:count] {
			to[row*tileElements+e] = Single.pattern(x)
		}
	}
}

// nextSlab gives a writer new memory. If there is none the trace keeps the error, and what is complete goes to the Go heap.
func (t *Trace) nextSlab(w *writer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w.slab != nil {
		t.pool.rest(w.slab)
	}
	s, err := t.pool.newSlab(t.slabBytes, false)
	if err != nil {
		t.problem = err
		s = heapSlab(t.slabBytes)
	}
	w.slab, w.place, w.ready = s, t.number(s), 0
}

// number adds a slab, and returns its first place.
func (t *Trace) number(s *slab) place {
	t.slabs = append(t.slabs, s)
	return place{slab: uint32(len(t.slabs) - 1)}
}

// forceCollection is the amount of dropped memory from which on it is worth a garbage collection to have it again.
const forceCollection = 64 << 20

// Reset makes the trace what the view shows, which must be of a trace that it fits, or nil for empty. What both share stays shared.
func (t *Trace) Reset(v *View) error {
	before := t.Bytes()
	var open *slab
	if v == nil || v.samples == 0 {
		v = &View{}
	} else {
		var err error
		if open, err = t.newRows(); err != nil {
			return err
		}
		for p := range panels(t.elements) {
			from, to := panelOf(v.open.floats(), t.elements, p), panelOf(open.floats(), t.elements, p)
			copy(to.data[:(history+v.rows)*to.width], from.data)
		}
	}
	t.packed, t.open, t.samples = v.packed, open, v.samples
	t.shared, t.choices, t.writers, t.problem = false, nil, nil, nil
	if before-t.Bytes() > forceCollection {
		runtime.GC()
	}
	return nil
}

// View returns the trace as it is now. It does not change when the trace goes on or is reset.
func (t *Trace) View() *View {
	t.shared = t.open != nil
	places := t.samples / blockSamples * tiles(t.elements)
	return &View{
		as: t.as, elements: t.elements, samples: t.samples, rows: t.samples % blockSamples, open: t.open,
		packed: packed{t.slabs[:len(t.slabs):len(t.slabs)], t.places[:places:places]},
	}
}
