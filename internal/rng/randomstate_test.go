package rng

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"synfire/internal/diag"
)

func table(t *testing.T, name string) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return rows
}

// arguments are the numbers before a list, and the list.
type arguments struct {
	numbers []float64
	texts   []string
	list    []float64
}

func readArguments(t *testing.T, text string) (a arguments) {
	t.Helper()
	text, list, hasList := strings.Cut(text, "[")
	if hasList {
		for item := range strings.SplitSeq(strings.TrimSuffix(list, "]"), ", ") {
			x, err := strconv.ParseFloat(item, 64)
			if err != nil {
				t.Fatal(err)
			}
			a.list = append(a.list, x)
		}
	}
	for item := range strings.SplitSeq(strings.TrimSuffix(text, ","), ",") {
		x, _ := strconv.ParseFloat(item, 64)
		a.numbers = append(a.numbers, x)
		a.texts = append(a.texts, item)
	}
	return a
}

func (a arguments) integer(i int) int64 {
	n, _ := strconv.ParseInt(a.texts[i], 10, 64)
	return n
}

func seeded(t *testing.T, text string) *RandomState {
	t.Helper()
	var seeds []uint32
	list, isList := strings.CutSuffix(text, ",")
	for item := range strings.SplitSeq(list, ",") {
		n, err := strconv.ParseUint(item, 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, uint32(n))
	}
	if !isList {
		return NewRandomState(seeds[0])
	}
	r := new(RandomState)
	if err := r.SeedArray(seeds); err != nil {
		t.Fatal(err)
	}
	return r
}

// draw makes count draws of a method; integers are exact as float64 or int64.
func draw(r *RandomState, method string, a arguments, count int) (floats []float64, integers []int64, err error) {
	float := func(f func() (float64, error)) {
		for range count {
			var x float64
			if x, err = f(); err != nil {
				return
			}
			floats = append(floats, x)
		}
	}
	integer := func(f func() (int64, error)) {
		for range count {
			var n int64
			if n, err = f(); err != nil {
				return
			}
			integers = append(integers, n)
		}
	}
	indices := func(order []int) {
		for _, i := range order {
			integers = append(integers, int64(i))
		}
	}
	x := a.numbers
	switch method {
	case "random_sample":
		float(func() (float64, error) { return r.Float64(), nil })
	case "randint":
		integer(func() (int64, error) { return r.Intn(a.integer(0), a.integer(1)) })
	case "standard_normal":
		float(func() (float64, error) { return r.StandardNormal(), nil })
	case "normal":
		float(func() (float64, error) { return r.Normal(x[0], x[1]) })
	case "uniform":
		float(func() (float64, error) { return r.Uniform(x[0], x[1]) })
	case "exponential":
		float(func() (float64, error) { return r.Exponential(x[0]) })
	case "lognormal":
		float(func() (float64, error) { return r.LogNormal(x[0], x[1]) })
	case "gamma":
		float(func() (float64, error) { return r.Gamma(x[0], x[1]) })
	case "beta":
		float(func() (float64, error) { return r.Beta(x[0], x[1]) })
	case "poisson":
		integer(func() (int64, error) { return r.Poisson(x[0]) })
	case "binomial":
		integer(func() (int64, error) { return r.Binomial(a.integer(0), x[1]) })
	case "permutation":
		indices(r.Permutation(int(a.integer(0))))
	case "choice":
		var order []int
		order, err = r.Choice(int(a.integer(0)), int(a.integer(1)), a.texts[2] == "True", a.list)
		indices(order)
	default:
		err = fmt.Errorf("no method %s", method)
	}
	return floats, integers, err
}

// ulps is the distance of two numbers in units of the last place.
func ulps(a, b float64) int64 {
	if a == b {
		return 0
	}
	order := func(x float64) int64 {
		n := int64(math.Float64bits(x))
		if n < 0 {
			return math.MinInt64 - n
		}
		return n
	}
	d := order(a) - order(b)
	return max(d, -d)
}

func TestRandomStateAgreesWithNumPy(t *testing.T) {
	// Integers and uniform numbers are exact. The others pass through log, exp and pow, whose last bits are the
	// C library's.
	tolerance := map[string]int64{"standard_normal": 4, "normal": 4, "exponential": 4, "lognormal": 4, "gamma": 4, "beta": 4}
	for _, row := range table(t, "randomstate.tsv") {
		seed, method, args := row[0], row[1], readArguments(t, row[2])
		name := fmt.Sprintf("%s(%s) with seed %.20s", method, row[2], seed)
		count, _ := strconv.Atoi(row[3])
		r := seeded(t, seed)
		floats, integers, err := draw(r, method, args, count)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := max(len(floats), len(integers)); got != count {
			t.Errorf("%s: %d draws, NumPy has %d", name, got, count)
			continue
		}
		var wanted []string
		if row[4] != "" {
			wanted = strings.Split(row[4], ",")
		}
		step := 1
		if len(wanted) > 0 && count > len(wanted) {
			step = 40
			if method == "permutation" {
				step = 100
			}
		}
		for i, text := range wanted {
			if floats != nil {
				want, err := strconv.ParseFloat(text, 64)
				if err != nil {
					t.Fatal(err)
				}
				if got := floats[i*step]; ulps(got, want) > tolerance[method] {
					t.Errorf("%s: draw %d is %v, NumPy's %v (%d ulp)", name, i*step, got, want, ulps(got, want))
					break
				}
			} else if got := strconv.FormatInt(integers[i*step], 10); got != text {
				t.Errorf("%s: draw %d is %s, NumPy's %s", name, i*step, got, text)
				break
			}
		}
		if got := strconv.FormatUint(uint64(r.Uint32()), 10); got != row[5] {
			t.Errorf("%s: the next word is %s, NumPy's %s", name, got, row[5])
		}
	}
}

func TestErrorsAgreeWithNumPy(t *testing.T) {
	for _, row := range table(t, "errors.tsv") {
		_, _, err := draw(NewRandomState(0), row[0], readArguments(t, row[1]), 1)
		var message *diag.Message
		if !errors.As(err, &message) || message.Kind != row[2] || message.Text != row[3] {
			t.Errorf("%s(%s): %v, NumPy has %s: %s", row[0], row[1], err, row[2], row[3])
		}
	}
	if err := new(RandomState).SeedArray(nil); err == nil || err.Error() != "Seed must be non-empty" {
		t.Errorf("empty seed: %v", err)
	}
}

func TestStateIsComplete(t *testing.T) {
	r := NewRandomState(3)
	for range 1001 {
		r.StandardNormal() // an odd number, so that a second number is pending
	}
	saved := r.State()
	var first []float64
	for range 700 {
		first = append(first, r.StandardNormal())
	}
	other := NewRandomState(9)
	if err := other.SetState(saved); err != nil {
		t.Fatal(err)
	}
	for i, want := range first {
		if got := other.StandardNormal(); got != want {
			t.Fatalf("draw %d after restoring is %v instead of %v", i, got, want)
		}
	}
	saved.Position = 625
	if other.SetState(saved) == nil {
		t.Error("position 625 is accepted")
	}
	r.StandardNormal()
	r.Seed(3)
	if a, b := r.StandardNormal(), NewRandomState(3).StandardNormal(); a != b {
		t.Errorf("seeding keeps a pending number: %v, %v", a, b)
	}
}

func TestShuffleEqualsPermutation(t *testing.T) {
	words := make([]int, 100)
	for i := range words {
		words[i] = i
	}
	NewRandomState(15).Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	if want := NewRandomState(15).Permutation(100); !slices.Equal(words, want) {
		t.Errorf("%v, want %v", words, want)
	}
}

func TestPowAgainstBigFloats(t *testing.T) {
	r := NewRandomState(5)
	for range 2000 {
		x := r.Float64() * math.Pow(10, math.Floor(r.Float64()*40-20))
		n := 1 + int(r.upTo(300))
		want, _ := bigPower(x, n).Float64()
		if math.IsInf(want, 0) || want < 1e-300 {
			continue
		}
		if got := pow(x, float64(n)); ulps(got, want) > 2 {
			t.Errorf("%v ** %d = %v, want %v", x, n, got, want)
		}
		if got := pow(want, 1/float64(n)); math.Abs(got-x) > 1e-15*x*math.Max(1, math.Abs(math.Log(want))/float64(n)) {
			t.Errorf("%v ** (1/%d) = %v, want %v", want, n, got, x)
		}
	}
}

func bigPower(x float64, n int) *big.Float {
	result := new(big.Float).SetPrec(200).SetInt64(1)
	factor := new(big.Float).SetPrec(200).SetFloat64(x)
	for range n {
		result.Mul(result, factor)
	}
	return result
}

func BenchmarkStandardNormal(b *testing.B) {
	r := NewRandomState(1)
	for b.Loop() {
		r.StandardNormal()
	}
}
