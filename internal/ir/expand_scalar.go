package ir

import "fmt"

// Scalar computes one compound operation on single numbers, with the bits
// that every executor gives for it: it interprets the operation's expansion
// by [Evaluate]. It serves host code that makes simulated numbers outside a
// kernel. A Scalar is made once and used often, by one goroutine at a time.
type Scalar struct {
	steps  []scalarStep
	values []uint64 // patterns, by Value; constants stay, the last is 0 for absent arguments
	inputs []Value
	result Value
	of     Type // of arguments and result
}

type scalarStep struct {
	op               Op
	result, argument Type
	to               Value
	args             [3]Value
}

// NewScalar expands a compound operation, [Exp] to [Pow], [FloorDiv], [Mod],
// [Rand] or [Randn].
func NewScalar(op Op) *Scalar {
	if !op.IsCompound(F64) {
		panic(fmt.Sprintf("BUG: %s is not a compound operation", op))
	}
	return newScalar(op.String(), op.Arity(), F64, compound(op, F64))
}

// compound builds a compound operation on values of a type.
func compound(op Op, t Type) func(b *Builder, args []Value) Value {
	return func(b *Builder, args []Value) Value {
		if op == Rand || op == Randn {
			return b.draw(op, b.Site("site"))
		}
		return b.op(op, t, args...)
	}
}

// newScalar makes a Scalar of a computation on floats of type t.
func newScalar(name string, arity int, t Type, build func(b *Builder, args []Value) Value) *Scalar {
	b := NewBuilder(name)
	args := make([]Value, arity)
	for i := range args {
		args[i] = b.Load(b.Var(Var{Name: fmt.Sprint("x", i), Type: t, Rate: Varying}))
	}
	result := build(b, args)
	b.Store(b.Var(Var{Name: "result", Type: t, Rate: Varying}), result, NoValue)
	k := DCE(CSE(Fold(ExpandMath(b.Kernel()))))

	absent := Value(len(k.Instrs))
	s := &Scalar{of: t, values: make([]uint64, len(k.Instrs)+1), inputs: make([]Value, max(arity, 2))} // two random words at most
	for i := range s.inputs {
		s.inputs[i] = absent
	}
	for i := range k.Instrs {
		in, v := &k.Instrs[i], Value(i)
		switch in.Op {
		case Const:
			s.values[v] = in.Imm
		case Load:
			s.inputs[in.Var] = v
		case RandBits:
			s.inputs[in.Imm&1] = v
		case Store:
			s.result = in.Args[0]
		default:
			step := scalarStep{op: in.Op, result: in.Type, argument: k.Instrs[in.Args[0]].Type, to: v, args: in.Args}
			if in.Op == Select {
				step.argument = in.Type
			}
			for j, a := range step.args {
				if a == NoValue {
					step.args[j] = absent
				}
			}
			s.steps = append(s.steps, step)
		}
	}
	return s
}

// Of applies the operation to its arguments.
func (s *Scalar) Of(x ...float64) float64 {
	for i, v := range x {
		s.set(i, floatPattern(s.of, v))
	}
	return s.run()
}

// Draw gives what [Rand] or [Randn] makes of a Philox block, as two words.
func (s *Scalar) Draw(low, high uint64) float64 {
	s.set(0, low)
	s.set(1, high)
	return s.run()
}

func (s *Scalar) set(input int, pattern uint64) {
	if v := s.inputs[input]; int(v) < len(s.values)-1 {
		s.values[v] = pattern
	}
}

func (s *Scalar) run() float64 {
	for i := range s.steps {
		step := &s.steps[i]
		pattern, ok := Evaluate(step.op, step.result, step.argument, s.values[step.args[0]], s.values[step.args[1]], s.values[step.args[2]])
		if !ok {
			panic(fmt.Sprintf("BUG: %s in an expansion", step.op))
		}
		s.values[step.to] = pattern
	}
	return floatOf(s.of, canonical(s.of, s.values[s.result]))
}

// Operations is the number of basic operations of the expansion.
func (s *Scalar) Operations() int { return len(s.steps) }
