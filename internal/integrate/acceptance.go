package integrate

import (
	"math/big"

	"synfire/internal/algebra"
)

// acceptable refuses the linear systems that Brian2's exact method refuses, although most of them have a
// solution: singular systems (a constant right-hand side, an equation without decay that integrates another)
// and those whose symbolic solution is complex. The automatic choice depends on this set.
//
// Brian2 takes its solution from SymPy, with names that are real but may be zero, and what SymPy cannot
// write without complex numbers is refused. For two mutually coupled equations with the discriminant
// D = (m00 - m11)**2 + 4*m01*m10 of the characteristic polynomial this comes to: refused when D is negative
// whatever the values, and when D has names and the whole matrix is polynomial in them (then SymPy takes the
// real part, which it cannot write). For three and more it is accepted here when the coefficients are numbers
// times a common factor and all eigenvalues are real.
func (l *linearSystem) acceptable() error {
	polynomial := true
	for _, r := range l.rows {
		for _, m := range r.mForm {
			polynomial = polynomial && m.IsPolynomial()
		}
	}
	for first := range l.rows {
		if l.block[first] != first {
			continue
		}
		block := members(l.block, first)
		matrix := make([][]*algebra.Form, len(block))
		for a, i := range block {
			for _, j := range block {
				matrix[a] = append(matrix[a], l.rows[i].mForm[j])
			}
		}
		e := l.rows[first].equation
		if det := algebra.Determinant(matrix); det.IsZero() || det.Huge() {
			if len(block) == 1 {
				return refuse(e, "Cannot solve the given equations with the exact method: the equation for '%s' has no term that is proportional to '%s', so there is no unique fixed point.",
					e.Name, e.Name)
			}
			return refuse(e, "Cannot solve the given equations with the exact method: the equations coupled with '%s' have no unique fixed point.", e.Name)
		}
		complexSolution := refuse(e, "The solution to the linear system contains complex values, which is not implemented: the equations coupled with '%s' may oscillate.", e.Name)
		switch {
		case len(block) == 2:
			half := matrix[0][0].Minus(matrix[1][1])
			d := half.Times(half).Plus(matrix[0][1].Times(matrix[1][0]).Times(algebra.Integer(4)))
			_, number := d.Constant()
			switch {
			case d.Huge(), number && !polynomial && d.IsNegative(), !number && (d.IsNegative() || polynomial):
				return complexSolution
			}
		case len(block) > 2:
			numbers, ok := commonFactor(matrix)
			if !ok || !allRootsReal(characteristic(numbers)) {
				return complexSolution
			}
		}
	}
	return nil
}

// commonFactor divides the entries of a matrix by a common product of names, if they have one.
func commonFactor(matrix [][]*algebra.Form) (numbers [][]*big.Rat, ok bool) {
	var factor *algebra.Form
	for _, row := range matrix {
		for _, x := range row {
			if factor == nil && !x.IsZero() {
				factor = x
			}
		}
	}
	for _, row := range matrix {
		line := make([]*big.Rat, len(row))
		for j, x := range row {
			line[j], ok = x.Over(factor).Constant()
			if !ok {
				return nil, false
			}
		}
		numbers = append(numbers, line)
	}
	return numbers, true
}

// characteristic returns the coefficients of det(x - A), lowest power first (Faddeev and LeVerrier).
func characteristic(a [][]*big.Rat) []*big.Rat {
	n := len(a)
	c := make([]*big.Rat, n+1)
	c[n] = big.NewRat(1, 1)
	m := make([][]*big.Rat, n) // starts at 0
	for i := range m {
		m[i] = make([]*big.Rat, n)
		for j := range m[i] {
			m[i][j] = new(big.Rat)
		}
	}
	times := func(x, y [][]*big.Rat) [][]*big.Rat {
		z := make([][]*big.Rat, n)
		for i := range z {
			z[i] = make([]*big.Rat, n)
			for j := range z[i] {
				z[i][j] = new(big.Rat)
				for k := range n {
					z[i][j].Add(z[i][j], new(big.Rat).Mul(x[i][k], y[k][j]))
				}
			}
		}
		return z
	}
	for k := 1; k <= n; k++ {
		m = times(a, m)
		for i := range n {
			m[i][i].Add(m[i][i], c[n-k+1])
		}
		trace := new(big.Rat)
		for i, line := range times(a, m) {
			trace.Add(trace, line[i])
		}
		c[n-k] = trace.Mul(trace, big.NewRat(-1, int64(k)))
	}
	return c
}

// allRootsReal counts the sign changes of Sturm's sequence at both infinities: their difference is the number
// of different real roots, and the length of the sequence tells how many different roots there are.
func allRootsReal(p []*big.Rat) bool {
	sequence := [][]*big.Rat{p, derivative(p)}
	for {
		last := sequence[len(sequence)-1]
		rest := remainder(sequence[len(sequence)-2], last)
		if len(rest) == 0 {
			break
		}
		for i := range rest {
			rest[i].Neg(rest[i])
		}
		sequence = append(sequence, rest)
	}
	changes := func(atMinusInfinity bool) int {
		count, previous := 0, 0
		for _, q := range sequence {
			sign := q[len(q)-1].Sign()
			if atMinusInfinity && len(q)%2 == 0 {
				sign = -sign
			}
			if previous != 0 && sign != previous {
				count++
			}
			previous = sign
		}
		return count
	}
	common := sequence[len(sequence)-1] // the greatest common divisor of p and its derivative
	return changes(true)-changes(false) == len(p)-len(common)
}

func derivative(p []*big.Rat) []*big.Rat {
	d := make([]*big.Rat, 0, len(p))
	for k := 1; k < len(p); k++ {
		d = append(d, new(big.Rat).Mul(p[k], big.NewRat(int64(k), 1)))
	}
	return d
}

// remainder of polynomial division; leading coefficients are not zero, the zero polynomial is empty.
func remainder(p, q []*big.Rat) []*big.Rat {
	r := make([]*big.Rat, len(p))
	for i := range p {
		r[i] = new(big.Rat).Set(p[i])
	}
	for len(r) >= len(q) {
		factor := new(big.Rat).Quo(r[len(r)-1], q[len(q)-1])
		shift := len(r) - len(q)
		for i := range q {
			r[shift+i].Sub(r[shift+i], new(big.Rat).Mul(factor, q[i]))
		}
		for len(r) > 0 && r[len(r)-1].Sign() == 0 {
			r = r[:len(r)-1]
		}
	}
	return r
}
