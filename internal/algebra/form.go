package algebra

import (
	"math/big"
	"sort"
	"strings"
)

// maxTerms bounds an expanded sum. Expressions of models have tens of terms; (a+b+c+d)**40 has thousands and
// decides nothing that a user needs.
const maxTerms = 4096

// maxPower bounds the powers that are multiplied out.
const maxPower = 64

// maxBits bounds the size of coefficients that are raised to a power: ((x*1.1)**64)**64 is no model.
const maxBits = 1 << 17

// Form is an expanded sum of products in canonical order: two equal expressions of the algebra have equal
// forms. The zero Form is 0. Forms are immutable.
type Form struct {
	terms []term
	// huge marks a sum that outgrew maxTerms: it equals nothing, not even itself.
	huge bool
}

// term is coefficient * product of factors; no coefficient is zero, no factor has exponent 0.
type term struct {
	coefficient *big.Rat
	factors     []factor // sorted by the key of the base
	key         string   // identifies the product without its coefficient
}

type factor struct {
	base     *atom
	exponent *big.Rat
}

type atomKind uint8

const (
	nameAtom  atomKind = iota // a name
	callAtom                  // op(args...)
	sumAtom                   // args[0], a sum or a number, as base of a power that cannot be multiplied out
	powerAtom                 // args[0] ** args[1] with an exponent that is no number
	opAtom                    // an operation outside the algebra: %, //, comparisons, and, or, not
)

// atom is an indivisible part of a product.
type atom struct {
	kind atomKind
	op   string
	args []*Form
	key  string
}

func newAtom(kind atomKind, op string, args ...*Form) *atom {
	var b strings.Builder
	switch kind {
	case nameAtom:
		b.WriteString(op)
	default:
		if kind == opAtom {
			b.WriteByte('`') // cannot be part of a name, so `%(a) is no call
		}
		b.WriteString(op + "(")
		for i, a := range args {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(a.key())
		}
		b.WriteByte(')')
	}
	return &atom{kind, op, args, b.String()}
}

func (f *Form) key() string {
	if f.huge {
		return "?"
	}
	var b strings.Builder
	for i, t := range f.terms {
		if i > 0 {
			b.WriteByte('+')
		}
		b.WriteString(t.coefficient.RatString())
		if t.key != "" {
			b.WriteString("*" + t.key)
		}
	}
	return b.String()
}

func productKey(factors []factor) string {
	var b strings.Builder
	for i, f := range factors {
		if i > 0 {
			b.WriteByte('*')
		}
		b.WriteString(f.base.key)
		if f.exponent.Cmp(one) != 0 {
			b.WriteString("^" + f.exponent.RatString())
		}
	}
	return b.String()
}

var (
	one = big.NewRat(1, 1)
	two = big.NewRat(2, 1)
)

func constant(r *big.Rat) *Form {
	if r.Sign() == 0 {
		return &Form{}
	}
	return &Form{terms: []term{{coefficient: r}}}
}

func fromAtom(a *atom, exponent *big.Rat) *Form {
	if exponent.Sign() == 0 {
		return constant(one)
	}
	factors := []factor{{a, exponent}}
	return &Form{terms: []term{{one, factors, productKey(factors)}}}
}

// Symbol returns the form of a name.
func Symbol(name string) *Form { return fromAtom(newAtom(nameAtom, name), one) }

// Integer returns the form of a whole number.
func Integer(n int64) *Form { return constant(new(big.Rat).SetInt64(n)) }

// IsZero reports whether the form is 0.
func (f *Form) IsZero() bool { return !f.huge && len(f.terms) == 0 }

// Constant returns the value of a form without names, and whether it is one.
func (f *Form) Constant() (value *big.Rat, ok bool) {
	switch {
	case f.IsZero():
		return new(big.Rat), true
	case !f.huge && len(f.terms) == 1 && len(f.terms[0].factors) == 0:
		return f.terms[0].coefficient, true
	}
	return nil, false
}

// Equal reports whether two forms are equal.
func (f *Form) Equal(g *Form) bool { return !f.huge && !g.huge && f.key() == g.key() }

// Huge reports whether the expression was too large to be expanded. Such a form answers no question.
func (f *Form) Huge() bool { return f.huge }

// Plus returns f + g.
func (f *Form) Plus(g *Form) *Form {
	if f.huge || g.huge || len(f.terms)+len(g.terms) > maxTerms {
		return &Form{huge: true}
	}
	return collectTerms(append(append([]term(nil), f.terms...), g.terms...))
}

// Negate returns -f.
func (f *Form) Negate() *Form { return f.scale(big.NewRat(-1, 1)) }

// Minus returns f - g.
func (f *Form) Minus(g *Form) *Form { return f.Plus(g.Negate()) }

func (f *Form) scale(r *big.Rat) *Form {
	if f.huge {
		return f
	}
	if r.Sign() == 0 {
		return &Form{}
	}
	g := &Form{terms: make([]term, len(f.terms))}
	for i, t := range f.terms {
		g.terms[i] = term{new(big.Rat).Mul(t.coefficient, r), t.factors, t.key}
	}
	return g
}

// Times returns f * g, multiplied out.
func (f *Form) Times(g *Form) *Form {
	if f.huge || g.huge || len(f.terms)*len(g.terms) > maxTerms {
		return &Form{huge: true}
	}
	var terms []term
	for _, s := range f.terms {
		for _, t := range g.terms {
			product := multiply(s, t)
			if product.huge || len(terms)+len(product.terms) > maxTerms {
				return &Form{huge: true}
			}
			terms = append(terms, product.terms...)
		}
	}
	return collectTerms(terms)
}

// collectTerms adds up like terms and sorts them.
func collectTerms(terms []term) *Form {
	byKey := make(map[string]int, len(terms))
	var sum []term
	for _, t := range terms {
		if at, ok := byKey[t.key]; ok {
			sum[at].coefficient = new(big.Rat).Add(sum[at].coefficient, t.coefficient)
			continue
		}
		byKey[t.key] = len(sum)
		sum = append(sum, t)
	}
	kept := sum[:0]
	for _, t := range sum {
		if t.coefficient.Sign() != 0 {
			kept = append(kept, t)
		}
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i].key < kept[j].key })
	return &Form{terms: kept}
}

// multiply multiplies two products. The result is a Form because merging powers of a sum, sqrt(a+b)*sqrt(a+b),
// may give the sum itself.
func multiply(s, t term) *Form {
	exponents := map[string]*big.Rat{}
	var bases []*atom
	exponential := &Form{} // the sum of all exponents of e
	for _, f := range append(append([]factor(nil), s.factors...), t.factors...) {
		if f.base.kind == callAtom && f.base.op == "exp" && len(f.base.args) == 1 {
			exponential = exponential.Plus(f.base.args[0].scale(f.exponent))
			continue
		}
		if e, ok := exponents[f.base.key]; ok {
			exponents[f.base.key] = new(big.Rat).Add(e, f.exponent)
			continue
		}
		exponents[f.base.key] = f.exponent
		bases = append(bases, f.base)
	}
	var factors []factor
	var sums []*Form
	for _, base := range bases {
		exponent := exponents[base.key]
		switch {
		case exponent.Sign() == 0:
		case base.kind == sumAtom && exponent.IsInt() && (exponent.Sign() > 0 || len(base.args[0].terms) == 1):
			sums = append(sums, base.args[0].Power(exponent))
		default:
			factors = append(factors, factor{base, exponent})
		}
	}
	powers, rest := splitExponent(exponential)
	if rest.huge {
		return rest
	}
	sums = append(sums, powers...)
	if !rest.IsZero() {
		factors = append(factors, factor{newAtom(callAtom, "exp", rest), one})
	}
	sort.Slice(factors, func(i, j int) bool { return factors[i].base.key < factors[j].base.key })
	coefficient := new(big.Rat).Mul(s.coefficient, t.coefficient)
	product := &Form{terms: []term{{coefficient, factors, productKey(factors)}}}
	for _, sum := range sums {
		product = product.Times(sum)
	}
	return product
}

// splitExponent writes e to the power of a form as a product of powers, from its parts n*log(y), and the
// exponential of the rest.
//
// SymPy, and so Brian2, splits exp(a+b) into exp(a)*exp(b) here. The rest stays whole: nothing that is linear
// in a name comes out of the splitting, and exp(v/D)*exp(-Vth/D) overflows where exp((v-Vth)/D) does not.
func splitExponent(f *Form) (powers []*Form, rest *Form) {
	kept := make([]term, 0, len(f.terms))
	for _, t := range f.terms {
		if t.coefficient.IsInt() && len(t.factors) == 1 && t.factors[0].exponent.Cmp(one) == 0 {
			if a := t.factors[0].base; a.kind == callAtom && a.op == "log" && len(a.args) == 1 {
				powers = append(powers, a.args[0].Power(t.coefficient))
				continue
			}
		}
		kept = append(kept, t)
	}
	return powers, &Form{terms: kept, huge: f.huge}
}

// exponentialOf returns e to the power of a form.
func exponentialOf(f *Form) *Form {
	powers, rest := splitExponent(f)
	if rest.huge {
		return rest
	}
	result := constant(one)
	if !rest.IsZero() {
		result = fromAtom(newAtom(callAtom, "exp", rest), one)
	}
	for _, p := range powers {
		result = result.Times(p)
	}
	return result
}

// Power returns f ** exponent. Whole powers of products and positive whole powers of sums are multiplied out.
func (f *Form) Power(exponent *big.Rat) *Form {
	switch {
	case f.huge:
		return f
	case exponent.Sign() == 0:
		return constant(one)
	case exponent.Cmp(one) == 0:
		return f
	case f.IsZero() && exponent.Sign() > 0:
		return f
	}
	if len(f.terms) == 1 {
		t := f.terms[0]
		if exponent.IsInt() && exponent.Num().IsInt64() && absInt(exponent.Num().Int64()) <= maxPower {
			return powerOfTerm(t, exponent)
		}
		if t.coefficient.Cmp(one) == 0 && len(t.factors) == 1 && t.factors[0].exponent.Cmp(one) == 0 {
			return fromAtom(t.factors[0].base, exponent)
		}
		if t.coefficient.Cmp(one) == 0 && len(t.factors) == 0 {
			return f
		}
		return fromAtom(newAtom(sumAtom, "", f), exponent)
	}
	if exponent.IsInt() && exponent.Sign() > 0 && exponent.Num().IsInt64() && exponent.Num().Int64() <= maxPower {
		product := f
		for n := exponent.Num().Int64(); n > 1; n-- {
			product = product.Times(f)
		}
		return product
	}
	// A sum as base has a positive first coefficient, so that 1/(a-b) and 1/(b-a) are opposite.
	if exponent.IsInt() && len(f.terms) > 0 && f.terms[0].coefficient.Sign() < 0 {
		opposite := f.Negate().Power(exponent)
		if exponent.Num().Bit(0) == 1 {
			return opposite.Negate()
		}
		return opposite
	}
	return fromAtom(newAtom(sumAtom, "", f), exponent)
}

func powerOfTerm(t term, exponent *big.Rat) *Form {
	n := exponent.Num().Int64()
	if bits := t.coefficient.Num().BitLen() + t.coefficient.Denom().BitLen(); int64(bits)*absInt(n) > maxBits {
		return &Form{huge: true}
	}
	coefficient := big.NewRat(1, 1)
	for range absInt(n) {
		coefficient.Mul(coefficient, t.coefficient)
	}
	if n < 0 {
		coefficient.Inv(coefficient)
	}
	factors := make([]factor, len(t.factors))
	for i, f := range t.factors {
		factors[i] = factor{f.base, new(big.Rat).Mul(f.exponent, exponent)}
	}
	// Multiplying by 1 merges exponentials and multiplies out what has become a whole power of a sum.
	return multiply(term{coefficient, factors, ""}, term{coefficient: one})
}

func absInt(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// Over returns f / g. Dividing by zero gives f * 0**-1, which equals nothing but itself.
func (f *Form) Over(g *Form) *Form {
	if g.IsZero() {
		return f.Times(fromAtom(newAtom(sumAtom, "", g), big.NewRat(-1, 1)))
	}
	return f.Times(g.Power(big.NewRat(-1, 1)))
}

// Uses reports whether the name occurs in the form.
func (f *Form) Uses(name string) bool {
	for _, t := range f.terms {
		if usesName(t.factors, name) {
			return true
		}
	}
	return false
}

func usesName(factors []factor, name string) bool {
	for _, f := range factors {
		if f.base.kind == nameAtom && f.base.op == name {
			return true
		}
		for _, a := range f.base.args {
			if a.Uses(name) {
				return true
			}
		}
	}
	return false
}

// Class is the part of a sum that multiplies one power of a name.
type Class struct {
	Exponent    *big.Rat
	Coefficient *Form
}

// Collect groups the terms of f by the power of the name that they carry as a factor, lowest power first. The
// class of exponent 0 also holds the terms in which the name occurs only inside functions, and coefficients
// may contain it there: v*exp(v) is exp(v) times the first power. This is how SymPy's collect counts.
func (f *Form) Collect(name string) []Class {
	groups := map[string][]term{}
	exponents := map[string]*big.Rat{}
	for _, t := range f.terms {
		exponent := new(big.Rat)
		rest := make([]factor, 0, len(t.factors))
		for _, x := range t.factors {
			if x.base.kind == nameAtom && x.base.op == name {
				exponent = x.exponent
				continue
			}
			rest = append(rest, x)
		}
		key := exponent.RatString()
		exponents[key] = exponent
		groups[key] = append(groups[key], term{t.coefficient, rest, productKey(rest)})
	}
	classes := make([]Class, 0, len(groups))
	for key, terms := range groups {
		classes = append(classes, Class{exponents[key], collectTerms(terms)})
	}
	sort.Slice(classes, func(i, j int) bool { return classes[i].Exponent.Cmp(classes[j].Exponent) < 0 })
	return classes
}

// Coefficient returns the coefficient of the first power of the name and all the rest.
func (f *Form) Coefficient(name string) (coefficient, rest *Form) {
	coefficient, rest = &Form{huge: f.huge}, &Form{huge: f.huge}
	for _, class := range f.Collect(name) {
		if class.Exponent.Cmp(one) == 0 {
			coefficient = class.Coefficient
			continue
		}
		rest = rest.Plus(class.Coefficient.Times(Symbol(name).Power(class.Exponent)))
	}
	return coefficient, rest
}

// IsReciprocal reports whether the form is a number divided by a product, so that no finite values of its names
// make it zero: -1/tau is one, -g/C is not.
func (f *Form) IsReciprocal() bool {
	if f.huge || len(f.terms) != 1 {
		return false
	}
	for _, x := range f.terms[0].factors {
		if x.exponent.Sign() > 0 && !(x.base.kind == callAtom && x.base.op == "exp") {
			return false
		}
	}
	return true
}
