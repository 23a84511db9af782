package array

import (
	"math"
	"math/cmplx"
	"slices"

	"synfire/units"
)

// BinaryOp is an elementwise operation on two arrays.
type BinaryOp uint8

const (
	Add BinaryOp = iota
	Sub
	Mul
	Div
	FloorDiv
	Mod
	Pow
	Lt
	Le
	Gt
	Ge
	Eq
	Ne
	And
	Or
	Xor
	LeftShift
	RightShift
	Maximum
	Minimum
	FMax
	FMin
	FMod
	Arctan2
	Hypot
	LogAddExp
	LogAddExp2
	CopySign
	LogicalAnd
	LogicalOr
	LogicalXor
	binaryOps
)

// binaryNames are the operators of the language and the names of NumPy's functions.
var binaryNames = [binaryOps]struct{ operator, function string }{
	{"+", "add"}, {"-", "subtract"}, {"*", "multiply"}, {"/", "divide"}, {"//", "floor_divide"}, {"%", "remainder"}, {"**", "power"},
	{"<", "less"}, {"<=", "less_equal"}, {">", "greater"}, {">=", "greater_equal"}, {"==", "equal"}, {"!=", "not_equal"},
	{"&", "bitwise_and"}, {"|", "bitwise_or"}, {"^", "bitwise_xor"}, {"<<", "left_shift"}, {">>", "right_shift"},
	{"", "maximum"}, {"", "minimum"}, {"", "fmax"}, {"", "fmin"}, {"", "fmod"}, {"", "arctan2"}, {"", "hypot"},
	{"", "logaddexp"}, {"", "logaddexp2"}, {"", "copysign"}, {"", "logical_and"}, {"", "logical_or"}, {"", "logical_xor"},
}

func (op BinaryOp) comparison() bool { return op >= Lt && op <= Ne }

// Binary computes an operation on two arrays, stretched to a common shape. Dimensions follow Brian2: sums and
// comparisons need equal ones (a plain 0 fits all, comparisons also accept a plain infinity), products and quotients combine
// them, everything else needs plain numbers.
func Binary(op BinaryOp, a, b *Array) (*Array, error) { return binary(op, a, b, asOperator) }

// Call is Binary for an operation that was called as a function: the messages name the function.
func Call(op BinaryOp, a, b *Array) (*Array, error) { return binary(op, a, b, asFunction) }

// wording says how messages name an operation: "x + y", "... += y", "x add y".
type wording uint8

const (
	asOperator wording = iota
	asInPlace
	asFunction
)

func binary(op BinaryOp, a, b *Array, words wording) (*Array, error) {
	dim, err := binaryDim(op, a, b, words)
	if err != nil {
		return nil, err
	}
	if out := binaryShortcut(op, a, b); out != nil {
		return out, nil
	}
	if out := binaryDeferred(op, a, b, dim); out != nil {
		return out, nil
	}
	if op == Mul && len(a.shape) > 0 && len(b.shape) == 0 && b.dtype == Float64 && b.FloatAt(0) == 1 && a.dtype == Float64 {
		// With a unit of the SI numbers get a dimension and stay what they are.
		return SharedFloats(a.Share(), dim, a.shape...), nil
	}
	shape := a.shape
	if !slices.Equal(a.shape, b.shape) {
		if shape, err = BroadcastShapes(a, b); err != nil {
			return nil, err
		}
		// A single element stays single: the loops below know it.
		if a.Size() != 1 {
			a = a.broadcast(shape)
		}
		if b.Size() != 1 {
			b = b.broadcast(shape)
		}
	}
	out := &Array{dim: dim, shape: clone(shape), strides: rowMajor(shape), buf: &buffer{}}
	if err := out.compute(op, a, b, size(shape)); err != nil {
		return nil, err
	}
	return out, nil
}

// binaryShortcut finds masks without touching all elements.
func binaryShortcut(op BinaryOp, a, b *Array) *Array {
	switch op {
	case Eq:
		if len(b.shape) == 0 && b.dtype == Int64 {
			return a.equalTo(b.IntAt(0))
		}
		if len(a.shape) == 0 && a.dtype == Int64 {
			return b.equalTo(a.IntAt(0))
		}
	case And, Or:
		if a.buf.marks != nil || b.buf.marks != nil {
			return combineMarks(op, a, b)
		}
	}
	return nil
}

// binaryDim returns the dimension of a result.
func binaryDim(op BinaryOp, a, b *Array, words wording) (units.Dimension, error) {
	var none units.Dimension
	if a.dim.IsDimensionless() && b.dim.IsDimensionless() {
		return none, nil
	}
	name := binaryNames[op]
	if words == asFunction && (op <= Mod && op != Mul && op != Div && op != FloorDiv || op.comparison()) {
		dim, err := commonDim(a, b, func() string {
			return "Cannot calculate " + a.Short() + " " + name.function + " " + b.Short() + ", the units do not match"
		})
		if op.comparison() {
			dim = none
		}
		return dim, err
	}
	switch op {
	case Add, Sub, Mod:
		return commonDim(a, b, func() string {
			if words == asInPlace {
				return "Cannot calculate ... " + name.operator + "= " + b.Short() + ", units do not match"
			}
			return "Cannot calculate " + a.Short() + " " + name.operator + " " + b.Short() + ", units do not match"
		})
	case Maximum, Minimum, FMod:
		return commonDim(a, b, func() string {
			return "Cannot calculate " + a.Short() + " " + name.function + " " + b.Short() + ", the units do not match"
		})
	case Mul:
		return a.dim.Mul(b.dim), nil
	case Div, FloorDiv:
		return a.dim.Div(b.dim), nil
	case Pow:
		if !b.dim.IsDimensionless() {
			end := ""
			if a.dim.IsDimensionless() {
				end = "."
			}
			return none, units.Mismatch("Cannot calculate "+a.Short()+" ** "+b.Short()+", the exponent has to be dimensionless"+end, b.dim)
		}
		if b.Size() != 1 {
			return none, errorf("TypeError", "Too many exponents")
		}
		return a.dim.Pow(b.FloatAt(0)), nil
	case Lt, Le, Gt, Ge, Eq, Ne:
		if a.isInfinite() || b.isInfinite() {
			return none, nil
		}
		_, err := commonDim(a, b, func() string {
			return "Cannot perform comparison " + a.Short() + " " + name.operator + " " + b.Short() + ", units do not match"
		})
		return none, err
	case LogicalAnd, LogicalOr, LogicalXor:
		return none, nil
	case And, Or, Xor, LeftShift, RightShift:
		return none, notInts(op)
	}
	for i, x := range []*Array{a, b} {
		if !x.dim.IsDimensionless() {
			return none, units.Mismatch("Both arguments for \""+name.function+"\" should be dimensionless but "+
				[]string{"first", "second"}[i]+" argument was "+x.Short(), x.dim)
		}
	}
	return none, nil
}

// compute fills the memory of a result from two operands, each with n elements or one.
func (out *Array) compute(op BinaryOp, a, b *Array, n int) error {
	if n == 0 {
		out.dtype = resultType(op, a.dtype, b.dtype)
		return nil
	}
	switch {
	case op >= LogicalAnd:
		out.dtype = Bool
		out.buf.bools = make([]bool, n)
		x, y := a.Bools(), b.Bools()
		pairs(logicalOps[op-LogicalAnd], out.buf.bools, x, y)
		return nil
	case a.dtype == Complex128 || b.dtype == Complex128:
		return out.computeComplex(op, a.Complexes(), b.Complexes(), n)
	}
	common := max(a.dtype, b.dtype)
	switch op {
	case Div, Arctan2, Hypot, LogAddExp, LogAddExp2, CopySign:
		common = Float64
	case Add, Mul, Maximum, Minimum, FMax, FMin, And, Or, Xor, Lt, Le, Gt, Ge, Eq, Ne:
	case Sub:
		if common == Bool {
			return errorf("TypeError", "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.")
		}
	default:
		if common == Bool {
			common = Int64
		}
	}
	if op >= And && op <= RightShift && common == Float64 {
		return notInts(op)
	}
	out.dtype = resultType(op, a.dtype, b.dtype)
	switch common {
	case Bool:
		out.buf.bools = make([]bool, n)
		pairs(boolOps[op], out.buf.bools, a.Bools(), b.Bools())
	case Int64:
		x, y := a.Ints(), b.Ints()
		if op.comparison() {
			out.buf.bools = make([]bool, n)
			compareLoop(op, out.buf.bools, x, y)
			return nil
		}
		if op == Pow {
			for _, exponent := range y {
				if exponent < 0 {
					return errorf("ValueError", "Integers to negative integer powers are not allowed.")
				}
			}
		}
		out.buf.ints = make([]int64, n)
		pairs(intOps[op], out.buf.ints, x, y)
	default:
		x, y := a.Floats(), b.Floats()
		if op.comparison() {
			out.buf.bools = make([]bool, n)
			compareLoop(op, out.buf.bools, x, y)
			return nil
		}
		out.buf.floats = make([]float64, n)
		floatLoop(op, out.buf.floats, x, y)
	}
	return nil
}

// notInts refuses floats where only whole numbers have bits.
func notInts(op BinaryOp) error {
	return errorf("TypeError", "ufunc '%s' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''", binaryNames[op].function)
}

// resultType returns the element type of op applied to two types.
func resultType(op BinaryOp, a, b DType) DType {
	common := max(a, b)
	switch {
	case op.comparison() || op >= LogicalAnd:
		return Bool
	case common == Complex128:
		return Complex128
	case op == Div || (op >= Arctan2 && op <= CopySign):
		return Float64
	case common == Bool && (op == FloorDiv || op == Mod || op == Pow || op == LeftShift || op == RightShift || op == FMod):
		return Int64
	}
	return common
}

func (out *Array) computeComplex(op BinaryOp, x, y []complex128, n int) error {
	var f func(x, y complex128) complex128
	switch op {
	case Add:
		f = func(x, y complex128) complex128 { return x + y }
	case Sub:
		f = func(x, y complex128) complex128 { return x - y }
	case Mul:
		f = func(x, y complex128) complex128 { return x * y }
	case Div:
		f = func(x, y complex128) complex128 { return x / y }
	case Pow:
		f = func(x, y complex128) complex128 {
			if y == 2 {
				return x * x
			}
			return cmplx.Pow(x, y)
		}
	case Eq, Ne:
		out.dtype = Bool
		out.buf.bools = make([]bool, n)
		for i := range n {
			out.buf.bools[i] = (x[i%len(x)] == y[i%len(y)]) == (op == Eq)
		}
		return nil
	default:
		return errorf("TypeError", "ufunc '%s' does not take complex numbers here", binaryNames[op].function)
	}
	out.dtype = Complex128
	out.buf.complexes = make([]complex128, n)
	for i := range n {
		out.buf.complexes[i] = f(x[i%len(x)], y[i%len(y)])
	}
	return nil
}

// InPlace computes `a op= b` in a's own memory and keeps its type; a's dimension changes where the operation changes it.
func InPlace(op BinaryOp, a, b *Array) error {
	dim, err := binaryDim(op, a, b, asInPlace)
	if err != nil {
		return err
	}
	to := resultType(op, a.dtype, b.dtype)
	if to > a.dtype {
		return errorf("UFuncTypeError", "Cannot cast ufunc '%s' output from dtype('%s') to dtype('%s') with casting rule 'same_kind'", binaryNames[op].function, to, a.dtype)
	}
	shape, ok := broadcastShapes(a.shape, b.shape)
	if !ok || !slices.Equal(shape, a.shape) {
		if ok {
			return errorf("ValueError", "non-broadcastable output operand with shape %s doesn't match the broadcast shape %s", shapeText(a.shape, ","), shapeText(shape, ","))
		}
		return errorf("ValueError", "operands could not be broadcast together with shapes %s", shapesText([][]int{a.shape, b.shape}))
	}
	if a.dtype == Float64 && to == Float64 && !op.comparison() && op < LogicalAnd {
		a.buf.writable()
		if a.compact() {
			memory := a.Floats()
			other := b
			if b.Size() != 1 {
				other = b.broadcast(shape)
			}
			if y := other.Floats(); len(memory) > 0 {
				if b.buf == a.buf && len(y) > 1 && &y[0] != &memory[0] {
					y = append([]float64(nil), y...) // views that overlap
				}
				floatLoop(op, memory, memory, y)
			}
			a.dim = dim
			return nil
		}
	}
	result, err := Binary(op, a, b)
	if err != nil {
		return err
	}
	a.dim = dim
	return a.Assign(result.WithDim(dim))
}

// powFloat takes the short ways that NumPy takes for scalar exponents.
func powFloat(x, y float64) float64 {
	switch y {
	case 2:
		return x * x
	case 1:
		return x
	case 0.5:
		return math.Sqrt(x)
	case -1:
		return 1 / x
	}
	return math.Pow(x, y)
}
