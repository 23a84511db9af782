package plot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// JSON returns the figure as a JSON object: what the types of this package say, artists with their "kind" first, numbers
// in series that are not finite as null.
func (f *Figure) JSON() ([]byte, error) {
	data, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("figure %d as JSON: %w", f.Number, err)
	}
	return data, nil
}

// MarshalJSON writes numbers in their shortest form, NaN and infinities as null.
func (v Values) MarshalJSON() ([]byte, error) {
	if v == nil {
		return []byte("null"), nil
	}
	out := []byte{'['}
	for i, x := range v {
		if i > 0 {
			out = append(out, ',')
		}
		if math.IsNaN(x) || math.IsInf(x, 0) {
			out = append(out, "null"...)
		} else {
			out = strconv.AppendFloat(out, x, 'g', -1, 64)
		}
	}
	return append(out, ']'), nil
}

// allValues reads a whole series.
func allValues(s Series) Values {
	if s == nil {
		return nil
	}
	out := make(Values, s.Len())
	for from := 0; from < len(out); {
		n := s.Read(out[from:], from)
		if n <= 0 {
			return out[:from]
		}
		from += n
	}
	return out
}

// MarshalJSON adds what Axes keeps out of its fields.
func (a *Axes) MarshalJSON() ([]byte, error) {
	type plain Axes
	artists := make([]json.RawMessage, len(a.Artists))
	for i, artist := range a.Artists {
		data, err := json.Marshal(artist)
		if err != nil {
			return nil, err
		}
		artists[i] = withKind(artist.Kind(), data)
	}
	return json.Marshal(struct {
		*plain
		Artists []json.RawMessage `json:"artists"`
	}{(*plain)(a), artists})
}

// withKind puts the kind in front of an object's fields.
func withKind(kind string, object []byte) json.RawMessage {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"kind":%q`, kind)
	if rest := bytes.TrimPrefix(object, []byte("{")); len(rest) > 1 {
		b.WriteByte(',')
		b.Write(rest)
	} else {
		b.WriteByte('}')
	}
	return b.Bytes()
}

// MarshalJSON reads the series.
func (l *Line) MarshalJSON() ([]byte, error) {
	type plain Line
	return json.Marshal(struct {
		*plain
		X Values `json:"x"`
		Y Values `json:"y"`
	}{(*plain)(l), allValues(l.X), allValues(l.Y)})
}

// MarshalJSON writes the line's fields and the errors side by side.
func (e *ErrorBar) MarshalJSON() ([]byte, error) {
	line, err := e.Line.MarshalJSON()
	if err != nil {
		return nil, err
	}
	bars, err := json.Marshal(struct {
		YLower   Values  `json:"yLower,omitempty"`
		YUpper   Values  `json:"yUpper,omitempty"`
		XLower   Values  `json:"xLower,omitempty"`
		XUpper   Values  `json:"xUpper,omitempty"`
		BarColor Color   `json:"barColor"`
		BarWidth float64 `json:"barWidth,omitempty"`
		CapSize  float64 `json:"capSize,omitempty"`
	}{e.YLower, e.YUpper, e.XLower, e.XUpper, e.BarColor, e.BarWidth, e.CapSize})
	if err != nil {
		return nil, err
	}
	return append(append(line[:len(line)-1], ','), bars[1:]...), nil
}
