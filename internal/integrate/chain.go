package integrate

import (
	"strings"

	"synfire/internal/algebra"
	"synfire/internal/syntax"
)

// maxChain is the number of equations in a row up to which a chain is solved in closed form even where one
// matrix exponential could be evaluated for the whole group: for three the formula is long.
const maxChain = 2

// inputs lists the equations on which equation i depends directly.
func (l *linearSystem) inputs(i int) []int {
	var list []int
	for j, m := range l.rows[i].mForm {
		if j != i && !m.IsZero() {
			list = append(list, j)
		}
	}
	return list
}

// longestChain returns the number of equations on the longest path of a component without mutual coupling.
func (l *linearSystem) longestChain(part []int) int {
	longest := 0
	var depth func(i int) int
	depth = func(i int) int {
		d := 0
		for _, j := range l.inputs(i) {
			d = max(d, depth(j))
		}
		return d + 1
	}
	for _, i := range part {
		longest = max(longest, depth(i))
	}
	return longest
}

// chain solves equations that feed each other in one direction only. Along a path j -> ... -> i of such a
// system the propagator is the product of the couplings times the divided difference of exp over the rates on
// the path (Opitz's formula), so equal or nearly equal rates need no case of their own.
//
// A constant drive of an equation that feeds others is taken away first, by shifting the variable to its rest
// value, where its rate cannot be zero; otherwise the drive counts as one more equation, with rate zero.
func (l *linearSystem) chain(c *code, part []int) {
	ch := &chain{l, c, map[int]syntax.Expr{}, map[int]*algebra.Form{}, map[int]syntax.Expr{}}
	var order []int
	done := map[int]bool{}
	var visit func(i int)
	visit = func(i int) {
		if done[i] {
			return
		}
		done[i] = true
		for _, j := range l.inputs(i) {
			visit(j)
		}
		order = append(order, i)
	}
	feeds := map[int]bool{}
	for _, i := range part {
		visit(i)
		for _, j := range l.inputs(i) {
			feeds[j] = true
		}
	}
	for _, i := range order {
		ch.rest(i, feeds[i])
	}
	for _, i := range part {
		c.set(c.result(l.rows[i].equation.Name), ch.value(i))
	}
}

// chain is the solution of one component.
type chain struct {
	*linearSystem
	code  *code
	shift map[int]syntax.Expr   // the rest values by which variables are shifted
	forms map[int]*algebra.Form // the same
	drive map[int]syntax.Expr   // what drives an equation once its inputs are shifted, where it is not zero
}

// rest determines shift and drive of an equation whose inputs are known.
func (ch *chain) rest(i int, feeds bool) {
	r := ch.rows[i]
	drive, form := r.b, r.bForm
	for _, j := range ch.inputs(i) {
		if s, ok := ch.forms[j]; ok {
			drive = plusProduct(drive, r.m[j], ch.shift[j])
			form = form.Plus(r.mForm[j].Times(s))
		}
	}
	if form.Huge() || form.IsZero() {
		if form.Huge() {
			ch.drive[i] = drive
		}
		return
	}
	ch.drive[i] = drive
	if !feeds || !r.mForm[i].IsReciprocal() {
		return
	}
	rest := form.Over(r.mForm[i]).Negate()
	if rest.Huge() {
		return
	}
	ch.forms[i] = rest
	ch.shift[i] = ch.code.local("_rest_"+r.equation.Name, rest.Expr())
}

// value is the new value of a variable.
func (ch *chain) value(i int) syntax.Expr {
	r := ch.rows[i]
	name := r.equation.Name
	alone := r.alone
	for _, j := range ch.inputs(i) {
		if s, ok := ch.shift[j]; ok {
			alone = plusProduct(alone, r.m[j], s)
		}
	}
	value := ch.code.relax(ch.System, name, alone)
	for _, j := range ch.ancestors(i) {
		other := ref(ch.rows[j].equation.Name)
		deviation := other
		if s, ok := ch.shift[j]; ok {
			deviation = algebra.Minus(other, s)
		}
		propagator, drive := syntax.Expr(algebra.Number(0)), syntax.Expr(algebra.Number(0))
		for _, path := range ch.paths(j, i) {
			coupling := syntax.Expr(algebra.Number(1))
			for k := len(path) - 1; k > 0; k-- {
				coupling = algebra.Times(coupling, overStep(ref("dt"), ch.rows[path[k]].m[path[k-1]]))
			}
			propagator = algebra.Plus(propagator, algebra.Times(coupling, ch.difference(path, false)))
			if _, shifted := ch.shift[j]; !shifted && ch.drive[j] != nil {
				drive = algebra.Plus(drive, algebra.Times(coupling, ch.difference(path, true)))
			}
		}
		pair := name + "_" + ch.rows[j].equation.Name
		value = algebra.Plus(value, algebra.Times(ch.code.local("_P_"+pair, propagator), deviation))
		if !algebra.IsNumber(drive, 0) {
			value = algebra.Plus(value, algebra.Times(algebra.Times(ref("dt"), ch.code.local("_Q_"+pair, drive)), ch.drive[j]))
		}
	}
	return value
}

// plusProduct returns sum + m*x, over a common denominator if they have one.
func plusProduct(sum, m, x syntax.Expr) syntax.Expr {
	n, d := quotient(sum)
	k, below := quotient(m)
	if !algebra.IsNumber(below, 1) && syntax.Equal(d, below) {
		return algebra.Over(algebra.Plus(n, algebra.Times(k, x)), d)
	}
	return algebra.Plus(sum, algebra.Times(m, x))
}

// ancestors lists the equations on which equation i depends, directly or not, in name order.
func (ch *chain) ancestors(i int) []int {
	seen := make([]bool, len(ch.rows))
	var visit func(i int)
	visit = func(i int) {
		for _, j := range ch.inputs(i) {
			if !seen[j] {
				seen[j] = true
				visit(j)
			}
		}
	}
	visit(i)
	var list []int
	for j, yes := range seen {
		if yes {
			list = append(list, j)
		}
	}
	return list
}

// paths lists all paths from one equation to another that it feeds.
func (ch *chain) paths(from, to int) [][]int {
	if from == to {
		return [][]int{{from}}
	}
	var list [][]int
	for _, j := range ch.inputs(to) {
		for _, path := range ch.paths(from, j) {
			list = append(list, append(append([]int(nil), path...), to))
		}
	}
	return list
}

// difference is the divided difference of exp over the rates (times dt) of the equations on a path, and zero
// as one more point where a constant drives the first of them.
func (ch *chain) difference(path []int, driven bool) syntax.Expr {
	var points []syntax.Expr
	var names []string
	equal := true
	for _, i := range path {
		name := ch.rows[i].equation.Name
		points = append(points, ch.code.local("_z_"+name, overStep(ref("dt"), ch.rows[i].m[i])))
		names = append(names, name)
		equal = equal && ch.rows[i].mForm[i].Equal(ch.rows[path[0]].mForm[path[0]])
	}
	if driven {
		points, names = append(points, algebra.Number(0)), append(names, "drive")
		equal = equal && ch.rows[path[0]].mForm[path[0]].IsZero()
	}
	if equal {
		// All points coincide: exp(z)/n!
		factorial := 1.0
		for k := 2; k < len(points); k++ {
			factorial *= float64(k)
		}
		return algebra.Over(algebra.Call("exp", points[0]), algebra.Number(factorial))
	}
	return ch.code.divided(points, strings.Join(names, "_"))
}

// nearby is the spread of points below which a divided difference of more than two points is summed as a power
// series, and seriesTerms the number of terms: the remainder is below (k+1)*nearby**k/(k+2)! = 1e-17 at k = 13.
// Above it, the recursion loses at most two digits for three points.
const (
	nearby      = 0.25
	seriesTerms = 13
)

// divided is the divided difference of exp over points in any order:
//
//	exp[a] = exp(a)    exp[a, b] = (exp(b) - exp(a))/(b - a)    exp[a..c] = (exp[b..c] - exp[a..b])/(c - a)
//
// It is symmetric in its points. Two points are written as exp(larger)*exprel(-distance), which neither
// cancels nor overflows where the result does not.
func (c *code) divided(points []syntax.Expr, name string) syntax.Expr {
	inf := ref("inf")
	larger := func(a, b syntax.Expr) syntax.Expr { return algebra.Call("clip", a, b, inf) }
	smaller := func(a, b syntax.Expr) syntax.Expr { return algebra.Call("clip", a, algebra.Negate(inf), b) }
	if len(points) == 2 {
		a, b := points[0], points[1]
		if algebra.IsNumber(b, 0) {
			return algebra.Call("exprel", a)
		}
		return c.local("_D_"+name, algebra.Times(algebra.Call("exp", larger(a, b)),
			algebra.Call("exprel", algebra.Negate(algebra.Call("abs", algebra.Minus(a, b))))))
	}
	// Sort the points, by exchanging neighbours.
	sorted := append([]syntax.Expr(nil), points...)
	for pass := len(sorted) - 1; pass > 0; pass-- {
		for k := range pass {
			a, b := sorted[k], sorted[k+1]
			label := string(rune('a'+len(sorted)-1-pass)) + string(rune('a'+k))
			sorted[k] = c.local("_low_"+name+"_"+label, smaller(a, b))
			sorted[k+1] = c.local("_high_"+name+"_"+label, larger(a, b))
		}
	}
	return c.sortedDifference(sorted, name)
}

// sortedDifference is divided for points in ascending order.
func (c *code) sortedDifference(points []syntax.Expr, name string) syntax.Expr {
	n := len(points)
	low, high := points[0], points[n-1]
	if n == 2 {
		return c.local("_D_"+name, algebra.Times(algebra.Call("exp", high), algebra.Call("exprel", algebra.Minus(low, high))))
	}
	threshold := &syntax.Float{Value: nearby}
	upper := c.sortedDifference(points[1:], name+"u")
	lower := c.sortedDifference(points[:n-1], name+"l")
	spread := c.local("_spread_"+name, algebra.Minus(high, low))
	apart := algebra.Over(algebra.Minus(upper, lower), algebra.Call("clip", spread, threshold, ref("inf")))

	// exp[x0..xn] = exp(m) * sum over k of h_k(x0-m, ..., xn-m)/(k+n)!, with h_k the complete homogeneous
	// symmetric polynomial, here around a middle point; offsets are clipped so that the sum stays finite
	// where the other branch is taken.
	middle := n / 2
	h := make([]syntax.Expr, seriesTerms)
	for k := range h {
		h[k] = algebra.Number(0)
	}
	h[0] = algebra.Number(1)
	for p, x := range points {
		if p == middle {
			continue
		}
		offset := c.local("_offset_"+name+"_"+string(rune('a'+p)),
			algebra.Call("clip", algebra.Minus(x, points[middle]), algebra.Negate(threshold), threshold))
		for k := 1; k < seriesTerms; k++ {
			h[k] = c.local("_h_"+name+"_"+string(rune('a'+p))+"_"+string(rune('a'+k)), algebra.Plus(h[k], algebra.Times(offset, h[k-1])))
		}
	}
	series, factorial := syntax.Expr(algebra.Number(0)), 1.0
	for k := 2; k < n; k++ {
		factorial *= float64(k)
	}
	for k := range h {
		if k > 0 {
			factorial *= float64(k + n - 1)
		}
		series = algebra.Plus(series, algebra.Over(h[k], algebra.Number(factorial)))
	}
	near := algebra.Times(algebra.Call("exp", points[middle]), series)
	isNear := algebra.Call("int", &syntax.Compare{X: spread, Ops: []syntax.Op{syntax.Lt}, Ys: []syntax.Expr{threshold}})
	isApart := algebra.Call("int", &syntax.Compare{X: spread, Ops: []syntax.Op{syntax.GtEq}, Ys: []syntax.Expr{threshold}})
	return c.local("_D_"+name, algebra.Plus(algebra.Times(isNear, near), algebra.Times(isApart, apart)))
}
