package portable

import (
	"synfire/internal/exec"
	"synfire/internal/ir"
)

// A serial kernel behaves as if each lane ran to its end before the next
// begins. Lanes that touch different elements of the memory that is written
// do not notice each other, so they run as one block; a block ends
// where a lane would touch an element that an earlier one of the block touched.

// meeting is memory that lanes can meet in: written, and reached by several
// lanes. Its accesses are the ways (index kind and index array) a lane reaches it.
type meeting struct {
	variable ir.VarID // one of the variables in this memory
	shared   bool     // all lanes reach the same element
	own      bool
	vias     []int
}

// stamps remembers which elements the current block has touched.
type stamps struct {
	last    []uint32
	current uint32
}

// meetingsOf lists the memory in which lanes of a kernel can meet.
func meetingsOf(k *ir.Kernel) []meeting {
	var meetings []meeting
	done := make([]bool, len(k.Vars))
	for v := range k.Vars {
		if done[v] || !k.Written(ir.VarID(v)) {
			continue
		}
		m := meeting{variable: ir.VarID(v)}
		seen := map[int]bool{}
		for i := range k.Instrs {
			in := &k.Instrs[i]
			if in.Var == ir.NoVar || !k.SameStorage(in.Var, ir.VarID(v)) {
				continue
			}
			done[in.Var] = true
			switch variable := &k.Vars[in.Var]; variable.Index {
			case ir.Own:
				m.own = true
			case ir.Indexed:
				if !seen[variable.Via] {
					seen[variable.Via] = true
					m.vias = append(m.vias, variable.Via)
				}
			default:
				m.shared = true
			}
		}
		meetings = append(meetings, m)
	}
	return meetings
}

func (f *frame) runSerial(lo, hi int) {
	for lo < hi {
		n := f.independent(lo, min(block, hi-lo))
		f.run(lo, n)
		lo += n
	}
}

// independent is the number of lanes from lo on, at least 1 and at most
// most, that touch different elements.
func (f *frame) independent(lo, most int) int {
	b := f.binding
	for i := range f.code.meetings {
		m := &f.code.meetings[i]
		if m.shared {
			return 1
		}
		s := &f.stamps[i]
		s.next(&b.Columns[m.variable])
		for k := 0; k < most; k++ {
			element := b.Element(lo + k)
			if m.own && s.touch(element, k) {
				most = k
			}
			for _, via := range m.vias {
				if s.touch(int(b.Indexes[via][element]), k) {
					most = k
				}
			}
		}
	}
	return max(most, 1)
}

// next begins a block: stamps of block k lie in [current, current+block).
func (s *stamps) next(column *exec.Column) {
	if n := column.Len(); len(s.last) < n || s.current > 1<<32-2*block-1 {
		s.last, s.current = make([]uint32, n), 0
	}
	s.current += block
}

// touch marks an element as touched by lane k of the block and reports
// whether an earlier lane had touched it.
func (s *stamps) touch(element, k int) bool {
	mine := s.current + uint32(k)
	earlier := s.last[element] >= s.current && s.last[element] != mine
	if !earlier {
		s.last[element] = mine
	}
	return earlier
}
