// Package record keeps what monitors record: spikes, and traces of variables over time, packed without loss outside the
// garbage-collected heap.
//
// It knows samples, elements and steps; it does not know what was recorded or in which units.
package record

import (
	"runtime"
	"sync"
	"unsafe"
)

// Samples are kept as they come, in panels of some elements whose samples lie close together, until there is a block of
// them for all elements. Then each element's block is packed (pack.go).
const (
	panelElements = 64
	// Room is how many samples can be put before Grow is called.
	Room     = 2 * blockSamples
	openRows = history + blockSamples + Room
)

// Workers do parts of a job at the same time: a sim.Team.
type Workers interface {
	Size() int
	// Do runs job once for each part from 0 to Size()-1.
	Do(job func(part int))
}

// packShare is the number of tiles that are worth a worker of their own.
const packShare = 8

// Trace records one number for each of a fixed set of elements at each sample.
type Trace struct {
	pool     *Pool
	as       Precision
	elements int
	samples  int

	packed
	open    *slab // the rows of history and the samples that are not packed yet
	shared  bool  // a view shows open
	rows    int   // samples in open
	choices []choice

	slabBytes int
	mu        sync.Mutex // guards slabs while workers pack
	writers   []writer
	problem   error // of a worker
}

// packed are the blocks that have been packed. Nothing in it is ever changed, only added.
type packed struct {
	slabs  []*slab
	places []place // of tile t of block b: number b*tiles+t
}

// place is where a tile lies.
type place struct {
	slab, at uint32
}

// writer is where a worker writes its next tile.
type writer struct {
	slab *slab
	place
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
	n := 8 * len(t.places)
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

// Open makes sure that samples can be put.
func (t *Trace) Open() (err error) {
	if t.open == nil {
		t.open, err = t.newRows()
	}
	if err == nil && t.rows >= blockSamples { // there was no memory for them the last time
		err = t.pack(nil)
	}
	return err
}

func (t *Trace) newRows() (*slab, error) { return t.pool.newSlab(8*openRows*t.elements, true) }

// Put puts the values of the elements lo to hi-1 in a sample, counted from the first of the trace. It is one of the Room
// samples that Grow will count. The function is called to fill in the values of the elements from lo on. Several workers
// may put values of different elements at the same time.
func (t *Trace) Put(sample, lo, hi int, fill func(lo int, values []float64)) {
	open := t.open.floats()
	row := history + t.rows + sample - t.samples
	for lo < hi {
		panel := panelOf(open, t.elements, lo/panelElements)
		end := min(hi, panel.first+panel.width)
		from, to := lo-panel.first, end-panel.first
		values := panel.row(row)[from:to]
		fill(lo, values)
		if sample == 0 { // what comes before it is as if it had always been so
			for row := range history {
				copy(panel.row(row)[from:to], values)
			}
		}
		lo = end
	}
}

// Grow counts samples that have been put for all elements, and packs what is complete. Without workers the caller does all work
// itself. After an error the trace holds all samples, but no more can be put before Open succeeds.
func (t *Trace) Grow(workers Workers, samples int) error {
	t.rows += samples
	t.samples += samples
	if t.rows < blockSamples {
		return nil
	}
	return t.pack(workers)
}

// pack packs the open rows but for those that do not make a block.
func (t *Trace) pack(workers Workers) error {
	next := t.open
	if t.shared {
		var err error
		if next, err = t.newRows(); err != nil {
			return err
		}
	}
	n := tiles(t.elements)
	if t.choices == nil {
		t.choices = make([]choice, t.elements)
		for e := range t.choices {
			t.choices[e] = unchosen()
		}
	}
	for workers != nil && len(t.writers) < workers.Size() || len(t.writers) == 0 {
		t.writers = append(t.writers, writer{})
	}
	blocks := t.rows / blockSamples
	first := t.samples/blockSamples - blocks
	places := append(t.places, make([]place, n*blocks)...)
	t.problem = nil
	open := t.open.floats()
	each(workers, n, packShare, func(lo, hi, worker int) {
		w := &t.writers[worker]
		var tile gathered
		var r residues
		for k := lo; k < hi; k++ {
			for b := range blocks {
				if (w.slab == nil || len(w.slab.bytes)-int(w.at) < maxTile) && !t.nextSlab(w) {
					return
				}
				places[(first+b)*n+k] = w.place
				choices := t.choices[k*tileElements : min((k+1)*tileElements, t.elements)]
				s := t.samplesOf(open, k, b, &tile)
				w.at += uint32(packTile(w.slab.bytes[w.at:], s, t.as, choices, (first+b)%chapterBlocks == 0, &r))
			}
		}
	})
	if t.problem != nil {
		t.choices = nil // those that were made belong to a block that is not there
		return t.problem
	}
	t.places = places
	left := t.rows % blockSamples
	t.move(open, next.floats(), t.rows-left, left)
	t.open, t.shared, t.rows = next, false, left
	return nil
}

// move moves open rows, and the history before them, to the front.
func (t *Trace) move(from, to []float64, first, rows int) {
	for p := range (t.elements + panelElements - 1) / panelElements {
		from, to := panelOf(from, t.elements, p), panelOf(to, t.elements, p)
		copy(to.data[:(history+rows)*to.width], from.data[first*from.width:])
	}
}

// each divides n things among workers, at least share for each.
func each(workers Workers, n, share int, job func(lo, hi, worker int)) {
	parts := 1
	if workers != nil {
		parts = min(workers.Size(), n/share)
	}
	if parts <= 1 {
		job(0, n, 0)
		return
	}
	workers.Do(func(worker int) {
		if worker < parts {
			job(n*worker/parts, n*(worker+1)/parts, worker)
		}
	})
}

// gathered are the samples of a tile in a place of their own.
type gathered [(history + blockSamples) * tileElements]uint64

// samplesOf returns the samples of block b of the open rows of tile k: where they are, or in the given place if they have to
// be rounded or the tile is not full.
func (t *Trace) samplesOf(open []float64, k, b int, to *gathered) samples {
	first := k * tileElements
	panel := panelOf(open, t.elements, first/panelElements)
	from := panel.data[b*blockSamples*panel.width+first-panel.first:]
	count := min(tileElements, t.elements-first)
	if t.as == Double && count == tileElements {
		return samples{unsafe.Slice((*uint64)(unsafe.Pointer(&from[0])), len(from)), panel.width}
	}
	for row := range history + blockSamples {
		for e, x := range from[row*panel.width:][:count] {
			to[row*tileElements+e] = t.as.pattern(x)
		}
	}
	return samples{to[:], tileElements}
}

// nextSlab gives a writer new memory; the trace keeps the error if there is none.
func (t *Trace) nextSlab(w *writer) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w.slab != nil {
		t.pool.rest(w.slab)
	}
	s, err := t.pool.newSlab(t.slabBytes, false)
	if err != nil {
		t.problem = err
		return false
	}
	*w = writer{s, place{slab: uint32(len(t.slabs))}}
	t.slabs = append(t.slabs, s)
	return true
}

// forceCollection is the amount of dropped memory from which on it is worth a garbage collection to have it again.
const forceCollection = 64 << 20

// Reset makes the trace what the view shows, which must be of this trace or nil for empty. What both share stays shared.
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
		t.move(v.open.floats(), open.floats(), 0, v.rows)
	}
	t.packed, t.open, t.samples, t.rows = v.packed, open, v.samples, v.rows
	t.shared, t.choices, t.writers = false, nil, nil
	if before-t.Bytes() > forceCollection {
		runtime.GC()
	}
	return nil
}

// View returns the trace as it is now. It does not change when the trace goes on or is reset.
func (t *Trace) View() *View {
	t.shared = true
	return &View{
		as: t.as, elements: t.elements, samples: t.samples, rows: t.rows, open: t.open,
		packed: packed{t.slabs[:len(t.slabs):len(t.slabs)], t.places[:len(t.places):len(t.places)]},
	}
}
