package integrate

import "math"

// Evaluate computes P and Q for the values of M, n rows of n, with plain IEEE operations: the same bits
// everywhere. Both results are n rows of n.
//
// Q is the upper right block of the exponential of [[M*dt, 1], [0, 0]], times dt. The exponential is summed as
// a power series after halving the matrix until its norm is at most 1/2 and squared as often afterwards
// (Moler and Van Loan 2003, method 3). What is squared is X = exp(A) - 1, as 2*X + X*X: slow rates beside fast
// ones would drown in the 1 otherwise.
func (m *MatrixExponential) Evaluate(values []float64, dt float64) (p, q []float64) {
	n := len(m.Variables)
	if len(values) != n*n {
		panic("BUG: a matrix exponential needs one value for each entry")
	}
	size := 2 * n
	a := make([]float64, size*size)
	norm := 0.0
	for i := range n {
		sum := 1.0
		for j := range n {
			a[i*size+j] = float64(values[i*n+j] * dt)
			sum += math.Abs(a[i*size+j])
		}
		a[i*size+n+i] = 1
		norm = max(norm, sum)
	}
	squarings := 0
	for norm > 0.5 && squarings < 1100 {
		norm /= 2
		squarings++
	}
	for i := range a {
		for range squarings {
			a[i] /= 2
		}
	}
	// Horner's scheme for the series a + a**2/2! + ... + a**16/16!, whose remainder is below 0.5**17/17! = 2e-20.
	e := identity(size)
	for k := 16; k > 1; k-- {
		e = product(a, e, size)
		for i := range e {
			e[i] /= float64(k)
		}
		for i := range size {
			e[i*size+i]++
		}
	}
	e = product(a, e, size)
	for range squarings {
		square := product(e, e, size)
		for i := range e {
			e[i] = float64(2*e[i]) + square[i]
		}
	}
	p, q = make([]float64, n*n), make([]float64, n*n)
	for i := range n {
		for j := range n {
			p[i*n+j] = e[i*size+j]
			if i == j {
				p[i*n+j]++
			}
			q[i*n+j] = float64(e[i*size+n+j] * dt)
		}
	}
	return p, q
}

func identity(n int) []float64 {
	a := make([]float64, n*n)
	for i := range n {
		a[i*n+i] = 1
	}
	return a
}

// product multiplies square matrices; every product is rounded before it is added.
func product(a, b []float64, n int) []float64 {
	c := make([]float64, n*n)
	for i := range n {
		for k := range n {
			x := a[i*n+k]
			if x == 0 {
				continue
			}
			for j := range n {
				c[i*n+j] += float64(x * b[k*n+j])
			}
		}
	}
	return c
}
