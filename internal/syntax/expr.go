package syntax

// Precedences of the operators, from Python's grammar, loosest first.
const (
	orPrecedence = iota + 1
	andPrecedence
	notPrecedence
	comparePrecedence
	bitOrPrecedence
	bitXorPrecedence
	bitAndPrecedence
	shiftPrecedence
	addPrecedence
	mulPrecedence
	unaryPrecedence
	powPrecedence
	atomPrecedence
)

// precedence returns how tightly a binary operator binds; 0 for anything else.
func precedence(o Op) int {
	switch o {
	case Or:
		return orPrecedence
	case And:
		return andPrecedence
	case Eq, NotEq, Lt, LtEq, Gt, GtEq, Is, IsNot, In, NotIn:
		return comparePrecedence
	case BitOr:
		return bitOrPrecedence
	case BitXor:
		return bitXorPrecedence
	case BitAnd:
		return bitAndPrecedence
	case ShiftLeft, ShiftRight:
		return shiftPrecedence
	case Add, Sub:
		return addPrecedence
	case Mul, Div, FloorDiv, Mod, MatMul:
		return mulPrecedence
	case Pow:
		return powPrecedence
	}
	return 0
}

// infix returns the binary operator that a token begins; `is` may yet turn out to be `is not`.
func infix(k kind) Op {
	switch k {
	case plus:
		return Add
	case minus:
		return Sub
	case star:
		return Mul
	case slash:
		return Div
	case slashSlash:
		return FloorDiv
	case percent:
		return Mod
	case at:
		return MatMul
	case ampersand:
		return BitAnd
	case bar:
		return BitOr
	case caret:
		return BitXor
	case shiftLeft:
		return ShiftLeft
	case shiftRight:
		return ShiftRight
	case kwAnd:
		return And
	case kwOr:
		return Or
	case equal:
		return Eq
	case notEqual:
		return NotEq
	case less:
		return Lt
	case lessEqual:
		return LtEq
	case greater:
		return Gt
	case greaterEqual:
		return GtEq
	case kwIs:
		return Is
	case kwIn:
		return In
	case kwNot:
		return NotIn
	}
	return NoOp
}

// startsExpr reports whether an expression may begin with a token of this kind.
func startsExpr(k kind) bool {
	switch k {
	case name, number, stringLiteral, leftParen, leftBracket, leftBrace, minus, plus, tilde, star, ellipsis,
		kwNot, kwLambda, kwTrue, kwFalse, kwNone, kwYield, kwAwait:
		return true
	}
	return false
}

// expressionList parses one expression, or a tuple without parentheses, or a yield. The text where says what
// it belongs to, for messages.
func (p *parser) expressionList(where string) Expr {
	if p.tok.kind == kwYield {
		return p.yield()
	}
	start := p.tok.start
	first := p.starOrExpr(where)
	if p.tok.kind != comma {
		if star, ok := first.(*Starred); ok {
			p.failNode(star, "a starred expression cannot stand alone")
		}
		return first
	}
	elements := []Expr{first}
	for p.accept(comma) {
		if !startsExpr(p.tok.kind) || p.tok.kind == kwYield {
			break
		}
		elements = append(elements, p.starOrExpr(where))
	}
	return &Tuple{p.since(start), elements}
}

// starOrExpr parses an expression (also a := b) or *expression.
func (p *parser) starOrExpr(where string) Expr {
	start := p.tok.start
	if p.accept(star) {
		x := p.binary(bitOrPrecedence, where)
		return &Starred{p.since(start), x}
	}
	return p.namedExpr(where)
}

// namedExpr parses an expression that may be an assignment expression.
func (p *parser) namedExpr(where string) Expr { return p.named(where, p.expr) }

// named parses what may be an assignment expression; part parses the name and the value.
func (p *parser) named(where string, part func(where string) Expr) Expr {
	start := p.tok.start
	x := part(where)
	if p.tok.kind != colonEqual {
		return x
	}
	target, ok := x.(*Name)
	if !ok {
		p.failNode(x, "only a plain name can be assigned with ':='")
	}
	p.next()
	value := part("after ':='")
	return &NamedExpr{p.since(start), target, value}
}

// expr parses an expression without a top-level comma.
func (p *parser) expr(where string) Expr {
	p.enter()
	defer p.leave()
	if p.tok.kind == kwLambda {
		return p.lambda()
	}
	start := p.tok.start
	x := p.binary(orPrecedence, where)
	if p.tok.kind != kwIf {
		return x
	}
	p.next()
	cond := p.binary(orPrecedence, "after 'if'")
	if p.tok.kind != kwElse {
		p.fail(p.expected("'else' of the conditional expression"))
	}
	p.next()
	other := p.expr("after 'else'")
	return &IfExp{p.since(start), cond, x, other}
}

// binary parses operators that bind at least as tightly as min.
func (p *parser) binary(min int, where string) Expr {
	start := p.tok.start
	x := p.unary(min, where)
	for n := 1; ; n++ {
		p.chain(n)
		op := infix(p.tok.kind)
		level := precedence(op)
		// Powers are parsed with their base, below.
		if level == 0 || level < min || level == powPrecedence {
			return x
		}
		switch level {
		case comparePrecedence:
			x = p.comparison(start, x)
		case orPrecedence, andPrecedence:
			k, operands := p.tok.kind, []Expr{x}
			for p.tok.kind == k {
				p.next()
				operands = append(operands, p.binary(level+1, "after '"+op.String()+"'"))
			}
			x = &BoolOp{p.since(start), op, operands}
		default:
			p.next()
			y := p.binary(level+1, "after '"+op.String()+"'")
			x = &Binary{p.since(start), op, x, y}
		}
	}
}

func (p *parser) comparison(start int, x Expr) Expr {
	c := &Compare{X: x}
	for precedence(infix(p.tok.kind)) == comparePrecedence {
		op := infix(p.tok.kind)
		not := p.tok
		p.next()
		switch op {
		case Is:
			if p.accept(kwNot) {
				op = IsNot
			}
		case NotIn:
			if p.tok.kind != kwIn {
				p.fail(p.errorAt(not, "'not' cannot stand here").
					WithHint("write 'not in' to look for something that is not there, or join two conditions with 'and' or 'or'"))
			}
			p.next()
		}
		c.Ops = append(c.Ops, op)
		c.Ys = append(c.Ys, p.binary(comparePrecedence+1, "after '"+op.String()+"'"))
	}
	c.At = p.since(start)
	return c
}

// unary parses prefix operators and powers.
func (p *parser) unary(min int, where string) Expr {
	p.enter()
	defer p.leave()
	start := p.tok.start
	var op Op
	switch p.tok.kind {
	case kwNot:
		if min > notPrecedence {
			p.fail(p.errorAt(p.tok, "'not' cannot stand here").
				WithHint("put the negated condition in parentheses"))
		}
		p.next()
		x := p.binary(notPrecedence, "after 'not'")
		return &Unary{p.since(start), Not, x}
	case minus:
		op = Neg
	case plus:
		op = Pos
	case tilde:
		op = Invert
	default:
		return p.power(where)
	}
	p.next()
	x := p.unary(unaryPrecedence, "after '"+op.String()+"'")
	return &Unary{p.since(start), op, x}
}

// power parses a primary and, if ** follows, the power; -2**2 is -(2**2) and 2**-1 needs no parentheses.
func (p *parser) power(where string) Expr {
	start := p.tok.start
	x := p.primary(where)
	if !p.accept(starStar) {
		return x
	}
	y := p.unary(unaryPrecedence, "after '**'")
	return &Binary{p.since(start), Pow, x, y}
}

// primary parses an atom with the calls, subscripts and attributes behind it.
func (p *parser) primary(where string) Expr {
	start := p.tok.start
	x := p.atom(where)
	for n := 1; ; n++ {
		p.chain(n)
		switch p.tok.kind {
		case dot:
			p.next()
			if p.tok.kind != name {
				p.fail(p.expected("the name of an attribute after '.'"))
			}
			ident := p.text(p.tok)
			p.next()
			x = &Attribute{p.since(start), x, ident}
		case leftParen:
			x = p.call(start, x)
		case leftBracket:
			p.next()
			if p.tok.kind == rightBracket {
				p.fail(p.errorAt(p.tok, "the brackets hold no index"))
			}
			index := p.subscripts()
			p.closing(rightBracket)
			x = &Subscript{p.since(start), x, index}
		default:
			return x
		}
	}
}

// closing expects the bracket that closes the innermost open one.
func (p *parser) closing(k kind) {
	if p.tok.kind != k {
		p.fail(p.unexpected("inside the brackets"))
	}
	p.next()
}

func (p *parser) call(start int, function Expr) Expr {
	p.next()
	call := &Call{Func: function}
	for p.tok.kind != rightParen {
		p.argument(&call.Args, &call.Keywords)
		if !p.accept(comma) {
			break
		}
	}
	p.closing(rightParen)
	call.At = p.since(start)
	return call
}

// argument parses one argument of a call or one base of a class.
func (p *parser) argument(args *[]Expr, keywords *[]Keyword) {
	start := p.tok.start
	if p.accept(starStar) {
		value := p.expr("after '**'")
		*keywords = append(*keywords, Keyword{p.since(start), "", value})
		return
	}
	if p.accept(star) {
		value := p.expr("after '*'")
		for _, k := range *keywords {
			if k.Name == "" {
				p.fail(p.scan.errorf(start, p.prevEnd, "an argument with * cannot follow one with **"))
			}
		}
		*args = append(*args, &Starred{p.since(start), value})
		return
	}
	value := p.namedExpr("as an argument")
	switch p.tok.kind {
	case assign:
		ident, ok := value.(*Name)
		if !ok {
			p.fail(p.errorNode(value, "the name of a keyword argument must be a plain name").
				WithHint("write == to compare two values"))
		}
		for _, k := range *keywords {
			if k.Name == ident.Ident {
				p.failNode(value, "the keyword argument '%s' is given twice", ident.Ident)
			}
		}
		p.next()
		x := p.expr("as the value of '" + ident.Ident + "'")
		*keywords = append(*keywords, Keyword{p.since(start), ident.Ident, x})
		return
	case kwFor:
		generator := &Comprehension{Kind: GeneratorExp, Elt: value, Clauses: p.clauses()}
		generator.At = p.since(start)
		if len(*args)+len(*keywords) > 0 || p.tok.kind != rightParen {
			p.fail(p.errorNode(generator, "a generator must be in parentheses if it is not the only argument"))
		}
		*args = append(*args, generator)
		return
	}
	if n := len(*keywords); n > 0 {
		last := (*keywords)[n-1]
		what := "a keyword argument"
		if last.Name == "" {
			what = "an argument with **"
		}
		p.fail(p.errorNode(value, "an argument without a name cannot follow %s", what).
			WithNote(last.Where, "after this one only name=value may follow"))
	}
	*args = append(*args, value)
}

// subscripts parses what stands between the brackets of a subscript.
func (p *parser) subscripts() Expr {
	start := p.tok.start
	first := p.subscript()
	_, starred := first.(*Starred)
	if p.tok.kind != comma && !starred {
		return first
	}
	elements := []Expr{first}
	for p.accept(comma) {
		if p.tok.kind == rightBracket {
			break
		}
		elements = append(elements, p.subscript())
	}
	return &Tuple{p.since(start), elements}
}

func (p *parser) subscript() Expr {
	start := p.tok.start
	var low, high, step Expr
	if p.tok.kind != colon {
		low = p.starOrExpr("as an index")
		if p.tok.kind != colon {
			return low
		}
	}
	p.next()
	if k := p.tok.kind; k != colon && k != comma && k != rightBracket {
		high = p.expr("as the end of a slice")
	}
	if p.accept(colon) {
		if k := p.tok.kind; k != comma && k != rightBracket {
			step = p.expr("as the step of a slice")
		}
	}
	return &Slice{p.since(start), low, high, step}
}

func (p *parser) yield() Expr {
	start := p.tok
	if !p.scope.function {
		p.fail(p.errorAt(start, "'yield' outside a function"))
	}
	p.next()
	if p.accept(kwFrom) {
		x := p.expr("after 'yield from'")
		return &Yield{p.since(start.start), x, true}
	}
	if !startsExpr(p.tok.kind) {
		return &Yield{p.since(start.start), nil, false}
	}
	x := p.expressionList("after 'yield'")
	return &Yield{p.since(start.start), x, false}
}

func (p *parser) lambda() Expr {
	start := p.tok.start
	p.next()
	params := p.params(colon, false)
	if p.tok.kind != colon {
		p.fail(p.expected("':' and the body of the lambda"))
	}
	p.next()
	outer := p.scope
	p.scope = scope{function: true}
	body := p.expr("as the body of the lambda")
	p.scope = outer
	return &Lambda{p.since(start), params, body}
}
