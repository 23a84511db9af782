package rng

import (
	"math"
	"testing"
)

// The known answers of the Random123 library's kat_vectors for philox4x32 with ten rounds.
func TestPhiloxKnownAnswers(t *testing.T) {
	for _, c := range []struct {
		counter [4]uint32
		key     [2]uint32
		want    [4]uint32
	}{
		{[4]uint32{}, [2]uint32{}, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{[4]uint32{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, [2]uint32{0xffffffff, 0xffffffff},
			[4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0},
			[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		w0, w1, w2, w3 := Philox(uint64(c.key[1])<<32|uint64(c.key[0]), c.counter[0], c.counter[1], c.counter[2], c.counter[3])
		if got := [4]uint32{w0, w1, w2, w3}; got != c.want {
			t.Errorf("counter %x, key %x: %x, want %x", c.counter, c.key, got, c.want)
		}
	}
}

func TestStepWords(t *testing.T) {
	for _, c := range []struct {
		step       uint64
		call       uint8
		occurrence uint16
		c0, c1     uint32
	}{
		{0, 0, 0, 0, 0},
		{0xffffffff, 1, 2, 0xffffffff, 0x01000200},
		{0xab_12345678, 0xff, 0xbeef, 0x12345678, 0xffbeefab},
	} {
		if c0, c1 := StepWords(c.step, c.call, c.occurrence); c0 != c.c0 || c1 != c.c1 {
			t.Errorf("step %x: %x %x, want %x %x", c.step, c0, c1, c.c0, c.c1)
		}
	}
}

func TestUniformCoversItsRange(t *testing.T) {
	for _, c := range []struct {
		low, high uint32
		want      float64
	}{{0, 0, 0}, {0x7ff, 0, 0}, {0x800, 0, 0x1p-53}, {0, 0x80000000, 0.5}, {0xffffffff, 0xffffffff, 1 - 0x1p-53}} {
		if got := Uniform(c.low, c.high); got != c.want {
			t.Errorf("words %x %x make %v, want %v", c.low, c.high, got, c.want)
		}
	}
}

// Keys are part of the promise that results can be reproduced: these values never change.
func TestKeysAreStable(t *testing.T) {
	for _, c := range []struct {
		seed, branch uint64
		object       string
		ordinal      int
		site         string
		want         uint64
	}{
		{0, 0, "", 0, "", 0x60993b1e76cf97c3},
		{4022, 1, "neurongroup", 0, "rand", 0xa34926dfe95ccaf0},
		{4022, 1, "neurongroup", 1, "rand", 0x5e0128a257ea2483},
		{math.MaxUint64, 7, "synapses_excitatory", 2, "randn in on_pre", 0x489b4d13f08e15f2},
	} {
		if got := Key(c.seed, c.branch, c.object, c.ordinal, c.site); got != c.want {
			t.Errorf("Key(%d, %d, %q, %d, %q) = %#x, want %#x", c.seed, c.branch, c.object, c.ordinal, c.site, got, c.want)
		}
	}
}

func TestKeysDiffer(t *testing.T) {
	seen := map[uint64]string{}
	for _, object := range []string{"", "a", "ab", "abcdefgh", "abcdefghi", "a\x00", "\x00a"} {
		for _, site := range []string{"", "a", "b", "rand", "randn"} {
			for ordinal := range 3 {
				for seed := range uint64(3) {
					name := object + "|" + site + string(rune('0'+ordinal)) + string(rune('0'+seed))
					key := Key(seed, 1, object, ordinal, site)
					if other, found := seen[key]; found {
						t.Errorf("%q and %q share a key", name, other)
					}
					seen[key] = name
				}
			}
		}
	}
}

// Mean, variance, and the correlation between neighbouring neurons and steps of the uniform numbers stay
// within five standard errors.
func TestUniformMoments(t *testing.T) {
	const neurons, steps = 1000, 200
	key := Key(1, 0, "neurons", 0, "rand")
	rows := make([][]float64, steps)
	var mean, square, nextNeuron, nextStep float64
	for step := range rows {
		rows[step] = make([]float64, neurons)
		c0, c1 := StepWords(uint64(step), 0, 0)
		for i := range rows[step] {
			w0, w1, _, _ := Philox(key, c0, c1, uint32(i), 0)
			rows[step][i] = Uniform(w0, w1)
			x := rows[step][i] - 0.5
			mean += x
			square += x * x
			if i > 0 {
				nextNeuron += x * (rows[step][i-1] - 0.5)
			}
			if step > 0 {
				nextStep += x * (rows[step-1][i] - 0.5)
			}
		}
	}
	n := float64(neurons * steps)
	for name, c := range map[string][2]float64{
		"mean":        {mean / n, math.Sqrt(1.0 / 12 / n)},
		"variance":    {square/n - 1.0/12, math.Sqrt(1.0 / 180 / n)},
		"next neuron": {nextNeuron / n, 1.0 / 12 / math.Sqrt(n)},
		"next step":   {nextStep / n, 1.0 / 12 / math.Sqrt(n)},
	} {
		if math.Abs(c[0]) > 5*c[1] {
			t.Errorf("%s deviates by %v, standard error %v", name, c[0], c[1])
		}
	}
}

func BenchmarkPhilox(b *testing.B) {
	sum, element := uint32(0), uint32(0)
	for b.Loop() {
		w0, _, _, _ := Philox(1, 2, 3, element, 0)
		sum += w0
		element++
	}
	if sum == 0 && element > 1 {
		b.Fatal("all words are zero")
	}
}
