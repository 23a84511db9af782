package syntax

import (
	"math"
	"strconv"
	"strings"
)

// Format returns the expression as Python text with no more parentheses than needed: sums with blanks around
// their operators, products and powers without. The text of a parsed expression parses to an equal one.
func Format(x Expr) string {
	var w printer
	w.expr(x, 0)
	return w.String()
}

// FormatStmt returns the statement as abstract code on one line.
func FormatStmt(s *CodeStmt) string {
	return s.Target.Ident + " " + s.Op.assignment() + " " + Format(s.Value)
}

// FormatEquation returns the equation on one line, with its unit and flags.
func FormatEquation(e *Equation) string {
	var w printer
	switch e.Kind {
	case Differential:
		w.text("d", e.Name, "/dt = ")
		w.expr(e.Rhs, 0)
	case Subexpression:
		w.text(e.Name, " = ")
		w.expr(e.Rhs, 0)
	default:
		w.text(e.Name)
	}
	w.text(" : ", e.Unit)
	for i, flag := range e.Flags {
		w.text(separator(i, " (", ", "), flag.Name)
	}
	if len(e.Flags) > 0 {
		w.text(")")
	}
	return w.String()
}

func separator(i int, first, later string) string {
	if i == 0 {
		return first
	}
	return later
}

// printer collects the text of an expression.
type printer struct{ strings.Builder }

func (w *printer) text(texts ...string) {
	for _, s := range texts {
		w.WriteString(s)
	}
}

// level returns how tightly an expression holds together when it is printed; 0 for what needs parentheses
// wherever it is part of an operation.
func level(x Expr) int {
	switch x := x.(type) {
	case *BoolOp:
		return precedence(x.Op)
	case *Compare:
		return comparePrecedence
	case *Binary:
		return precedence(x.Op)
	case *Unary:
		if x.Op == Not {
			return notPrecedence
		}
		return unaryPrecedence
	case *Int:
		if x.Value < 0 || strings.HasPrefix(x.Big, "-") {
			return unaryPrecedence // not from a parser, which makes it a Unary
		}
	case *Float:
		if math.Signbit(x.Value) {
			return unaryPrecedence
		}
	case *Lambda, *IfExp, *NamedExpr, *Yield, *Starred, *Slice:
		return 0
	}
	return atomPrecedence
}

// expr prints x where operators at least as tight as min may stand without parentheses.
func (w *printer) expr(x Expr, min int) {
	if level(x) < min {
		w.text("(")
		w.expr(x, 0)
		w.text(")")
		return
	}
	switch x := x.(type) {
	case *Name:
		w.text(x.Ident)
	case *Int:
		if x.Big != "" {
			w.text(x.Big)
		} else {
			w.text(strconv.FormatInt(x.Value, 10))
		}
	case *Float:
		w.text(formatFloat(x.Value))
	case *Imag:
		w.text(strings.TrimSuffix(formatFloat(x.Value), ".0"), "j")
	case *Bool:
		if x.Value {
			w.text("True")
		} else {
			w.text("False")
		}
	case *None:
		w.text("None")
	case *Ellipsis:
		w.text("...")
	case *String:
		if x.Bytes {
			w.text("b")
		}
		w.text(Quote(x.Value, x.Bytes))
	case *FString:
		w.fstring(x)
	case *Unary:
		w.text(x.Op.String())
		if x.Op == Not {
			w.text(" ")
		}
		w.expr(x.X, level(x))
	case *Binary:
		w.binary(x)
	case *Compare:
		w.expr(x.X, comparePrecedence+1)
		for i, op := range x.Ops {
			w.text(" ", op.String(), " ")
			w.expr(x.Ys[i], comparePrecedence+1)
		}
	case *BoolOp:
		for i, operand := range x.Xs {
			w.text(separator(i, "", " "+x.Op.String()+" "))
			w.expr(operand, precedence(x.Op)+1)
		}
	case *IfExp:
		w.expr(x.Then, orPrecedence)
		w.text(" if ")
		w.expr(x.Cond, orPrecedence)
		w.text(" else ")
		w.value(x.Else)
	case *Call:
		w.expr(x.Func, atomPrecedence)
		w.call(x.Args, x.Keywords)
	case *Attribute:
		switch x.X.(type) {
		case *Int, *Float, *Imag:
			w.text("(", Format(x.X), ")") // 1.real is no attribute
		default:
			w.expr(x.X, atomPrecedence)
		}
		w.text(".", x.Name)
	case *Subscript:
		w.expr(x.X, atomPrecedence)
		w.text("[")
		w.index(x.Index)
		w.text("]")
	default:
		w.display(x)
	}
}

// value prints x where any expression but an assignment expression or a yield may stand without parentheses.
func (w *printer) value(x Expr) {
	switch x.(type) {
	case *NamedExpr, *Yield:
		w.text("(")
		w.expr(x, 0)
		w.text(")")
	default:
		w.expr(x, 0)
	}
}

func (w *printer) binary(x *Binary) {
	op := precedence(x.Op)
	switch op {
	case powPrecedence:
		w.expr(x.X, atomPrecedence)
		w.text("**")
		w.expr(x.Y, unaryPrecedence)
	case mulPrecedence:
		w.expr(x.X, op)
		w.text(x.Op.String())
		w.expr(x.Y, op+1)
	default:
		w.expr(x.X, op)
		w.text(" ", x.Op.String(), " ")
		w.expr(x.Y, op+1)
	}
}

// call prints arguments in parentheses; a generator alone needs none of its own.
func (w *printer) call(args []Expr, keywords []Keyword) {
	if len(args) == 1 && len(keywords) == 0 {
		if g, ok := args[0].(*Comprehension); ok && g.Kind == GeneratorExp {
			w.expr(g, 0)
			return
		}
	}
	w.text("(")
	for i, arg := range args {
		w.text(separator(i, "", ", "))
		w.value(arg)
	}
	for i, k := range keywords {
		w.text(separator(i+len(args), "", ", "))
		if k.Name == "" {
			w.text("**")
		} else {
			w.text(k.Name, "=")
		}
		w.value(k.Value)
	}
	w.text(")")
}

// index prints what stands between the brackets of a subscript.
func (w *printer) index(x Expr) {
	t, ok := x.(*Tuple)
	if !ok || len(t.Elts) == 0 {
		w.value(x)
		return
	}
	w.list(t.Elts)
	if len(t.Elts) == 1 {
		w.text(",")
	}
}

// list prints expressions with commas between them.
func (w *printer) list(xs []Expr) {
	for i, x := range xs {
		w.text(separator(i, "", ", "))
		w.value(x)
	}
}

// display prints what expr leaves to it.
func (w *printer) display(x Expr) {
	switch x := x.(type) {
	case *Slice:
		if x.Low != nil {
			w.value(x.Low)
		}
		w.text(":")
		if x.High != nil {
			w.value(x.High)
		}
		if x.Step != nil {
			w.text(":")
			w.value(x.Step)
		}
	case *Tuple:
		w.text("(")
		w.list(x.Elts)
		if len(x.Elts) == 1 {
			w.text(",")
		}
		w.text(")")
	case *List:
		w.text("[")
		w.list(x.Elts)
		w.text("]")
	case *Set:
		w.text("{")
		w.list(x.Elts)
		w.text("}")
	case *Dict:
		w.text("{")
		for i, key := range x.Keys {
			w.text(separator(i, "", ", "))
			if key == nil {
				w.text("**")
				w.expr(x.Values[i], bitOrPrecedence)
				continue
			}
			w.value(key)
			w.text(": ")
			w.value(x.Values[i])
		}
		w.text("}")
	case *Lambda:
		w.text("lambda")
		if params := formatParams(x.Params); params != "" {
			w.text(" ", params)
		}
		w.text(": ")
		w.value(x.Body)
	case *Comprehension:
		w.comprehension(x)
	case *Starred:
		w.text("*")
		w.expr(x.X, bitOrPrecedence)
	case *NamedExpr:
		w.text(x.Target.Ident, " := ")
		w.value(x.Value)
	case *Yield:
		w.text("yield")
		if x.From {
			w.text(" from")
		}
		if x.X != nil {
			w.text(" ")
			w.value(x.X)
		}
	default:
		panic("BUG: Format does not know this expression")
	}
}

func (w *printer) comprehension(x *Comprehension) {
	brackets := [...]string{ListComp: "[]", SetComp: "{}", DictComp: "{}", GeneratorExp: "()"}[x.Kind]
	w.text(brackets[:1])
	if x.Key != nil {
		w.value(x.Key)
		w.text(": ")
	}
	w.value(x.Elt)
	for _, clause := range x.Clauses {
		w.text(" for ")
		w.target(clause.Target)
		w.text(" in ")
		w.expr(clause.Iter, orPrecedence)
		for _, cond := range clause.Conds {
			w.text(" if ")
			w.expr(cond, orPrecedence)
		}
	}
	w.text(brackets[1:])
}

// target prints the target of a loop or assignment: several names without parentheses.
func (w *printer) target(x Expr) {
	if t, ok := x.(*Tuple); ok && len(t.Elts) > 1 {
		w.list(t.Elts)
		return
	}
	w.expr(x, 0)
}

// formatParams returns the parameters as they stand in a def or lambda.
func formatParams(params Params) string {
	var parts []string
	one := func(p Param) string {
		var w printer
		w.text(p.Name)
		if p.Annotation != nil {
			w.text(": ")
			w.value(p.Annotation)
		}
		if p.Default != nil {
			equals := "="
			if p.Annotation != nil {
				equals = " = "
			}
			w.text(equals)
			w.value(p.Default)
		}
		return w.String()
	}
	for i, p := range params.Plain {
		parts = append(parts, one(p))
		if i+1 == params.PosOnly {
			parts = append(parts, "/")
		}
	}
	if params.HasStar {
		parts = append(parts, "*"+params.Star)
	}
	for _, p := range params.KwOnly {
		parts = append(parts, one(p))
	}
	if params.DoubleStar != "" {
		parts = append(parts, "**"+params.DoubleStar)
	}
	return strings.Join(parts, ", ")
}
