package numpy

import (
	crypto "crypto/rand"
	"encoding/binary"
	"slices"

	"synfire/internal/array"
	"synfire/internal/rng"
	"synfire/internal/script"
)

// randomState is numpy.random.RandomState: a stream of its own.
type randomState struct {
	stream  *rng.RandomState
	methods *script.Methods
}

func (r *randomState) TypeName() string { return "RandomState" }

// Attr implements the methods of a stream.
func (r *randomState) Attr(name string) (any, error) {
	if m := r.methods.Bind(r, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the methods.
func (r *randomState) AttrNames() []string { return r.methods.Names() }

// randomModule is numpy.random on NumPy's legacy generator. Units of parameters are dropped.
func randomModule(config Config) *script.Module {
	entries := distributions(config)
	methods := script.NewMethods(entries...)
	all := slices.Concat(entries, []script.Entry{
		{Signature: "RandomState(seed=None)", Doc: "A stream of random numbers of its own.", Func: func(c *script.Call) (script.Value, error) {
			r := &randomState{rng.NewRandomState(0), methods}
			_, err := start(r.stream, c.Arg("seed"))
			return r, err
		}},
		{Signature: "default_rng(seed=None)", Doc: "Not available: use seed() and the functions of numpy.random, or RandomState.", Func: func(*script.Call) (script.Value, error) {
			return nil, script.Raise("NotImplementedError", "numpy.random.default_rng is not supported").
				WithHint("use numpy.random.RandomState(seed), which has the same distributions")
		}},
	})
	return &script.Module{Name: "numpy.random", Doc: "Random numbers.", Entries: all}
}

// start seeds a stream: a whole number, a row of them, or None for one that the system gives. It returns a whole number's value.
func start(stream *rng.RandomState, seed script.Value) (*uint32, error) {
	if script.IsNone(seed) {
		var bytes [4]byte
		if _, err := crypto.Read(bytes[:]); err != nil {
			return nil, script.Raise("OSError", "the system gives no random numbers: %v", err)
		}
		n := binary.LittleEndian.Uint32(bytes[:])
		stream.Seed(n)
		return &n, nil
	}
	if n, err := script.AsIndex(seed); err == nil {
		if n < 0 || n > 1<<32-1 {
			return nil, script.Raise("ValueError", "Seed must be between 0 and 2**32 - 1")
		}
		small := uint32(n)
		stream.Seed(small)
		return &small, nil
	}
	numbers, err := wholes(seed)
	if err != nil {
		return nil, err
	}
	seeds := make([]uint32, len(numbers))
	for i, n := range numbers {
		if n < 0 || n > 1<<32-1 {
			return nil, script.Raise("ValueError", "Seed values must be between 0 and 2**32 - 1")
		}
		seeds[i] = uint32(n)
	}
	return nil, stream.SeedArray(seeds)
}

// distributions are the functions of the module and the methods of RandomState.
func distributions(config Config) []script.Entry {
	stream := func(c *script.Call) *rng.RandomState {
		if r, ok := c.Self.(*randomState); ok {
			return r.stream
		}
		return config.Random
	}
	// distribution makes an entry whose parameters may be arrays.
	distribution := func(signature, doc string, parameters []string, f func(r *rng.RandomState, p []float64) (float64, error)) script.Entry {
		return script.Entry{Signature: signature, Doc: doc, Func: func(c *script.Call) (script.Value, error) {
			r := stream(c)
			return draw(c, parameters, func(p []float64) (float64, error) { return f(r, p) }, array.Float64)
		}}
	}
	whole := func(signature, doc string, parameters []string, f func(r *rng.RandomState, p []float64) (float64, error)) script.Entry {
		return script.Entry{Signature: signature, Doc: doc, Func: func(c *script.Call) (script.Value, error) {
			r := stream(c)
			return draw(c, parameters, func(p []float64) (float64, error) { return f(r, p) }, array.Int64)
		}}
	}
	dims := func(name, doc string, f func(*rng.RandomState) float64) script.Entry {
		return script.Entry{Signature: name + "(*dims)", Doc: doc, Func: func(c *script.Call) (script.Value, error) {
			r := stream(c)
			if len(c.Args) == 0 {
				return f(r), nil
			}
			shape, err := shapeArg(script.NewTuple(c.Args...))
			if err != nil {
				return nil, err
			}
			return New(repeated(shape, func() float64 { return f(r) })), nil
		}}
	}
	sized := func(name, doc string, f func(*rng.RandomState) float64) script.Entry {
		return script.Entry{Signature: name + "(size=None)", Doc: doc, Func: func(c *script.Call) (script.Value, error) {
			r := stream(c)
			return draw(c, nil, func([]float64) (float64, error) { return f(r), nil }, array.Float64)
		}}
	}
	return append(inverses(distribution, whole), []script.Entry{
		{Signature: "seed(seed=None)", Doc: "Starts the stream of random numbers.", Func: func(c *script.Call) (script.Value, error) {
			n, err := start(stream(c), c.Arg("seed"))
			if err != nil {
				return nil, err
			}
			if _, own := c.Self.(*randomState); !own && n != nil && config.OnSeed != nil {
				return script.None, config.OnSeed(*n)
			}
			return script.None, nil
		}},
		dims("rand", "Uniform numbers in [0, 1).", (*rng.RandomState).Float64),
		dims("randn", "Standard normal numbers.", (*rng.RandomState).StandardNormal),
		sized("random", "Uniform numbers in [0, 1).", (*rng.RandomState).Float64),
		sized("random_sample", "Uniform numbers in [0, 1).", (*rng.RandomState).Float64),
		sized("ranf", "Uniform numbers in [0, 1).", (*rng.RandomState).Float64),
		sized("sample", "Uniform numbers in [0, 1).", (*rng.RandomState).Float64),
		sized("standard_normal", "Standard normal numbers.", (*rng.RandomState).StandardNormal),
		sized("standard_exponential", "Exponential numbers of mean 1.", (*rng.RandomState).StandardExponential),
		distribution("uniform(low=0.0, high=1.0, size=None)", "Uniform numbers in [low, high).", []string{"low", "high"},
			func(r *rng.RandomState, p []float64) (float64, error) { return r.Uniform(p[0], p[1]) }),
		distribution("normal(loc=0.0, scale=1.0, size=None)", "Normal numbers.", []string{"loc", "scale"},
			func(r *rng.RandomState, p []float64) (float64, error) { return r.Normal(p[0], p[1]) }),
		distribution("lognormal(mean=0.0, sigma=1.0, size=None)", "Exponentials of normal numbers.", []string{"mean", "sigma"},
			func(r *rng.RandomState, p []float64) (float64, error) { return r.LogNormal(p[0], p[1]) }),
		distribution("exponential(scale=1.0, size=None)", "Exponential numbers.", []string{"scale"},
			func(r *rng.RandomState, p []float64) (float64, error) { return r.Exponential(p[0]) }),
		distribution("gamma(shape, scale=1.0, size=None)", "Gamma distributed numbers.", []string{"shape", "scale"},
			func(r *rng.RandomState, p []float64) (float64, error) { return r.Gamma(p[0], p[1]) }),
		distribution("standard_gamma(shape, size=None)", "Gamma distributed numbers of scale 1.", []string{"shape"},
			func(r *rng.RandomState, p []float64) (float64, error) { return r.Gamma(p[0], 1) }),
		distribution("beta(a, b, size=None)", "Beta distributed numbers.", []string{"a", "b"},
			func(r *rng.RandomState, p []float64) (float64, error) { return r.Beta(p[0], p[1]) }),
		distribution("chisquare(df, size=None)", "Chi-square distributed numbers.", []string{"df"},
			func(r *rng.RandomState, p []float64) (float64, error) {
				if p[0] <= 0 {
					return 0, script.Raise("ValueError", "df <= 0")
				}
				x, err := r.Gamma(p[0]/2, 1)
				return 2 * x, err
			}),
		whole("poisson(lam=1.0, size=None)", "Poisson distributed whole numbers.", []string{"lam"},
			func(r *rng.RandomState, p []float64) (float64, error) {
				n, err := r.Poisson(p[0])
				return float64(n), err
			}),
		whole("binomial(n, p, size=None)", "Binomially distributed whole numbers.", []string{"n", "p"},
			func(r *rng.RandomState, p []float64) (float64, error) {
				n, err := r.Binomial(int64(p[0]), p[1])
				return float64(n), err
			}),
		{Signature: "randint(low, high=None, size=None, dtype=None)", Doc: "Whole numbers from low up to, and without, high.", Func: func(c *script.Call) (script.Value, error) {
			return randint(c, stream(c), 0)
		}},
		{Signature: "random_integers(low, high=None, size=None)", Doc: "Whole numbers from low through high.", Func: func(c *script.Call) (script.Value, error) {
			return randint(c, stream(c), 1)
		}},
		{Signature: "choice(a, size=None, replace=True, p=None)", Doc: "Random elements of a row, or of range(a); units are dropped.", Func: func(c *script.Call) (script.Value, error) { return choice(c, stream(c)) }},
		{Signature: "permutation(x)", Doc: "A row, or range(x), in random order; units are dropped.", Func: func(c *script.Call) (script.Value, error) { return permutation(c, stream(c)) }},
		{Signature: "shuffle(x)", Doc: "Brings a list or an array into random order.", Func: func(c *script.Call) (script.Value, error) { return shuffle(c, stream(c)) }},
		{Signature: "get_state(legacy=True)", Doc: "The state of the stream.", Func: func(c *script.Call) (script.Value, error) {
			s := stream(c).State()
			key := make([]int64, len(s.Key))
			for i, word := range s.Key {
				key[i] = int64(word)
			}
			gauss := int64(0)
			if s.HasGauss {
				gauss = 1
			}
			return script.NewTuple("MT19937", New(array.FromInts(key)), int64(s.Position), gauss, s.Gauss), nil
		}},
		{Signature: "set_state(state)", Doc: "Puts the stream into a state.", Func: func(c *script.Call) (script.Value, error) { return script.None, setState(c, stream(c)) }},
	}...)
}

// repeated fills a shape, row by row.
func repeated(shape []int, f func() float64) *array.Array {
	n := 1
	for _, extent := range shape {
		n *= extent
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = f()
	}
	return array.FromFloats(out, plain, append([]int{}, shape...)...)
}

// draw calls f for each element of the size argument, or of the parameters stretched to a common shape.
func draw(c *script.Call, parameters []string, f func(p []float64) (float64, error), kind array.DType) (script.Value, error) {
	var shape []int
	given := !script.IsNone(c.Arg("size"))
	if given {
		var err error
		if shape, err = shapeArg(c.Arg("size")); err != nil {
			return nil, err
		}
	}
	values := make([]*array.Array, len(parameters))
	single := true
	for i, name := range parameters {
		a, err := arrayArg(c, name)
		if err != nil {
			return nil, err
		}
		single = single && a.NDim() == 0
		values[i] = a
	}
	if !single {
		common, err := array.BroadcastShapes(values...)
		if err != nil {
			return nil, err
		}
		if !given {
			shape, given = common, true
		}
		for i, a := range values {
			if values[i], err = a.BroadcastTo(shape); err != nil {
				return nil, script.Raise("ValueError", "Output size %s is not compatible with broadcast dimensions of inputs %s.", array.ShapeText(shape), array.ShapeText(common))
			}
		}
	}
	p := make([]float64, len(values))
	for i, a := range values {
		if a.Size() > 0 {
			p[i] = a.FloatAt(0)
		}
	}
	if !given {
		x, err := f(p)
		if err != nil {
			return nil, err
		}
		return element(array.Scalar(x, plain).As(kind), 0), nil
	}
	n := 1
	for _, extent := range shape {
		n *= extent
	}
	rows := make([][]float64, len(values))
	for i, a := range values {
		if !single {
			rows[i] = a.Floats()
		}
	}
	out := make([]float64, n)
	for k := range out {
		if !single {
			for i := range p {
				p[i] = rows[i][k]
			}
		}
		var err error
		if out[k], err = f(p); err != nil {
			return nil, err
		}
	}
	return New(array.FromFloats(out, plain, append([]int{}, shape...)...).As(kind)), nil
}

func randint(c *script.Call, r *rng.RandomState, beyond float64) (script.Value, error) {
	names := []string{"low", "high"}
	if script.IsNone(c.Arg("high")) {
		names = names[:1]
	}
	if beyond == 0 {
		if kind, given, err := dtypeArg(c, "dtype"); err != nil {
			return nil, err
		} else if given && kind != array.Int64 {
			return nil, script.Raise("TypeError", "Unsupported dtype dtype('%s') for randint", kind)
		}
	}
	return draw(c, names, func(p []float64) (float64, error) {
		low, high := 0.0, p[0]
		if len(p) == 2 {
			low, high = p[0], p[1]
		} else if beyond != 0 {
			low = 1
		}
		n, err := r.Intn(int64(low), int64(high+beyond))
		return float64(n), err
	}, array.Int64)
}

func choice(c *script.Call, r *rng.RandomState) (script.Value, error) {
	a, err := arrayArg(c, "a")
	if err != nil {
		return nil, err
	}
	population := a.Size()
	if a.NDim() == 0 {
		population = int(a.IntAt(0))
		if a.DType() != array.Int64 {
			return nil, script.Raise("ValueError", "a must be 1-dimensional or an integer")
		}
	} else if a.NDim() > 1 {
		return nil, script.Raise("ValueError", "a must be 1-dimensional")
	}
	shape, n, given := []int{}, 1, !script.IsNone(c.Arg("size"))
	if given {
		if shape, err = shapeArg(c.Arg("size")); err != nil {
			return nil, err
		}
		for _, extent := range shape {
			n *= extent
		}
	}
	replace, err := c.Bool("replace")
	if err != nil {
		return nil, err
	}
	p, err := optionalArray(c, "p")
	if err != nil {
		return nil, err
	}
	var probabilities []float64
	if p != nil {
		probabilities = p.Floats()
	}
	chosen, err := r.Choice(population, n, replace, probabilities)
	if err != nil {
		return nil, err
	}
	places := make([]int64, len(chosen))
	for i, k := range chosen {
		places[i] = int64(k)
	}
	out := array.FromInts(places, append([]int{}, shape...)...)
	if a.NDim() > 0 {
		if out, err = a.WithDim(plain).Get(array.Pick(out)); err != nil {
			return nil, err
		}
	}
	return Wrap(out), nil
}

func permutation(c *script.Call, r *rng.RandomState) (script.Value, error) {
	a, err := arrayArg(c, "x")
	if err != nil {
		return nil, err
	}
	n := a.Len()
	if a.NDim() == 0 {
		n = int(a.IntAt(0))
	}
	order := make([]int64, n)
	for i, k := range r.Permutation(n) {
		order[i] = int64(k)
	}
	if a.NDim() == 0 {
		return New(array.FromInts(order)), nil
	}
	return wrapped(a.WithDim(plain).Get(array.Pick(array.FromInts(order))))
}

func shuffle(c *script.Call, r *rng.RandomState) (script.Value, error) {
	switch x := c.Arg("x").(type) {
	case *script.List:
		r.Shuffle(len(x.Elts), func(i, j int) { x.Elts[i], x.Elts[j] = x.Elts[j], x.Elts[i] })
		return script.None, nil
	case *NDArray:
		order := make([]int64, x.Array.Len())
		for i, k := range r.Permutation(len(order)) {
			order[i] = int64(k)
		}
		shuffled, err := x.Array.Get(array.Pick(array.FromInts(order)))
		if err != nil {
			return nil, err
		}
		return script.None, x.Array.Assign(shuffled)
	}
	return nil, script.Raise("TypeError", "'%s' object does not support item assignment", script.TypeName(c.Arg("x")))
}

func setState(c *script.Call, r *rng.RandomState) error {
	parts, err := script.Elements(c.Arg("state"))
	if err != nil {
		return err
	}
	if len(parts) != 3 && len(parts) != 5 {
		return script.Raise("ValueError", "state must be what get_state() returns")
	}
	key, err := FromValue(parts[1])
	if err != nil {
		return err
	}
	var s rng.State
	if key.Size() != len(s.Key) {
		return script.Raise("ValueError", "state must be what get_state() returns")
	}
	for i, word := range key.Ints() {
		s.Key[i] = uint32(word)
	}
	position, err := script.AsIndex(parts[2])
	if err != nil {
		return err
	}
	s.Position = int(position)
	if len(parts) == 5 {
		if s.HasGauss, err = script.Truth(parts[3]); err != nil {
			return err
		}
		if s.Gauss, err = floatOf(parts[4]); err != nil {
			return err
		}
	}
	return r.SetState(s)
}
