package numpy

import (
	"math"
	"slices"

	"synfire/internal/array"
	"synfire/internal/rng"
	"synfire/internal/script"
)

// Config is what the module shares with its surroundings.
type Config struct {
	// Random is the stream of numpy.random. Nil starts one with seed 0.
	Random *rng.RandomState
	// OnSeed is told when a script calls numpy.random.seed with a whole number, after the stream has been
	// started: the simulator uses the same seed. It may be nil.
	OnSeed func(seed uint32) error
}

// notInStar are names that `from numpy import *` leaves to Python.
var notInStar = []string{"abs", "max", "min", "round", "random", "linalg", "fft"}

// Module returns the module numpy with its submodules.
func Module(config Config) *script.Module {
	if config.Random == nil {
		config.Random = rng.NewRandomState(0)
	}
	random := randomModule(config)
	linalg, fft := linalgModule(), fftModule()
	entries := slices.Concat(constants(), classes(), limitEntries(), elementwise(), creation(), joining(), rearranging(), choosing(), statistics(),
		histograms(), signals(), products(), sets(), fileEntries(), miscellany())
	for _, s := range append(reductions(), rearrangements()...) {
		if s.f != nil {
			entries = append(entries, s.function())
		}
	}
	var star []string
	for _, e := range entries {
		if name := entryName(e); name[0] != '_' && !slices.Contains(notInStar, name) {
			star = append(star, name)
		}
	}
	return &script.Module{Name: "numpy", Doc: "Arrays and the functions on them.", Entries: entries,
		Modules: []*script.Module{random, linalg, fft}, Star: star}
}

// entryName returns the name of an entry.
func entryName(e script.Entry) string {
	if e.Func == nil {
		return e.Name
	}
	for i := range e.Signature {
		if e.Signature[i] == '(' {
			return e.Signature[:i]
		}
	}
	return e.Signature
}

func constants() []script.Entry {
	var entries []script.Entry
	add := func(v script.Value, names ...string) {
		for _, name := range names {
			entries = append(entries, script.Entry{Name: name, Value: v})
		}
	}
	add(math.Pi, "pi")
	add(math.E, "e")
	add(0.577215664901532860606512090082402431, "euler_gamma")
	add(math.Inf(1), "inf", "Inf", "infty", "Infinity", "PINF")
	add(math.Inf(-1), "NINF")
	add(math.NaN(), "nan", "NaN", "NAN")
	add(script.None, "newaxis")
	add(true, "True_")
	add(false, "False_")
	add("1.24.2", "__version__")
	add(arrayClass(), "ndarray")
	add(indexMaker{}, "s_", "index_exp")
	add(rowMaker{}, "r_")
	add(rowMaker{columns: true}, "c_")
	add(gridMaker{}, "mgrid")
	add(gridMaker{open: true}, "ogrid")
	return entries
}

// indexMaker is numpy.s_: it returns what stands between its brackets.
type indexMaker struct{}

func (indexMaker) Index(index any) (any, error) { return index, nil }

// rowMaker is numpy.r_ and numpy.c_: it joins what stands between its brackets.
type rowMaker struct{ columns bool }

func (m rowMaker) Index(index any) (any, error) {
	parts := []script.Value{index}
	if tuple, ok := index.(*script.Tuple); ok {
		parts = tuple.Elts
	}
	var pieces []*array.Array
	for _, part := range parts {
		var a *array.Array
		var err error
		if slice, ok := part.(*script.Slice); ok {
			a, err = sliceNumbers(slice)
		} else {
			a, err = FromValue(part)
		}
		if err != nil {
			return nil, err
		}
		if a = a.AtLeast(1); m.columns && a.NDim() == 1 {
			if a, err = a.ExpandDims(1); err != nil {
				return nil, err
			}
		}
		pieces = append(pieces, a)
	}
	axis := 0
	if m.columns {
		axis = -1
	}
	return wrapped(array.Concatenate(pieces, axis, plain))
}

// sliceNumbers returns the numbers of start:stop:step; an imaginary step counts them, both ends included.
func sliceNumbers(s *script.Slice) (*array.Array, error) {
	start, stop, step := script.Value(int64(0)), s.High, script.Value(int64(1))
	if !script.IsNone(s.Low) {
		start = s.Low
	}
	if !script.IsNone(s.Step) {
		step = s.Step
	}
	if z, ok := step.(complex128); ok {
		from, err := floatOf(start)
		if err != nil {
			return nil, err
		}
		to, err := floatOf(stop)
		if err != nil {
			return nil, err
		}
		return array.FromFloats(array.Linspace(from, to, int(imag(z)), true), plain), nil
	}
	var ends [3]*array.Array
	for i, v := range []script.Value{start, stop, step} {
		var err error
		if ends[i], err = FromValue(v); err != nil {
			return nil, err
		}
	}
	return array.Arange(ends[0], ends[1], ends[2])
}

// gridMaker is numpy.mgrid and numpy.ogrid.
type gridMaker struct{ open bool }

func (m gridMaker) Index(index any) (any, error) {
	parts := []script.Value{index}
	tuple, several := index.(*script.Tuple)
	if several {
		parts = tuple.Elts
	}
	var rows []*array.Array
	for _, part := range parts {
		slice, ok := part.(*script.Slice)
		if !ok {
			return nil, script.Raise("TypeError", "mgrid and ogrid take slices")
		}
		row, err := sliceNumbers(slice)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if !several {
		return New(rows[0]), nil
	}
	if m.open {
		list := &script.List{}
		for i, row := range rows {
			shape := make([]int, len(rows))
			for k := range shape {
				shape[k] = 1
			}
			shape[i] = row.Len()
			a, err := row.Reshape(shape...)
			if err != nil {
				return nil, err
			}
			list.Elts = append(list.Elts, New(a))
		}
		return list, nil
	}
	grids, err := array.Meshgrid(rows, false)
	if err != nil {
		return nil, err
	}
	return wrapped(array.Stack(grids, 0, plain))
}
