// Package record keeps what monitors record: spikes, and traces of variables over time, packed without loss outside the
// garbage-collected heap.
//
// It knows samples, elements and steps; it does not know what was recorded or in which units.
package record

import (
	"math"
	"runtime"
	"sync"
)

// Samples arrive one after the other for all elements, and are kept so, in panels of some elements whose samples lie
// close together, until there is a block of them. Then each element's block is packed (pack.go).
const panelElements = 64

// Workers do parts of a job at the same time: a sim.Team.
type Workers interface {
	Size() int
	// Do runs job once for each part from 0 to Size()-1.
	Do(job func(part int))
}

// A part of a job that is smaller than this is not worth a worker.
const (
	copyShare = 4096 // elements
	packShare = 8    // tiles
)

// Trace records one number for each of a fixed set of elements at each sample.
type Trace struct {
	pool     *Pool
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
func NewTrace(pool *Pool, elements int) *Trace {
	t := &Trace{pool: pool, elements: elements}
	t.slabBytes = smallestSlab
	for t.slabBytes < largestSlab && t.slabBytes < 8*blockSamples*elements {
		t.slabBytes *= 2
	}
	return t
}

// Large slabs are made of huge pages where there are some; small ones leave little unused.
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
	const rows = history + blockSamples
	first := p * panelElements
	width := min(panelElements, elements-first)
	return panel{first, width, open[first*rows:][:rows*width]}
}

func (p panel) row(row int) []float64 { return p.data[row*p.width:][:p.width] }

// Reserve makes room for one more sample: it packs the samples before it when there is a block of them. Without workers
// the caller does all work itself.
func (t *Trace) Reserve(workers Workers) error {
	if t.open == nil {
		open, err := t.newRows()
		if err != nil {
			return err
		}
		t.open = open
	}
	if t.rows < blockSamples {
		return nil
	}
	next := t.open
	if t.shared {
		var err error
		if next, err = t.newRows(); err != nil {
			return err
		}
	}
	if err := t.pack(workers); err != nil {
		return err
	}
	// The last samples are the history of the next block.
	from, to := t.open.floats(), next.floats()
	for p := range t.panels() {
		from, to := panelOf(from, t.elements, p), panelOf(to, t.elements, p)
		copy(to.data[:history*to.width], from.data[blockSamples*from.width:])
	}
	t.open, t.shared, t.rows = next, false, 0
	return nil
}

func (t *Trace) panels() int { return (t.elements + panelElements - 1) / panelElements }

func (t *Trace) newRows() (*slab, error) {
	return t.pool.newSlab(8 * (history + blockSamples) * t.elements)
}

// Append adds a sample, for which Reserve has made room. The function is called, by several workers at the same time, to
// fill in the values of the elements from lo on.
func (t *Trace) Append(workers Workers, fill func(lo int, values []float64)) {
	open := t.open.floats()
	each(workers, t.panels(), copyShare/panelElements, func(lo, hi, _ int) {
		for p := lo; p < hi; p++ {
			panel := panelOf(open, t.elements, p)
			values := panel.row(history + t.rows)
			fill(panel.first, values)
			if t.samples == 0 {
				for row := range history {
					copy(panel.row(row), values)
				}
			}
		}
	})
	t.rows++
	t.samples++
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

// pack packs the open rows.
func (t *Trace) pack(workers Workers) error {
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
	first := len(t.places)
	places := append(t.places, make([]place, n)...)
	t.problem = nil
	open := t.open.floats()
	chapter := first/max(n, 1)%chapterBlocks == 0
	each(workers, n, packShare, func(lo, hi, worker int) {
		w := &t.writers[worker]
		var tile [tileElements]block
		for k := lo; k < hi; k++ {
			if w.slab == nil || len(w.slab.bytes)-int(w.at) < maxTile {
				if !t.nextSlab(w) {
					return
				}
			}
			count := gather(open, t.elements, k, &tile)
			places[first+k] = w.place
			choices := t.choices[k*tileElements:][:count]
			w.at += uint32(packTile(w.slab.bytes[w.at:], tile[:count], choices, chapter))
		}
	})
	if t.problem != nil {
		t.choices = nil // those that were made belong to a block that is not there
		return t.problem
	}
	t.places = places
	return nil
}

// gather copies the samples of tile k, and their history, and returns how many elements the tile has.
func gather(open []float64, elements, k int, tile *[tileElements]block) int {
	first := k * tileElements
	panel := panelOf(open, elements, first/panelElements)
	from := first - panel.first
	count := min(tileElements, panel.width-from)
	for row := range history + blockSamples {
		for e, x := range panel.data[row*panel.width+from:][:count] {
			tile[e][row] = math.Float64bits(x)
		}
	}
	return count
}

// nextSlab gives a writer new memory; the trace keeps the error if there is none.
func (t *Trace) nextSlab(w *writer) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, err := t.pool.newSlab(t.slabBytes)
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
	if v != nil && v.open != nil {
		var err error
		if open, err = t.newRows(); err != nil {
			return err
		}
		copy(open.bytes, v.open.bytes)
	}
	t.packed, t.open, t.shared, t.rows, t.samples = packed{}, open, false, 0, 0
	t.choices, t.writers = nil, nil
	if v != nil {
		t.packed, t.samples, t.rows = v.packed, v.samples, v.rows
	}
	if before-t.Bytes() > forceCollection {
		runtime.GC()
	}
	return nil
}

// View returns the trace as it is now. It does not change when the trace goes on or is reset.
func (t *Trace) View() *View {
	t.shared = t.shared || t.rows > 0
	v := &View{elements: t.elements, samples: t.samples, rows: t.rows}
	v.slabs = t.slabs[:len(t.slabs):len(t.slabs)]
	v.places = t.places[:len(t.places):len(t.places)]
	if t.rows > 0 {
		v.open = t.open
	}
	return v
}
