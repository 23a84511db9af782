package units

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"synfire/internal/diag"
)

// ValueType is the type of a model variable, as its unit text declares it.
type ValueType uint8

// The types of model variables.
const (
	Float   ValueType = iota // a unit, or "1"
	Integer                  // "integer"
	Boolean                  // "boolean"
)

// String returns the word that declares the type.
func (t ValueType) String() string {
	switch t {
	case Integer:
		return "integer"
	case Boolean:
		return "boolean"
	}
	return "float"
}

// ParseUnit reads the text after the colon of an equation: "1", "integer", "boolean", or an expression of
// base units such as "siemens/metre**2", "amp*meter**-2", "1/second", "second**-1". Base units have the scale
// one: volt, not mV. The place is that of the text, for messages; a zero one is allowed. Errors are
// *diag.Message of kind ValueError, or TypeError for "bool".
func ParseUnit(text string, where diag.Span) (Dimension, ValueType, error) {
	p := unitParser{text: text, where: where}
	switch strings.TrimSpace(text) {
	case "1":
		return Dimensionless, Float, nil
	case "integer":
		return Dimensionless, Integer, nil
	case "boolean":
		return Dimensionless, Boolean, nil
	case "bool":
		return Dimensionless, Float, diag.Errorf(where, "TypeError",
			"Use 'boolean' not 'bool' as the unit for a boolean variable.").WithHint("Write: boolean")
	}
	if err := p.scan(); err != nil {
		return Dimensionless, Float, err
	}
	for _, t := range p.tokens {
		if t.kind == nameToken {
			if err := p.checkBaseUnit(t); err != nil {
				return Dimensionless, Float, err
			}
		}
	}
	result, err := p.parse()
	switch {
	case err != nil:
		return Dimensionless, Float, err
	case result.kind == quantityTerm:
		return Dimensionless, Float, p.errorf(p.whole(), "'%s' does not evaluate to a unit but to a quantity -- "+
			"make sure to only use units, e.g. 'siemens/metre**2' and not '1 * siemens/metre**2'", p.trimmed()).
			WithHint("A number in front of a unit belongs into the value, not into the unit.")
	case result.kind == numberTerm:
		return Dimensionless, Float, p.errorf(p.whole(), "'%s' does not evaluate to a unit, the result is a number instead.",
			p.trimmed()).WithHint("Write 1 for a number without unit.")
	}
	return result.dim, Float, nil
}

// isBaseUnit reports whether u is allowed in equations: scale one, and not a square or cube by name.
func isBaseUnit(u Unit) bool {
	return u.scale == 0 && !strings.HasSuffix(u.name, "2") && !strings.HasSuffix(u.name, "3")
}

func (p *unitParser) checkBaseUnit(t unitToken) error {
	name := t.text
	u, found := LookupInEquations(name)
	if found && isBaseUnit(u) {
		return nil
	}
	refers := fmt.Sprintf("Unit specification refers to '%s', but this is not a base unit.", name)
	if !found {
		u, found = Lookup(name)
	}
	if found {
		base := baseSpelling(u)
		return p.errorf(t, "%s Use '%s' instead.", refers, base).
			WithHint("Variables are stored in base units; the values may be given in %s.", name)
	}
	message := p.errorf(t, "%s The following base units are allowed: %s.", refers, allowedBaseUnits())
	if name == "celsius" {
		return message.WithHint("%s", CelsiusHint)
	}
	if nearest := nearestBaseUnit(name); nearest != "" {
		return message.WithHint("Did you mean '%s'?", nearest)
	}
	return message
}

// baseSpelling returns the base units to write in place of u: "volt" for mV, "metre ** 3" for liter.
func baseSpelling(u Unit) string {
	base := BaseUnit(u.dim)
	if digit := strings.TrimLeft(base.name, "abcdefghijklmnopqrstuvwxyz"); digit == "2" || digit == "3" {
		return strings.TrimSuffix(base.name, digit) + " ** " + digit
	}
	return base.Name()
}

// allowedBaseUnits lists the base units with their other spellings, "amp (ampere), candle (lumen), ...".
func allowedBaseUnits() string {
	spellings := map[Dimension][]string{}
	for _, name := range Names() {
		if u, found := LookupInEquations(name); found && isBaseUnit(u) {
			spellings[u.dim] = append(spellings[u.dim], name)
		}
	}
	var entries []string
	for dim, names := range spellings {
		main := BaseUnit(dim).name
		if i := slices.Index(names, main); i > 0 {
			names = slices.Insert(slices.Delete(names, i, i+1), 0, main)
		}
		entry := names[0]
		if len(names) > 1 {
			entry += " (" + strings.Join(names[1:], ", ") + ")"
		}
		entries = append(entries, entry)
	}
	slices.Sort(entries)
	return strings.Join(entries, ", ")
}

// nearestBaseUnit guesses what an unknown name stands for: a symbol, another capitalisation, or a name at an
// edit distance of at most two. It returns "" without a good guess.
func nearestBaseUnit(name string) string {
	for _, f := range families {
		if f.symbol == name {
			return BaseUnit(f.dim).Name()
		}
	}
	if len(name) < 3 || len(name) > 20 {
		return ""
	}
	best, smallest := "", 3
	for _, candidate := range Names() {
		u, found := LookupInEquations(candidate)
		if !found || !isBaseUnit(u) {
			continue
		}
		distance := diag.Distance(strings.ToLower(name), candidate)
		if distance < smallest {
			best, smallest = candidate, distance
		}
	}
	return best
}

type tokenKind uint8

const (
	endToken tokenKind = iota
	nameToken
	numberToken
	operatorToken // + - * / // % ** ( )
)

type unitToken struct {
	kind       tokenKind
	text       string
	start, end int // in the text of the unit
}

// unitParser evaluates a unit expression as Python would, tracking whether the result is still a unit.
type unitParser struct {
	text   string
	where  diag.Span
	tokens []unitToken
	next   int
	depth  int
}

// maximumDepth bounds the recursion of the parser.
const maximumDepth = 64

func (p *unitParser) trimmed() string { return strings.TrimSpace(p.text) }

func (p *unitParser) whole() unitToken { return unitToken{start: 0, end: len(p.text)} }

// errorf returns a ValueError at the place of a token.
func (p *unitParser) errorf(t unitToken, format string, args ...any) *diag.Message {
	where := p.where
	if !where.IsZero() && int(where.End-where.Start) == len(p.text) {
		where.End = where.Start + int32(t.end)
		where.Start += int32(t.start)
	}
	return diag.Errorf(where, "ValueError", format, args...)
}

func (p *unitParser) unreadable(t unitToken, why string) error {
	return p.errorf(t, "Could not interpret '%s' as a unit specification: %s", p.trimmed(), why)
}

func isLetter(c byte) bool { return c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

func (p *unitParser) scan() error {
	text := p.text
	for i := 0; i < len(text); {
		start, c := i, text[i]
		var kind tokenKind
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
			continue
		case isLetter(c):
			kind = nameToken
			for i < len(text) && (isLetter(text[i]) || isDigit(text[i])) {
				i++
			}
		case isDigit(c) || c == '.':
			kind = numberToken
			i = scanNumber(text, i)
		case strings.IndexByte("+-*/%()", c) >= 0:
			kind = operatorToken
			i++
			if (c == '*' || c == '/') && i < len(text) && text[i] == c {
				i++
			}
		default:
			t := unitToken{start: start, end: start + 1}
			return p.unreadable(t, "a unit is made of names, numbers, *, / and **")
		}
		p.tokens = append(p.tokens, unitToken{kind, text[start:i], start, i})
	}
	p.tokens = append(p.tokens, unitToken{endToken, "", len(text), len(text)})
	return nil
}

// scanNumber returns the end of the number that starts at i.
func scanNumber(text string, i int) int {
	digits := func() {
		for i < len(text) && isDigit(text[i]) {
			i++
		}
	}
	digits()
	if i < len(text) && text[i] == '.' {
		i++
		digits()
	}
	if i < len(text) && text[i]|0x20 == 'e' {
		mark := i
		i++
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		if i == len(text) || !isDigit(text[i]) {
			return mark
		}
		digits()
	}
	return i
}

type termKind uint8

const (
	numberTerm termKind = iota
	unitTerm
	quantityTerm
)

// term is the value of a part of the expression.
type term struct {
	kind   termKind
	number float64 // of a number; quantities need only their dimension
	dim    Dimension
}

func (p *unitParser) peek() unitToken { return p.tokens[p.next] }

func (p *unitParser) accept(operators ...string) (string, bool) {
	if t := p.peek(); t.kind == operatorToken && slices.Contains(operators, t.text) {
		p.next++
		return t.text, true
	}
	return "", false
}

func (p *unitParser) parse() (term, error) {
	result, err := p.sum()
	if err != nil {
		return term{}, err
	}
	if t := p.peek(); t.kind != endToken {
		return term{}, p.unreadable(t, "invalid syntax")
	}
	return result, nil
}

func (p *unitParser) sum() (term, error) {
	left, err := p.product()
	for err == nil {
		operator, found := p.accept("+", "-")
		if !found {
			return left, nil
		}
		at := p.peek()
		var right term
		if right, err = p.product(); err == nil {
			left, err = p.matching(at, operator, left, right)
		}
	}
	return term{}, err
}

// matching combines terms whose dimensions have to agree.
func (p *unitParser) matching(at unitToken, operator string, left, right term) (term, error) {
	if left.dim != right.dim {
		return term{}, p.unreadable(at, Mismatch(fmt.Sprintf("Cannot calculate %s %s %s, units do not match",
			BaseUnit(left.dim), operator, BaseUnit(right.dim)), left.dim, right.dim).Text)
	}
	if left.kind == numberTerm && right.kind == numberTerm {
		number := math.Mod(left.number, right.number)
		switch operator {
		case "+":
			number = left.number + right.number
		case "-":
			number = left.number - right.number
		}
		return term{number: number}, nil
	}
	return term{kind: quantityTerm, dim: left.dim}, nil
}

func (p *unitParser) product() (term, error) {
	left, err := p.signed()
	for err == nil {
		operator, found := p.accept("*", "/", "//", "%")
		if !found {
			return left, nil
		}
		at := p.peek()
		var right term
		if right, err = p.signed(); err != nil {
			break
		}
		switch operator {
		case "*":
			left = multiply(left, right)
		case "/":
			left = divide(left, right)
		case "//":
			left = divide(left, right)
			left.number = math.Floor(left.number)
			if left.kind == unitTerm {
				left.kind = quantityTerm
			}
		case "%":
			left, err = p.matching(at, operator, left, right)
		}
	}
	return term{}, err
}

func multiply(left, right term) term {
	switch {
	case left.kind == numberTerm && right.kind == numberTerm:
		return term{number: left.number * right.number}
	case left.kind == unitTerm && right.kind == unitTerm:
		return term{kind: unitTerm, dim: left.dim.Mul(right.dim)}
	}
	return term{kind: quantityTerm, dim: left.dim.Mul(right.dim)}
}

func divide(left, right term) term {
	switch {
	case left.kind == numberTerm && right.kind == numberTerm:
		return term{number: left.number / right.number}
	case right.kind == unitTerm && (left.kind == unitTerm || left.kind == numberTerm && left.number == 1):
		return term{kind: unitTerm, dim: left.dim.Div(right.dim)}
	}
	return term{kind: quantityTerm, dim: left.dim.Div(right.dim)}
}

func (p *unitParser) signed() (term, error) {
	if p.depth++; p.depth > maximumDepth {
		return term{}, p.unreadable(p.peek(), "nested too deeply")
	}
	defer func() { p.depth-- }()
	sign, found := p.accept("+", "-")
	if !found {
		return p.power()
	}
	operand, err := p.signed()
	if err == nil && sign == "-" {
		operand.number = -operand.number
		if operand.kind == unitTerm {
			operand.kind = quantityTerm
		}
	}
	return operand, err
}

func (p *unitParser) power() (term, error) {
	base, err := p.atom()
	if err != nil {
		return term{}, err
	}
	if _, found := p.accept("**"); !found {
		return base, nil
	}
	at := p.peek()
	exponent, err := p.signed()
	switch {
	case err != nil:
		return term{}, err
	case exponent.kind != numberTerm:
		return term{}, p.unreadable(at, "the exponent has to be a number")
	case base.kind == numberTerm:
		return term{number: power(base.number, exponent.number)}, nil
	}
	base.dim = base.dim.Pow(exponent.number)
	for _, e := range base.dim.exponents {
		if math.Abs(e) > 1e6 {
			return term{}, p.unreadable(at, "the exponent is too large")
		}
	}
	return base, nil
}

func (p *unitParser) atom() (term, error) {
	t := p.peek()
	switch t.kind {
	case nameToken:
		p.next++
		u, _ := LookupInEquations(t.text)
		return term{kind: unitTerm, dim: u.dim}, nil
	case numberToken:
		p.next++
		number, err := strconv.ParseFloat(t.text, 64)
		if err != nil && number == 0 || len(t.text) > 1 && t.text[0] == '0' && isDigit(t.text[1]) {
			return term{}, p.unreadable(t, "'"+t.text+"' is not a number")
		}
		return term{number: number}, nil
	case operatorToken:
		if t.text == "(" {
			p.next++
			inner, err := p.sum()
			if err != nil {
				return term{}, err
			}
			if _, found := p.accept(")"); !found {
				return term{}, p.unreadable(p.peek(), "')' is missing")
			}
			return inner, nil
		}
	}
	if t.kind == endToken {
		t.start = 0
	}
	return term{}, p.unreadable(t, "invalid syntax")
}
