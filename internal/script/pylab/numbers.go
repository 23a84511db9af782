package pylab

import (
	"math"
	"strconv"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// series is what a script has given as numbers.
type series struct {
	values []float64
	shape  []int // nil for a single number
	dtype  array.DType
	// unknown says that check mode has only a placeholder: values is empty and lengths mean nothing.
	unknown bool
	// names holds texts that stand for positions on an axis of categories.
	names []string
}

func (s series) scalar() bool { return s.shape == nil && !s.unknown && s.names == nil }

// length is the extent of the first axis.
func (s series) length() int {
	if len(s.shape) == 0 {
		return len(s.values)
	}
	return s.shape[0]
}

// shapeText writes the shape as NumPy does.
func (s series) shapeText() string { return array.ShapeText(s.shape) }

// column returns column k of a table, or the numbers themselves of a row.
func (s series) column(k int) []float64 {
	if len(s.shape) < 2 {
		return s.values
	}
	columns := s.shape[1]
	out := make([]float64, s.shape[0])
	for i := range out {
		out[i] = s.values[i*columns+k]
	}
	return out
}

// columns is how many columns a table has, 1 for a row.
func (s series) columns() int {
	if len(s.shape) < 2 {
		return 1
	}
	return s.shape[1]
}

// numbersOf reads numbers, sequences of them, arrays and quantities, which lose their units. None in a sequence is
// NaN. The values are a copy.
func numbersOf(v script.Value) (series, error) {
	switch v := v.(type) {
	case *script.Unknown:
		return series{unknown: true}, nil
	case string:
		return series{names: []string{v}, shape: []int{1}}, nil
	case nil, script.NoneType:
		return series{}, script.Raise("TypeError", "numbers were expected, not None")
	}
	a, err := arrayOf(v)
	if err != nil {
		if s, ok := irregular(v); ok {
			return s, nil
		}
		return series{}, err
	}
	s := series{dtype: a.DType()}
	if a.NDim() > 0 {
		s.shape = append([]int{}, a.Shape()...)
	}
	if a.DType() == array.Complex128 {
		a = array.Real(a)
	}
	s.values = append([]float64{}, a.Floats()...)
	return s, nil
}

func arrayOf(v script.Value) (*array.Array, error) {
	if unit, ok := script.UnitOf(v); ok {
		return array.Scalar(unit.Value(), unit.Dim()), nil
	}
	a, err := numpy.FromValue(v)
	if err == nil {
		return a, nil
	}
	switch v.(type) {
	case *script.List, *script.Tuple, string, *script.Dict:
		return nil, err
	}
	// Iterables that are not sequences: views of dicts, generators, sets.
	elements, iterates := script.Elements(v)
	if iterates != nil {
		return nil, err
	}
	return numpy.FromValue(script.NewList(elements...))
}

// irregular reads sequences that are no arrays: with None, with texts, with unknown elements.
func irregular(v script.Value) (series, bool) {
	elements, err := script.Elements(v)
	if err != nil {
		return series{}, false
	}
	s := series{shape: []int{len(elements)}}
	for _, e := range elements {
		switch e := e.(type) {
		case *script.Unknown:
			return series{unknown: true}, true
		case script.NoneType:
			s.values = append(s.values, math.NaN())
		case string:
			s.names = append(s.names, e)
		default:
			if u, ok := script.UnitOf(e); ok {
				s.values = append(s.values, u.Value())
				continue
			}
			x, err := script.AsFloat(e)
			if err != nil {
				return series{}, false
			}
			s.values = append(s.values, x)
		}
	}
	if len(s.names) > 0 && len(s.values) > 0 {
		return series{}, false
	}
	return s, true
}

// flat reads numbers of any shape as one run.
func flat(v script.Value) (series, error) {
	s, err := numbersOf(v)
	if err == nil && s.shape != nil && !s.unknown {
		s.shape = []int{max(len(s.values), len(s.names))}
	}
	return s, err
}

// floatOf reads one number; a quantity loses its unit.
func floatOf(v script.Value) (x float64, unknown bool, err error) {
	if _, ok := v.(*script.Unknown); ok {
		return 0, true, nil
	}
	if u, ok := script.UnitOf(v); ok {
		return u.Value(), false, nil
	}
	x, err = script.AsFloat(v)
	if err != nil {
		if s, e := numbersOf(v); e == nil && len(s.values) == 1 {
			return s.values[0], s.unknown, nil
		}
	}
	return x, false, err
}

// repeated returns n numbers from one or n.
func repeated(values []float64, n int) ([]float64, bool) {
	if len(values) == n {
		return values, true
	}
	if len(values) != 1 {
		return nil, false
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = values[0]
	}
	return out, true
}

// arrayValue returns numbers as an array of the language.
func arrayValue(values []float64) script.Value {
	return numpy.New(array.FromFloats(values, units.Dimension{}))
}

// number writes a number with so many decimals.
func number(x float64, decimals int) string { return strconv.FormatFloat(x, 'f', decimals, 64) }
