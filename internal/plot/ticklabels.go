package plot

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// tickFormat is how numbers at the ticks of one axis are written: (value - offset) / 10^power with a fixed number of
// decimals, as matplotlib's ScalarFormatter chooses them.
type tickFormat struct {
	offset   float64
	power    int
	decimals int
}

// Powers of ten up to 10^-5 and from 10^6 on are taken out of the labels (axes.formatter.limits), an offset if it saves
// at least four digits (axes.formatter.offset_threshold).
const (
	smallPower      = -5
	largePower      = 6
	offsetThreshold = 4
)

// formatTicks chooses the format for ticks within a view.
func formatTicks(ticks []float64, low, high float64, plain, scientific bool) tickFormat {
	var f tickFormat
	if len(ticks) == 0 {
		return f
	}
	if low > high {
		low, high = high, low
	}
	if !plain {
		f.offset = commonOffset(ticks, low, high)
		f.power = powerOf(ticks, low, high, f.offset, scientific)
	}
	values := append([]float64(nil), ticks...)
	if len(values) < 2 {
		values = append(values, low, high)
	}
	scale := math.Pow(10, float64(f.power))
	smallest, largest, reach := math.Inf(1), math.Inf(-1), 0.0
	for i, v := range values {
		values[i] = (v - f.offset) / scale
		smallest, largest = min(smallest, values[i]), max(largest, values[i])
		reach = max(reach, math.Abs(values[i]))
	}
	extent := largest - smallest
	if extent == 0 {
		extent = reach
	}
	if extent == 0 {
		extent = 1
	}
	if len(ticks) < 2 {
		values = values[:len(values)-2]
	}
	magnitude := math.Floor(math.Log10(extent))
	decimals := int(max(0, 3-magnitude))
	threshold := 1e-3 * math.Pow(10, magnitude)
	for decimals >= 0 {
		off := 0.0
		shift := math.Pow(10, float64(decimals))
		for _, v := range values {
			off = max(off, math.Abs(v-math.RoundToEven(v*shift)/shift))
		}
		if off >= threshold {
			break
		}
		decimals--
	}
	f.decimals = min(decimals+1, 17)
	return f
}

// commonOffset returns the leading digits that all ticks share, or 0 if they share few.
func commonOffset(ticks []float64, low, high float64) float64 {
	smallest, largest := math.Inf(1), math.Inf(-1)
	for _, t := range ticks {
		if t >= low && t <= high {
			smallest, largest = min(smallest, t), max(largest, t)
		}
	}
	if smallest >= largest || smallest <= 0 && largest >= 0 {
		return 0
	}
	a, b := math.Abs(smallest), math.Abs(largest)
	sign := math.Copysign(1, smallest)
	if a > b {
		a, b = b, a
	}
	power := math.Ceil(math.Log10(b))
	quotient := func(v, power float64) float64 { return floorDivide(v, math.Pow(10, power)) }
	p := power
	for quotient(a, p) == quotient(b, p) && p > power-20 {
		p--
	}
	p++
	if (b-a)/math.Pow(10, p) <= 1e-2 {
		// The ticks straddle a multiple of a large power of ten; the digits below it differ by one.
		p = power
		for quotient(b, p)-quotient(a, p) <= 1 && p > power-20 {
			p--
		}
		p++
	}
	if q := quotient(b, p); q >= math.Pow(10, offsetThreshold-1) {
		return sign * q * math.Pow(10, p)
	}
	return 0
}

// floorDivide returns the largest whole number of times that b goes into a, exactly, as Python's // does: 219.3/0.1
// rounds to 2193, but 0.1 goes into 219.3 only 2192 times.
func floorDivide(a, b float64) float64 {
	rest := math.Mod(a, b)
	if rest != 0 && (rest < 0) != (b < 0) {
		rest += b
	}
	return math.RoundToEven((a - rest) / b)
}

func powerOf(ticks []float64, low, high, offset float64, always bool) int {
	size := 0.0
	if offset != 0 {
		size = high - low
	} else {
		for _, t := range ticks {
			size = max(size, math.Abs(t))
		}
	}
	if size == 0 {
		return 0
	}
	power := int(math.Floor(math.Log10(size)))
	if power <= smallPower || power >= largePower || always {
		return power
	}
	return 0
}

// label writes the number at one tick.
func (f tickFormat) label(value float64) string {
	v := (value - f.offset) / math.Pow(10, float64(f.power))
	if math.Abs(v) < 1e-8 {
		v = 0
	}
	return minus(strconv.FormatFloat(v, 'f', f.decimals, 64))
}

// suffix is what stands at the end of the axis: the power of ten and the offset, or nothing.
func (f tickFormat) suffix() string {
	text := ""
	if f.power != 0 {
		text = "1e" + strconv.Itoa(f.power)
	}
	if f.offset != 0 {
		text += signed(f.offset)
	}
	return minus(text)
}

// signed writes an offset with its sign, as many digits as it has, and a power of ten.
func signed(v float64) string {
	text := strconv.FormatFloat(v, 'e', 10, 64)
	mantissa, exponent, _ := strings.Cut(text, "e")
	mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	text = mantissa
	if power, err := strconv.Atoi(exponent); err == nil && power != 0 {
		text = fmt.Sprintf("%se%d", mantissa, power)
	}
	if v >= 0 {
		text = "+" + text
	}
	return text
}

// minus replaces hyphens by minus signs.
func minus(text string) string { return strings.ReplaceAll(text, "-", "−") }

// logLabel writes a power of ten, or k times one, as mathtext.
func logLabel(value float64) string {
	power := math.Floor(math.Log10(math.Abs(value)) + 1e-9)
	lead := value / math.Pow(10, power)
	sign := ""
	if lead < 0 {
		sign, lead = "-", -lead
	}
	if math.Abs(lead-1) < 1e-6 {
		return fmt.Sprintf("$%s10^{%d}$", sign, int(power))
	}
	return fmt.Sprintf("$%s%s\\times10^{%d}$", sign, strconv.FormatFloat(lead, 'g', 3, 64), int(power))
}
