package array

import "math"

// The loops below work on two operands of the length of the destination, or of length 1, and may work in
// place (dst the same slice as x).

type ordered interface{ ~int64 | ~float64 }

func compareLoop[T ordered](op BinaryOp, dst []bool, x, y []T) {
	if len(x) == 1 && len(dst) > 1 {
		x, y = y, x
		switch op {
		case Lt:
			op = Gt
		case Le:
			op = Ge
		case Gt:
			op = Lt
		case Ge:
			op = Le
		}
	}
	if len(y) == 1 {
		c := y[0]
		x = x[:len(dst)]
		switch op {
		case Lt:
			for i := range dst {
				dst[i] = x[i] < c
			}
		case Le:
			for i := range dst {
				dst[i] = x[i] <= c
			}
		case Gt:
			for i := range dst {
				dst[i] = x[i] > c
			}
		case Ge:
			for i := range dst {
				dst[i] = x[i] >= c
			}
		case Eq:
			for i := range dst {
				dst[i] = x[i] == c
			}
		default:
			for i := range dst {
				dst[i] = x[i] != c
			}
		}
		return
	}
	switch op {
	case Gt:
		x, y, op = y, x, Lt
	case Ge:
		x, y, op = y, x, Le
	}
	x, y = x[:len(dst)], y[:len(dst)]
	switch op {
	case Lt:
		for i := range dst {
			dst[i] = x[i] < y[i]
		}
	case Le:
		for i := range dst {
			dst[i] = x[i] <= y[i]
		}
	case Eq:
		for i := range dst {
			dst[i] = x[i] == y[i]
		}
	default:
		for i := range dst {
			dst[i] = x[i] != y[i]
		}
	}
}

// floatLoop computes everything but comparisons on floats.
func floatLoop(op BinaryOp, dst, x, y []float64) {
	if len(y) == 1 {
		c := y[0]
		if len(x) == 1 {
			f := floatOps[op]
			x0 := x[0]
			for i := range dst {
				dst[i] = f(x0, c)
			}
			return
		}
		x = x[:len(dst)]
		switch op {
		case Add:
			for i := range dst {
				dst[i] = x[i] + c
			}
		case Sub:
			for i := range dst {
				dst[i] = x[i] - c
			}
		case Mul:
			for i := range dst {
				dst[i] = x[i] * c
			}
		case Div:
			for i := range dst {
				dst[i] = x[i] / c
			}
		case Pow:
			if c == 2 {
				for i := range dst {
					dst[i] = x[i] * x[i]
				}
				return
			}
			for i := range dst {
				dst[i] = powFloat(x[i], c)
			}
		default:
			f := floatOps[op]
			for i := range dst {
				dst[i] = f(x[i], c)
			}
		}
		return
	}
	y = y[:len(dst)]
	if len(x) == 1 {
		c, f := x[0], floatOps[op]
		for i := range dst {
			dst[i] = f(c, y[i])
		}
		return
	}
	x = x[:len(dst)]
	switch op {
	case Add:
		for i := range dst {
			dst[i] = x[i] + y[i]
		}
	case Sub:
		for i := range dst {
			dst[i] = x[i] - y[i]
		}
	case Mul:
		for i := range dst {
			dst[i] = x[i] * y[i]
		}
	case Div:
		for i := range dst {
			dst[i] = x[i] / y[i]
		}
	default:
		f := floatOps[op]
		for i := range dst {
			dst[i] = f(x[i], y[i])
		}
	}
}

// pairs computes an operation on lists that are as long as dst, or have one element for all.
func pairs[T any](f func(x, y T) T, dst, x, y []T) {
	switch {
	case len(x) == 1 && len(y) == 1:
		for i := range dst {
			dst[i] = f(x[0], y[0])
		}
	case len(y) == 1:
		for i := range dst {
			dst[i] = f(x[i], y[0])
		}
	case len(x) == 1:
		for i := range dst {
			dst[i] = f(x[0], y[i])
		}
	default:
		for i := range dst {
			dst[i] = f(x[i], y[i])
		}
	}
}

func boolAnd(x, y bool) bool { return x && y }
func boolOr(x, y bool) bool  { return x || y }
func boolXor(x, y bool) bool { return x != y }

var logicalOps = [...]func(x, y bool) bool{boolAnd, boolOr, boolXor}

// boolOps are the operations that stay within truth values.
var boolOps = [binaryOps]func(x, y bool) bool{
	Add: boolOr, Or: boolOr, Maximum: boolOr, FMax: boolOr,
	Mul: boolAnd, And: boolAnd, Minimum: boolAnd, FMin: boolAnd,
	Xor: boolXor, Ne: boolXor,
	Eq: func(x, y bool) bool { return x == y },
	Lt: func(x, y bool) bool { return !x && y },
	Le: func(x, y bool) bool { return !x || y },
	Gt: func(x, y bool) bool { return x && !y },
	Ge: func(x, y bool) bool { return x || !y },
}

var intOps = [binaryOps]func(x, y int64) int64{
	Add: func(x, y int64) int64 { return x + y },
	Sub: func(x, y int64) int64 { return x - y },
	Mul: func(x, y int64) int64 { return x * y },
	FloorDiv: func(x, y int64) int64 {
		if y == 0 {
			return 0
		}
		q := x / y
		if x%y != 0 && (x < 0) != (y < 0) {
			q--
		}
		return q
	},
	Mod: func(x, y int64) int64 {
		if y == 0 {
			return 0
		}
		r := x % y
		if r != 0 && (r < 0) != (y < 0) {
			r += y
		}
		return r
	},
	FMod: func(x, y int64) int64 {
		if y == 0 {
			return 0
		}
		return x % y
	},
	Pow: func(x, y int64) int64 {
		out := int64(1)
		for ; y > 0; y >>= 1 {
			if y&1 != 0 {
				out *= x
			}
			x *= x
		}
		return out
	},
	And: func(x, y int64) int64 { return x & y },
	Or:  func(x, y int64) int64 { return x | y },
	Xor: func(x, y int64) int64 { return x ^ y },
	LeftShift: func(x, y int64) int64 {
		if y < 0 || y > 63 {
			return 0
		}
		return x << uint(y)
	},
	RightShift: func(x, y int64) int64 {
		if y < 0 || y > 63 {
			y = 63
		}
		return x >> uint(y)
	},
	Maximum: func(x, y int64) int64 { return max(x, y) },
	Minimum: func(x, y int64) int64 { return min(x, y) },
	FMax:    func(x, y int64) int64 { return max(x, y) },
	FMin:    func(x, y int64) int64 { return min(x, y) },
}

var floatOps = [binaryOps]func(x, y float64) float64{
	Add:      func(x, y float64) float64 { return x + y },
	Sub:      func(x, y float64) float64 { return x - y },
	Mul:      func(x, y float64) float64 { return x * y },
	Div:      func(x, y float64) float64 { return x / y },
	FloorDiv: func(x, y float64) float64 { q, _ := divMod(x, y); return q },
	Mod:      func(x, y float64) float64 { _, r := divMod(x, y); return r },
	FMod:     math.Mod,
	Pow:      math.Pow,
	Maximum: func(x, y float64) float64 {
		if x >= y || x != x {
			return x
		}
		return y
	},
	Minimum: func(x, y float64) float64 {
		if x <= y || x != x {
			return x
		}
		return y
	},
	FMax: func(x, y float64) float64 {
		if x >= y || y != y {
			return x
		}
		return y
	},
	FMin: func(x, y float64) float64 {
		if x <= y || y != y {
			return x
		}
		return y
	},
	Arctan2:  math.Atan2,
	Hypot:    math.Hypot,
	CopySign: math.Copysign,
	LogAddExp: func(x, y float64) float64 {
		if x == y {
			return x + math.Ln2
		}
		d := x - y
		switch {
		case d > 0:
			return x + math.Log1p(math.Exp(-d))
		case d <= 0:
			return y + math.Log1p(math.Exp(d))
		}
		return d
	},
	LogAddExp2: func(x, y float64) float64 {
		if x == y {
			return x + 1
		}
		d := x - y
		switch {
		case d > 0:
			return x + math.Log1p(math.Exp2(-d))/math.Ln2
		case d <= 0:
			return y + math.Log1p(math.Exp2(d))/math.Ln2
		}
		return d
	},
}

// divMod is Python's floor division and remainder of floats, with NumPy's results for a divisor of zero.
func divMod(x, y float64) (quotient, remainder float64) {
	remainder = math.Mod(x, y)
	if y == 0 {
		return x / y, remainder
	}
	quotient = (x - remainder) / y
	if remainder != 0 {
		if (y < 0) != (remainder < 0) {
			remainder += y
			quotient--
		}
	} else {
		remainder = math.Copysign(0, y)
	}
	if quotient == 0 {
		return math.Copysign(0, x/y), remainder
	}
	floor := math.Floor(quotient)
	if quotient-floor > 0.5 {
		floor++
	}
	return floor, remainder
}
