package numpy

import (
	"synfire/internal/array"
	"synfire/internal/script"
)

func histograms() []script.Entry {
	return []script.Entry{
		oneArray("histogram(x, bins=10, range=None, density=None, weights=None)", "How many values lie in each bin, and the edges of the bins; units are dropped.", func(c *script.Call, a *array.Array) (script.Value, error) {
			edges, err := binEdges(c, a)
			if err != nil {
				return nil, err
			}
			weights, err := optionalArray(c, "weights")
			if err != nil {
				return nil, err
			}
			counts, err := array.Histogram(a, weights, edges)
			if err != nil {
				return nil, err
			}
			out := array.FromFloats(counts, plain)
			density := false
			if !script.IsNone(c.Arg("density")) {
				if density, err = c.Bool("density"); err != nil {
					return nil, err
				}
			}
			if density {
				total := 0.0
				for _, n := range counts {
					total += n
				}
				for i := range counts {
					counts[i] = counts[i] / (edges[i+1] - edges[i]) / total
				}
			} else if weights == nil || weights.DType() == array.Int64 {
				out = out.As(array.Int64)
			}
			return tupleOf(out, edgesArray(c.Arg("bins"), edges)), nil
		}),
		oneArray("histogram_bin_edges(x, bins=10, range=None, weights=None)", "The edges of the bins of a histogram.", func(c *script.Call, a *array.Array) (script.Value, error) {
			edges, err := binEdges(c, a)
			if err != nil {
				return nil, err
			}
			return New(edgesArray(c.Arg("bins"), edges)), nil
		}),
		{Signature: "histogram2d(x, y, bins=10, range=None, density=None, weights=None)", Doc: "A table of counts of pairs, and the edges along both axes; units are dropped.", Func: histogram2d},
		oneArray("bincount(x, weights=None, minlength=0)", "How often each whole number occurs.", func(c *script.Call, a *array.Array) (script.Value, error) {
			weights, err := optionalArray(c, "weights")
			if err != nil {
				return nil, err
			}
			n, err := c.Int("minlength")
			if err != nil {
				return nil, err
			}
			return wrapped(array.BinCount(a, weights, int(n)))
		}),
		oneArray("digitize(x, bins, right=False)", "The number of the bin of each value.", func(c *script.Call, a *array.Array) (script.Value, error) {
			bins, err := arrayArg(c, "bins")
			if err != nil {
				return nil, err
			}
			right, err := c.Bool("right")
			if err != nil {
				return nil, err
			}
			return wrapped(array.Digitize(a, bins, right))
		}),
	}
}

// binEdges reads bins and range for values.
func binEdges(c *script.Call, a *array.Array) ([]float64, error) {
	var limits *[2]float64
	if v := c.Arg("range"); !script.IsNone(v) {
		pair, err := FromValue(v)
		if err != nil {
			return nil, err
		}
		if pair.Size() != 2 {
			return nil, script.Raise("ValueError", "range must be a pair of numbers")
		}
		limits = &[2]float64{pair.FloatAt(0), pair.FloatAt(1)}
	}
	return edgesOf(c.Arg("bins"), a, limits)
}

// edgesArray returns the edges as an array: the script's own if it gave them, so that whole numbers stay whole.
func edgesArray(bins script.Value, edges []float64) *array.Array {
	out := array.FromFloats(edges, plain)
	if a, err := FromValue(bins); err == nil && a.NDim() == 1 {
		return out.As(a.DType())
	}
	return out
}

func edgesOf(bins script.Value, a *array.Array, limits *[2]float64) ([]float64, error) {
	if rule, ok := bins.(string); ok {
		values := a.Floats()
		if limits != nil {
			values = nil
			for _, v := range a.Floats() {
				if v >= limits[0] && v <= limits[1] {
					values = append(values, v)
				}
			}
		}
		n, err := array.AutoBins(values, rule)
		if err != nil {
			return nil, err
		}
		return array.BinEdges(a.Floats(), n, limits)
	}
	if n, err := script.AsIndex(bins); err == nil {
		return array.BinEdges(a.Floats(), int(n), limits)
	}
	edges, err := FromValue(bins)
	if err != nil {
		return nil, err
	}
	if edges.NDim() != 1 {
		return nil, script.Raise("TypeError", "`bins` must be an integer, a string, or an array")
	}
	return edges.Floats(), nil
}

func histogram2d(c *script.Call) (script.Value, error) {
	x, y, err := arrayPair(c, "x", "y")
	if err != nil {
		return nil, err
	}
	if x.Size() != y.Size() {
		return nil, script.Raise("ValueError", "x and y must have the same length.")
	}
	both := [2]script.Value{c.Arg("bins"), c.Arg("bins")}
	if pair, err := script.Elements(c.Arg("bins")); err == nil && len(pair) == 2 {
		both = [2]script.Value{pair[0], pair[1]}
	}
	var edges [2][]float64
	for i, a := range []*array.Array{x, y} {
		var limits *[2]float64
		if v := c.Arg("range"); !script.IsNone(v) {
			table, err := FromValue(v)
			if err != nil {
				return nil, err
			}
			if table.Size() != 4 {
				return nil, script.Raise("ValueError", "range must be two pairs of numbers")
			}
			limits = &[2]float64{table.FloatAt(2 * i), table.FloatAt(2*i + 1)}
		}
		if edges[i], err = edgesOf(both[i], a, limits); err != nil {
			return nil, err
		}
	}
	weights, err := optionalArray(c, "weights")
	if err != nil {
		return nil, err
	}
	counts := array.Histogram2D(x, y, weights, edges[0], edges[1])
	if v := c.Arg("density"); !script.IsNone(v) {
		if density, err := script.Truth(v); err != nil || density {
			if err != nil {
				return nil, err
			}
			total := 0.0
			for _, n := range counts {
				total += n
			}
			columns := len(edges[1]) - 1
			for i := range counts {
				r, k := i/columns, i%columns
				counts[i] /= (edges[0][r+1] - edges[0][r]) * (edges[1][k+1] - edges[1][k]) * total
			}
		}
	}
	return tupleOf(array.FromFloats(counts, plain, len(edges[0])-1, len(edges[1])-1), array.FromFloats(edges[0], plain), array.FromFloats(edges[1], plain)), nil
}
