package plot

import "math"

// niceTicks returns ticks at multiples of 1, 2, 2.5 or 5 times a power of ten, at most about intervals+1 of them within
// low..high; the outermost may lie outside. It is matplotlib's MaxNLocator with steps [1, 2, 2.5, 5, 10].
func niceTicks(low, high float64, intervals int, integer bool) []float64 {
	low, high = widen(low, high, 1e-13, 1e-14)
	if math.IsInf(high-low, 0) || math.IsInf(high+low, 0) || high-low < 1e-300 {
		return []float64{low, high} // No room for arithmetic.
	}
	const fewest = 2
	scale, offset := scaleRange(low, high, intervals)
	low, high = low-offset, high-offset
	raw := (high - low) / float64(intervals)
	var steps []float64
	for _, s := range [...]float64{0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20} {
		s *= scale
		if integer && s >= 1 && math.Abs(s-math.Round(s)) >= 0.001 {
			continue
		}
		steps = append(steps, s)
	}
	first := len(steps) - 1
	for i, s := range steps {
		if s >= raw {
			first = i
			break
		}
	}
	var ticks []float64
	for i := first; i >= 0; i-- {
		step := steps[i]
		if integer && math.Floor(high)-math.Ceil(low) >= fewest-1 {
			step = max(1, step)
		}
		base := floorDivide(low, step) * step
		from, to := edgeBelow(low-base, step, offset), edgeAbove(high-base, step, offset)
		ticks = ticks[:0]
		inside := 0
		for k := from; k <= to && len(ticks) < 1000; k++ {
			t := k*step + base
			if t >= low && t <= high {
				inside++
			}
			ticks = append(ticks, t+offset)
		}
		if inside >= fewest {
			break
		}
	}
	return ticks
}

// scaleRange returns the power of ten of an interval and, for a narrow range far from zero, an offset that keeps the
// multiples exact.
func scaleRange(low, high float64, n int) (scale, offset float64) {
	extent, mean := math.Abs(high-low), (high+low)/2
	if math.Abs(mean)/extent >= 100 {
		offset = math.Copysign(math.Pow(10, math.Floor(math.Log10(math.Abs(mean)))), mean)
	}
	return math.Pow(10, math.Floor(math.Log10(extent/float64(n)))), offset
}

func edgeTolerance(step, offset float64) float64 {
	offset = math.Abs(offset)
	if offset == 0 {
		return 1e-10
	}
	return min(0.4999, max(1e-10, math.Pow(10, math.Log10(offset/step)-12)))
}

// edgeBelow returns the largest n with n*step <= x, up to rounding.
func edgeBelow(x, step, offset float64) float64 {
	n := floorDivide(x, step)
	if rest := x - n*step; math.Abs(rest/step-1) < edgeTolerance(step, offset) {
		return n + 1
	}
	return n
}

// edgeAbove returns the smallest n with n*step >= x, up to rounding.
func edgeAbove(x, step, offset float64) float64 {
	n := floorDivide(x, step)
	if rest := x - n*step; math.Abs(rest/step) < edgeTolerance(step, offset) {
		return n
	}
	return n + 1
}

// widen gives an interval that is empty, tiny or not finite some extent, as matplotlib's nonsingular does.
func widen(low, high, expander, tiny float64) (float64, float64) {
	if math.IsNaN(low) || math.IsNaN(high) || math.IsInf(low, 0) || math.IsInf(high, 0) {
		return -expander, expander
	}
	swapped := high < low
	if swapped {
		low, high = high, low
	}
	largest := max(math.Abs(low), math.Abs(high))
	switch {
	case largest < 1e6/tiny*2.2250738585072014e-308: // The smallest normal number.
		low, high = -expander, expander
	case high-low <= largest*tiny:
		if high == 0 && low == 0 {
			low, high = -expander, expander
		} else {
			low -= expander * math.Abs(low)
			high += expander * math.Abs(high)
		}
	}
	if swapped {
		low, high = high, low
	}
	return low, high
}

// logTicks returns the powers of ten within low..high, thinned so that at most most of them remain, and minor ticks
// at 2 to 9 times them unless they were thinned. Ends are positive.
func logTicks(low, high float64, most int) (major, minor []float64) {
	if low > high {
		low, high = high, low
	}
	if !(low > 0) || math.IsInf(high, 0) {
		return nil, nil
	}
	from, to := math.Ceil(math.Log10(low)-1e-9), math.Floor(math.Log10(high)+1e-9)
	decades := to - from + 1
	stride := max(1, math.Ceil(decades/float64(max(most, 2))))
	for e := from; e <= to; e += stride {
		// Large exponents first so that every multiple of the stride is a round exponent.
		major = append(major, math.Pow(10, math.Ceil(e/stride)*stride))
	}
	for len(major) > 0 && major[len(major)-1] > high*(1+1e-9) {
		major = major[:len(major)-1]
	}
	if stride > 1 {
		if stride <= 10 {
			for e := from; e <= to; e++ {
				minor = append(minor, math.Pow(10, e))
			}
		}
		return major, minor
	}
	for e := from - 1; e <= to; e++ {
		for k := 2.0; k < 10; k++ {
			if t := k * math.Pow(10, e); t >= low*(1-1e-9) && t <= high*(1+1e-9) {
				minor = append(minor, t)
			}
		}
	}
	return major, minor
}

// minorLinear returns ticks between major ones: five intervals where the step is 1, 5 or 10 times a power of ten, four otherwise.
func minorLinear(major []float64, low, high float64) []float64 {
	if len(major) < 2 {
		return nil
	}
	step := major[1] - major[0]
	lead := step / math.Pow(10, math.Floor(math.Log10(step)+1e-9))
	parts := 4.0
	for _, whole := range [...]float64{1, 2.5, 5, 10} {
		if math.Abs(lead-whole) < 1e-6 {
			parts = 5
		}
	}
	var minor []float64
	small := step / parts
	for k := math.Ceil((low - major[0]) / small); k <= math.Floor((high-major[0])/small) && len(minor) < 1000; k++ {
		if math.Mod(k, parts) != 0 {
			minor = append(minor, major[0]+k*small)
		}
	}
	return minor
}
