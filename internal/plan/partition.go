package plan

import (
	"synfire/internal/exec"
)

// Partition cuts groups into parts: contiguous elements, in each group about as much to do for every part. What concerns an
// element, such as the synapses onto it, belongs to the part of the element.
type Partition struct {
	Parts int
	// Alignment of the elements at which parts begin, a power of two: neighbours do not write to the same cache line, and what
	// they record can be packed by each.
	Alignment int
}

// Load is what there is to divide: of all groups, how many elements they have and how many bytes of state.
type Load struct {
	Elements, Bytes int
	// Connected says that parts have to tell each other of spikes.
	Connected bool
}

// minimumShare is the least number of elements that is worth a part of its own, cacheful the number of bytes of state that
// stay near a processor.
const (
	minimumShare = 256
	cacheful     = 256 << 10
)

// Divide decides in how many parts a network runs: one for each thread, if there is enough to do. Without synapses parts need
// nothing of each other, so they can be small enough that their state stays in the cache for an epoch.
func Divide(load Load, threads, alignment int) Partition {
	parts := max(1, min(threads, load.Elements/minimumShare))
	if blocks := load.Bytes / cacheful; !load.Connected && blocks > parts {
		parts *= blocks / parts
	}
	return Partition{parts, alignment}
}

// Cut says which elements of a group each part has: part k those from cut[k] to cut[k+1]-1.
type Cut []int

// Even cuts n elements into parts of equal size.
func (p Partition) Even(n int) Cut {
	cut := make(Cut, p.Parts+1)
	for k := range p.Parts {
		cut[k] = p.aligned(n*k/p.Parts, n)
	}
	cut[p.Parts] = n
	return cut
}

// Weighted cuts elements into parts that have about as much to do, where weights are what each element has to do.
func (p Partition) Weighted(weights []float64) Cut {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	n := len(weights)
	cut, part, sum := make(Cut, p.Parts+1), 1, 0.0
	for k, w := range weights {
		for ; part < p.Parts && sum >= total*float64(part)/float64(p.Parts); part++ {
			cut[part] = p.aligned(k, n)
		}
		sum += w
	}
	for ; part <= p.Parts; part++ {
		cut[part] = n
	}
	return cut
}

// aligned moves the element at which a part of n elements begins to the nearest multiple of the alignment, if the parts are
// large.
func (p Partition) aligned(k, n int) int {
	if n < p.Parts*p.Alignment {
		return k
	}
	return min((k+p.Alignment/2)&^(p.Alignment-1), n)
}

// Within returns which of the elements start to stop-1 each part has.
func (c Cut) Within(start, stop int) Cut {
	within := make(Cut, len(c))
	for k := range c {
		within[k] = min(max(c[k], start), stop)
	}
	return within
}

// Owners returns the part of each element.
func (c Cut) Owners() []uint16 {
	owners := make([]uint16, c[len(c)-1])
	for part := range len(c) - 1 {
		for k := c[part]; k < c[part+1]; k++ {
			owners[k] = uint16(part)
		}
	}
	return owners
}

// Lanes lists, for each part, what belongs to its elements: of[k] is the element of k. With one part the list is nil, which
// stands for all.
func (c Cut) Lanes(of []int32) [][]int32 {
	parts := len(c) - 1
	if parts == 1 {
		return nil
	}
	owners, counts := c.Owners(), make([]int, parts)
	for _, element := range of {
		counts[owners[element]]++
	}
	lanes := make([][]int32, parts)
	for part, count := range counts {
		lanes[part] = make([]int32, 0, count)
	}
	for k, element := range of {
		part := owners[element]
		lanes[part] = append(lanes[part], int32(k))
	}
	return lanes
}

// Copies are a column that each part has for itself: because what it is about belongs to elements of several parts, as a row of
// synapses, which is kept by every part that has synapses of it; or to keep parts from one another's memory.
type Copies struct {
	parts []exec.Column // parts[0] is the column itself
}

// Copy makes the copies of a column.
func (p Partition) Copy(column exec.Column) Copies {
	c := Copies{[]exec.Column{column}}
	for range p.Parts - 1 {
		c.parts = append(c.parts, column.Clone())
	}
	return c
}

// Part returns the column that a part has instead of column, if these are copies of it.
func (c Copies) Part(part int, column exec.Column) (own exec.Column, found bool) {
	if !column.SameMemory(c.parts[0]) {
		return exec.Column{}, false
	}
	return c.parts[part], true
}

// Take copies a part's elements from the column itself, Give copies them back.
func (c Copies) Take(part int, cut Cut) {
	if part > 0 {
		c.parts[part].Slice(cut[part], cut[part+1]).CopyFrom(c.parts[0].Slice(cut[part], cut[part+1]))
	}
}

// Give is described at Take.
func (c Copies) Give(part int, cut Cut) {
	if part > 0 {
		c.parts[0].Slice(cut[part], cut[part+1]).CopyFrom(c.parts[part].Slice(cut[part], cut[part+1]))
	}
}

// Collect gives the column itself, for each of its elements, what the part has that owner names.
func (c Copies) Collect(owner []int32) {
	for k, part := range owner {
		if part > 0 {
			c.parts[0].Slice(k, k+1).CopyFrom(c.parts[part].Slice(k, k+1))
		}
	}
}
