package syntax

// atom parses a name, a literal, or anything in brackets.
func (p *parser) atom(where string) Expr {
	t := p.tok
	place := At{p.scan.span(t.start, t.end)}
	switch t.kind {
	case name:
		p.next()
		return &Name{place, p.text(t)}
	case number:
		p.next()
		return numberValue(p.text(t), place)
	case stringLiteral:
		return p.stringValue()
	case kwTrue, kwFalse:
		p.next()
		return &Bool{place, t.kind == kwTrue}
	case kwNone:
		p.next()
		return &None{place}
	case ellipsis:
		p.next()
		return &Ellipsis{place}
	case leftParen:
		return p.parentheses()
	case leftBracket:
		return p.list()
	case leftBrace:
		return p.braces()
	case kwAwait, kwAsync:
		p.fail(p.errorAt(t, "'%s' is not supported", t.kind))
	case kwLambda:
		p.fail(p.errorAt(t, "'lambda' cannot stand here").WithHint("put the lambda in parentheses"))
	}
	p.fail(p.noExpression(where))
	return nil
}

// parentheses parses (x), a tuple, a generator or (yield x).
func (p *parser) parentheses() Expr {
	start := p.tok.start
	p.next()
	if p.accept(rightParen) {
		return &Tuple{p.since(start), nil}
	}
	if p.tok.kind == kwYield {
		x := p.yield()
		p.closing(rightParen)
		return x
	}
	first := p.starOrExpr("inside the parentheses")
	if p.tok.kind == kwFor {
		p.refuseStarred(first)
		clauses := p.clauses()
		p.closing(rightParen)
		return &Comprehension{p.since(start), GeneratorExp, nil, first, clauses}
	}
	if p.tok.kind == comma {
		elements := p.elements(first, rightParen)
		p.closing(rightParen)
		return &Tuple{p.since(start), elements}
	}
	p.closing(rightParen)
	p.refuseStarred(first)
	return first
}

// refuseStarred refuses *x where it would stand for several values but only one has room.
func (p *parser) refuseStarred(x Expr) {
	if star, ok := x.(*Starred); ok {
		p.failNode(star, "a starred expression cannot stand here")
	}
}

// elements parses the rest of a display after its first element.
func (p *parser) elements(first Expr, end kind) []Expr {
	elements := []Expr{first}
	for p.accept(comma) {
		if p.tok.kind == end {
			break
		}
		elements = append(elements, p.starOrExpr("inside the brackets"))
	}
	return elements
}

func (p *parser) list() Expr {
	start := p.tok.start
	p.next()
	if p.accept(rightBracket) {
		return &List{p.since(start), nil}
	}
	first := p.starOrExpr("inside the brackets")
	if p.tok.kind == kwFor {
		p.refuseStarred(first)
		clauses := p.clauses()
		p.closing(rightBracket)
		return &Comprehension{p.since(start), ListComp, nil, first, clauses}
	}
	elements := p.elements(first, rightBracket)
	p.closing(rightBracket)
	return &List{p.since(start), elements}
}

// braces parses a dict or a set.
func (p *parser) braces() Expr {
	start := p.tok.start
	p.next()
	if p.accept(rightBrace) {
		return &Dict{p.since(start), nil, nil}
	}
	if p.tok.kind == starStar {
		return p.dict(start, nil, nil)
	}
	first := p.starOrExpr("inside the braces")
	switch p.tok.kind {
	case colon:
		p.refuseStarred(first)
		p.next()
		value := p.expr("as a value of the dict")
		if p.tok.kind == kwFor {
			clauses := p.clauses()
			p.closing(rightBrace)
			return &Comprehension{p.since(start), DictComp, first, value, clauses}
		}
		if p.tok.kind != rightBrace && p.tok.kind != comma {
			p.fail(p.unexpected("inside the braces"))
		}
		p.accept(comma)
		return p.dict(start, []Expr{first}, []Expr{value})
	case kwFor:
		p.refuseStarred(first)
		clauses := p.clauses()
		p.closing(rightBrace)
		return &Comprehension{p.since(start), SetComp, nil, first, clauses}
	}
	elements := p.elements(first, rightBrace)
	p.closing(rightBrace)
	return &Set{p.since(start), elements}
}

// dict parses the entries of a dict that follow those given.
func (p *parser) dict(start int, keys, values []Expr) Expr {
	for p.tok.kind != rightBrace {
		if p.accept(starStar) {
			keys = append(keys, nil)
			values = append(values, p.binary(bitOrPrecedence, "after '**'"))
		} else {
			keys = append(keys, p.expr("as a key of the dict"))
			if p.tok.kind != colon {
				p.fail(p.expected("':' after the key of the dict"))
			}
			p.next()
			values = append(values, p.expr("as a value of the dict"))
		}
		if !p.accept(comma) {
			break
		}
	}
	p.closing(rightBrace)
	return &Dict{p.since(start), keys, values}
}

// clauses parses the for and if clauses of a comprehension.
func (p *parser) clauses() []Clause {
	var clauses []Clause
	for p.tok.kind == kwFor || p.tok.kind == kwAsync {
		if p.tok.kind == kwAsync {
			p.fail(p.errorAt(p.tok, "'async' is not supported"))
		}
		p.chain(len(clauses))
		p.next()
		var clause Clause
		clause.Target = p.targetList()
		if p.tok.kind != kwIn {
			p.fail(p.expected("'in' of the comprehension"))
		}
		p.next()
		clause.Iter = p.binary(orPrecedence, "after 'in'")
		for p.accept(kwIf) {
			clause.Conds = append(clause.Conds, p.conditionWithoutElse())
		}
		clauses = append(clauses, clause)
	}
	return clauses
}

// conditionWithoutElse parses a filter of a comprehension: a disjunction, which `x if y else z` is not.
func (p *parser) conditionWithoutElse() Expr {
	return p.named("after 'if'", func(where string) Expr { return p.binary(orPrecedence, where) })
}

// targetList parses the targets of a for: names, attributes, subscripts, separated by commas.
func (p *parser) targetList() Expr {
	start := p.tok.start
	var elements []Expr
	several := false
	for {
		at := p.tok.start
		var x Expr
		if p.accept(star) {
			x = p.primary("after '*'")
			x = &Starred{p.since(at), x}
		} else {
			x = p.primary("as the loop variable")
		}
		p.checkTarget(x, "assign to")
		elements = append(elements, x)
		if !p.accept(comma) {
			break
		}
		several = true
		if p.tok.kind == kwIn {
			break
		}
	}
	if !several {
		p.refuseStarred(elements[0])
		return elements[0]
	}
	return &Tuple{p.since(start), elements}
}

// checkTarget refuses what cannot stand on the left of an assignment or behind del (verb says which).
func (p *parser) checkTarget(x Expr, verb string) {
	switch x := x.(type) {
	case *Name, *Attribute, *Subscript:
	case *Tuple:
		p.checkTargets(x.Elts, verb)
	case *List:
		p.checkTargets(x.Elts, verb)
	case *Starred:
		if verb != "assign to" {
			p.failNode(x, "cannot %s %s", verb, Describe(x))
		}
		p.checkTarget(x.X, verb)
	default:
		m := p.errorNode(x, "cannot %s %s", verb, Describe(x))
		if verb == "assign to" && p.tok.kind == assign {
			m.Hint = "write == to compare two values"
		}
		p.fail(m)
	}
}

func (p *parser) checkTargets(elements []Expr, verb string) {
	stars := 0
	for _, x := range elements {
		if _, ok := x.(*Starred); ok {
			if stars++; stars > 1 {
				p.failNode(x, "only one name of an assignment can have a star")
			}
		}
		p.checkTarget(x, verb)
	}
}

// Describe returns what kind of expression this is, with its article, for messages: "a call",
// "the number 2".
func Describe(x Expr) string {
	switch x := x.(type) {
	case *Name:
		return "the name '" + x.Ident + "'"
	case *Int, *Float, *Imag:
		return "a number"
	case *Bool:
		if x.Value {
			return "True"
		}
		return "False"
	case *None:
		return "None"
	case *Ellipsis:
		return "an ellipsis (...)"
	case *String:
		if x.Bytes {
			return "bytes"
		}
		return "a string"
	case *FString:
		return "an f-string"
	case *Unary, *Binary, *BoolOp:
		return "an expression"
	case *Compare:
		return "a comparison"
	case *IfExp:
		return "a conditional expression"
	case *Call:
		return "a function call"
	case *Attribute:
		return "an attribute"
	case *Subscript:
		return "an index"
	case *Slice:
		return "a slice"
	case *Tuple:
		return "a tuple"
	case *List:
		return "a list"
	case *Set:
		return "a set"
	case *Dict:
		return "a dict"
	case *Lambda:
		return "a lambda"
	case *Comprehension:
		if x.Kind == GeneratorExp {
			return "a generator"
		}
		return "a comprehension"
	case *Starred:
		return "a starred expression"
	case *NamedExpr:
		return "an assignment expression (:=)"
	case *Yield:
		return "a yield"
	}
	return "nothing"
}

// params parses parameters up to (not including) the token that ends them; a lambda has no annotations.
func (p *parser) params(end kind, annotated bool) Params {
	var (
		params    Params
		seen      = map[string]bool{}
		defaulted bool
	)
	one := func() Param {
		if p.tok.kind != name {
			p.fail(p.expected("the name of a parameter"))
		}
		start := p.tok.start
		param := Param{Name: p.text(p.tok)}
		if seen[param.Name] {
			p.fail(p.errorAt(p.tok, "the parameter '%s' is declared twice", param.Name))
		}
		seen[param.Name] = true
		p.next()
		if annotated && p.accept(colon) {
			param.Annotation = p.expr("as an annotation")
		}
		param.At = p.since(start)
		return param
	}
	for p.tok.kind != end {
		start := p.tok
		switch p.tok.kind {
		case starStar:
			p.next()
			params.DoubleStar = one().Name
			p.accept(comma)
			if p.tok.kind != end {
				p.fail(p.unexpected("after the parameter with **"))
			}
			return params
		case star:
			if params.HasStar {
				p.fail(p.errorAt(p.tok, "only one parameter can have a star"))
			}
			p.next()
			params.HasStar = true
			if p.tok.kind == name {
				params.Star = one().Name
			} else if p.tok.kind != comma {
				p.fail(p.expected("parameters after the bare '*'"))
			}
		case slash:
			if params.PosOnly > 0 || params.HasStar || len(params.Plain) == 0 {
				p.fail(p.errorAt(p.tok, "'/' cannot stand here among the parameters"))
			}
			p.next()
			params.PosOnly = len(params.Plain)
		default:
			param := one()
			if p.accept(assign) {
				param.Default = p.expr("as a default value")
				param.At = p.since(start.start)
			}
			if params.HasStar {
				params.KwOnly = append(params.KwOnly, param)
				break
			}
			if param.Default == nil && defaulted {
				p.fail(p.scan.errorf(start.start, p.prevEnd,
					"the parameter '%s' needs a default value, because one before it has one", param.Name))
			}
			defaulted = defaulted || param.Default != nil
			params.Plain = append(params.Plain, param)
		}
		if !p.accept(comma) {
			break
		}
	}
	if p.tok.kind != end {
		p.fail(p.unexpected("among the parameters"))
	}
	if params.HasStar && params.Star == "" && len(params.KwOnly) == 0 {
		p.fail(p.errorAt(p.tok, "the bare '*' must be followed by parameters"))
	}
	return params
}
