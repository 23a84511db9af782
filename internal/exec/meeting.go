package exec

import "synfire/internal/ir"

// block is the greatest number of lanes among which meetings are looked for.
const block = 256

// Meetings finds lanes of a Serial kernel that do not notice each other. Such a kernel behaves as if each lane ran to its end
// before the next begins; lanes that touch different elements of the memory that is written may run together. It is used by one
// goroutine.
type Meetings struct {
	places []meeting
	stamps []stamps // parallel to places
}

// meeting is memory that lanes can meet in: written, and reached by several
// lanes. Its accesses are the ways (index kind and index array) a lane reaches it.
type meeting struct {
	variable ir.VarID // one of the variables in this memory
	shared   bool     // all lanes reach the same element
	own      bool
	vias     []int
}

// stamps remembers which elements the current lanes have touched.
type stamps struct {
	last    []uint32
	current uint32
}

// NewMeetings lists the memory in which lanes of a kernel can meet.
func NewMeetings(k *ir.Kernel) *Meetings {
	m := &Meetings{places: meetingsOf(k)}
	m.stamps = make([]stamps, len(m.places))
	return m
}

func meetingsOf(k *ir.Kernel) []meeting {
	var meetings []meeting
	done := make([]bool, len(k.Vars))
	for v := range k.Vars {
		// What Split passes on is written by one lane for itself, or is the same for all.
		if done[v] || k.Vars[v].Temporary || !k.Written(ir.VarID(v)) {
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

// Independent is the number of lanes from lo on, at least 1 and at most
// most, that touch different elements.
func (m *Meetings) Independent(b *Binding, lo, most int) int {
	most = min(most, block)
	for i := range m.places {
		place := &m.places[i]
		if place.shared {
			return 1
		}
		s := &m.stamps[i]
		s.next(&b.Columns[place.variable])
		for k := 0; k < most; k++ {
			element := b.Element(lo + k)
			if place.own && s.touch(element, k) {
				most = k
			}
			for _, via := range place.vias {
				if s.touch(int(b.Indexes[via][element]), k) {
					most = k
				}
			}
		}
	}
	return max(most, 1)
}

// next begins a block: its stamps lie in [current, current+block).
func (s *stamps) next(column *Column) {
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
