package rng

import (
	"math/bits"

	"synfire/internal/diag"
)

const (
	stateLength = 624
	middle      = 397
)

// RandomState is NumPy's legacy generator numpy.random.RandomState: the Mersenne Twister MT19937 (Matsumoto
// and Nishimura, 1998) and the distributions that NumPy has frozen for it. Its integers, uniforms and orders
// equal NumPy's bit for bit; numbers made with logarithms and powers agree to a few units in the last place,
// because these depend on the C library in NumPy, too.
//
// A RandomState must be seeded before use; NewRandomState does it. It is not safe for concurrent use.
type RandomState struct {
	key      [stateLength]uint32
	position int
	gauss    float64 // the second number of the last pair of normals
	hasGauss bool
	binomial binomialSetup
}

// NewRandomState returns a generator with the given seed.
func NewRandomState(seed uint32) *RandomState {
	r := new(RandomState)
	r.Seed(seed)
	return r
}

// Seed starts the sequence of an integer seed, as numpy.random.seed(n) does for n below 2^32.
func (r *RandomState) Seed(seed uint32) {
	*r = RandomState{position: stateLength}
	r.fillLinear(seed)
}

// fillLinear is the reference initialisation init_genrand.
func (r *RandomState) fillLinear(seed uint32) {
	for i := range r.key {
		r.key[i] = seed
		seed = 1812433253*(seed^seed>>30) + uint32(i) + 1
	}
}

// SeedArray starts the sequence of an array of seeds, as numpy.random.seed([a, b, ...]) does. An empty array
// is a ValueError.
func (r *RandomState) SeedArray(seeds []uint32) error {
	if len(seeds) == 0 {
		return valueError("Seed must be non-empty")
	}
	*r = RandomState{position: stateLength}
	r.fillLinear(19650218)
	i, j := 1, 0
	advance := func() {
		if i++; i == stateLength {
			r.key[0] = r.key[stateLength-1]
			i = 1
		}
	}
	for range max(stateLength, len(seeds)) {
		r.key[i] = (r.key[i] ^ (r.key[i-1]^r.key[i-1]>>30)*1664525) + seeds[j] + uint32(j)
		advance()
		if j++; j == len(seeds) {
			j = 0
		}
	}
	for range stateLength - 1 {
		r.key[i] = (r.key[i] ^ (r.key[i-1]^r.key[i-1]>>30)*1566083941) - uint32(i)
		advance()
	}
	r.key[0] = 0x80000000
	return nil
}

func valueError(text string) *diag.Message { return &diag.Message{Kind: "ValueError", Text: text} }

// State is what numpy.random.get_state() returns after the name of the generator.
type State struct {
	Key      [stateLength]uint32
	Position int
	HasGauss bool
	Gauss    float64
}

// State returns the generator's state.
func (r *RandomState) State() State {
	return State{r.key, r.position, r.hasGauss, r.gauss}
}

// SetState puts the generator into a state. A position outside of 0 to 624 is a ValueError.
func (r *RandomState) SetState(s State) error {
	if s.Position < 0 || s.Position > stateLength {
		return valueError("the position in a generator's state is between 0 and 624")
	}
	*r = RandomState{key: s.Key, position: s.Position, hasGauss: s.HasGauss, gauss: s.Gauss}
	return nil
}

func twist(high, low uint32) uint32 {
	y := high&0x80000000 | low&0x7fffffff
	return y>>1 ^ -(y&1)&0x9908b0df
}

func (r *RandomState) refill() {
	k := &r.key
	for i := range stateLength - middle {
		k[i] = k[i+middle] ^ twist(k[i], k[i+1])
	}
	for i := stateLength - middle; i < stateLength-1; i++ {
		k[i] = k[i+middle-stateLength] ^ twist(k[i], k[i+1])
	}
	k[stateLength-1] = k[middle-1] ^ twist(k[stateLength-1], k[0])
	r.position = 0
}

// Uint32 returns the generator's next word.
func (r *RandomState) Uint32() uint32 {
	if r.position == stateLength {
		r.refill()
	}
	y := r.key[r.position]
	r.position++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

// Uint64 returns two words, the first one on top.
func (r *RandomState) Uint64() uint64 {
	high := r.Uint32()
	return uint64(high)<<32 | uint64(r.Uint32())
}

// Float64 returns a uniform number in [0, 1): random_sample(), rand().
func (r *RandomState) Float64() float64 {
	a, b := r.Uint32()>>5, r.Uint32()>>6
	return (float64(a)*0x1p26 + float64(b)) / 0x1p53
}

// Intn returns an integer from low through high-1: randint(low, high) of the default type. high <= low is a
// ValueError.
func (r *RandomState) Intn(low, high int64) (int64, error) {
	if high <= low {
		return 0, valueError("low >= high")
	}
	return low + int64(r.upTo(uint64(high-1)-uint64(low))), nil
}

// upTo returns an integer from 0 through limit: words under a mask, the first that is not above the limit. A
// limit of 0 draws nothing.
func (r *RandomState) upTo(limit uint64) uint64 {
	if limit == 0 {
		return 0
	}
	mask := uint64(1)<<bits.Len64(limit) - 1
	for {
		var value uint64
		if limit <= 0xffffffff {
			value = uint64(r.Uint32()) & mask
		} else {
			value = r.Uint64() & mask
		}
		if value <= limit {
			return value
		}
	}
}
