package array

import (
	"math"
	"math/bits"
	"math/cmplx"

	"synfire/units"
)

// transform is the discrete Fourier transform of any length: by halving (Cooley and Tukey) where the length is a power of two, else by
// Bluestein's convolution. The inverse is not divided by the length.
func transform(x []complex128, inverse bool) []complex128 {
	n := len(x)
	if n&(n-1) == 0 {
		out := append([]complex128(nil), x...)
		halving(out, inverse)
		return out
	}
	m := 1 << bits.Len(uint(2*n-2))
	sign := -1.0
	if inverse {
		sign = 1
	}
	chirp := make([]complex128, n)
	for k := range chirp {
		// k² modulo 2n keeps the angle small and exact.
		turn := float64(uint64(k) * uint64(k) % uint64(2*n))
		chirp[k] = cmplx.Rect(1, sign*math.Pi*turn/float64(n))
	}
	a, b := make([]complex128, m), make([]complex128, m)
	for k, v := range x {
		a[k] = v * chirp[k]
	}
	for k, v := range chirp {
		b[k] = cmplx.Conj(v)
		b[(m-k)%m] = b[k]
	}
	halving(a, false)
	halving(b, false)
	for k := range a {
		a[k] *= b[k]
	}
	halving(a, true)
	out := make([]complex128, n)
	for k := range out {
		out[k] = a[k] / complex(float64(m), 0) * chirp[k]
	}
	return out
}

// halving transforms a power of two in place.
func halving(x []complex128, inverse bool) {
	n := len(x)
	if n < 2 {
		return
	}
	shift := 64 - uint(bits.Len(uint(n-1)))
	for i := range x {
		if j := int(bits.Reverse64(uint64(i)) >> shift); i < j {
			x[i], x[j] = x[j], x[i]
		}
	}
	sign := -1.0
	if inverse {
		sign = 1
	}
	roots := make([]complex128, n/2)
	for k := range roots {
		roots[k] = cmplx.Rect(1, sign*2*math.Pi*float64(k)/float64(n))
	}
	for span := 1; span < n; span *= 2 {
		step := n / (2 * span)
		for start := 0; start < n; start += 2 * span {
			for k := range span {
				low, high := x[start+k], x[start+k+span]*roots[k*step]
				x[start+k], x[start+k+span] = low+high, low-high
			}
		}
	}
}

// FFT returns the discrete Fourier transform along an axis; length 0 means that of the axis, otherwise lines are cut or
// filled with zeros. The inverse is divided by the length. Dimensions are dropped, as NumPy does with quantities.
func FFT(a *Array, length, axis int, inverse bool) (*Array, error) {
	return fourier(a, axis, func(x []complex128) []complex128 {
		x = fit(x, length)
		out := transform(x, inverse)
		if inverse {
			for i := range out {
				out[i] /= complex(float64(len(out)), 0)
			}
		}
		return out
	})
}

// RFFT is the first half of FFT for real values, and IRFFT goes back from it to `length` real values.
func RFFT(a *Array, length, axis int) (*Array, error) {
	return fourier(Real(a), axis, func(x []complex128) []complex128 {
		out := transform(fit(x, length), false)
		return out[:len(out)/2+1]
	})
}

// IRFFT inverts RFFT; length 0 means twice as many values as there are steps between those of a.
func IRFFT(a *Array, length, axis int) (*Array, error) {
	out, err := fourier(a, axis, func(x []complex128) []complex128 {
		n := length
		if n == 0 {
			n = 2 * (len(x) - 1)
		}
		full := make([]complex128, n)
		copy(full, x[:min(len(x), n/2+1)])
		for k := n/2 + 1; k < n; k++ {
			full[k] = cmplx.Conj(full[n-k])
		}
		full[0] = complex(real(full[0]), 0)
		if n%2 == 0 {
			full[n/2] = complex(real(full[n/2]), 0)
		}
		full = transform(full, true)
		for k := range full {
			full[k] = complex(real(full[k])/float64(n), 0)
		}
		return full
	})
	if err != nil {
		return nil, err
	}
	return Real(out), nil
}

func fit(x []complex128, length int) []complex128 {
	if length <= 0 || length == len(x) {
		return x
	}
	out := make([]complex128, length)
	copy(out, x)
	return out
}

func fourier(a *Array, axis int, f func(x []complex128) []complex128) (*Array, error) {
	at, err := a.axis(axis)
	if err != nil {
		return nil, err
	}
	moved, err := a.MoveAxis(at, len(a.shape)-1)
	if err != nil {
		return nil, err
	}
	last := len(moved.shape) - 1
	n := moved.shape[last]
	if n == 0 {
		return nil, errorf("ValueError", "Invalid number of FFT data points (0) specified.")
	}
	values := moved.Complexes()
	var out []complex128
	length := 0
	for line := range size(moved.shape[:last]) {
		y := f(values[line*n : (line+1)*n])
		length = len(y)
		out = append(out, y...)
	}
	shape := append(clone(moved.shape[:last]), length)
	return FromComplex(out, shape...).MoveAxis(last, at)
}

// FFTFreq returns the frequencies of FFT's results for a sample spacing; half returns those of RFFT.
func FFTFreq(n int, spacing float64, half bool) *Array {
	scale := 1 / (float64(n) * spacing)
	count := n
	if half {
		count = n/2 + 1
	}
	out := make([]float64, count)
	for k := range out {
		step := k
		if !half && k > (n-1)/2 {
			step = k - n
		}
		out[k] = float64(step) * scale
	}
	return FromFloats(out, units.Dimension{})
}
