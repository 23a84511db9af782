package array

import (
	"math"

	"synfire/units"
)

// Linspace returns n numbers from start to stop in equal steps; without endpoint, stop is the number that would come next.
func Linspace(start, stop float64, n int, endpoint bool) []float64 {
	out := make([]float64, n)
	intervals := float64(n)
	if endpoint {
		intervals--
	}
	width := stop - start
	if intervals > 0 {
		step := width / intervals
		for i := range out {
			if step == 0 { // the width is too small to be divided
				out[i] = float64(float64(i)/intervals*width) + start
			} else {
				out[i] = float64(float64(i)*step) + start
			}
		}
	} else {
		for i := range out {
			out[i] = float64(float64(i)*width) + start
		}
	}
	if endpoint && n > 1 {
		out[n-1] = stop
	}
	return out
}

// Arange returns the numbers from start in equal steps up to, and without, stop. Whole arguments give whole
// numbers.
func Arange(start, stop, step *Array) (*Array, error) {
	from, to, by := start.FloatAt(0), stop.FloatAt(0), step.FloatAt(0)
	if by == 0 {
		return nil, errorf("ZeroDivisionError", "division by zero")
	}
	count := math.Ceil((to - from) / by)
	if count != count || count > 1<<40 {
		return nil, errorf("ValueError", "Maximum allowed size exceeded")
	}
	n := int(max(count, 0))
	if max(start.dtype, stop.dtype, step.dtype) <= Int64 {
		first, by := start.IntAt(0), step.IntAt(0)
		out := make([]int64, n)
		for i := range out {
			out[i] = first + int64(i)*by
		}
		return FromInts(out), nil
	}
	// NumPy computes the second element and goes on in steps of its difference from the first.
	out := make([]float64, n)
	delta := (from + by) - from
	for i := range out {
		out[i] = from + float64(float64(i)*delta)
	}
	if n > 1 {
		out[1] = from + by
	}
	return FromFloats(out, stop.dim), nil
}

// Eye returns a table with ones on its k-th diagonal.
func Eye(rows, columns, k int, dtype DType) *Array {
	out := Empty(dtype, units.Dimension{}, rows, columns)
	for row := range rows {
		if column := row + k; column >= 0 && column < columns {
			out.SetFloat(row*columns+column, 1)
		}
	}
	return out
}

// Meshgrid returns a table (or more axes) for each row, which varies along one axis only. With xy order the first two axes are exchanged.
func Meshgrid(rows []*Array, xy bool) ([]*Array, error) {
	nd := len(rows)
	shape := make([]int, nd)
	place := func(i int) int {
		if xy && nd >= 2 && i < 2 {
			return 1 - i
		}
		return i
	}
	for i, row := range rows {
		shape[place(i)] = row.Size()
	}
	out := make([]*Array, nd)
	for i, row := range rows {
		extents := make([]int, nd)
		for k := range extents {
			extents[k] = 1
		}
		extents[place(i)] = row.Size()
		v, err := row.Reshape(extents...)
		if err != nil {
			return nil, err
		}
		out[i] = v.broadcast(shape).Copy()
	}
	return out, nil
}

// Window returns a window function of n points: hanning, hamming, blackman, bartlett.
func Window(name string, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		if n == 1 {
			out[i] = 1
			continue
		}
		k := float64(1 - n + 2*i)
		m := float64(n - 1)
		switch name {
		case "hanning":
			out[i] = 0.5 + 0.5*math.Cos(math.Pi*k/m)
		case "hamming":
			out[i] = 0.54 + 0.46*math.Cos(math.Pi*k/m)
		case "blackman":
			out[i] = 0.42 + 0.5*math.Cos(math.Pi*k/m) + 0.08*math.Cos(2*math.Pi*k/m)
		case "bartlett":
			if k <= 0 {
				out[i] = 1 + k/m
			} else {
				out[i] = 1 - k/m
			}
		}
	}
	return out
}
