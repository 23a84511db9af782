package record

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// checkPacked packs blocks of elements, each with its history, reads them again, and returns how many bytes they took.
func checkPacked(t interface{ Fatalf(string, ...any) }, as Precision, series [][]uint64) (bytes int) {
	blocks := len(series[0]) / blockSamples
	memory := make([]byte, maxTile)
	var c choice
	whole, plain, each := reader{as: as}, reader{as: as}, make([]reader, len(series))
	for e := range each {
		each[e].as = as
	}
	var tile gathered
	for b := range blocks {
		for e, x := range series {
			for i := range history + blockSamples {
				tile[i*tileElements+e] = x[max(0, b*blockSamples+i-history)]
			}
		}
		for i := range memory {
			memory[i] = 0xa5 // what lies behind a tile must not matter
		}
		n := packTile(memory, samples{tile[:], tileElements}, len(series), as, &c, b)
		if n > maxTile-slack {
			t.Fatalf("a tile of %d bytes", n)
		}
		for i := n; i < len(memory); i++ {
			memory[i] = 0x5a
		}
		var z, one [tileElements * blockSamples]uint64
		zs, ones := lines{z[:], blockSamples}, lines{one[:], blockSamples}
		whole.next(memory, 0, len(series), len(series), b%chapterBlocks == 0, zs)
		var plainly [tileElements * blockSamples]uint64
		plain.unpackGroupsPlain(plain.head(memory, len(series), b%chapterBlocks == 0), 0, len(series), lines{plainly[:], blockSamples})
		if n := len(series) * blockSamples; !slices.Equal(z[:n], plainly[:n]) {
			t.Fatalf("block %d, read by the plain loops: %x, want %x", b, plainly[:n], z[:n])
		}
		for e := range series {
			if want := [blockSamples]uint64(series[e][b*blockSamples:]); *zs.of(e) != want {
				t.Fatalf("element %d of %d, block %d: %x, want %x", e, len(series), b, *zs.of(e), want)
			}
			each[e].next(memory, e, e+1, len(series), b%chapterBlocks == 0, ones)
			if *ones.of(e) != *zs.of(e) {
				t.Fatalf("element %d of %d, block %d, read alone: %x, want %x", e, len(series), b, *ones.of(e), *zs.of(e))
			}
		}
		bytes += n
	}
	return bytes
}

// kinds of series, each from random numbers of its own.
var kinds = map[string]func(t *rapid.T, n int) []uint64{
	"any bits": func(t *rapid.T, n int) []uint64 {
		return rapid.SliceOfN(rapid.Uint64(), n, n).Draw(t, "bits")
	},
	"any numbers": func(t *rapid.T, n int) []uint64 {
		return patterns(rapid.SliceOfN(rapid.Float64(), n, n).Draw(t, "numbers"))
	},
	"edges": func(t *rapid.T, n int) []uint64 {
		edge := rapid.SampledFrom([]uint64{0, 1 << 63, 1, math.Float64bits(math.Inf(1)), math.Float64bits(math.Inf(-1)),
			0x7ff8000000000000, 0x7ff0000000000001, 0xfff8000000000123, math.MaxUint64, 0x000fffffffffffff, 0x0010000000000000,
			math.Float64bits(math.MaxFloat64), math.Float64bits(1), math.Float64bits(-1)})
		return rapid.SliceOfN(edge, n, n).Draw(t, "edges")
	},
	"mostly constant": func(t *rapid.T, n int) []uint64 {
		x := make([]uint64, n)
		last := rapid.Uint64().Draw(t, "constant")
		for i := range x {
			if rapid.IntRange(0, 40).Draw(t, "change") == 0 {
				last = rapid.Uint64().Draw(t, "constant")
			}
			x[i] = last
		}
		return x
	},
	"walk": func(t *rapid.T, n int) []uint64 {
		x := make([]float64, n)
		step := rapid.Float64Range(-1, 1)
		for i := range x {
			x[i] = x[max(0, i-1)] + step.Draw(t, "step")
		}
		return patterns(x)
	},
	"alternating": func(t *rapid.T, n int) []uint64 {
		x := make([]float64, n)
		size := rapid.Float64().Draw(t, "size")
		for i := range x {
			x[i], size = size, -size
		}
		return patterns(x)
	},
	"decay": func(t *rapid.T, n int) []uint64 {
		x := make([]float64, n)
		factor := rapid.Float64Range(-1.9, 1.9).Draw(t, "factor")
		if rapid.Bool().Draw(t, "typical") {
			factor = 0.98
		}
		noisy := rapid.Bool().Draw(t, "noisy")
		last := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-1, 1)).Draw(t, "first")
		for i := range x {
			x[i] = last
			last *= factor
			if noisy && i%3 == 0 {
				last = math.Nextafter(last, 0)
			}
			if rapid.IntRange(0, 100).Draw(t, "event") == 0 {
				last += rapid.SampledFrom([]float64{1, 1e-9, 5e-324, math.Inf(1), math.NaN()}).Draw(t, "jump")
			}
		}
		return patterns(x)
	},
	"polynomial": func(t *rapid.T, n int) []uint64 {
		x := make([]uint64, n)
		var c [9]uint64
		for k := range c {
			c[k] = rapid.Uint64Range(0, 1<<max(0, 60-8*k)).Draw(t, "coefficient")
		}
		for i := range x {
			for k := len(c) - 2; k >= 0; k-- {
				c[k] += c[k+1]
			}
			x[i] = c[0]
		}
		return x
	},
}

func patterns(values []float64) []uint64 {
	x := make([]uint64, len(values))
	for i, v := range values {
		x[i] = math.Float64bits(v)
	}
	return x
}

func TestPackingKeepsEveryBit(t *testing.T) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				n := rapid.IntRange(1, 2*choiceBlocks).Draw(t, "blocks") * blockSamples
				series := make([][]uint64, rapid.SampledFrom([]int{1, 2, 3, tileElements}).Draw(t, "elements"))
				for e := range series {
					series[e] = kind(t, n)
				}
				checkPacked(t, Double, series)
				for _, x := range series { // float32: half of the bits
					for i := range x {
						x[i] &= math.MaxUint32
					}
				}
				checkPacked(t, Single, series)
			})
		})
	}
}

// Series that change from one kind to the other, so that predictors are chosen and left.
func FuzzPacking(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f})
	f.Fuzz(func(t *testing.T, data []byte) {
		x := make([]uint64, 4*blockSamples)
		var u, d, dd uint64
		for i := range x {
			if len(data) >= 9 && i%(1+int(data[0]%32)) == 0 {
				value := binary.LittleEndian.Uint64(data[1:])
				switch data[0] >> 5 {
				case 0:
					u = value
				case 1:
					d = value
				case 2:
					dd = value
				case 3:
					u ^= value
				case 4:
					d, dd = 0, 0
				case 5:
					dd, d = 0, value&0xffff
				}
				data = data[9:]
			}
			d += dd
			u += d
			if len(data) > 0 && data[0]>>5 == 6 {
				u = math.Float64bits(math.Float64frombits(u) * 0.98)
			}
			x[i] = u
		}
		backwards := slices.Clone(x)
		slices.Reverse(backwards)
		checkPacked(t, Double, [][]uint64{x, backwards, make([]uint64, len(x))})
	})
}

// The predictors are worth their code: typical traces take a small part of their 8 bytes.
func TestPackedSize(t *testing.T) {
	const n = 64 * blockSamples
	for _, c := range []struct {
		name string
		most float64 // bytes per sample
		next func(i int, last float64) float64
	}{
		{"constant", 0.1, func(int, float64) float64 { return -0.07 }},
		{"conductance with an input every 400 steps", 0.5, func(i int, last float64) float64 {
			if i%400 == 399 {
				last += 1e-9
			}
			return last * 0.9801986733067553
		}},
		{"decay that rounds otherwise", 1, func(i int, last float64) float64 {
			if i%400 == 399 {
				last += 1e-9
			}
			if i%3 == 0 {
				last = math.Nextafter(last, 0)
			}
			return last * 0.98
		}},
		{"membrane that spikes every 500 steps", 1.4, func(i int, last float64) float64 {
			if i%500 == 0 {
				return -0.06
			}
			return last + 0.005*(-0.05-last) + 0.00001*math.Exp((last+0.05)/0.002)
		}},
		{"counter", 1.2, func(i int, last float64) float64 { return float64(i / 100) }},
		{"white noise", 8.2, func(i int, last float64) float64 { return math.Sin(float64(i*i) * 1e3) }},
	} {
		x := make([]float64, n)
		last := -0.07
		for i := range x {
			last = c.next(i, last)
			x[i] = last
		}
		var tile [tileElements][]uint64
		for e := range tile {
			tile[e] = patterns(x)
		}
		bytes := checkPacked(t, Double, tile[:])
		if per := float64(bytes) / n / tileElements; per > c.most {
			t.Errorf("%s: %.2f bytes per sample, want at most %.2f", c.name, per, c.most)
		} else {
			t.Logf("%s: %.2f bytes per sample", c.name, per)
		}
	}
}
