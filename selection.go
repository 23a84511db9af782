package synfire

import (
	"synfire/internal/diag"
)

// selection is a set of elements: the range [lo, hi), or a list.
type selection struct {
	lo, hi int
	list   []int32 // nil: the range
}

func (s selection) count() int {
	if s.list != nil {
		return len(s.list)
	}
	return s.hi - s.lo
}

func (s selection) at(k int) int {
	if s.list != nil {
		return int(s.list[k])
	}
	return s.lo + k
}

// Option changes what Get and Set are about: which elements, or where names are found.
type Option interface{ apply(*access) }

// access is a read or write of a variable: the part of its owner that it is about, and where the names of a
// string expression are found.
type access struct {
	selection *selection
	numbers   []int // selected element numbers, relative to the group or subgroup
	condition string
	names     Names
	pairs     *pairs
}

type pairs struct{ pre, post []int }

type optionFunc func(*access)

func (f optionFunc) apply(a *access) { f(a) }

// At selects elements by number.
func At(numbers ...int) Option {
	return optionFunc(func(a *access) {
		if numbers == nil {
			numbers = []int{}
		}
		a.numbers = numbers
	})
}

// Range selects the elements from lo to hi-1.
func Range(lo, hi int) Option {
	return optionFunc(func(a *access) { a.selection = &selection{lo: lo, hi: hi} })
}

// Where selects the elements for which a condition of the model language holds: "v > -50*mV".
func Where(condition string) Option { return optionFunc(func(a *access) { a.condition = condition }) }

// Between selects the synapses whose source is among pre and whose target is among post; nil means all.
func Between(pre, post []int) Option {
	return optionFunc(func(a *access) { a.pairs = &pairs{pre, post} })
}

// Using says where names in string expressions are found.
func Using(names Names) Option { return optionFunc(func(a *access) { a.names = names }) }

func newAccess(options []Option) *access {
	var a access
	for _, option := range options {
		option.apply(&a)
	}
	return &a
}

// resolve returns the selected elements of a part [start, stop) of an object, in absolute numbers.
func (a *access) resolve(start, stop int) (selection, error) {
	n := stop - start
	outside := func(k int) error {
		return diag.Errorf(diag.Span{}, "IndexError", "index %d is out of bounds: there are %d elements.", k, n)
	}
	switch {
	case a.selection != nil:
		lo, hi := a.selection.lo, a.selection.hi
		if lo < 0 || hi > n || lo > hi {
			return selection{}, outside(max(hi-1, 0))
		}
		return selection{lo: start + lo, hi: start + hi}, nil
	case a.numbers != nil:
		list := make([]int32, len(a.numbers))
		for k, number := range a.numbers {
			if number < 0 {
				number += n
			}
			if number < 0 || number >= n {
				return selection{}, outside(a.numbers[k])
			}
			list[k] = int32(start + number)
		}
		return selection{list: list}, nil
	}
	return selection{lo: start, hi: stop}, nil
}
