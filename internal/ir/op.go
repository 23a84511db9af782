package ir

// Op is an operation.
type Op uint8

// The operations. T is the type of the arguments: F64, F32, I64 or I32 unless the comment says
// less; "floats only" means F64 and F32.
const (
	Invalid Op = iota

	// Sources.
	Const    // literal
	Load     // variable, by its index kind
	LoadAt   // table, element (I64, clamped)
	Lane     // number of the lane's element, I64
	RandBits // half a Philox block: word 0 or 1 of a site, I64
	Call     // block function, F64

	// Arithmetic.
	Add
	Sub
	Mul
	Div       // floats only
	FMA       // a*b + c with one rounding, floats only
	Neg       //
	Abs       //
	Sqrt      // floats only
	Floor     // floats only
	Ceil      // floats only
	Trunc     // floats only
	RoundEven // floats only
	Min       // a < b ? a : b
	Max       // a > b ? a : b
	CopySign  // magnitude of a, sign of b, floats only
	Scale     // a * 2^b with one rounding, floats only; for which a and b: see Builder.Scale

	// Comparisons, T or (Equal, NotEqual) Bool; the result is Bool.
	Less
	LessEqual
	Equal
	NotEqual

	// Logic on Bool.
	And
	Or
	Xor
	Not

	// Select is b where a, else c; any type.
	Select

	// Conversions.
	Convert  // between all types
	Bits     // F64 -> I64 or F32 -> I32, the pattern (NaN: canonical)
	FromBits // I64 -> F64 or I32 -> F32

	// Integers.
	Shl
	ShrLogical
	ShrArithmetic
	BitAnd
	BitOr
	BitXor

	// Effects. The last argument is the mask, if any.
	Store      // variable, value, mask
	Accumulate // variable, value, mask; adds or multiplies in lane order
	Emit       // mask: appends the numbers of its lanes to the output list

	// Compound operations, which ExpandMath writes out. Floats only, save that
	// FloorDiv and Mod of integers are basic; Rand and Randn give F64.
	FloorDiv
	Mod
	Exp
	Expm1
	Log
	Log1p
	Log10
	Sin
	Cos
	Tan
	Sinh
	Cosh
	Tanh
	Asin
	Acos
	Atan
	Exprel    // (exp(a) - 1)/a
	InvExprel // a/(exp(a) - 1)
	Pow
	Rand  // uniform in [0, 1) from a site
	Randn // standard normal from a site

	opCount
)

// opInfo is the printed name of each operation and the number of its value
// arguments without mask and list.
var opInfo = [opCount]struct {
	name      string
	arguments int
}{
	Invalid: {"invalid", 0}, Const: {"const", 0}, Load: {"load", 0}, LoadAt: {"loadat", 1}, Lane: {"lane", 0},
	RandBits: {"randbits", 0}, Call: {"call", 0},
	Add: {"add", 2}, Sub: {"sub", 2}, Mul: {"mul", 2}, Div: {"div", 2}, FMA: {"fma", 3}, Neg: {"neg", 1}, Abs: {"abs", 1},
	Sqrt: {"sqrt", 1}, Floor: {"floor", 1}, Ceil: {"ceil", 1}, Trunc: {"trunc", 1}, RoundEven: {"roundeven", 1},
	Min: {"min", 2}, Max: {"max", 2}, CopySign: {"copysign", 2}, Scale: {"scale", 2},
	Less: {"less", 2}, LessEqual: {"lessequal", 2}, Equal: {"equal", 2}, NotEqual: {"notequal", 2},
	And: {"and", 2}, Or: {"or", 2}, Xor: {"xor", 2}, Not: {"not", 1}, Select: {"select", 3},
	Convert: {"convert", 1}, Bits: {"bits", 1}, FromBits: {"frombits", 1},
	Shl: {"shl", 2}, ShrLogical: {"shr", 2}, ShrArithmetic: {"sar", 2}, BitAnd: {"bitand", 2}, BitOr: {"bitor", 2}, BitXor: {"bitxor", 2},
	Store: {"store", 1}, Accumulate: {"accumulate", 1}, Emit: {"emit", 1},
	FloorDiv: {"floordiv", 2}, Mod: {"mod", 2},
	Exp: {"exp", 1}, Expm1: {"expm1", 1}, Log: {"log", 1}, Log1p: {"log1p", 1}, Log10: {"log10", 1},
	Sin: {"sin", 1}, Cos: {"cos", 1}, Tan: {"tan", 1}, Sinh: {"sinh", 1}, Cosh: {"cosh", 1}, Tanh: {"tanh", 1},
	Asin: {"asin", 1}, Acos: {"acos", 1}, Atan: {"atan", 1}, Exprel: {"exprel", 1}, InvExprel: {"invexprel", 1}, Pow: {"pow", 2},
	Rand: {"rand", 0}, Randn: {"randn", 0},
}

func (op Op) String() string {
	if op < opCount {
		return opInfo[op].name
	}
	return "op?"
}

// Arity is the number of value arguments, without mask and without the list of Call.
func (op Op) Arity() int { return opInfo[op].arguments }

// IsCompound reports whether the operation on values of type t must be
// expanded before an executor can run it.
func (op Op) IsCompound(t Type) bool {
	if op == FloorDiv || op == Mod {
		return t.IsFloat()
	}
	return op >= Exp && op < opCount
}
