package plot

import "math"

// The functions of this file make setters: they say how the value of a setting is read and where it is stored.

func asFloat(value any) (float64, bool) {
	switch v := value.(type) {
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	}
	return 0, false
}

func setNumber(field func(*Style) *float64) setter {
	return func(s *Style, value any) bool {
		v, ok := asFloat(value)
		if ok {
			*field(s) = v
		}
		return ok
	}
}

func setCount(field func(*Style) *int) setter {
	return func(s *Style, value any) bool {
		v, ok := asFloat(value)
		if ok = ok && v >= 1 && v < 1e6; ok {
			*field(s) = int(v)
		}
		return ok
	}
}

func setFontSize(field func(*Style) *FontSize) setter {
	return func(s *Style, value any) bool {
		if name, ok := value.(string); ok {
			size, err := ParseFontSize(name)
			if err != nil {
				return false
			}
			*field(s) = size
			return true
		}
		v, ok := asFloat(value)
		if ok = ok && v > 0; ok {
			*field(s) = FontSize{Points: v}
		}
		return ok
	}
}

func asBool(value any) (result, ok bool) {
	switch v := value.(type) {
	case bool:
		return v, true
	case string:
		return v == "True" || v == "true" || v == "on", v == "True" || v == "true" || v == "on" || v == "False" || v == "false" || v == "off"
	}
	if v, ok := asFloat(value); ok && (v == 0 || v == 1) {
		return v == 1, true
	}
	return false, false
}

func setFlag(field func(*Style) *bool) setter {
	return func(s *Style, value any) bool {
		v, ok := asBool(value)
		if ok {
			*field(s) = v
		}
		return ok
	}
}

// shown stores the opposite of what it reads: spines are kept as what is hidden.
func setShown(field func(*Style) *bool) setter {
	return func(s *Style, value any) bool {
		v, ok := asBool(value)
		if ok {
			*field(s) = !v
		}
		return ok
	}
}

func setWeight(field func(*Style) *bool) setter {
	return func(s *Style, value any) bool {
		switch v := value.(type) {
		case string:
			switch v {
			case "bold", "semibold", "demibold", "demi", "heavy", "extra bold", "black":
				*field(s) = true
			case "normal", "regular", "book", "medium", "roman", "light", "ultralight":
				*field(s) = false
			default:
				return false
			}
			return true
		}
		v, ok := asFloat(value)
		if ok {
			*field(s) = v >= 550
		}
		return ok
	}
}

func setPaint(field func(*Style) *Color) setter {
	return func(s *Style, value any) bool {
		switch v := value.(type) {
		case Color:
			*field(s) = v
			return true
		case string:
			c, ok := parseColor(v, s.Cycle)
			if ok {
				*field(s) = c
			}
			return ok
		}
		return false
	}
}

func setText(field func(*Style) *string) setter {
	return func(s *Style, value any) bool {
		v, ok := value.(string)
		if ok {
			*field(s) = v
		}
		return ok
	}
}

func setLineStyle(field func(*Style) *LineStyle) setter {
	return func(s *Style, value any) bool {
		name, ok := value.(string)
		if !ok {
			return false
		}
		style, err := ParseLineStyle(name)
		if err != nil {
			return false
		}
		*field(s) = style
		return true
	}
}

func setMarker(field func(*Style) *Marker) setter {
	return func(s *Style, value any) bool {
		name, ok := value.(string)
		if !ok {
			return false
		}
		m, err := ParseMarker(name)
		if err != nil {
			return false
		}
		*field(s) = m
		return true
	}
}

func setDirection(field func(*Style) *bool) setter {
	return func(s *Style, value any) bool {
		name, ok := value.(string)
		if ok = ok && (name == "in" || name == "out" || name == "inout"); ok {
			*field(s) = name == "in"
		}
		return ok
	}
}

func axisBelow(s *Style, value any) bool {
	if name, ok := value.(string); ok && name == "line" {
		s.AxesBelow = false
		return true
	}
	v, ok := asBool(value)
	if ok {
		s.AxesBelow = v
	}
	return ok
}

func figureSize(s *Style, value any) bool {
	v, ok := value.([]float64)
	if ok = ok && len(v) == 2 && v[0] > 0 && v[1] > 0; ok {
		s.FigureWidth, s.FigureHeight = v[0], v[1]
	}
	return ok
}

func colormapName(s *Style, value any) bool {
	name, ok := value.(string)
	if !ok {
		return false
	}
	if _, err := FindColormap(name); err != nil {
		return false
	}
	s.Colormap = name
	return true
}

func imageOrigin(s *Style, value any) bool {
	name, ok := value.(string)
	if ok = ok && (name == "upper" || name == "lower"); ok {
		s.ImageLowerOrigin = name == "lower"
	}
	return ok
}

func imageInterpolation(s *Style, value any) bool {
	name, ok := value.(string)
	if ok {
		s.ImageSmooth = Smooth(name)
	}
	return ok
}

func colorCycle(s *Style, value any) bool {
	switch v := value.(type) {
	case []Color:
		s.Cycle = v
		return len(v) > 0
	case []string:
		cycle := make([]Color, len(v))
		for i, name := range v {
			c, ok := parseColor(name, nil)
			if !ok {
				return false
			}
			cycle[i] = c
		}
		if len(cycle) > 0 {
			s.Cycle = cycle
		}
		return len(cycle) > 0
	}
	return false
}
