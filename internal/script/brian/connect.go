package brian

import (
	"fmt"
	"slices"

	"synfire"
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
)

// connect is S.connect(...).
func (y *synapses) connect(c *script.Call) error {
	rule := synfire.Connection{Names: names(c.Frame)}
	if given, ok, err := namespaceArgument(c.Arg("namespace")); err != nil {
		return err
	} else if ok {
		rule.Names = given
	}
	i, j := c.Arg("i"), c.Arg("j")
	listed := !script.IsNone(i) || !script.IsNone(j)
	switch condition := c.Arg("condition").(type) {
	case nil, script.NoneType:
	case bool:
		if listed {
			return script.Raise("ValueError", "Cannot combine condition with i or j arguments")
		}
		if !condition {
			rule.I, rule.J = []int{}, []int{}
		}
	case string:
		if listed {
			return script.Raise("ValueError", "Cannot combine condition with i or j arguments").
				WithHint("put the condition into the generator: j='k for k in range(N_post) if ...'.")
		}
		rule.Condition = condition
	default:
		return script.Raise("TypeError", "The condition of connect() has to be a string or a truth value, not %s", script.TypeName(condition)).
			WithHint("to connect listed neurons write connect(i=..., j=...).")
	}
	var err error
	if listed {
		if err = partners(&rule, i, j); err != nil {
			return err
		}
	}
	if c.Given("p") {
		if rule.Probability, err = numberOrText(c, "p"); err != nil {
			return err
		}
		if rule.Probability == 1.0 || rule.Probability == int64(1) {
			rule.Probability = nil
		}
	}
	if c.Given("n") {
		if _, text := c.Arg("n").(string); text && rule.I != nil {
			return script.Raise("TypeError", "Indices cannot be combined with a string expression for n. Either use an array/scalar for n, or a string expression for the connections")
		}
		if rule.Copies, err = numberOrText(c, "n"); err != nil {
			return err
		}
	}
	if rule.SkipInvalid, err = c.Bool("skip_if_invalid"); err != nil {
		return err
	}
	return y.of.Connect(rule)
}

// partners reads i and j: two lists of neurons, or one generator.
func partners(rule *synfire.Connection, i, j script.Value) error {
	sources, bySource := i.(string)
	targets, byTarget := j.(string)
	switch {
	case byTarget && !script.IsNone(i):
		return script.Raise("TypeError", "Generator syntax for j cannot be combined with i argument")
	case bySource && !script.IsNone(j):
		return script.Raise("TypeError", "Generator syntax for i cannot be combined with j argument")
	case byTarget:
		rule.Targets = targets
		return nil
	case bySource:
		rule.Sources = sources
		return nil
	case script.IsNone(i) || script.IsNone(j):
		return script.Raise("ValueError", "i and j have to be given together, or one of them as a generator.").
			WithHint("to connect to or from all neurons use a generator: connect(i='0', ...) or connect('j == 3').")
	}
	var err error
	if rule.I, err = neuronNumbers(i, "Presynaptic"); err != nil {
		return err
	}
	rule.J, err = neuronNumbers(j, "Postsynaptic")
	if err != nil {
		return err
	}
	if n, m := len(rule.I), len(rule.J); n != m && n != 1 && m != 1 {
		return script.Raise("ValueError", "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape (%d,) and arg 1 with shape (%d,).", n, m).
			WithHint("i and j list the synapses one by one, so they must be equally long.")
	}
	return nil
}

// neuronNumbers returns the numbers of neurons of a connection.
func neuronNumbers(v script.Value, side string) ([]int, error) {
	if g, ok := v.(*group); ok {
		list := make([]int, g.of.Len())
		start := 0
		if sub, ok := g.of.(*synfire.Subgroup); ok {
			start, _ = sub.Bounds()
		}
		for k := range list {
			list[k] = start + k
		}
		return list, nil
	}
	if n, err := script.AsIndex(v); err == nil {
		if _, truth := v.(bool); !truth {
			return []int{int(n)}, nil
		}
	}
	a, err := numpy.FromValue(v)
	if err != nil {
		return nil, err
	}
	if a.DType() != array.Int64 && a.Size() > 0 {
		return nil, script.Raise("TypeError", "%s indices have to be given as integers, are type %s instead.", side, a.DType())
	}
	list := make([]int, a.Size())
	for k := range list {
		list[k] = int(a.IntAt(k))
	}
	return list, nil
}

// numberOrText returns p or n: a number or an expression.
func numberOrText(c *script.Call, name string) (any, error) {
	switch v := c.Arg(name).(type) {
	case string, int64, float64:
		return v, nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	default:
		x, err := script.AsFloat(v)
		if err != nil {
			return nil, script.Raise("TypeError", "%s has to be a number or an expression, not %s", name, script.TypeName(v))
		}
		if name == "n" {
			return int64(x), nil
		}
		return x, nil
	}
}

// pickPairs returns the synapses that an index by neurons means: S.w[i, j] or S.w[i, j, k].
func pickPairs(y *synfire.Synapses, index []script.Value) (*elements, error) {
	if len(index) > 3 {
		return nil, script.Raise("IndexError", "Need 1, 2 or 3 indices, got %d.", len(index))
	}
	i, err := side(index[0], y.Source())
	if err != nil {
		return nil, err
	}
	var j []int
	if len(index) > 1 {
		if j, err = side(index[1], y.Target()); err != nil {
			return nil, err
		}
	}
	list, err := y.Select("", synfire.Between(i, j))
	if err != nil {
		return nil, err
	}
	if len(index) == 3 {
		list, err = occurrences(y, list, index[2])
	}
	return &elements{list: notNil(list)}, err
}

// side returns the neurons that one part of the index means, numbered as the synapses number them; nil for all.
func side(index script.Value, of synfire.End) ([]int, error) {
	if whole(index) {
		return nil, nil
	}
	g, ok := index.(*group)
	if !ok {
		return picked(index, of.Len())
	}
	// A group stands for its neurons, of which the synapses may know only some.
	numbers, err := neuronNumbers(g, "")
	if err != nil {
		return nil, err
	}
	start := 0
	if sub, ok := of.(*synfire.Subgroup); ok {
		start, _ = sub.Bounds()
	}
	list := []int{}
	for _, k := range numbers {
		if k -= start; k >= 0 && k < of.Len() {
			list = append(list, k)
		}
	}
	return list, nil
}

// picked returns the numbers below n that an index means.
func picked(index script.Value, n int) ([]int, error) {
	elements, err := pickNumbers(index, &elements{high: n})
	if err != nil {
		return nil, err
	}
	list := make([]int, elements.count())
	for k := range list {
		list[k] = elements.at(k)
	}
	return list, nil
}

// occurrences keeps the synapses that are the wanted ones of their pair of neurons, counted from 0.
func occurrences(y *synfire.Synapses, list []int, index script.Value) ([]int, error) {
	which, most := y.Occurrences(), 0
	for _, n := range which {
		most = max(most, n+1)
	}
	keep := map[int]bool{}
	if number, err := script.AsIndex(index); err == nil {
		// A number that no pair reaches matches nothing.
		keep[int(number)] = true
	} else {
		wanted, err := picked(index, most)
		if err != nil {
			return nil, err
		}
		for _, k := range wanted {
			keep[k] = true
		}
	}
	return slices.DeleteFunc(list, func(k int) bool { return !keep[which[k]] }), nil
}

// subset is S[0, :]: some synapses, as an index for variables and monitors.
type subset struct {
	owner *synapses
	list  []int
	size  int // of the synapses when the subset was made
}

// Index implements S[...].
func (y *synapses) Index(index any) (any, error) {
	list, err := y.pick(index)
	return &subset{y, list, y.of.Len()}, err
}

// synapseNumbers is S.indices: the numbers of synapses by an index.
type synapseNumbers struct{ of *synapses }

// TypeName implements script.Named.
func (synapseNumbers) TypeName() string { return "IndexWrapper" }

// Index implements S.indices[...].
func (n synapseNumbers) Index(index any) (any, error) {
	list, err := n.of.pick(index)
	if err != nil {
		return nil, err
	}
	if _, err := script.AsIndex(index); err == nil {
		return int64(list[0]), nil
	}
	return countsArray(list), nil
}

// pick returns the numbers of the synapses that an index means.
func (y *synapses) pick(index any) ([]int, error) {
	var picked *elements
	var err error
	switch x := index.(type) {
	case *script.Tuple:
		picked, err = pickPairs(y.of, x.Elts)
	case string:
		var list []int
		list, err = y.of.Select(x, synfire.Using(names(y.session.frame())))
		picked = &elements{list: list}
	default:
		picked, err = pickNumbers(index, &elements{high: y.of.Len()})
	}
	if err != nil {
		return nil, err
	}
	list := make([]int, picked.count())
	for k := range list {
		list[k] = picked.at(k)
	}
	return list, nil
}

// TypeName implements script.Named.
func (s *subset) TypeName() string { return "SynapticSubgroup" }

// Repr implements script.Representer.
func (s *subset) Repr() string {
	return fmt.Sprintf("<SynapticSubgroup, storing %d indices of %s>", len(s.list), s.owner.of.Name())
}

// Len implements script.Sized.
func (s *subset) Len() (int, error) { return len(s.list), nil }

// numbers returns the synapses, unless more have been made since.
func (s *subset) numbers() ([]int, error) {
	if s.owner.of.Len() != s.size {
		return nil, script.Raise("RuntimeError", "The number of synapses of '%s' has changed since this part of them was selected.", s.owner.of.Name()).
			WithHint("select it again after the last connect().")
	}
	return s.list, nil
}

// AsArray implements numpy.ArrayLike.
func (s *subset) AsArray() (*array.Array, error) {
	list, err := s.numbers()
	ints := make([]int64, len(list))
	for k, n := range list {
		ints[k] = int64(n)
	}
	return array.FromInts(ints), err
}
