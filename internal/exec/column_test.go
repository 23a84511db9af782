package exec

import (
	"math"
	"testing"

	"synfire/internal/ir"
)

func TestColumn(t *testing.T) {
	for _, test := range []struct {
		of        ir.Type
		set, want float64
	}{
		{ir.F64, -2.5, -2.5}, {ir.I64, -2.5, -2}, {ir.I32, 7.9, 7}, {ir.Bool, 0.1, 1}, {ir.Bool, 0, 0},
		{ir.I64, math.NaN(), math.MinInt64}, {ir.I32, 0x1p31, math.MinInt32}, {ir.I32, math.Inf(-1), math.MinInt32},
	} {
		c := NewColumn(test.of, 5)
		c.SetFloat(3, test.set)
		part := c.Slice(2, 4)
		if c.Type() != test.of || part.Len() != 2 || part.Float(1) != test.want || part.Float(0) != 0 {
			t.Errorf("%s: %g became %g, want %g", test.of, test.set, part.Float(1), test.want)
		}
		clone := c.Clone()
		part.SetFloat(0, 1)
		if c.Float(2) != 1 || clone.Float(2) != 0 {
			t.Errorf("%s: a slice must share memory, a clone must not", test.of)
		}
	}
}

// The counter's words hold every part of the address, each in its place.
func TestAddress(t *testing.T) {
	b := Binding{Step: 0xAB_1234_5678, Call: 0xCD, Origin: 100}
	if c0, c1, c2, c3 := b.Address(7); c0 != 0x12345678 || c1 != 0xCD0000AB || c2 != 107 || c3 != 0 {
		t.Errorf("neuron: %#x %#x %d %d", c0, c1, c2, c3)
	}
	b.ElementLow, b.ElementHigh, b.Occurrence = []int32{0, 11}, []int32{0, 22}, []uint16{0, 0x4321}
	if _, c1, c2, c3 := b.Address(1); c1 != 0xCD4321AB || c2 != 11 || c3 != 22 {
		t.Errorf("synapse: %#x %d %d", c1, c2, c3)
	}
}
