package array

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"synfire/units"
)

// less orders floats as NumPy sorts them: NaNs last.
func less(x, y float64) bool { return x < y || (y != y && x == x) }

func compareFloats(x, y float64) int {
	switch {
	case less(x, y):
		return -1
	case less(y, x):
		return 1
	}
	return 0
}

// Sort returns the elements in ascending order along an axis, NaNs last; nil sorts all elements on one axis.
func Sort(a *Array, axis *int) (*Array, error) {
	a, at, err := a.along(axis)
	if err != nil {
		return nil, err
	}
	if a.dtype == Int64 && len(a.shape) == 1 {
		out := a.Copy()
		slices.Sort(out.buf.ints)
		return out, nil
	}
	out, err := a.mapLines(at, func(x []float64) []float64 {
		sort.Float64s(x) // NaNs come first here
		nans := 0
		for nans < len(x) && x[nans] != x[nans] {
			nans++
		}
		return append(x[nans:], x[:nans]...)
	})
	if err != nil {
		return nil, err
	}
	return out.As(a.dtype), nil
}

// ArgSort returns the places of the elements in ascending order along an axis, equal ones in their order, NaNs last.
func ArgSort(a *Array, axis *int) (*Array, error) {
	a, at, err := a.along(axis)
	if err != nil {
		return nil, err
	}
	if a.dtype == Int64 && len(a.shape) == 1 {
		values := a.Ints()
		return FromInts(sortedPlaces(len(values), func(i, j int64) int { return cmp.Compare(values[i], values[j]) })), nil
	}
	out, err := a.mapLines(at, func(x []float64) []float64 {
		places := sortedPlaces(len(x), func(i, j int64) int { return compareFloats(x[i], x[j]) })
		return convert(places, func(i int64) float64 { return float64(i) })
	})
	if err != nil {
		return nil, err
	}
	return out.WithDim(units.Dimension{}).As(Int64), nil
}

func sortedPlaces(n int, compare func(i, j int64) int) []int64 {
	places := make([]int64, n)
	for i := range places {
		places[i] = int64(i)
	}
	slices.SortStableFunc(places, compare)
	return places
}

// LexSort returns the places of the elements sorted by several keys, the last one first in importance.
func LexSort(keys []*Array) *Array {
	columns := make([][]float64, len(keys))
	for i, key := range keys {
		columns[i] = key.Floats()
	}
	return FromInts(sortedPlaces(keys[0].Size(), func(i, j int64) int {
		for k := len(columns) - 1; k >= 0; k-- {
			if c := compareFloats(columns[k][i], columns[k][j]); c != 0 {
				return c
			}
		}
		return 0
	}))
}

// UniqueResult is what Unique finds: the distinct values in ascending order, where each stands first, which of
// them each element is, and how often each occurs.
type UniqueResult struct{ Values, First, Inverse, Counts *Array }

// Unique finds the distinct values.
func Unique(a *Array) *UniqueResult {
	flat := a.Ravel()
	values := flat.Floats()
	var ints []int64
	compare := func(i, j int64) int { return compareFloats(values[i], values[j]) }
	if a.dtype == Int64 {
		ints = flat.Ints()
		compare = func(i, j int64) int { return cmp.Compare(ints[i], ints[j]) }
	}
	order := sortedPlaces(flat.Size(), compare)
	var first, counts []int64
	inverse := make([]int64, len(order))
	for k, at := range order {
		bothNaN := k > 0 && values[at] != values[at] && values[order[k-1]] != values[order[k-1]]
		if k == 0 || compare(order[k-1], at) != 0 && !bothNaN {
			first, counts = append(first, at), append(counts, 0)
		}
		counts[len(counts)-1]++
		inverse[at] = int64(len(first) - 1)
	}
	out := &UniqueResult{First: FromInts(first), Inverse: FromInts(inverse), Counts: FromInts(counts)}
	picked, err := flat.Get(Pick(out.First))
	if err != nil {
		panic("BUG: places of elements are within the array: " + err.Error())
	}
	out.Values = picked
	return out
}

// SearchSorted returns where values would have to be inserted into an ascending row to keep it ascending: before equal
// elements, or after them if right.
func SearchSorted(sorted, values *Array, right bool) (*Array, error) {
	if _, err := MatchDims(sorted, values, "searchsorted"); err != nil {
		return nil, err
	}
	row := sorted.Floats()
	out := Empty(Int64, units.Dimension{}, values.shape...)
	for i, v := range values.Floats() {
		out.buf.ints[i] = int64(sort.Search(len(row), func(k int) bool {
			if right {
				return less(v, row[k])
			}
			return !less(row[k], v)
		}))
	}
	return out, nil
}

// Digitize returns the number of the bin of each value; edges ascend or descend.
func Digitize(values, edges *Array, right bool) (*Array, error) {
	row := edges.Floats()
	ascending := sort.SliceIsSorted(row, func(i, j int) bool { return row[i] < row[j] })
	descending := sort.SliceIsSorted(row, func(i, j int) bool { return row[i] > row[j] })
	switch {
	case ascending:
		return SearchSorted(edges, values, !right)
	case !descending:
		return nil, errorf("ValueError", "bins must be monotonically increasing or decreasing")
	}
	turned, err := edges.Flip()
	if err != nil {
		return nil, err
	}
	out, err := SearchSorted(turned, values, !right)
	if err != nil {
		return nil, err
	}
	for i, k := range out.buf.ints {
		out.buf.ints[i] = int64(len(row)) - k
	}
	return out, nil
}

// IsIn tells which elements of a occur in b.
func IsIn(a, b *Array) *Array {
	known := make(map[float64]bool, b.Size())
	for _, x := range b.Floats() {
		known[x] = true
	}
	return FromBools(convert(a.Floats(), func(x float64) bool { return known[x] }), a.shape...)
}

// BinCount counts how often each whole number occurs, or sums weights for it.
func BinCount(a, weights *Array, minLength int) (*Array, error) {
	if a.dtype == Float64 && a.Size() > 0 {
		return nil, errorf("TypeError", "Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'")
	}
	if len(a.shape) != 1 {
		return nil, errorf("ValueError", "object too deep for desired array")
	}
	n := minLength
	for _, k := range a.Ints() {
		if k < 0 {
			return nil, errorf("ValueError", "'list' argument must have no negative elements")
		}
		n = max(n, int(k)+1)
	}
	if weights != nil {
		if weights.Size() != a.Size() {
			return nil, errorf("ValueError", "The weights and list don't have the same length.")
		}
		out := make([]float64, n)
		w := weights.Floats()
		for i, k := range a.Ints() {
			out[k] += w[i]
		}
		return FromFloats(out, units.Dimension{}), nil
	}
	out := make([]int64, n)
	for _, k := range a.Ints() {
		out[k]++
	}
	return FromInts(out), nil
}

// Histogram counts values between edges, which ascend; the last bin includes its right edge. Weights may be nil.
func Histogram(a, weights *Array, edges []float64) (counts []float64, err error) {
	for i := 1; i < len(edges); i++ {
		if edges[i] < edges[i-1] {
			return nil, errorf("ValueError", "`bins` must increase monotonically, when an array")
		}
	}
	counts = make([]float64, max(0, len(edges)-1))
	values := a.Floats()
	var w []float64
	if weights != nil {
		if weights.Size() != len(values) {
			return nil, errorf("ValueError", "weights should have the same shape as a.")
		}
		w = weights.Floats()
	}
	for i, v := range values {
		k, inside := binOf(v, edges)
		if !inside {
			continue
		}
		if w != nil {
			counts[k] += w[i]
		} else {
			counts[k]++
		}
	}
	return counts, nil
}

// binOf returns the bin of a value.
func binOf(v float64, edges []float64) (int, bool) {
	n := len(edges) - 1
	if n < 1 || !(v >= edges[0] && v <= edges[n]) {
		return 0, false
	}
	// Equal bins are found by arithmetic and put right by comparison.
	guess := int((v - edges[0]) / (edges[n] - edges[0]) * float64(n))
	if guess >= 0 && guess < n && v >= edges[guess] && v < edges[guess+1] {
		return guess, true
	}
	k := sort.Search(n+1, func(k int) bool { return edges[k] > v }) - 1
	return min(max(k, 0), n-1), true
}

// BinEdges returns the edges of equal bins over a range; a nil range is that of the values.
func BinEdges(values []float64, bins int, limits *[2]float64) ([]float64, error) {
	if bins < 1 {
		return nil, errorf("ValueError", "`bins` must be positive, when an integer")
	}
	low, high := 0.0, 1.0
	switch {
	case limits != nil:
		low, high = limits[0], limits[1]
		if low > high {
			return nil, errorf("ValueError", "max must be larger than min in range parameter.")
		}
		if low-low != 0 || high-high != 0 {
			return nil, errorf("ValueError", "supplied range of [%s, %s] is not finite", units.FormatPython(low), units.FormatPython(high))
		}
	case len(values) > 0:
		low, high = values[0], values[0]
		for _, v := range values {
			if v-v != 0 {
				low, high = minFold.run(low, values), maxFold.run(high, values)
				return nil, errorf("ValueError", "autodetected range of [%s, %s] is not finite", units.FormatPython(low), units.FormatPython(high))
			}
			low, high = min(low, v), max(high, v)
		}
	}
	if low == high {
		low, high = low-0.5, high+0.5
	}
	return Linspace(low, high, bins+1, true), nil
}

// AutoBins returns a number of bins by a rule of NumPy: "auto", "sturges", "sqrt", "rice", "scott" or "fd".
func AutoBins(values []float64, rule string) (int, error) {
	n := float64(len(values))
	if n == 0 {
		return 1, nil
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	extent := sorted[len(sorted)-1] - sorted[0]
	mean := pairwise(values) / n
	squares := 0.0
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	sturges := extent / (math.Log2(n) + 1)
	fd := 2 * (quantileOf(slices.Clone(values), 0.75, "linear") - quantileOf(slices.Clone(values), 0.25, "linear")) / math.Cbrt(n)
	var width float64
	switch rule {
	case "sturges":
		width = sturges
	case "sqrt":
		width = extent / math.Sqrt(n)
	case "rice":
		width = extent / (2 * math.Cbrt(n))
	case "scott":
		width = math.Cbrt(24*math.Sqrt(math.Pi)/n) * math.Sqrt(squares/n)
	case "fd":
		width = fd
	case "auto":
		width = sturges
		if fd != 0 {
			width = min(fd, sturges)
		}
	default:
		return 0, errorf("ValueError", "'%s' is not a valid estimator for `bins`", rule)
	}
	if width == 0 {
		return 1, nil
	}
	return int(math.Ceil(extent / width)), nil
}

// Histogram2D counts pairs between edges; the result is a table in row-major order, rows for x.
func Histogram2D(x, y, weights *Array, edgesX, edgesY []float64) []float64 {
	columns := max(0, len(edgesY)-1)
	counts := make([]float64, max(0, len(edgesX)-1)*columns)
	p, q := x.Floats(), y.Floats()
	var w []float64
	if weights != nil {
		w = weights.Floats()
	}
	for i := range p {
		row, inX := binOf(p[i], edgesX)
		column, inY := binOf(q[i], edgesY)
		if !inX || !inY {
			continue
		}
		if w != nil {
			counts[row*columns+column] += w[i]
		} else {
			counts[row*columns+column]++
		}
	}
	return counts
}
