package plot

import (
	"math"
)

// tick is a major tick with its label, which may be nil.
type tick struct {
	value    float64
	fraction float64
	label    *typeset
}

// tickSet is the ticks of one axis as drawn.
type tickSet struct {
	major    []tick
	minor    []float64
	suffix   *typeset
	rotation float64
	size     float64
}

// ticker chooses ticks for an axis of a given length in points.
type ticker struct {
	fonts      *fontSet
	axis       *Axis
	view       view
	length     float64
	horizontal bool
	size       float64
	showLabels bool
}

func (t ticker) choose() tickSet {
	if t.axis.CustomTicks {
		return t.custom()
	}
	most := t.most()
	for {
		set := t.automatic(most)
		if most <= 1 && t.horizontal && t.axis.TickRotation == 0 {
			thin(set.major, t.length, t.size, false)
		}
		if most <= 1 || !t.horizontal || t.axis.TickRotation != 0 || !crowded(set.major, t.length, 0.4*t.size) {
			return set
		}
		most--
	}
}

// most is how many intervals matplotlib allows: labels may be three times as wide as high.
func (t ticker) most() int {
	if t.axis.MaxTicks > 0 {
		return t.axis.MaxTicks
	}
	room := t.size * 2
	if t.horizontal {
		room = t.size * 3
	}
	return min(max(int(t.length/room), 1), 9)
}

func (t ticker) automatic(most int) tickSet {
	low, high := min(t.view.low, t.view.high), max(t.view.low, t.view.high)
	set := tickSet{size: t.size, rotation: t.axis.TickRotation}
	var values []float64
	label := logLabel
	switch t.view.scale {
	case Log:
		values, set.minor = logTicks(low, high, most)
		if t.axis.PlainLabels {
			label = formatTicks(values, low, high, true, false).label
		}
		inside := 0
		for _, v := range values {
			if t.view.contains(v) {
				inside++
			}
		}
		if inside < 2 { // Less than a decade or two: the multiples in between speak too, or plain numbers do.
			values, set.minor = append(values, set.minor...), nil
			if len(values) < 2 {
				values = niceTicks(low, high, most, false)
				format := formatTicks(values, low, high, true, false)
				label = format.label
			}
		}
	case Symlog:
		values = t.symlogTicks(most)
		label = func(v float64) string {
			if v == 0 {
				return "0"
			}
			return logLabel(v)
		}
	default:
		values = niceTicks(low, high, most, t.axis.IntegerTicks)
		format := formatTicks(values, low, high, t.axis.PlainNumbers, t.axis.Scientific)
		label = format.label
		if text := format.suffix(); text != "" {
			set.suffix = t.fonts.set(text, textStyle{size: t.size})
		}
		if t.axis.MinorTicks {
			set.minor = minorLinear(values, low, high)
		}
	}
	if t.axis.LabelFormat != "" {
		set.suffix = nil
		label = func(v float64) string { return formatLabel(t.axis.LabelFormat, v) }
	}
	visible := values[:0:0]
	for _, v := range values {
		if t.view.contains(v) {
			visible = append(visible, v)
		}
	}
	set.major = t.label(visible, func(i int) string {
		if t.axis.TickLabels != nil {
			if i < len(t.axis.TickLabels) {
				return t.axis.TickLabels[i]
			}
			return ""
		}
		return label(visible[i])
	})
	return set
}

func (t ticker) symlogTicks(most int) []float64 {
	values := []float64{0}
	reach := max(math.Abs(t.view.low), math.Abs(t.view.high))
	first, last := math.Ceil(math.Log10(t.view.within)), math.Floor(math.Log10(reach)+1e-9)
	stride := max(1, math.Ceil(2*(last-first+1)/float64(max(most, 2))))
	for e := first; e <= last; e += stride {
		values = append(values, math.Pow(10, e), -math.Pow(10, e))
	}
	return values
}

// custom uses the caller's ticks. Labels that would run into each other are turned, and if that does not help, thinned.
func (t ticker) custom() tickSet {
	set := tickSet{size: t.size, rotation: t.axis.TickRotation}
	low, high := min(t.view.low, t.view.high), max(t.view.low, t.view.high)
	var visible []float64
	var original []int
	for i, v := range t.axis.Ticks {
		if t.view.contains(v) {
			visible = append(visible, v)
			original = append(original, i)
		}
	}
	format := formatTicks(visible, low, high, t.axis.PlainNumbers, t.axis.Scientific)
	if t.view.scale == Log {
		format = formatTicks(visible, low, high, true, false)
	}
	if text := format.suffix(); text != "" && t.axis.TickLabels == nil && t.view.scale != Log {
		set.suffix = t.fonts.set(text, textStyle{size: t.size})
	}
	set.major = t.label(visible, func(i int) string {
		switch {
		case t.axis.TickLabels == nil && t.axis.LabelFormat != "":
			return formatLabel(t.axis.LabelFormat, visible[i])
		case t.axis.TickLabels == nil && t.view.scale == Log && isPower(visible[i]) && !t.axis.PlainLabels:
			return logLabel(visible[i])
		case t.axis.TickLabels == nil:
			return format.label(visible[i])
		case original[i] < len(t.axis.TickLabels):
			return t.axis.TickLabels[original[i]]
		}
		return ""
	})
	if t.horizontal && set.rotation == 0 && crowded(set.major, t.length, 0.3*t.size) {
		if t.axis.TickLabels != nil {
			set.rotation = 45
		}
		thin(set.major, t.length, t.size, t.axis.TickLabels != nil)
	} else if !t.horizontal || set.rotation != 0 {
		thin(set.major, t.length, t.size, true)
	}
	return set
}

func isPower(v float64) bool {
	e := math.Log10(math.Abs(v))
	return math.Abs(e-math.Round(e)) < 1e-9
}

func (t ticker) label(values []float64, text func(int) string) []tick {
	ticks := make([]tick, len(values))
	for i, v := range values {
		ticks[i] = tick{value: v, fraction: t.view.fraction(v)}
		if !t.showLabels {
			continue
		}
		if label := text(i); label != "" {
			ticks[i].label = t.fonts.set(label, textStyle{size: t.size, align: "center"})
		}
	}
	return ticks
}

// crowded reports whether horizontal labels come closer than a gap.
func crowded(ticks []tick, length, gap float64) bool {
	for i := range ticks {
		for j := i + 1; j < len(ticks); j++ {
			a, b := ticks[i], ticks[j]
			if a.label == nil || b.label == nil {
				continue
			}
			if math.Abs(a.fraction-b.fraction)*length < (a.label.width()+b.label.width())/2+gap {
				return true
			}
			break
		}
	}
	return false
}

// thin removes labels until no two neighbours are closer than a line of text (or, flat, than their widths).
func thin(ticks []tick, length, size float64, turned bool) {
	var last *tick
	for i := range ticks {
		t := &ticks[i]
		if t.label == nil {
			continue
		}
		if last != nil {
			need := 1.05 * size
			if !turned {
				need = (last.label.width()+t.label.width())/2 + 0.3*size
			}
			if math.Abs(t.fraction-last.fraction)*length < need {
				t.label = nil
				continue
			}
		}
		last = t
	}
}
