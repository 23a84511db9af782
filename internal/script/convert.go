package script

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"synfire/units"
)

// AsFloat returns v as a float64 where a number is wanted: int, bool, float, a quantity (its SI value) and foreign
// Floaters. Others raise TypeError.
func AsFloat(v Value) (float64, error) {
	switch v := v.(type) {
	case float64:
		return v, nil
	case int64, bool, *big.Int:
		return toFloat(v)
	case units.Quantity:
		return v.Value, nil
	case Floater:
		return v.Float()
	case *Instance:
		for _, name := range []string{"__float__", "__index__"} {
			r, err := callDunder(v, name)
			if err != nil {
				return 0, err
			}
			if r != nil {
				return toFloat(r)
			}
		}
	}
	return 0, Raise("TypeError", "must be real number, not %s", TypeName(v))
}

// truncated returns a float as a whole number, rounded towards zero.
func truncated(x float64) (Value, error) {
	switch {
	case math.IsNaN(x):
		return nil, Raise("ValueError", "cannot convert float NaN to integer")
	case math.IsInf(x, 0):
		return nil, Raise("OverflowError", "cannot convert float infinity to integer")
	case math.Abs(x) < 1<<62:
		return int64(x), nil
	}
	n, _ := new(big.Float).SetFloat64(x).Int(nil)
	return normal(n), nil
}

// parseFloat reads a float as float("...") does.
func parseFloat(text string) (float64, error) {
	t := strings.TrimSpace(text)
	switch strings.ToLower(strings.TrimLeft(t, "+-")) {
	case "inf", "infinity":
		if strings.HasPrefix(t, "-") {
			return math.Inf(-1), nil
		}
		return math.Inf(1), nil
	case "nan":
		return math.NaN(), nil
	}
	clean, ok := withoutUnderscores(t)
	if ok && !strings.ContainsAny(clean, "xXpPiInN") {
		x, err := strconv.ParseFloat(clean, 64)
		if err == nil || math.IsInf(x, 0) {
			return x, nil
		}
	}
	return 0, Raise("ValueError", "could not convert string to float: %s", Repr(text))
}

// withoutUnderscores removes underscores between digits; others are refused.
func withoutUnderscores(t string) (string, bool) {
	if !strings.Contains(t, "_") {
		return t, true
	}
	digit := func(i int) bool {
		return i >= 0 && i < len(t) && (t[i] >= '0' && t[i] <= '9' || t[i] >= 'a' && t[i] <= 'f' || t[i] >= 'A' && t[i] <= 'F')
	}
	for i := range len(t) {
		if t[i] == '_' && !(digit(i-1) && digit(i+1)) {
			return t, false
		}
	}
	return strings.ReplaceAll(t, "_", ""), true
}

// parseInt reads a whole number as int("...", base) does.
func parseInt(text string, base int) (Value, error) {
	t, ok := withoutUnderscores(strings.TrimSpace(text))
	negative := strings.HasPrefix(t, "-")
	t = strings.TrimPrefix(strings.TrimPrefix(t, "-"), "+")
	lower := strings.ToLower(t)
	for prefix, b := range map[string]int{"0x": 16, "0o": 8, "0b": 2} {
		if strings.HasPrefix(lower, prefix) && (base == b || base == 0) {
			t, base = t[2:], b
		}
	}
	effective := base
	if base == 0 {
		effective = 10
	}
	if ok && t != "" && t[0] != '-' && t[0] != '+' && len(t) <= 5000 {
		if n, valid := new(big.Int).SetString(t, effective); valid {
			if negative {
				n.Neg(n)
			}
			return normal(n), nil
		}
	}
	return nil, Raise("ValueError", "invalid literal for int() with base %d: %s", base, Repr(text))
}

// roundDigits rounds to a number of decimal digits, half to even on the exact decimal value, as Python does.
func roundDigits(x float64, digits int) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) || digits > 323 {
		return x
	}
	if digits < -308 {
		return math.Copysign(0, x)
	}
	if digits >= 0 {
		y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', digits, 64), 64)
		return y
	}
	text := strconv.FormatFloat(math.Abs(x), 'f', -1, 64)
	exact, _, _ := big.ParseFloat(text, 10, 2000, big.ToNearestEven)
	scale := new(big.Float).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-digits)), nil))
	q, _ := new(big.Float).SetPrec(2000).Quo(exact, scale).Float64()
	r, _ := new(big.Float).Mul(new(big.Float).SetFloat64(math.RoundToEven(q)), scale).Float64()
	return math.Copysign(r, x)
}

// roundInt rounds a whole number to a negative number of digits, half to even.
func roundInt(n *big.Int, digits int64) Value {
	if digits >= 0 {
		return normal(n)
	}
	if digits < -5000 {
		return int64(0)
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(-digits), nil)
	q, r := new(big.Int).DivMod(n, scale, new(big.Int))
	twice := new(big.Int).Lsh(r, 1)
	if c := twice.Cmp(scale); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	return normal(q.Mul(q, scale))
}
