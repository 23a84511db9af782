package script

import (
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"

	"synfire/internal/syntax"
)

// normal returns a whole number as an int64 if it fits.
func normal(n *big.Int) Value {
	if n.IsInt64() {
		return n.Int64()
	}
	return n
}

// rank orders the numeric types: 1 whole numbers in an int64, 2 bigger ones, 3 floats, 4 complex; 0 is no number.
func rank(v Value) int {
	switch v.(type) {
	case bool, int64:
		return 1
	case *big.Int:
		return 2
	case float64:
		return 3
	case complex128:
		return 4
	}
	return 0
}

func toBig(v Value) *big.Int {
	if b, ok := v.(*big.Int); ok {
		return b
	}
	n, _ := wholeNumber(v)
	return big.NewInt(n)
}

// toFloat converts a number of rank 1 to 3.
func toFloat(v Value) (float64, error) {
	switch v := v.(type) {
	case float64:
		return v, nil
	case int64:
		return float64(v), nil
	case bool:
		if v {
			return 1, nil
		}
		return 0, nil
	case *big.Int:
		x, _ := new(big.Float).SetInt(v).Float64()
		if math.IsInf(x, 0) {
			return 0, Raise("OverflowError", "int too large to convert to float")
		}
		return x, nil
	}
	return 0, Raise("TypeError", "must be real number, not %s", TypeName(v))
}

func toComplex(v Value) (complex128, error) {
	if c, ok := v.(complex128); ok {
		return c, nil
	}
	x, err := toFloat(v)
	return complex(x, 0), err
}

// numberBinary applies an operator to two plain numbers; nil means that one of them is none.
func numberBinary(op syntax.Op, x, y Value) (Value, error) {
	rx, ry := rank(x), rank(y)
	if rx == 0 || ry == 0 {
		return nil, nil
	}
	if a, ok := x.(bool); ok {
		if b, ok := y.(bool); ok {
			switch op {
			case syntax.BitAnd:
				return a && b, nil
			case syntax.BitOr:
				return a || b, nil
			case syntax.BitXor:
				return a != b, nil
			}
		}
	}
	switch max(rx, ry) {
	case 1:
		a, _ := wholeNumber(x)
		b, _ := wholeNumber(y)
		return intBinary(op, a, b)
	case 2:
		return bigBinary(op, toBig(x), toBig(y))
	case 3:
		if op >= syntax.Eq && op <= syntax.GtEq && (inexact(x) || inexact(y)) {
			return compareBigFloat(op, x, y), nil
		}
		a, err := toFloat(x)
		if err != nil {
			return nil, err
		}
		b, err := toFloat(y)
		if err != nil {
			return nil, err
		}
		return floatBinary(op, a, b)
	}
	a, err := toComplex(x)
	if err != nil {
		return nil, err
	}
	b, err := toComplex(y)
	if err != nil {
		return nil, err
	}
	return complexBinary(op, a, b)
}

func intBinary(op syntax.Op, a, b int64) (Value, error) {
	switch op {
	case syntax.Add:
		if c := a + b; (c > a) == (b > 0) {
			return c, nil
		}
	case syntax.Sub:
		if c := a - b; (c < a) == (b > 0) {
			return c, nil
		}
	case syntax.Mul:
		high, low := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
		if a != math.MinInt64 && b != math.MinInt64 && high == 0 && low <= math.MaxInt64 {
			return a * b, nil
		}
	case syntax.Div:
		if b == 0 {
			return nil, Raise("ZeroDivisionError", "division by zero")
		}
		const exact = 1 << 53
		if a > -exact && a < exact && b > -exact && b < exact {
			return float64(a) / float64(b), nil
		}
	case syntax.FloorDiv:
		if b == 0 {
			return nil, Raise("ZeroDivisionError", "integer division or modulo by zero")
		}
		if a != math.MinInt64 || b != -1 {
			q := a / b
			if a%b != 0 && (a < 0) != (b < 0) {
				q--
			}
			return q, nil
		}
	case syntax.Mod:
		if b == 0 {
			return nil, Raise("ZeroDivisionError", "integer modulo by zero")
		}
		if b == -1 {
			return int64(0), nil
		}
		r := a % b
		if r != 0 && (r < 0) != (b < 0) {
			r += b
		}
		return r, nil
	case syntax.BitAnd:
		return a & b, nil
	case syntax.BitOr:
		return a | b, nil
	case syntax.BitXor:
		return a ^ b, nil
	case syntax.ShiftRight:
		if b < 0 {
			return nil, Raise("ValueError", "negative shift count")
		}
		return a >> uint64(min(b, 63)), nil
	case syntax.Eq:
		return a == b, nil
	case syntax.NotEq:
		return a != b, nil
	case syntax.Lt:
		return a < b, nil
	case syntax.LtEq:
		return a <= b, nil
	case syntax.Gt:
		return a > b, nil
	case syntax.GtEq:
		return a >= b, nil
	}
	return bigBinary(op, big.NewInt(a), big.NewInt(b))
}

// maxBits bounds whole numbers, so that a power tower ends with an error and not with all memory.
const maxBits = 1 << 22

func bigBinary(op syntax.Op, a, b *big.Int) (Value, error) {
	switch op {
	case syntax.Add:
		return normal(new(big.Int).Add(a, b)), nil
	case syntax.Sub:
		return normal(new(big.Int).Sub(a, b)), nil
	case syntax.Mul:
		if a.BitLen()+b.BitLen() > maxBits {
			return nil, Raise("OverflowError", "whole number too large")
		}
		return normal(new(big.Int).Mul(a, b)), nil
	case syntax.Div:
		if b.Sign() == 0 {
			return nil, Raise("ZeroDivisionError", "division by zero")
		}
		x, _ := new(big.Rat).SetFrac(a, b).Float64()
		if math.IsInf(x, 0) {
			return nil, Raise("OverflowError", "integer division result too large for a float")
		}
		return x, nil
	case syntax.FloorDiv, syntax.Mod:
		if b.Sign() == 0 {
			if op == syntax.Mod {
				return nil, Raise("ZeroDivisionError", "integer modulo by zero")
			}
			return nil, Raise("ZeroDivisionError", "integer division or modulo by zero")
		}
		q, r := new(big.Int).QuoRem(a, b, new(big.Int))
		if r.Sign() != 0 && (r.Sign() < 0) != (b.Sign() < 0) {
			q.Sub(q, big.NewInt(1))
			r.Add(r, b)
		}
		if op == syntax.Mod {
			return normal(r), nil
		}
		return normal(q), nil
	case syntax.Pow:
		return bigPower(a, b)
	case syntax.BitAnd:
		return normal(new(big.Int).And(a, b)), nil
	case syntax.BitOr:
		return normal(new(big.Int).Or(a, b)), nil
	case syntax.BitXor:
		return normal(new(big.Int).Xor(a, b)), nil
	case syntax.ShiftLeft, syntax.ShiftRight:
		if b.Sign() < 0 {
			return nil, Raise("ValueError", "negative shift count")
		}
		if op == syntax.ShiftRight {
			if !b.IsInt64() || b.Int64() > maxBits {
				return normal(new(big.Int).Rsh(a, maxBits)), nil
			}
			return normal(new(big.Int).Rsh(a, uint(b.Int64()))), nil
		}
		if a.Sign() == 0 {
			return int64(0), nil
		}
		if !b.IsInt64() || b.Int64()+int64(a.BitLen()) > maxBits {
			return nil, Raise("OverflowError", "whole number too large")
		}
		return normal(new(big.Int).Lsh(a, uint(b.Int64()))), nil
	}
	return comparison(op, a.Cmp(b)), nil
}

// comparison returns the truth of a comparison from a three-way result, or nil for another operator.
func comparison(op syntax.Op, c int) Value {
	switch op {
	case syntax.Eq:
		return c == 0
	case syntax.NotEq:
		return c != 0
	case syntax.Lt:
		return c < 0
	case syntax.LtEq:
		return c <= 0
	case syntax.Gt:
		return c > 0
	case syntax.GtEq:
		return c >= 0
	}
	return nil
}

func bigPower(a, b *big.Int) (Value, error) {
	if b.Sign() < 0 {
		x, err := toFloat(normal(a))
		if err != nil {
			return nil, err
		}
		y, err := toFloat(normal(b))
		if err != nil {
			return nil, err
		}
		return floatPower(x, y)
	}
	if a.BitLen() > 1 && (!b.IsInt64() || b.Int64() > maxBits || int64(a.BitLen())*b.Int64() > maxBits) {
		return nil, Raise("OverflowError", "whole number too large")
	}
	if a.BitLen() <= 1 { // -1, 0, 1
		switch {
		case b.Sign() == 0:
			return int64(1), nil
		case a.Sign() < 0 && b.Bit(0) == 0:
			return int64(1), nil
		}
		return normal(a), nil
	}
	return normal(new(big.Int).Exp(a, b, nil)), nil
}

// inexact reports whether a number is whole and may have no float64 of its own.
func inexact(v Value) bool {
	n, ok := v.(int64)
	return rank(v) == 2 || ok && (n > 1<<53 || n < -1<<53)
}

// compareBigFloat compares a large whole number with a float, exactly.
func compareBigFloat(op syntax.Op, x, y Value) Value {
	if f, ok := x.(float64); ok && math.IsNaN(f) {
		return op == syntax.NotEq
	}
	if f, ok := y.(float64); ok && math.IsNaN(f) {
		return op == syntax.NotEq
	}
	convert := func(v Value) *big.Float {
		if f, ok := v.(float64); ok {
			return new(big.Float).SetFloat64(f)
		}
		return new(big.Float).SetInt(toBig(v))
	}
	return comparison(op, convert(x).Cmp(convert(y)))
}

func floatBinary(op syntax.Op, a, b float64) (Value, error) {
	switch op {
	case syntax.Add:
		return a + b, nil
	case syntax.Sub:
		return a - b, nil
	case syntax.Mul:
		return float64(a * b), nil
	case syntax.Div:
		if b == 0 {
			return nil, Raise("ZeroDivisionError", "float division by zero")
		}
		return a / b, nil
	case syntax.FloorDiv:
		if b == 0 {
			return nil, Raise("ZeroDivisionError", "float floor division by zero")
		}
		q, _ := floatDivmod(a, b)
		return q, nil
	case syntax.Mod:
		if b == 0 {
			return nil, Raise("ZeroDivisionError", "float modulo")
		}
		_, r := floatDivmod(a, b)
		return r, nil
	case syntax.Pow:
		return floatPower(a, b)
	case syntax.Eq:
		return a == b, nil
	case syntax.NotEq:
		return a != b, nil
	case syntax.Lt:
		return a < b, nil
	case syntax.LtEq:
		return a <= b, nil
	case syntax.Gt:
		return a > b, nil
	case syntax.GtEq:
		return a >= b, nil
	}
	return nil, nil
}

// floatDivmod is Python's divmod of floats: the remainder has the sign of b.
func floatDivmod(a, b float64) (q, r float64) {
	r = math.Mod(a, b)
	div := (a - r) / b
	if r != 0 {
		if (b < 0) != (r < 0) {
			r += b
			div--
		}
	} else {
		r = math.Copysign(0, b)
	}
	if div == 0 {
		return math.Copysign(0, a/b), r
	}
	q = math.Floor(div)
	if div-q > 0.5 {
		q++
	}
	return q, r
}

func floatPower(a, b float64) (Value, error) {
	if a == 0 && b < 0 {
		return nil, Raise("ZeroDivisionError", "0.0 cannot be raised to a negative power")
	}
	if a < 0 && b != math.Trunc(b) && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
		return complexBinary(syntax.Pow, complex(a, 0), complex(b, 0))
	}
	x := math.Pow(a, b)
	if math.IsInf(x, 0) && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
		return nil, &Exception{Instance: Instance{Class: exceptionClasses["OverflowError"]},
			Args: []Value{int64(34), "Numerical result out of range"}}
	}
	return x, nil
}

func complexBinary(op syntax.Op, a, b complex128) (Value, error) {
	switch op {
	case syntax.Add:
		return a + b, nil
	case syntax.Sub:
		return a - b, nil
	case syntax.Mul:
		return a * b, nil
	case syntax.Div:
		if b == 0 {
			return nil, Raise("ZeroDivisionError", "complex division by zero")
		}
		return a / b, nil
	case syntax.Pow:
		if a == 0 && (real(b) < 0 || imag(b) != 0) {
			return nil, Raise("ZeroDivisionError", "0.0 to a negative or complex power")
		}
		if n := real(b); imag(b) == 0 && n == math.Trunc(n) && math.Abs(n) <= 100 {
			return complexIntPower(a, int(n)), nil
		}
		return complexPower(a, b), nil
	case syntax.Eq:
		return a == b, nil
	case syntax.NotEq:
		return a != b, nil
	}
	return nil, nil
}

// complexPower goes through polar coordinates, as CPython does.
func complexPower(a, b complex128) complex128 {
	if b == 0 {
		return 1
	}
	if a == 0 {
		return 0
	}
	r, angle := cmplx.Polar(a)
	length := math.Pow(r, real(b))
	phase := angle * real(b)
	if imag(b) != 0 {
		length *= math.Exp(-angle * imag(b))
		phase += imag(b) * math.Log(r)
	}
	return complex(length*math.Cos(phase), length*math.Sin(phase))
}

func complexIntPower(a complex128, n int) complex128 {
	result, factor := complex(1, 0), a
	for k := max(n, -n); k > 0; k >>= 1 {
		if k&1 == 1 {
			result *= factor
		}
		factor *= factor
	}
	if n < 0 {
		return 1 / result
	}
	return result
}
