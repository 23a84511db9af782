package syntax

import "synfire/internal/diag"

// CheckModelExpr refuses what an expression of a model or of abstract code cannot contain: everything but
// names, numbers, True and False, arithmetic, single comparisons, and/or/not, and calls of named functions
// with positional arguments. The error is a *diag.Message of kind SyntaxError.
func CheckModelExpr(x Expr) error {
	var found *diag.Message
	Walk(x, func(x Expr) bool {
		if found == nil {
			found = checkModelNode(x)
		}
		return found == nil
	})
	if found != nil {
		return found
	}
	return nil
}

func checkModelNode(x Expr) *diag.Message {
	refuse := func(format string, args ...any) *diag.Message {
		return diag.Errorf(x.Span(), "SyntaxError", format, args...)
	}
	switch x := x.(type) {
	case *Name, *Float, *Bool, *BoolOp:
		return nil
	case *Int:
		if x.Big != "" {
			return refuse("the integer %s is too large for an equation", x.Big).
				WithHint("write it as a floating-point number")
		}
		return nil
	case *Unary:
		if x.Op == Invert {
			return refuse("the bit operator '~' cannot be used here").WithHint("write 'not' for the opposite of a condition")
		}
		return nil
	case *Binary:
		switch x.Op {
		case BitAnd:
			return refuse("the bit operator '&' cannot be used here").WithHint("write 'and' to join two conditions")
		case BitOr:
			return refuse("the bit operator '|' cannot be used here").WithHint("write 'or' to join two conditions")
		case BitXor:
			return refuse("the bit operator '^' cannot be used here").WithHint("write '**' for a power")
		case ShiftLeft, ShiftRight:
			return refuse("the bit operator '%s' cannot be used here", x.Op).
				WithHint("multiply or divide by a power of 2")
		case MatMul:
			return refuse("the matrix product '@' cannot be used here").
				WithHint("equations are written for one neuron or synapse at a time")
		}
		return nil
	case *Compare:
		if len(x.Ops) > 1 {
			return refuse("Can only handle single comparisons").
				WithHint("join two comparisons with 'and': a < b and b < c")
		}
		switch x.Ops[0] {
		case Is, IsNot:
			return refuse("the operator '%s' cannot be used here", x.Ops[0]).WithHint("write == or !=")
		case In, NotIn:
			return refuse("the operator '%s' cannot be used here", x.Ops[0]).
				WithHint("compare with each value and join the comparisons with 'or'")
		}
		return nil
	case *Call:
		name, ok := x.Func.(*Name)
		if !ok {
			return refuse("only functions with a plain name can be called here").
				WithHint("give the function a name of its own before the equations")
		}
		if len(x.Keywords) > 0 {
			m := diag.Errorf(x.Keywords[0].Where, "SyntaxError", "'%s' cannot be called with keyword arguments here", name.Ident)
			return m.WithHint("give the arguments by position")
		}
		return nil
	case *Subscript:
		return refuse("an index cannot be used here").
			WithHint("a name stands for the value of each neuron or synapse by itself; in synapses write x_pre and x_post")
	case *Attribute:
		return refuse("an attribute ('.%s') cannot be used here", x.Name).
			WithHint("give the value a name of its own before the equations")
	case *IfExp:
		return refuse("a conditional expression cannot be used here").
			WithHint("write int(condition)*a + int(not condition)*b")
	case *None:
		return refuse("None cannot be used here")
	case *Imag:
		return refuse("complex numbers cannot be used here")
	}
	return refuse("%s cannot be used here", Describe(x))
}
