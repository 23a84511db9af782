package diag

import "testing"

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "volt", 4}, {"volt", "volt", 0}, {"volt", "vott", 1}, {"volts", "volt", 1}, {"kitten", "sitting", 3}, {"ab", "ba", 2}} {
		if got := Distance(test.a, test.b); got != test.want || Distance(test.b, test.a) != test.want {
			t.Errorf("from %q to %q: %d, want %d", test.a, test.b, got, test.want)
		}
	}
}
