package script

// Set is a Python set or frozenset.
type Set struct {
	dict   Dict
	Frozen bool
}

// NewSet returns an empty set.
func NewSet() *Set { return &Set{dict: *NewDict()} }

// Len returns the number of elements.
func (s *Set) Len() int { return s.dict.live }

// Add adds an element.
func (s *Set) Add(v Value) error { return s.dict.Set(v, None) }

// Has reports whether an element is in the set.
func (s *Set) Has(v Value) (bool, error) {
	if other, ok := v.(*Set); ok && !other.Frozen {
		v = &Set{dict: other.dict, Frozen: true}
	}
	_, ok, err := s.dict.Get(v)
	return ok, err
}

// Elements returns the elements. Whole numbers come in the order in which CPython's hash table has them; anything else, for
// which CPython promises no order either, in the order of insertion.
func (s *Set) Elements() []Value {
	elts := s.dict.Keys()
	table := make([]Value, 8)
	used := 0
	for _, e := range elts {
		n, ok := e.(int64)
		if !ok {
			return elts
		}
		enter(table, n)
		if used++; used*5 >= (len(table)-1)*3 {
			table = resized(table, used)
		}
	}
	ordered := elts[:0]
	for _, e := range table {
		if e != nil {
			ordered = append(ordered, e)
		}
	}
	return ordered
}

// enter puts a number into a hash table as set_add_entry of CPython's Objects/setobject.c does: up to nine
// neighbours are tried before the next jump.
func enter(table []Value, n int64) {
	const neighbours = 9
	hash := uint64(n)
	if n == -1 {
		hash = ^uint64(1)
	}
	mask := uint64(len(table) - 1)
	perturb := hash
	for i := hash & mask; ; i = (i*5 + 1 + perturb) & mask {
		last := i
		if i+neighbours <= mask {
			last = i + neighbours
		}
		for k := i; k <= last; k++ {
			if table[k] == nil {
				table[k] = n
				return
			}
		}
		perturb >>= 5
	}
}

// resized returns a table for four times as many elements (twice as many when there are very many).
func resized(table []Value, used int) []Value {
	wanted := used * 4
	if used > 50000 {
		wanted = used * 2
	}
	size := 8
	for size <= wanted {
		size *= 2
	}
	larger := make([]Value, size)
	for _, e := range table {
		if e != nil {
			enter(larger, e.(int64))
		}
	}
	return larger
}
