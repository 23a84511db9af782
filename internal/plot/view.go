package plot

import "math"

// axisExtent collects the range of the data along one axis.
type axisExtent struct {
	low, high float64
	// positive is the smallest value above zero, for logarithms.
	positive float64
	// sticky are values that get no margin when the data ends there: the base of bars, the edge of an image.
	sticky []float64
}

func newAxisExtent() axisExtent { return axisExtent{math.Inf(1), math.Inf(-1), math.Inf(1), nil} }

func (e *axisExtent) add(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return
	}
	e.low, e.high = min(e.low, v), max(e.high, v)
	if v > 0 {
		e.positive = min(e.positive, v)
	}
}

func (e *axisExtent) stick(v float64) { e.sticky = append(e.sticky, v) }

func (e *axisExtent) merge(o axisExtent) {
	e.low, e.high, e.positive = min(e.low, o.low), max(e.high, o.high), min(e.positive, o.positive)
	e.sticky = append(e.sticky, o.sticky...)
}

// extent collects the range of the data of one axes.
type extent struct {
	x, y axisExtent
	// turnedY is set by an image whose first row is at the top.
	turnedY bool
}

func (e *extent) add(x, y float64) {
	if !math.IsNaN(x+y) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
		e.x.add(x)
		e.y.add(y)
	}
}

// oriented returns the axis along which an artist counts and the one across; swapped for horizontal bars and the like.
func (e *extent) oriented(swap bool) (along, across *axisExtent) {
	if swap {
		return &e.y, &e.x
	}
	return &e.x, &e.y
}

// view is the visible part of one axis: from low at the left or bottom to high.
type view struct {
	low, high float64
	scale     Scale
	// within is the half width of the linear part of symlog.
	within float64
}

// forward maps a value to the scale on which positions are linear. It is NaN for what has no logarithm.
func (v view) forward(x float64) float64 {
	switch v.scale {
	case Log:
		if x <= 0 {
			return math.NaN()
		}
		return math.Log10(x)
	case Symlog:
		// Linear up to the threshold, one unit per decade beyond; the linear part takes one unit per side times 10/9.
		const linear = 10.0 / 9
		if a := math.Abs(x); a > v.within {
			return math.Copysign(linear+math.Log10(a/v.within), x)
		}
		return x / v.within * linear
	}
	return x
}

func (v view) backward(x float64) float64 {
	switch v.scale {
	case Log:
		return math.Pow(10, x)
	case Symlog:
		const linear = 10.0 / 9
		if a := math.Abs(x); a > linear {
			return math.Copysign(v.within*math.Pow(10, a-linear), x)
		}
		return x * v.within / linear
	}
	return x
}

// fraction maps a value to 0 at the low end and 1 at the high end.
func (v view) fraction(x float64) float64 {
	a, b := v.forward(v.low), v.forward(v.high)
	return (v.forward(x) - a) / (b - a)
}

func (v view) contains(x float64) bool {
	f := v.fraction(x)
	return f >= -1e-9 && f <= 1+1e-9
}

// resolveView finds the ends of an axis: fixed ones first, then the data with its margin.
func resolveView(axis *Axis, data axisExtent, margin float64) view {
	v := view{scale: axis.Scale, within: axis.LinearWithin}
	if v.within <= 0 {
		v.within = 2
	}
	if axis.Margin != nil {
		margin = *axis.Margin
	}
	low, high := data.low, data.high
	if v.scale == Log {
		low = data.positive
		if !(low <= high) {
			low, high = 1, 10
		}
		if low == high {
			low, high = low/10, high*10
			if data.positive > data.high {
				low, high = 1, 10
			}
		}
	} else if low > high {
		low, high = 0, 1
		margin = 0
	} else {
		low, high = widen(low, high, 0.05, 1e-15)
	}
	a, b := v.forward(low), v.forward(high)
	extra := (b - a) * margin
	stuck := func(end float64) bool {
		for _, s := range data.sticky {
			if s == end || math.Abs(s-end) < 1e-9*math.Abs(high-low) {
				return true
			}
		}
		return false
	}
	v.low, v.high = low, high
	if !stuck(low) {
		v.low = v.backward(a - extra)
	}
	if !stuck(high) {
		v.high = v.backward(b + extra)
	}
	fixed := func(p *float64) bool {
		return p != nil && !math.IsNaN(*p) && !math.IsInf(*p, 0) && (v.scale != Log || *p > 0)
	}
	fixedLow, fixedHigh := fixed(axis.Low), fixed(axis.High)
	if fixedLow {
		v.low = *axis.Low
	}
	if fixedHigh {
		v.high = *axis.High
	}
	if v.low == v.high {
		v.low, v.high = widen(v.low, v.high, 0.05, 1e-15)
	}
	if !(math.Abs(v.forward(v.high)-v.forward(v.low)) > 0) {
		v.low, v.high = v.backward(0), v.backward(1)
	}
	if axis.Inverted && v.low < v.high {
		v.low, v.high = v.high, v.low
	}
	return v
}

// views finds the visible part of all axes, sharing respected. Two views per axes, x and y.
func (f *Figure) views() map[*Axes][2]view {
	type shared struct {
		data   axisExtent
		axis   Axis
		margin float64
	}
	groups := [2]map[int]*shared{{}, {}}
	extents := map[*Axes]*extent{}
	for _, a := range f.Axes {
		e := &extent{x: newAxisExtent(), y: newAxisExtent()}
		for _, artist := range a.Artists {
			if !artist.common().Hidden {
				artist.extend(e)
			}
		}
		extents[a] = e
		for i, axis := range []*Axis{&a.X, &a.Y} {
			if axis.Share == 0 {
				continue
			}
			g := groups[i][axis.Share]
			if g == nil {
				g = &shared{data: newAxisExtent(), margin: a.margin(i)}
				groups[i][axis.Share] = g
			}
			g.data.merge([]axisExtent{e.x, e.y}[i])
			follow(&g.axis, axis)
			if i == 1 && e.turnedY {
				g.axis.Inverted = true
			}
		}
	}
	out := map[*Axes][2]view{}
	for _, a := range f.Axes {
		var pair [2]view
		for i, axis := range []*Axis{&a.X, &a.Y} {
			if g := groups[i][axis.Share]; g != nil {
				pair[i] = resolveView(&g.axis, g.data, g.margin)
				continue
			}
			own := *axis
			if i == 1 && extents[a].turnedY && own.Low == nil && own.High == nil {
				own.Inverted = !own.Inverted
			}
			pair[i] = resolveView(&own, []axisExtent{extents[a].x, extents[a].y}[i], a.margin(i))
		}
		out[a] = pair
	}
	return out
}

func (a *Axes) margin(axis int) float64 {
	if axis == 0 {
		return a.Style.AxesXMargin
	}
	return a.Style.AxesYMargin
}

// follow lets what is set on one of several shared axes hold for all; the last one that sets something wins.
func follow(group, axis *Axis) {
	if axis.Low != nil {
		group.Low = axis.Low
	}
	if axis.High != nil {
		group.High = axis.High
	}
	if axis.Margin != nil {
		group.Margin = axis.Margin
	}
	if axis.Scale != "" && axis.Scale != Linear {
		group.Scale, group.LinearWithin = axis.Scale, axis.LinearWithin
	}
	group.Inverted = group.Inverted || axis.Inverted
}

// Limits returns the visible range of axes as they would be drawn now: x from low to high, y from low to high.
func (f *Figure) Limits(a *Axes) (xlow, xhigh, ylow, yhigh float64) {
	v := f.views()[a]
	return v[0].low, v[0].high, v[1].low, v[1].high
}
