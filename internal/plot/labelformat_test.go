package plot

import "testing"

func TestLabelFormat(t *testing.T) {
	for _, c := range []struct {
		format string
		value  float64
		want   string
	}{
		{"%.1f", 2.25, "2.2"}, {"%d ms", 3.9, "3 ms"}, {"%g", 0.1 + 0.2, "0.3"}, {"%g", 1e6, "1e+06"}, {"%g", 100000, "100000"}, {"%5.0f%%", -12, "  −12%"}, {"%s", 0.5, "0.5"},
		{"%.2e", 12345, "1.23e+04"},
	} {
		if err := CheckLabelFormat(c.format); err != nil {
			t.Error(err)
		}
		if got := formatLabel(c.format, c.value); got != c.want {
			t.Errorf("%q of %v: %q, want %q", c.format, c.value, got, c.want)
		}
	}
	for _, bad := range []string{"", "ms", "%f %f", "%q", "%", "100%"} {
		if CheckLabelFormat(bad) == nil {
			t.Errorf("%q is taken for a format", bad)
		}
	}
}
