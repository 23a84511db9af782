package ir

import (
	"fmt"
	"math"
)

// Scalar computes one compound operation on single numbers, with the bits
// that every executor gives for it: it interprets the operation's expansion
// by [Evaluate]. It serves host code that makes simulated numbers outside a
// kernel. A Scalar is made once and used often, by one goroutine at a time.
type Scalar struct {
	instrs    []Instr
	arguments []Type   // of each instruction's first argument, as Evaluate wants it
	values    []uint64 // patterns, by Value; the constants stay
	inputs    []Value
	result    Value
}

// NewScalar expands a compound operation, [Exp] to [Pow], [FloorDiv], [Mod],
// [Rand] or [Randn].
func NewScalar(op Op) *Scalar {
	if !op.IsCompound(F64) {
		panic(fmt.Sprintf("BUG: %s is not a compound operation", op))
	}
	b := NewBuilder(op.String())
	s := &Scalar{}
	var result Value
	if op == Rand || op == Randn {
		site := b.Site("site")
		result = b.draw(op, site)
	} else {
		args := make([]Value, op.Arity())
		for i := range args {
			args[i] = b.Load(b.Var(Var{Name: fmt.Sprint("x", i), Type: F64, Rate: Varying}))
		}
		result = b.op(op, F64, args...)
	}
	out := b.Var(Var{Name: "result", Type: F64, Rate: Varying})
	b.Store(out, result, NoValue)
	k := DCE(CSE(Fold(ExpandMath(b.Kernel()))))

	s.instrs = k.Instrs
	s.values = make([]uint64, len(k.Instrs))
	s.arguments = make([]Type, len(k.Instrs))
	s.inputs = make([]Value, max(op.Arity(), 2)) // two random words at most
	for i := range s.inputs {
		s.inputs[i] = NoValue
	}
	for i := range k.Instrs {
		in := &k.Instrs[i]
		switch in.Op {
		case Const:
			s.values[i] = in.Imm
		case Load:
			s.inputs[in.Var] = Value(i)
		case RandBits:
			s.inputs[in.Imm&1] = Value(i)
		case Store:
			s.result = in.Args[0]
		case Select:
			s.arguments[i] = in.Type
		default:
			s.arguments[i] = k.Instrs[in.Args[0]].Type
		}
	}
	return s
}

// Of applies the operation to its arguments.
func (s *Scalar) Of(x ...float64) float64 {
	for i, v := range x {
		s.set(i, math.Float64bits(v))
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
	if v := s.inputs[input]; v != NoValue {
		s.values[v] = pattern
	}
}

func (s *Scalar) run() float64 {
	at := func(v Value) uint64 {
		if v == NoValue {
			return 0
		}
		return s.values[v]
	}
	for i := range s.instrs {
		in := &s.instrs[i]
		switch in.Op {
		case Const, Load, RandBits, Store:
			continue
		}
		pattern, ok := Evaluate(in.Op, in.Type, s.arguments[i], at(in.Args[0]), at(in.Args[1]), at(in.Args[2]))
		if !ok {
			panic(fmt.Sprintf("BUG: %s in an expansion", in.Op))
		}
		s.values[i] = pattern
	}
	return math.Float64frombits(canonical(s.values[s.result]))
}

// Operations is the number of basic operations of the expansion, without
// constants, arguments and random words.
func (s *Scalar) Operations() int {
	n := 0
	for i := range s.instrs {
		switch s.instrs[i].Op {
		case Const, Load, RandBits, Store:
		default:
			n++
		}
	}
	return n
}
