package pandas

import (
	"math"
	"slices"
	"sort"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/units"
)

func notNumeric(name string, c *column) error {
	return script.Raise("TypeError", "%s() needs numbers, but the column holds values of type %s", name, c.kind)
}

// statisticNames are the reductions in the order of help texts.
var statisticNames = []string{"sum", "mean", "median", "std", "var", "min", "max", "count", "prod", "any", "all", "nunique", "first", "last", "size", "sem"}

// reduce computes a statistic of a column; missing values do not count.
func reduce(name string, c *column, ddof float64) (script.Value, error) {
	switch name {
	case "count":
		n := int64(0)
		for _, v := range c.values {
			if !missing(v) {
				n++
			}
		}
		return n, nil
	case "size":
		return int64(c.len()), nil
	case "nunique":
		n := int64(0)
		for _, v := range c.unique().values {
			if !missing(v) {
				n++
			}
		}
		return n, nil
	case "first", "last":
		values := slices.Clone(c.values)
		if name == "last" {
			slices.Reverse(values)
		}
		for _, v := range values {
			if !missing(v) {
				return v, nil
			}
		}
		return math.NaN(), nil
	case "any", "all":
		for _, v := range c.values {
			b, err := script.Truth(v)
			if err != nil {
				return nil, err
			}
			if b == (name == "any") {
				return b, nil
			}
		}
		return name == "all", nil
	case "min", "max":
		var best script.Value = math.NaN()
		for _, v := range c.values {
			if missing(v) {
				continue
			}
			if d := compareValues(v, best); missing(best) || name == "min" && d < 0 || name == "max" && d > 0 {
				best = v
			}
		}
		return best, nil
	}
	values, ok := c.floats()
	if !ok {
		if name == "sum" && c.kind == objectType {
			text := ""
			for _, v := range c.values {
				s, isText := v.(string)
				if !isText {
					return nil, notNumeric(name, c)
				}
				text += s
			}
			return text, nil
		}
		return nil, notNumeric(name, c)
	}
	whole := c.kind == intType || c.kind == boolType
	a := array.FromFloats(values, units.Dimension{})
	switch name {
	case "sum", "prod":
		if whole {
			total := int64(1)
			if name == "sum" {
				total = 0
			}
			for _, x := range values {
				if name == "sum" {
					total += int64(x)
				} else {
					total *= int64(x)
				}
			}
			return total, nil
		}
		if name == "prod" {
			p := 1.0
			for _, x := range values {
				p *= x
			}
			return p, nil
		}
		v, err := array.Sum(a, array.Axes{})
		if err != nil {
			return nil, err
		}
		return v.FloatAt(0), nil
	}
	n := float64(len(values))
	if n == 0 {
		return math.NaN(), nil
	}
	switch name {
	case "mean":
		v, err := array.Sum(a, array.Axes{})
		if err != nil {
			return nil, err
		}
		return v.FloatAt(0) / n, nil
	case "median":
		return quantile(values, 0.5), nil
	case "std", "var", "sem":
		if n <= ddof {
			return math.NaN(), nil
		}
		v, err := array.Var(a, array.Axes{}, ddof)
		if err != nil {
			return nil, err
		}
		switch name {
		case "std":
			return math.Sqrt(v.FloatAt(0)), nil
		case "sem":
			return math.Sqrt(v.FloatAt(0)) / math.Sqrt(n), nil
		}
		return v.FloatAt(0), nil
	}
	panic("BUG: unknown statistic " + name)
}

// quantile interpolates linearly between order statistics.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	at := q * float64(len(sorted)-1)
	k := int(at)
	if k+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	t := at - float64(k)
	d := sorted[k+1] - sorted[k]
	if t >= 0.5 { // as NumPy interpolates
		return sorted[k+1] - d*(1-t)
	}
	return sorted[k] + d*t
}

// description is what describe() says of a column.
func description(c *column) (labels []script.Value, values []script.Value, err error) {
	if c.kind == objectType || c.kind == boolType {
		unique := c.unique()
		count, err := reduce("count", c, 1)
		if err != nil {
			return nil, nil, err
		}
		var top script.Value = math.NaN()
		freq := int64(0)
		for _, v := range unique.values {
			n := int64(0)
			for _, u := range c.values {
				if same(u, v) && !missing(v) {
					n++
				}
			}
			if n > freq {
				top, freq = v, n
			}
		}
		n, err := reduce("nunique", c, 1)
		return []script.Value{"count", "unique", "top", "freq"}, []script.Value{count, n, top, freq}, err
	}
	numbers, _ := c.floats()
	for _, name := range []string{"count", "mean", "std", "min"} {
		v, err := reduce(name, c, 1)
		if err != nil {
			return nil, nil, err
		}
		x, err := script.AsFloat(v)
		if err != nil {
			return nil, nil, err
		}
		labels, values = append(labels, name), append(values, x)
	}
	for _, q := range []struct {
		label string
		at    float64
	}{{"25%", 0.25}, {"50%", 0.5}, {"75%", 0.75}, {"max", 1}} {
		labels, values = append(labels, q.label), append(values, quantile(numbers, q.at))
	}
	return labels, values, nil
}

// order returns the places of values in rising order; equal ones keep their order.
func order(values []script.Value, ascending bool) []int {
	places := whole(len(values))
	sort.SliceStable(places, func(i, j int) bool {
		x, y := values[places[i]], values[places[j]]
		if missing(x) || missing(y) {
			return !missing(x) && missing(y)
		}
		if ascending {
			return compareValues(x, y) < 0
		}
		return compareValues(x, y) > 0
	})
	return places
}

// reductionEntries are the methods sum, mean, ... of series, tables and groups.
func reductionEntries(f func(c *script.Call, name string, ddof float64) (script.Value, error)) []script.Entry {
	var entries []script.Entry
	for _, name := range statisticNames {
		signature, ddof := name+"(axis=0, skipna=True, numeric_only=None, ddof=1)", 1.0
		switch name {
		case "first", "last", "size":
			signature = name + "()"
		case "count", "nunique":
			signature = name + "(axis=0, numeric_only=None)"
		}
		entries = append(entries, script.Entry{Signature: signature, Func: func(c *script.Call) (script.Value, error) {
			d := ddof
			if name == "std" || name == "var" || name == "sem" {
				x, err := c.Float("ddof")
				if err != nil {
					return nil, err
				}
				d = x
			}
			return f(c, name, d)
		}})
	}
	return entries
}
