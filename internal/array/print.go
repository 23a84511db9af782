package array

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"synfire/units"
)

// PrintOptions are NumPy's print options, with the registry from which Brian2's "best units" come.
type PrintOptions struct {
	// Precision is the number of digits after the point.
	Precision int
	// Threshold is the size above which only EdgeItems elements at each end of an axis are shown.
	Threshold, EdgeItems int
	LineWidth            int
	// Suppress turns scientific notation off.
	Suppress bool
	// Separator stands between elements; empty means a space.
	Separator string
	// Display chooses units; nil knows the standard ones.
	Display *units.Display
}

// DefaultPrint returns NumPy's defaults.
func DefaultPrint() PrintOptions {
	return PrintOptions{Precision: 8, Threshold: 1000, EdgeItems: 3, LineWidth: 75}
}

// String prints the array as str() does, with the default options.
func (a *Array) String() string { return a.Text(DefaultPrint()) }

// Text prints the array as str() does: "[1. 2.]", "[1. 2.] mV".
func (a *Array) Text(options PrintOptions) string {
	if a.dim.IsDimensionless() {
		return a.plainText(options)
	}
	unit := options.Display.BestUnit(a.shown(options).Floats(), a.dim)
	return a.inUnit(unit, options) + " " + unit.Symbol()
}

// Repr prints the array as repr() does: "array([1., 2.])", "array([1., 2.]) * mvolt".
func (a *Array) Repr(options PrintOptions) string {
	if a.dim.IsDimensionless() {
		return a.plainRepr(options)
	}
	unit := options.Display.BestUnit(a.shown(options).Floats(), a.dim)
	if len(a.shape) == 0 {
		return a.inUnit(unit, options) + " * " + unit.Name()
	}
	return a.InUnits(unit).plainRepr(options) + " * " + unit.Name()
}

// InUnit prints the array as Brian2's in_unit does; the dimension of the unit must be the array's.
func (a *Array) InUnit(unit units.Unit, options PrintOptions) string {
	text := a.inUnit(unit, options)
	if unit.Dim().IsDimensionless() {
		return text
	}
	return text + " " + unit.Symbol()
}

// CodeInUnit prints the array as a Python expression in a unit, "3. * mvolt"; the dimension of the unit must be the array's.
func (a *Array) CodeInUnit(unit units.Unit, options PrintOptions) string {
	text := a.inUnit(unit, options)
	if len(a.shape) > 0 {
		text = a.InUnits(unit).plainRepr(options)
	}
	if unit.Dim().IsDimensionless() {
		return text
	}
	return text + " * " + unit.Name()
}

// InUnits returns the array divided by a unit of its dimension: plain numbers.
func (a *Array) InUnits(unit units.Unit) *Array {
	out, err := Binary(Div, a, Scalar(unit.Value(), a.dim))
	if err != nil {
		panic("BUG: division refuses no dimension: " + err.Error())
	}
	return out
}

// inUnit prints the number of units; a single value prints as an element of an array does ("1.", not "1.0").
func (a *Array) inUnit(unit units.Unit, options PrintOptions) string {
	if len(a.shape) > 0 {
		return strings.TrimSpace(a.InUnits(unit).plainText(options))
	}
	return elementText(a.FloatAt(0)/unit.Value(), options)
}

func elementText(x float64, options PrintOptions) string {
	return strings.TrimSpace(floatFormat([]float64{x}, options)(x))
}

// shown returns the elements that printing shows.
func (a *Array) shown(options PrintOptions) *Array {
	if a.Size() <= options.Threshold {
		return a
	}
	index := make([][]int, len(a.shape))
	for axis, extent := range a.shape {
		for i := range extent {
			if extent <= 2*options.EdgeItems || i < options.EdgeItems || i >= extent-options.EdgeItems {
				index[axis] = append(index[axis], i)
			}
		}
	}
	out := a
	if source := a.whole(); source != nil {
		return a.shownDeferred(source, index)
	}
	for axis, at := range index {
		if len(at) < out.shape[axis] {
			out = out.takeAxis(at, axis)
		}
	}
	return out
}

func (a *Array) shownDeferred(source *deferred, index [][]int) *Array {
	var values []float64
	for _, row := range index[0] {
		for _, column := range index[1] {
			values = append(values, source.at(row, column))
		}
	}
	return a.fromRead(values, len(index[0]), len(index[1]))
}

func (a *Array) plainText(options PrintOptions) string {
	if len(a.shape) == 0 {
		return scalarText(a)
	}
	if a.Size() == 0 {
		return "[]"
	}
	separator := options.Separator
	if separator == "" {
		separator = " "
	}
	return layout(a, options, separator, "")
}

func scalarText(a *Array) string {
	switch a.dtype {
	case Bool:
		if a.BoolAt(0) {
			return "True"
		}
		return "False"
	case Int64:
		return strconv.FormatInt(a.IntAt(0), 10)
	case Float64:
		return units.FormatPython(a.FloatAt(0))
	}
	return FormatComplex(a.ComplexAt(0))
}

// FormatComplex prints a complex number as Python does.
func FormatComplex(x complex128) string {
	im := strings.TrimSuffix(units.FormatPython(imag(x)), ".0")
	if real(x) == 0 && !math.Signbit(real(x)) {
		return im + "j"
	}
	if !strings.HasPrefix(im, "-") {
		im = "+" + im
	}
	return "(" + strings.TrimSuffix(units.FormatPython(real(x)), ".0") + im + "j)"
}

func (a *Array) plainRepr(options PrintOptions) string {
	const prefix = "array("
	implied := a.Size() > 0
	var body string
	switch {
	case len(a.shape) == 0 && a.dtype == Float64:
		body = elementText(a.FloatAt(0), options)
	case len(a.shape) == 0:
		body = scalarText(a)
	case a.Size() > 0:
		narrower := options
		narrower.LineWidth-- // room for the closing parenthesis
		body = layout(a, narrower, ", ", prefix)
	case slices.Equal(a.shape, []int{0}):
		body = "[]"
	default:
		body = "[], shape=" + ShapeText(a.shape)
	}
	if implied {
		return prefix + body + ")"
	}
	text := prefix + body + ","
	dtype := "dtype=" + a.dtype.String() + ")"
	if last := len(text) - (strings.LastIndexByte(text, '\n') + 1); last+len(dtype)+1 > options.LineWidth {
		return text + "\n" + strings.Repeat(" ", len(prefix)) + dtype
	}
	return text + " " + dtype
}

// layout arranges the elements in nested brackets, wrapped at the line width.
func layout(a *Array, options PrintOptions, separator, prefix string) string {
	elements := a.shown(options)
	var format func(flat int) string
	switch elements.dtype {
	case Bool:
		values := elements.Bools()
		format = func(i int) string {
			if values[i] {
				return " True"
			}
			return "False"
		}
	case Int64:
		values := elements.Ints()
		width := 0
		for _, x := range values {
			width = max(width, len(strconv.FormatInt(x, 10)))
		}
		format = func(i int) string { return padLeft(strconv.FormatInt(values[i], 10), width) }
	case Float64:
		values := elements.Floats()
		f := floatFormat(values, options)
		format = func(i int) string { return f(values[i]) }
	default:
		values := elements.Complexes()
		f, g := complexFormat(values, options)
		format = func(i int) string { return f(real(values[i])) + g(imag(values[i])) }
	}
	w := writer{shape: elements.shape, full: a.shape, cut: a.Size() > options.Threshold, edge: options.EdgeItems, separator: separator, format: format}
	return w.write(0, 0, strings.Repeat(" ", 1+len(prefix)), options.LineWidth)
}

// writer writes nested brackets. shape is that of the elements at hand; full that of the array they stand for.
type writer struct {
	shape, full []int
	cut         bool
	edge        int
	separator   string
	format      func(flat int) string
}

func (w *writer) write(axis, flat int, indent string, width int) string {
	left := len(w.shape) - axis
	if left == 0 {
		return w.format(flat)
	}
	inner := width - 1
	extent := w.shape[axis]
	cutAt := -1 // "..." stands before this element
	if w.cut && w.full[axis] > 2*w.edge {
		cutAt = w.edge
	}
	step := size(w.shape[axis+1:])
	var b strings.Builder
	if left == 1 {
		room := width - max(len(strings.TrimRight(w.separator, " ")), 1)
		line := indent
		add := func(word string) {
			if len(line)+len(word) > room && len(line) > len(indent) {
				b.WriteString(strings.TrimRight(line, " "))
				b.WriteByte('\n')
				line = indent
			}
			line += word
		}
		for i := range extent {
			if i == cutAt {
				add("...")
				line += w.separator
			}
			add(w.format(flat + i))
			if i < extent-1 {
				line += w.separator
			}
		}
		b.WriteString(line)
	} else {
		between := strings.TrimRight(w.separator, " ") + strings.Repeat("\n", left-1)
		for i := range extent {
			if i == cutAt {
				b.WriteString(indent + "..." + between)
			}
			b.WriteString(indent + w.write(axis+1, flat+i*step, indent+" ", inner))
			if i < extent-1 {
				b.WriteString(between)
			}
		}
	}
	return "[" + b.String()[len(indent):] + "]"
}

// floatFormat returns how all of the values are printed: in one width, positional or scientific.
func floatFormat(values []float64, options PrintOptions) func(float64) string {
	return signedFormat(values, options, false)
}

func signedFormat(values []float64, options PrintOptions, sign bool) func(float64) string {
	smallest, largest := math.Inf(1), 0.0
	finite, negativeInf := 0, false
	for _, x := range values {
		if x-x != 0 {
			negativeInf = negativeInf || math.IsInf(x, -1)
			continue
		}
		finite++
		if m := math.Abs(x); m != 0 {
			smallest, largest = min(smallest, m), max(largest, m)
		}
	}
	scientific := largest != 0 && (largest >= 1e8 || !options.Suppress && (smallest < 1e-4 || largest/smallest > 1000))
	plus := func(text string) string {
		if sign && text[0] != '-' {
			return "+" + text
		}
		return text
	}
	left, right, exponent := 0, 0, 0
	for _, x := range values {
		if x-x != 0 {
			continue
		}
		digits := plus(shortestFloat(x, options.Precision, scientific))
		if scientific {
			var power string
			digits, power, _ = strings.Cut(digits, "e")
			exponent = max(exponent, len(power)-1)
		}
		whole, fraction, _ := strings.Cut(digits, ".")
		left, right = max(left, len(whole)), max(right, len(fraction))
	}
	padRight := right
	if scientific {
		padRight = exponent + 2 + right
	}
	if finite < len(values) {
		inf := 3
		if negativeInf || sign {
			inf = 4
		}
		left = max(left, 3-padRight-1, inf-padRight-1)
	}
	return func(x float64) string {
		switch {
		case x-x != 0:
			text := "nan"
			switch {
			case math.IsInf(x, 1):
				text = "inf"
			case math.IsInf(x, -1):
				text = "-inf"
			}
			return padLeft(plus(text), left+padRight+1)
		case scientific:
			digits, power, _ := strings.Cut(plus(shortestFloat(x, right, true)), "e")
			whole, fraction, _ := strings.Cut(digits, ".")
			for len(power)-1 < exponent {
				power = power[:1] + "0" + power[1:]
			}
			return padLeft(whole, left) + "." + fraction + strings.Repeat("0", right-len(fraction)) + "e" + power
		}
		whole, fraction, _ := strings.Cut(plus(shortestFloat(x, options.Precision, false)), ".")
		return padLeft(whole, left) + "." + fraction + strings.Repeat(" ", right-len(fraction))
	}
}

func complexFormat(values []complex128, options PrintOptions) (re, im func(float64) string) {
	f := signedFormat(convert(values, func(x complex128) float64 { return real(x) }), options, false)
	g := signedFormat(convert(values, func(x complex128) float64 { return imag(x) }), options, true)
	return f, func(x float64) string {
		text := g(x)
		end := len(strings.TrimRight(text, " "))
		return text[:end] + "j" + text[end:]
	}
}

// shortestFloat returns the fewest digits that read back as x, rounded to the given number after the point,
// always with a point and without trailing zeros: "1.", "0.25", "1.5e-05".
func shortestFloat(x float64, precision int, scientific bool) string {
	format := byte('f')
	if scientific {
		format = 'e'
	}
	text := strconv.FormatFloat(x, format, -1, 64)
	digits, power, _ := strings.Cut(text, "e")
	if _, fraction, _ := strings.Cut(digits, "."); len(fraction) > precision {
		digits, power, _ = strings.Cut(strconv.FormatFloat(x, format, precision, 64), "e")
		if strings.Contains(digits, ".") {
			digits = strings.TrimRight(digits, "0")
		}
	}
	if !strings.Contains(digits, ".") {
		digits += "."
	}
	if scientific {
		return digits + "e" + power
	}
	return digits
}

func padLeft(text string, width int) string {
	return strings.Repeat(" ", max(0, width-len(text))) + text
}
