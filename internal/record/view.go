package record

import (
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"synfire/internal/array"
)

// View is a trace as it was at one moment; it does not change when the trace goes on or is reset.
type View struct {
	as                Precision
	elements, samples int
	packed
	open *slab // the history of what would come next, and
	rows int   // so many samples
}

// Shape returns the number of elements and samples: a recording is read with one row for each element.
func (v *View) Shape() (rows, columns int) { return v.elements, v.samples }

// A unit of reading is a chapter of a tile, or the open rows of a tile, which come last.

// units returns how many units each tile has.
func (v *View) units() int {
	n := (v.samples - v.rows + chapterSamples - 1) / chapterSamples
	if v.rows > 0 {
		n++
	}
	return n
}

// unit returns the samples of a unit: columns lo to hi-1.
func (v *View) unit(number int) (lo, hi int) {
	packed := v.samples - v.rows
	lo = number * chapterSamples
	if lo >= packed {
		return packed, v.samples
	}
	return lo, min(lo+chapterSamples, packed)
}

// read reads a rectangle within one unit of a tile: elements from to to-1, columns lo to hi-1. Each row of dst is stride
// long.
func (v *View) read(tile, from, to, lo, hi int, dst []float64, stride int) {
	packed := v.samples - v.rows
	if lo >= packed {
		panel := panelOf(v.open.floats(), v.elements, from/panelElements)
		for column := lo; column < hi; column++ {
			row := panel.row(history + column - packed)
			for e := from; e < to; e++ {
				dst[(e-from)*stride+column-lo] = v.as.value(v.as.pattern(row[e-panel.first]))
			}
		}
		return
	}
	perBlock := tiles(v.elements)
	first := tile * tileElements
	count := min(tileElements, v.elements-first)
	chapter := lo / chapterSamples * chapterBlocks
	r := reader{as: v.as}
	var z [tileElements * blockSamples]uint64
	for b := chapter; b*blockSamples < hi; b++ {
		at := v.places[b*perBlock+tile]
		packed := v.slabs[at.slab].bytes[at.at:]
		begin := b*blockSamples - lo // where the block begins in what is wanted
		if n := to - from; v.as == Double && (n == 1 || n == tileElements) && begin >= 0 && begin+blockSamples <= hi-lo {
			values := dst[begin : (n-1)*stride+begin+blockSamples]
			there := lines{unsafe.Slice((*uint64)(unsafe.Pointer(&values[0])), len(values)), stride}
			if n == 1 {
				there.stride = 0
			}
			r.next(packed, from-first, to-first, count, b == chapter, there)
			continue
		}
		r.next(packed, from-first, to-first, count, b == chapter, lines{z[:], blockSamples})
		for e := from; e < to; e++ {
			line := dst[(e-from)*stride:][:hi-lo]
			for i := max(0, -begin); i < min(blockSamples, len(line)-begin); i++ {
				line[begin+i] = v.as.value(z[(e-first)*blockSamples+i])
			}
		}
	}
}

// ReadRows implements array.BlockReader.
func (v *View) ReadRows(lo, hi int, dst []float64) { v.ReadRectangle(lo, hi, 0, v.samples, dst) }

// A reading of so many values is worth several threads.
const manyValues = 1 << 17

// ReadRectangle implements array.RectangleReader.
func (v *View) ReadRectangle(rowLo, rowHi, columnLo, columnHi int, dst []float64) {
	width := columnHi - columnLo
	if rowHi <= rowLo || width <= 0 {
		return
	}
	firstTile, lastTile := rowLo/tileElements, (rowHi-1)/tileElements
	units := v.units()
	// A job is all that is wanted of one unit of one tile.
	job := func(k int) {
		tile, number := firstTile+k/units, k%units
		unitLo, unitHi := v.unit(number)
		lo, hi := max(unitLo, columnLo), min(unitHi, columnHi)
		from, to := max(rowLo, tile*tileElements), min(rowHi, (tile+1)*tileElements)
		if lo < hi {
			v.read(tile, from, to, lo, hi, dst[(from-rowLo)*width+lo-columnLo:], width)
		}
	}
	jobs := (lastTile - firstTile + 1) * units
	threads := min(runtime.GOMAXPROCS(0), jobs)
	if (rowHi-rowLo)*width < manyValues {
		threads = 1
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for range threads - 1 {
		group.Go(func() {
			for k := int(next.Add(1)) - 1; k < jobs; k = int(next.Add(1)) - 1 {
				job(k)
			}
		})
	}
	for k := int(next.Add(1)) - 1; k < jobs; k = int(next.Add(1)) - 1 {
		job(k)
	}
	group.Wait()
	runtime.KeepAlive(v)
}

// VisitTiles implements array.TileVisitor. Other threads read the next tiles while one is visited.
func (v *View) VisitTiles(visit func(array.Tile)) {
	units := v.units()
	perUnit := tiles(v.elements)
	jobs := units * perUnit
	read := func(k int, buffer []float64) array.Tile {
		lo, hi := v.unit(k / perUnit)
		tile := k % perUnit
		from, to := tile*tileElements, min(v.elements, (tile+1)*tileElements)
		data := buffer[:(to-from)*(hi-lo)]
		v.read(tile, from, to, lo, hi, data, hi-lo)
		return array.Tile{Row: from, Rows: to - from, Column: lo, Columns: hi - lo, Data: data}
	}
	// The visitor, which waits, leaves its processor to one of them.
	threads := min(runtime.GOMAXPROCS(0), jobs)
	if v.elements*v.samples < manyValues || threads < 2 {
		buffer := make([]float64, tileElements*chapterSamples)
		for k := range jobs {
			visit(read(k, buffer))
		}
		runtime.KeepAlive(v)
		return
	}
	// Thread r reads the tiles r, r+threads, ... in turn into two buffers of its own.
	type lane struct {
		ready chan array.Tile
		free  chan []float64
	}
	done := make(chan struct{})
	defer close(done) // also where visit panics
	lanes := make([]lane, threads)
	for r := range lanes {
		l := lane{make(chan array.Tile, 2), make(chan []float64, 2)}
		for range 2 {
			l.free <- make([]float64, tileElements*chapterSamples)
		}
		lanes[r] = l
		go func() {
			for k := r; k < jobs; k += threads {
				select {
				case buffer := <-l.free:
					l.ready <- read(k, buffer)
				case <-done:
					return
				}
			}
			runtime.KeepAlive(v)
		}()
	}
	for k := range jobs {
		l := lanes[k%threads]
		tile := <-l.ready
		visit(tile)
		l.free <- tile.Data[:cap(tile.Data)]
	}
	runtime.KeepAlive(v)
}
