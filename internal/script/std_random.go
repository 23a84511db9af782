package script

import (
	"crypto/rand"
	"math"
	"math/big"
	"math/bits"

	"synfire/internal/rng"
	"synfire/internal/syntax"
)

// randomModule is Python's random: the same Mersenne Twister and the same ways of drawing from it, so that a seeded
// script draws the numbers that it draws in Python.
func randomModule() *Module {
	r := &randomSource{state: rng.NewRandomState(0)}
	m := &Module{Name: "random"}
	m.OnImport = func(*Interp) error {
		var words [8]byte
		if _, err := rand.Read(words[:]); err != nil {
			return Raise("OSError", "the system gives no random numbers: %v", err)
		}
		return r.seed(normal(new(big.Int).SetBytes(words[:])))
	}
	draw := func(signature string, f func(c *Call) (Value, error)) Entry {
		return Entry{Signature: signature, Func: f}
	}
	floats := func(signature, a, b string, f func(a, b float64) float64) Entry {
		return draw(signature, func(c *Call) (Value, error) {
			x, err := c.Float(a)
			if err != nil {
				return nil, err
			}
			y, err := c.Float(b)
			return f(x, y), err
		})
	}
	m.Entries = []Entry{
		draw("seed(a=None, version=2)", func(c *Call) (Value, error) {
			if IsNone(c.Arg("a")) {
				return None, m.OnImport(c.Interp)
			}
			return None, r.seed(c.Arg("a"))
		}),
		draw("random()", func(*Call) (Value, error) { return r.float(), nil }),
		floats("uniform(a, b)", "a", "b", func(a, b float64) float64 { return a + float64((b-a)*r.float()) }),
		draw("randint(a, b)", func(c *Call) (Value, error) {
			a, err := c.Int("a")
			if err != nil {
				return nil, err
			}
			b, err := c.Int("b")
			if err != nil {
				return nil, err
			}
			if b < a {
				return nil, Raise("ValueError", "empty range for randrange() (%d, %d, %d)", a, b+1, b+1-a)
			}
			return a + r.below(b-a+1), nil
		}),
		draw("randrange(start, stop=None, step=1)", func(c *Call) (Value, error) {
			args := []Value{c.Arg("start")}
			if !IsNone(c.Arg("stop")) {
				args = append(args, c.Arg("stop"), c.Arg("step"))
			}
			v, err := makeRange(&Call{Name: "range", Args: args})
			if err != nil {
				return nil, err
			}
			rg := v.(*Range)
			n := rg.Len()
			if n == 0 {
				return nil, Raise("ValueError", "empty range for randrange()")
			}
			return rg.Start + r.below(n)*rg.Step, nil
		}),
		draw("getrandbits(k, /)", func(c *Call) (Value, error) {
			k, err := c.Int("k")
			if err != nil || k < 0 || k > maxBits {
				return nil, Raise("ValueError", "number of bits must be non-negative")
			}
			return normal(r.bits(int(k))), nil
		}),
		draw("choice(seq)", func(c *Call) (Value, error) {
			n, err := length(c.Arg("seq"))
			if err != nil {
				return nil, err
			}
			if n == int64(0) {
				return nil, Raise("IndexError", "Cannot choose from an empty sequence")
			}
			return index(c.Arg("seq"), r.below(n.(int64)))
		}),
		draw("choices(population, weights=None, *, cum_weights=None, k=1)", r.choices),
		draw("shuffle(x)", func(c *Call) (Value, error) {
			l, ok := c.Arg("x").(*List)
			if !ok {
				return nil, Raise("TypeError", "shuffle() needs a list, not %s", TypeName(c.Arg("x")))
			}
			for i := len(l.Elts) - 1; i > 0; i-- {
				j := r.below(int64(i + 1))
				l.Elts[i], l.Elts[j] = l.Elts[j], l.Elts[i]
			}
			return None, nil
		}),
		draw("sample(population, k)", r.sample),
		floats("gauss(mu=0.0, sigma=1.0)", "mu", "sigma", r.gauss),
		floats("normalvariate(mu=0.0, sigma=1.0)", "mu", "sigma", r.normal),
		floats("lognormvariate(mu, sigma)", "mu", "sigma", func(mu, sigma float64) float64 { return math.Exp(r.normal(mu, sigma)) }),
		draw("expovariate(lambd)", func(c *Call) (Value, error) {
			l, err := c.Float("lambd")
			if err != nil {
				return nil, err
			}
			return floatBinary(syntax.Div, -math.Log(1-r.float()), l)
		}),
	}
	return m
}

// randomSource draws as CPython's random.Random does.
type randomSource struct {
	state   *rng.RandomState
	next    float64 // the second number of a pair from gauss
	hasNext bool
}

// seed sets the generator from a whole number, as random.seed does; other values by their hash.
func (r *randomSource) seed(v Value) error {
	r.hasNext = false
	n, ok := wholeNumber(v)
	magnitude := new(big.Int)
	switch {
	case ok:
		magnitude.Abs(big.NewInt(n))
	case rank(v) == 2:
		magnitude.Abs(toBig(v))
	default:
		h, err := hashValue(v)
		if err != nil {
			return err
		}
		magnitude.SetInt64(h.(int64))
	}
	var words []uint32
	mask := big.NewInt(1<<32 - 1)
	for magnitude.Sign() > 0 {
		words = append(words, uint32(new(big.Int).And(magnitude, mask).Uint64()))
		magnitude.Rsh(magnitude, 32)
	}
	if len(words) == 0 {
		words = []uint32{0}
	}
	return r.state.SeedArray(words)
}

func (r *randomSource) float() float64 { return r.state.Float64() }

// bits draws k random bits, the first word the lowest.
func (r *randomSource) bits(k int) *big.Int {
	result := new(big.Int)
	for at := 0; k > 0; at, k = at+32, k-32 {
		w := r.state.Uint32()
		if k < 32 {
			w >>= uint(32 - k)
		}
		result.Or(result, new(big.Int).Lsh(new(big.Int).SetUint64(uint64(w)), uint(at)))
	}
	return result
}

// below draws a whole number from [0, n).
func (r *randomSource) below(n int64) int64 {
	k := bits.Len64(uint64(n))
	for {
		if k <= 32 {
			if x := int64(r.state.Uint32() >> uint(32-k)); x < n {
				return x
			}
			continue
		}
		if x := r.bits(k).Int64(); x < n {
			return x
		}
	}
}

func (r *randomSource) gauss(mu, sigma float64) float64 {
	z := r.next
	if !r.hasNext {
		x2pi := r.float() * 2 * math.Pi
		g := math.Sqrt(-2 * math.Log(1-r.float()))
		z = math.Cos(x2pi) * g
		r.next = math.Sin(x2pi) * g
	}
	r.hasNext = !r.hasNext
	return mu + float64(z*sigma)
}

// normal is the method of Kinderman and Monahan (1977), which CPython uses.
func (r *randomSource) normal(mu, sigma float64) float64 {
	magic := 4 * math.Exp(-0.5) / math.Sqrt(2)
	for {
		u1 := r.float()
		u2 := 1 - r.float()
		z := magic * (u1 - 0.5) / u2
		if z*z/4 <= -math.Log(u2) {
			return mu + float64(z*sigma)
		}
	}
}

func (r *randomSource) choices(c *Call) (Value, error) {
	population, err := Elements(c.Arg("population"))
	if err != nil {
		return nil, err
	}
	k, err := c.Int("k")
	if err != nil {
		return nil, err
	}
	if len(population) == 0 {
		return nil, Raise("IndexError", "Cannot choose from an empty population")
	}
	k = min(max(k, 0), maxRepeated)
	result := &List{}
	weights, cumulative := c.Arg("weights"), c.Arg("cum_weights")
	if IsNone(weights) && IsNone(cumulative) {
		for range k {
			result.Elts = append(result.Elts, population[int(math.Floor(r.float()*float64(len(population))))])
		}
		return result, nil
	}
	from := weights
	if IsNone(weights) {
		from = cumulative
	}
	elts, err := Elements(from)
	if err != nil {
		return nil, err
	}
	if len(elts) != len(population) {
		return nil, Raise("ValueError", "The number of weights does not match the population")
	}
	sums := make([]float64, len(elts))
	total := 0.0
	for i, e := range elts {
		w, err := AsFloat(e)
		if err != nil {
			return nil, err
		}
		if IsNone(weights) {
			total = w
		} else {
			total += w
		}
		sums[i] = total
	}
	if !(total > 0) {
		return nil, Raise("ValueError", "Total of weights must be greater than zero")
	}
	for range k {
		x := r.float() * total
		i := 0
		for i < len(sums)-1 && sums[i] <= x {
			i++
		}
		result.Elts = append(result.Elts, population[i])
	}
	return result, nil
}

func (r *randomSource) sample(c *Call) (Value, error) {
	if _, isSet := c.Arg("population").(*Set); isSet {
		return nil, Raise("TypeError", "Population must be a sequence.  For dicts or sets, use sorted(d).")
	}
	pool, err := Elements(c.Arg("population"))
	if err != nil {
		return nil, err
	}
	k, err := c.Int("k")
	if err != nil {
		return nil, err
	}
	n := int64(len(pool))
	if k < 0 || k > n {
		return nil, Raise("ValueError", "Sample larger than population or is negative")
	}
	result := &List{Elts: make([]Value, k)}
	limit := int64(21) // CPython picks by a set of used indices when that takes less memory than a copy
	if k > 5 {
		limit += int64(math.Pow(4, math.Ceil(math.Log(float64(k*3))/math.Log(4))))
	}
	if n <= limit {
		for i := range k {
			j := r.below(n - i)
			result.Elts[i] = pool[j]
			pool[j] = pool[n-i-1]
		}
		return result, nil
	}
	used := map[int64]bool{}
	for i := range k {
		j := r.below(n)
		for used[j] {
			j = r.below(n)
		}
		used[j] = true
		result.Elts[i] = pool[j]
	}
	return result, nil
}
