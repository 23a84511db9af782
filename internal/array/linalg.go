package array

import (
	"math"
	"math/cmplx"

	"gonum.org/v1/gonum/mat"

	"synfire/units"
)

// MatMul is a @ b: the product of tables; a row on the left or right is a table with one row or column. More
// axes in front are worked through one table at a time. Dimensions multiply.
func MatMul(a, b *Array) (*Array, error) {
	if len(a.shape) == 0 || len(b.shape) == 0 {
		return nil, errorf("ValueError", "matmul: Input operand %d does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)", truthInt(len(a.shape) > 0))
	}
	dropRow, dropColumn := len(a.shape) == 1, len(b.shape) == 1
	var err error
	if dropRow {
		a = a.AtLeast(2)
	}
	if dropColumn {
		if b, err = b.ExpandDims(1); err != nil {
			return nil, err
		}
	}
	na, nb := len(a.shape), len(b.shape)
	rows, inner, columns := a.shape[na-2], a.shape[na-1], b.shape[nb-1]
	if inner != b.shape[nb-2] {
		return nil, errorf("ValueError", "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size %d is different from %d)", b.shape[nb-2], inner)
	}
	front, ok := broadcastShapes(a.shape[:na-2], b.shape[:nb-2])
	if !ok {
		return nil, errorf("ValueError", "operands could not be broadcast together with shapes %s", shapesText([][]int{a.shape, b.shape}))
	}
	x := a.broadcast(append(clone(front), rows, inner))
	y := b.broadcast(append(clone(front), inner, columns))
	shape := append(clone(front), rows, columns)
	out := Empty(max(a.dtype, b.dtype), a.dim.Mul(b.dim), shape...)
	tables := size(front)
	switch out.dtype {
	case Complex128:
		multiply(out.buf.complexes, x.Complexes(), y.Complexes(), tables, rows, inner, columns)
	case Float64:
		p, q := x.Floats(), y.Floats()
		for k := range tables {
			if rows == 0 || inner == 0 || columns == 0 {
				break
			}
			dst := mat.NewDense(rows, columns, out.buf.floats[k*rows*columns:(k+1)*rows*columns])
			dst.Mul(mat.NewDense(rows, inner, p[k*rows*inner:(k+1)*rows*inner]), mat.NewDense(inner, columns, q[k*inner*columns:(k+1)*inner*columns]))
		}
	default:
		sums := make([]int64, size(shape))
		multiply(sums, x.Ints(), y.Ints(), tables, rows, inner, columns)
		dtype := out.dtype
		out = FromInts(sums, shape...).As(dtype)
	}
	if dropRow {
		if out, err = out.Squeeze(len(out.shape) - 2); err != nil {
			return nil, err
		}
	}
	if dropColumn {
		return out.Squeeze(len(out.shape) - 1)
	}
	return out, nil
}

func truthInt(x bool) int {
	if x {
		return 1
	}
	return 0
}

func multiply[T int64 | complex128](dst, x, y []T, tables, rows, inner, columns int) {
	for k := range tables {
		for i := range rows {
			for j := range columns {
				var sum T
				for l := range inner {
					sum += x[(k*rows+i)*inner+l] * y[(k*inner+l)*columns+j]
				}
				dst[(k*rows+i)*columns+j] = sum
			}
		}
	}
}

// Dot is NumPy's dot: the product with a single number, and MatMul for up to two axes.
func Dot(a, b *Array) (*Array, error) {
	if len(a.shape) == 0 || len(b.shape) == 0 {
		return Binary(Mul, a, b)
	}
	if len(a.shape) > 2 || len(b.shape) > 2 {
		return nil, errorf("NotImplementedError", "dot of arrays with more than two axes is not supported")
	}
	if n, m := a.shape[len(a.shape)-1], b.shape[max(0, len(b.shape)-2)]; n != m {
		return nil, errorf("ValueError", "shapes %s and %s not aligned: %d (dim %d) != %d (dim %d)",
			shapeText(a.shape, ","), shapeText(b.shape, ","), n, len(a.shape)-1, m, max(0, len(b.shape)-2))
	}
	return MatMul(a, b)
}

// Outer returns the table of all products of elements.
func Outer(a, b *Array) (*Array, error) {
	column, err := a.Ravel().ExpandDims(1)
	if err != nil {
		return nil, err
	}
	return Binary(Mul, column, b.Ravel())
}

// square returns a square table for gonum.
func (a *Array) square() (*mat.Dense, int, error) {
	if len(a.shape) != 2 {
		return nil, 0, errorf("LinAlgError", "%d-dimensional array given. Array must be at least two-dimensional", len(a.shape))
	}
	n := a.shape[0]
	if n != a.shape[1] {
		return nil, 0, errorf("LinAlgError", "Last 2 dimensions of the array must be square")
	}
	if n == 0 {
		return nil, 0, errorf("LinAlgError", "the table is empty")
	}
	return mat.NewDense(n, n, append([]float64(nil), a.Floats()...)), n, nil
}

func fromDense(m mat.Matrix) *Array {
	rows, columns := m.Dims()
	out := Empty(Float64, units.Dimension{}, rows, columns)
	mat.NewDense(rows, columns, out.buf.floats).Copy(m)
	return out
}

// Inverse returns the inverse of a square table.
func Inverse(a *Array) (*Array, error) {
	m, _, err := a.square()
	if err != nil {
		return nil, err
	}
	var inverse mat.Dense
	if err := inverse.Inverse(m); err != nil && isSingular(err) {
		return nil, errorf("LinAlgError", "Singular matrix")
	}
	return fromDense(&inverse), nil
}

func isSingular(err error) bool {
	condition, ok := err.(mat.Condition)
	return !ok || math.IsInf(float64(condition), 1)
}

// Solve returns x with a @ x = b.
func Solve(a, b *Array) (*Array, error) {
	m, n, err := a.square()
	if err != nil {
		return nil, err
	}
	right := b
	if len(b.shape) == 1 {
		if right, err = b.ExpandDims(1); err != nil {
			return nil, err
		}
	}
	if len(right.shape) != 2 || right.shape[0] != n {
		return nil, errorf("ValueError", "solve: the right-hand side has %d rows, the table %d", right.Len(), n)
	}
	var x mat.Dense
	if err := x.Solve(m, mat.NewDense(n, right.shape[1], append([]float64(nil), right.Floats()...))); err != nil && isSingular(err) {
		return nil, errorf("LinAlgError", "Singular matrix")
	}
	return fromDense(&x).Reshape(b.shape...)
}

// LeastSquares returns x with the smallest |a @ x - b|, by the pseudo-inverse, and the rank and singular values of a.
func LeastSquares(a, b *Array, rcond float64) (x *Array, rank int, singular []float64, err error) {
	inverse, rank, singular, err := pseudoInverse(a, rcond)
	if err != nil {
		return nil, 0, nil, err
	}
	x, err = MatMul(inverse, b)
	return x, rank, singular, err
}

// PseudoInverse returns the Moore-Penrose inverse of a table.
func PseudoInverse(a *Array, rcond float64) (*Array, error) {
	inverse, _, _, err := pseudoInverse(a, rcond)
	return inverse, err
}

func pseudoInverse(a *Array, rcond float64) (inverse *Array, rank int, singular []float64, err error) {
	u, s, v, err := SVD(a)
	if err != nil {
		return nil, 0, nil, err
	}
	singular = s.Floats()
	scaled := make([]float64, len(singular))
	for i, x := range singular {
		if x > rcond*singular[0] {
			scaled[i] = 1 / x
			rank++
		}
	}
	vt, err := v.Transpose()
	if err != nil {
		return nil, 0, nil, err
	}
	left, err := Binary(Mul, vt, FromFloats(scaled, units.Dimension{}))
	if err != nil {
		return nil, 0, nil, err
	}
	ut, err := u.Transpose()
	if err != nil {
		return nil, 0, nil, err
	}
	inverse, err = MatMul(left, ut)
	return inverse, rank, singular, err
}

// SVD returns a = u @ diag(s) @ vh with the smallest factors.
func SVD(a *Array) (u, s, vh *Array, err error) {
	if len(a.shape) != 2 || a.Size() == 0 {
		return nil, nil, nil, errorf("LinAlgError", "a table with two axes is needed")
	}
	var svd mat.SVD
	if !svd.Factorize(mat.NewDense(a.shape[0], a.shape[1], append([]float64(nil), a.Floats()...)), mat.SVDThin) {
		return nil, nil, nil, errorf("LinAlgError", "SVD did not converge")
	}
	var left, right mat.Dense
	svd.UTo(&left)
	svd.VTo(&right)
	return fromDense(&left), FromFloats(svd.Values(nil), units.Dimension{}), fromDense(right.T()), nil
}

// Determinant of a square table.
func Determinant(a *Array) (float64, error) {
	m, _, err := a.square()
	if err != nil {
		return 0, err
	}
	return mat.Det(m), nil
}

// Eigen returns the eigenvalues and, in the columns of a table, the eigenvectors; real if all are.
func Eigen(a *Array) (values, vectors *Array, err error) {
	m, n, err := a.square()
	if err != nil {
		return nil, nil, err
	}
	var e mat.Eigen
	if !e.Factorize(m, mat.EigenRight) {
		return nil, nil, errorf("LinAlgError", "Eigenvalues did not converge")
	}
	z := e.Values(nil)
	var v mat.CDense
	e.VectorsTo(&v)
	columns := make([]complex128, n*n)
	reals := true
	for i := range n {
		reals = reals && imag(z[i]) == 0
		for j := range n {
			columns[i*n+j] = v.At(i, j)
		}
	}
	for j := range n { // unit length
		norm := 0.0
		for i := range n {
			norm = math.Hypot(norm, cmplx.Abs(columns[i*n+j]))
		}
		for i := range n {
			columns[i*n+j] /= complex(norm, 0)
		}
	}
	values, vectors = FromComplex(z), FromComplex(columns, n, n)
	if reals {
		return Real(values), Real(vectors), nil
	}
	return values, vectors, nil
}

// EigenSymmetric is Eigen for symmetric tables: ascending values, orthonormal vectors.
func EigenSymmetric(a *Array) (values, vectors *Array, err error) {
	m, n, err := a.square()
	if err != nil {
		return nil, nil, err
	}
	lower := mat.NewSymDense(n, nil)
	for i := range n {
		for j := 0; j <= i; j++ {
			lower.SetSym(i, j, m.At(i, j))
		}
	}
	var e mat.EigenSym
	if !e.Factorize(lower, true) {
		return nil, nil, errorf("LinAlgError", "Eigenvalues did not converge")
	}
	var v mat.Dense
	e.VectorsTo(&v)
	return FromFloats(e.Values(nil), units.Dimension{}), fromDense(&v), nil
}

// Cholesky returns the lower triangular l with a = l @ l.T.
func Cholesky(a *Array) (*Array, error) {
	m, n, err := a.square()
	if err != nil {
		return nil, err
	}
	lower := mat.NewSymDense(n, nil)
	for i := range n {
		for j := 0; j <= i; j++ {
			lower.SetSym(i, j, m.At(i, j))
		}
	}
	var c mat.Cholesky
	if !c.Factorize(lower) {
		return nil, errorf("LinAlgError", "Matrix is not positive definite")
	}
	l := mat.NewTriDense(n, mat.Lower, nil)
	c.LTo(l)
	return fromDense(l), nil
}

// QR returns a = q @ r with the smallest factors; the signs are LAPACK's.
func QR(a *Array) (q, r *Array, err error) {
	if len(a.shape) != 2 || a.Size() == 0 {
		return nil, nil, errorf("LinAlgError", "a table with two axes is needed")
	}
	rows, columns := a.shape[0], a.shape[1]
	if rows < columns {
		return nil, nil, errorf("NotImplementedError", "qr of a table with more columns than rows is not supported")
	}
	var f mat.QR
	f.Factorize(mat.NewDense(rows, columns, append([]float64(nil), a.Floats()...)))
	var left, right mat.Dense
	f.QTo(&left)
	f.RTo(&right)
	return fromDense(left.Slice(0, rows, 0, columns)), fromDense(right.Slice(0, columns, 0, columns)), nil
}

// Norm is the length of a row (order 2), or the sum or the largest of magnitudes; for a table the Frobenius norm. NaN as order means the default.
func Norm(a *Array, order float64, axes Axes) (*Array, error) {
	if a.dtype <= Int64 {
		a = a.As(Float64)
	}
	magnitudes, err := Apply(Named("absolute"), a)
	if err != nil {
		return nil, err
	}
	switch {
	case math.IsInf(order, 1):
		return Max(magnitudes, axes)
	case math.IsInf(order, -1):
		return Min(magnitudes, axes)
	case order == 1:
		return Sum(magnitudes, axes)
	case order == 0:
		return CountNonzero(a, axes)
	case order == 2 || order != order:
		order = 2
	}
	powers, err := Binary(Pow, magnitudes.WithDim(units.Dimension{}), number(order))
	if err != nil {
		return nil, err
	}
	sum, err := Sum(powers.As(Float64), axes)
	if err != nil {
		return nil, err
	}
	return Binary(Pow, sum, number(1/order))
}

// Covariance returns the table of covariances of the rows of a table; ddof is subtracted from the number of columns.
func Covariance(a *Array, ddof float64) (*Array, error) {
	a = a.AtLeast(2).WithDim(units.Dimension{})
	mean, err := Mean(a, Over(1).Keeping(true))
	if err != nil {
		return nil, err
	}
	deviation, err := Binary(Sub, a, mean)
	if err != nil {
		return nil, err
	}
	turned, err := deviation.Transpose()
	if err != nil {
		return nil, err
	}
	product, err := MatMul(deviation, turned)
	if err != nil {
		return nil, err
	}
	return Binary(Div, product, number(float64(a.shape[1])-ddof))
}

// Correlation returns the covariances divided by the standard deviations.
func Correlation(covariance *Array) *Array {
	n := covariance.shape[0]
	c := covariance.Floats()
	out := Empty(Float64, units.Dimension{}, n, n)
	for i := range n {
		for j := range n {
			out.buf.floats[i*n+j] = min(max(c[i*n+j]/math.Sqrt(c[i*n+i])/math.Sqrt(c[j*n+j]), -1), 1)
		}
	}
	return out
}

// PolyFit returns the coefficients of the polynomial of a degree that fits best, highest power first, by least squares
// with scaled columns, as NumPy does.
func PolyFit(x, y *Array, degree int, weights *Array) (*Array, error) {
	if degree < 0 {
		return nil, errorf("ValueError", "expected deg >= 0")
	}
	places, values := x.Floats(), append([]float64(nil), y.Floats()...)
	if len(places) == 0 {
		return nil, errorf("TypeError", "expected non-empty vector for x")
	}
	if len(places) != len(values) {
		return nil, errorf("TypeError", "expected x and y to have same length")
	}
	n, m := len(places), degree+1
	table := make([]float64, n*m)
	for i, p := range places {
		power := 1.0
		for k := m - 1; k >= 0; k-- {
			table[i*m+k] = power
			power *= p
		}
	}
	if weights != nil {
		w := weights.Floats()
		for i := range n {
			values[i] *= w[i]
			for k := range m {
				table[i*m+k] *= w[i]
			}
		}
	}
	scale := make([]float64, m)
	for k := range m {
		for i := range n {
			scale[k] = math.Hypot(scale[k], table[i*m+k])
		}
		for i := range n {
			table[i*m+k] /= scale[k]
		}
	}
	fit, _, _, err := LeastSquares(FromFloats(table, units.Dimension{}, n, m), FromFloats(values, units.Dimension{}), float64(n)*0x1p-52)
	if err != nil {
		return nil, err
	}
	for k := range m {
		fit.buf.floats[k] /= scale[k]
	}
	return fit, nil
}

// Roots returns the zeros of a polynomial, highest power first: the eigenvalues of its companion table.
func Roots(coefficients []float64) (*Array, error) {
	for len(coefficients) > 0 && coefficients[0] == 0 {
		coefficients = coefficients[1:]
	}
	zeros := 0
	for len(coefficients) > 0 && coefficients[len(coefficients)-1] == 0 {
		coefficients = coefficients[:len(coefficients)-1]
		zeros++
	}
	n := len(coefficients) - 1
	out := Empty(Float64, units.Dimension{}, 0)
	if n > 0 {
		companion := Eye(n, n, -1, Float64)
		for k := range n {
			companion.buf.floats[k] = -coefficients[k+1] / coefficients[0]
		}
		var err error
		if out, _, err = Eigen(companion); err != nil {
			return nil, err
		}
	}
	return Concatenate([]*Array{out, Empty(Float64, units.Dimension{}, zeros)}, 0, units.Dimension{})
}
