package numpy

import (
	"math"

	"synfire/internal/array"
	"synfire/internal/script"
)

// products are dot, matmul and their relatives. As in Brian2, NumPy's own dot, inner and outer drop units and matmul keeps them.
func products() []script.Entry {
	return []script.Entry{
		{Signature: "dot(a, b, out=None)", Doc: "Product of rows or tables; units are dropped.", Func: func(c *script.Call) (script.Value, error) { return dot(c, false) }},
		twoArrays("matmul(x1, x2, out=None)", "Product of rows or tables; dimensions multiply.", func(c *script.Call, a, b *array.Array) (script.Value, error) {
			out, err := array.MatMul(a, b)
			return into(c, out, err)
		}),
		plainPair("inner(a, b)", "Sum of products along the last axes.", func(a, b *array.Array) (*array.Array, error) {
			if a.NDim() == 0 || b.NDim() == 0 {
				return array.Binary(array.Mul, a, b)
			}
			turned, err := b.Transpose()
			if err != nil {
				return nil, err
			}
			return array.Dot(a, turned)
		}),
		plainPair("vdot(a, b)", "Sum of products of all elements.", func(a, b *array.Array) (*array.Array, error) { return array.Dot(a.Ravel(), b.Ravel()) }),
		plainPair("outer(a, b)", "Table of all products.", array.Outer),
		plainPair("tensordot(a, b)", "Sum of products over the last two axes of a and the first two of b.", func(a, b *array.Array) (*array.Array, error) {
			if a.NDim() != 2 || b.NDim() != 2 {
				return nil, script.Raise("NotImplementedError", "tensordot takes tables with two axes here")
			}
			product, err := array.Binary(array.Mul, a, b)
			if err != nil {
				return nil, err
			}
			return array.Sum(product, array.Axes{})
		}),
		plainPair("cross(a, b)", "Vector product.", cross),
		{Signature: "kron(a, b)", Doc: "Kronecker product; dimensions multiply.", Func: func(c *script.Call) (script.Value, error) {
			a, b, err := arrayPair(c, "a", "b")
			if err != nil {
				return nil, err
			}
			rowOnly := a.NDim() < 2 && b.NDim() < 2
			x, y := a.AtLeast(2), b.AtLeast(2)
			shape := []int{x.Shape()[0] * y.Shape()[0], x.Shape()[1] * y.Shape()[1]}
			left, err := x.Reshape(x.Shape()[0], 1, x.Shape()[1], 1)
			if err != nil {
				return nil, err
			}
			right, err := y.Reshape(1, y.Shape()[0], 1, y.Shape()[1])
			if err != nil {
				return nil, err
			}
			out, err := array.Binary(array.Mul, left, right)
			if err != nil {
				return nil, err
			}
			if rowOnly {
				return kept(out.Reshape(-1))
			}
			return kept(out.Reshape(shape...))
		}},
	}
}

func dot(c *script.Call, keepUnits bool) (script.Value, error) {
	a, b, err := arrayPair(c, "a", "b")
	if err != nil {
		return nil, err
	}
	// Brian2 replaces dot only for a Quantity as its first argument.
	if !keepUnits || a.Dim().IsDimensionless() {
		a, b = a.WithDim(plain), b.WithDim(plain)
	}
	out, err := array.Dot(a, b)
	return into(c, out, err)
}

// plainPair makes an entry for two arrays a and b whose units are dropped.
func plainPair(signature, doc string, f func(a, b *array.Array) (*array.Array, error)) script.Entry {
	return script.Entry{Signature: signature, Doc: doc, Func: func(c *script.Call) (script.Value, error) {
		a, b, err := arrayPair(c, "a", "b")
		if err != nil {
			return nil, err
		}
		return wrapped(f(a.WithDim(plain), b.WithDim(plain)))
	}}
}

func cross(a, b *array.Array) (*array.Array, error) {
	if a.NDim() != 1 || b.NDim() != 1 || a.Size() != 3 || b.Size() != 3 {
		return nil, script.Raise("NotImplementedError", "cross takes rows of three elements here")
	}
	x, y := a.Floats(), b.Floats()
	out := array.FromFloats([]float64{x[1]*y[2] - x[2]*y[1], x[2]*y[0] - x[0]*y[2], x[0]*y[1] - x[1]*y[0]}, plain)
	return out.As(max(a.DType(), b.DType())), nil
}

// linAlgError is the class that scripts catch.
func linAlgError() *script.Class {
	if class := script.ExceptionClass("LinAlgError"); class != nil {
		return class
	}
	return script.ExceptionClass("Exception")
}

// linalgModule is numpy.linalg; units are dropped.
func linalgModule() *script.Module {
	square := func(signature, doc string, f func(*array.Array) (script.Value, error)) script.Entry {
		return script.Entry{Signature: signature, Doc: doc, Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			return f(a.WithDim(plain))
		}}
	}
	pairOf := func(x, y *array.Array, err error) (script.Value, error) {
		if err != nil {
			return nil, err
		}
		return tupleOf(x, y), nil
	}
	return &script.Module{Name: "numpy.linalg", Doc: "Linear algebra.", Entries: []script.Entry{
		{Name: "LinAlgError", Value: linAlgError()},
		square("inv(a)", "Inverse of a square table.", func(a *array.Array) (script.Value, error) { return wrapped(array.Inverse(a)) }),
		{Signature: "pinv(a, rcond=1e-15)", Doc: "Moore-Penrose inverse.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			rcond, err := c.Float("rcond")
			if err != nil {
				return nil, err
			}
			return wrapped(array.PseudoInverse(a, rcond))
		}},
		square("det(a)", "Determinant of a square table.", func(a *array.Array) (script.Value, error) { return array.Determinant(a) }),
		square("eig(a)", "Eigenvalues, and eigenvectors as columns.", func(a *array.Array) (script.Value, error) { return pairOf(array.Eigen(a)) }),
		square("eigvals(a)", "Eigenvalues.", func(a *array.Array) (script.Value, error) {
			values, _, err := array.Eigen(a)
			return wrapped(values, err)
		}),
		square("eigh(a)", "Eigenvalues and eigenvectors of a symmetric table.", func(a *array.Array) (script.Value, error) { return pairOf(array.EigenSymmetric(a)) }),
		square("eigvalsh(a)", "Eigenvalues of a symmetric table.", func(a *array.Array) (script.Value, error) {
			values, _, err := array.EigenSymmetric(a)
			return wrapped(values, err)
		}),
		square("cholesky(a)", "Lower triangular factor.", func(a *array.Array) (script.Value, error) { return wrapped(array.Cholesky(a)) }),
		square("qr(a)", "Orthonormal and triangular factor.", func(a *array.Array) (script.Value, error) { return pairOf(array.QR(a)) }),
		square("matrix_rank(a)", "Number of singular values that are not zero.", func(a *array.Array) (script.Value, error) {
			_, s, _, err := array.SVD(a)
			if err != nil {
				return nil, err
			}
			values := s.Floats()
			n := int64(0)
			limit := values[0] * float64(max(a.Shape()[0], a.Shape()[1])) * 0x1p-52
			for _, x := range values {
				if x > limit {
					n++
				}
			}
			return n, nil
		}),
		{Signature: "svd(a, full_matrices=True, compute_uv=True)", Doc: "Singular value decomposition.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			u, s, v, err := array.SVD(a)
			if err != nil {
				return nil, err
			}
			if both, err := c.Bool("compute_uv"); err != nil || !both {
				return New(s), err
			}
			full, err := c.Bool("full_matrices")
			if err != nil {
				return nil, err
			}
			if full && a.Shape()[0] != a.Shape()[1] {
				return nil, script.Raise("NotImplementedError", "svd of a table that is not square needs full_matrices=False here")
			}
			return tupleOf(u, s, v), nil
		}},
		{Signature: "lstsq(a, b, rcond=None)", Doc: "Least-squares solution of linear equations.", Func: func(c *script.Call) (script.Value, error) {
			a, b, err := arrayPair(c, "a", "b")
			if err != nil {
				return nil, err
			}
			rcond := 0x1p-52
			if a.NDim() == 2 {
				rcond *= float64(max(a.Shape()[0], a.Shape()[1]))
			}
			if v, ok := c.Arg("rcond").(float64); ok && v >= 0 {
				rcond = v
			}
			x, rank, s, err := array.LeastSquares(a.WithDim(plain), b.WithDim(plain), rcond)
			if err != nil {
				return nil, err
			}
			residuals := array.Empty(array.Float64, plain, 0)
			if rank == a.Shape()[1] && a.Shape()[0] > rank {
				fit, err := array.MatMul(a, x)
				if err != nil {
					return nil, err
				}
				rest, err := array.Binary(array.Sub, b.WithDim(plain), fit.WithDim(plain))
				if err != nil {
					return nil, err
				}
				if rest, err = array.Binary(array.Mul, rest, rest); err != nil {
					return nil, err
				}
				if residuals, err = array.Sum(rest, array.Over(0)); err != nil {
					return nil, err
				}
				residuals = residuals.AtLeast(1)
			}
			return script.NewTuple(New(x), New(residuals), int64(rank), New(array.FromFloats(s, plain))), nil
		}},
		oneArray("norm(x, ord=None, axis=None, keepdims=False)", "Length of a row or table; units are dropped.", func(c *script.Call, a *array.Array) (script.Value, error) {
			order := math.NaN()
			switch v := c.Arg("ord").(type) {
			case nil, script.NoneType:
			case string:
				if v != "fro" {
					return nil, script.Raise("ValueError", "Invalid norm order '%s'", v)
				}
			default:
				x, err := floatOf(v)
				if err != nil {
					return nil, err
				}
				order = x
			}
			axes, err := axesArg(c)
			if err != nil {
				return nil, err
			}
			if a.NDim() > 1 && script.IsNone(c.Arg("axis")) && order == order {
				return nil, script.Raise("NotImplementedError", "norm(ord=) of a table is not supported; give an axis")
			}
			return wrapped(array.Norm(a.WithDim(plain), order, axes))
		}),
		{Signature: "matrix_power(a, n)", Doc: "Power of a square table.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			n, err := c.Int("n")
			if err != nil {
				return nil, err
			}
			if n < 0 {
				if a, err = array.Inverse(a); err != nil {
					return nil, err
				}
				n = -n
			}
			out := array.Eye(a.Len(), a.Len(), 0, a.DType())
			for range n {
				if out, err = array.MatMul(out, a); err != nil {
					return nil, err
				}
			}
			return New(out), nil
		}},
		{Signature: "solve(a, b)", Doc: "Solution of linear equations.", Func: func(c *script.Call) (script.Value, error) {
			a, b, err := arrayPair(c, "a", "b")
			if err != nil {
				return nil, err
			}
			return wrapped(array.Solve(a.WithDim(plain), b.WithDim(plain)))
		}},
	}}
}

// fftModule is numpy.fft; units are dropped.
func fftModule() *script.Module {
	transform := func(name, doc string, f func(a *array.Array, length, axis int) (*array.Array, error)) script.Entry {
		return script.Entry{Signature: name + "(a, n=None, axis=-1, norm=None)", Doc: doc, Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			n := int64(0)
			if !script.IsNone(c.Arg("n")) {
				if n, err = c.Int("n"); err != nil {
					return nil, err
				}
				if n < 1 {
					return nil, script.Raise("ValueError", "Invalid number of FFT data points (%d) specified.", n)
				}
			}
			axis, err := c.Int("axis")
			if err != nil {
				return nil, err
			}
			if norm := c.Arg("norm"); !script.IsNone(norm) && norm != "backward" {
				return nil, script.Raise("NotImplementedError", "norm=%s is not supported", script.Repr(norm))
			}
			return wrapped(f(a.WithDim(plain), int(n), int(axis)))
		}}
	}
	frequencies := func(name string, half bool) script.Entry {
		return script.Entry{Signature: name + "(n, d=1.0)", Doc: "Frequencies of the results of a transform.", Func: func(c *script.Call) (script.Value, error) {
			n, err := c.Int("n")
			if err != nil {
				return nil, err
			}
			d, err := arrayArg(c, "d")
			if err != nil {
				return nil, err
			}
			return New(array.FFTFreq(int(n), d.FloatAt(0), half).WithDim(d.Dim().Inv())), nil
		}}
	}
	shift := func(name string, back bool) script.Entry {
		return oneArray(name+"(x, axes=None)", "Moves the zero frequency to the middle, or back.", func(_ *script.Call, a *array.Array) (script.Value, error) {
			for axis, n := range a.Shape() {
				by := n / 2
				if back {
					by = -by
				}
				var err error
				if a, err = array.Roll(a, by, &axis); err != nil {
					return nil, err
				}
			}
			return New(a), nil
		})
	}
	return &script.Module{Name: "numpy.fft", Doc: "Discrete Fourier transforms.", Entries: []script.Entry{
		transform("fft", "Fourier transform.", func(a *array.Array, n, axis int) (*array.Array, error) { return array.FFT(a, n, axis, false) }),
		transform("ifft", "Inverse Fourier transform.", func(a *array.Array, n, axis int) (*array.Array, error) { return array.FFT(a, n, axis, true) }),
		transform("rfft", "Fourier transform of real values.", array.RFFT),
		transform("irfft", "Inverse of rfft.", array.IRFFT),
		frequencies("fftfreq", false), frequencies("rfftfreq", true),
		shift("fftshift", false), shift("ifftshift", true),
	}}
}
