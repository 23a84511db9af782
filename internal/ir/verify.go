package ir

import "fmt"

// Verify reports the first way in which the kernel breaks the form: types,
// an argument used before it is defined, declarations out of range, lanes
// that meet in a kernel that is not serial. The error is a programmer's.
func (k *Kernel) Verify() error {
	for i := range k.Vars {
		v := &k.Vars[i]
		switch {
		case v.Type == None || v.Type > Bool:
			return fmt.Errorf("kernel %s: variable %s has no type", k.Name, v.Name)
		case v.Index > Scratch:
			return fmt.Errorf("kernel %s: variable %s has no index kind", k.Name, v.Name)
		case v.Index == Indexed && (v.Via < 0 || v.Via >= len(k.Indexes)):
			return fmt.Errorf("kernel %s: variable %s goes via an index array that is not declared", k.Name, v.Name)
		case v.Rate == Literal || v.Rate > Varying:
			return fmt.Errorf("kernel %s: variable %s has rate %s", k.Name, v.Name, v.Rate)
		case v.Rate == StepUniform && v.Index != Shared:
			return fmt.Errorf("kernel %s: variable %s is step-uniform but not shared", k.Name, v.Name)
		case v.Index == Scratch && !v.Temporary:
			return fmt.Errorf("kernel %s: variable %s has no memory that outlives a call", k.Name, v.Name)
		}
	}
	for i := range k.Functions {
		if s := k.Functions[i].Site; s < -1 || s >= len(k.Sites) {
			return fmt.Errorf("kernel %s: function %s draws from a site that is not declared", k.Name, k.Functions[i].Name)
		}
	}
	emits := 0
	for i := range k.Instrs {
		if problem := k.checkInstr(&k.Instrs[i], i); problem != "" {
			return fmt.Errorf("kernel %s: instruction %d: %s", k.Name, i, problem)
		}
		if k.Instrs[i].Op == Emit {
			emits++
		}
	}
	if emits > 1 {
		return fmt.Errorf("kernel %s: more than one output list", k.Name)
	}
	if !k.Serial {
		return k.Meeting()
	}
	return nil
}

// Meeting reports why the kernel must be serial, or nil if its lanes can be
// grouped at will: then memory that several lanes can reach is written by at
// most one instruction and, if written, not read.
func (k *Kernel) Meeting() error {
	for i := range k.Instrs {
		in := &k.Instrs[i]
		if in.Op != Store && in.Op != Accumulate {
			continue
		}
		for j := range k.Instrs {
			other := &k.Instrs[j]
			if j == i || other.Var == NoVar || !k.SameStorage(in.Var, other.Var) {
				continue
			}
			if k.Vars[in.Var].Index == Own && k.Vars[other.Var].Index == Own {
				continue
			}
			return fmt.Errorf("kernel %s: instructions %d and %d meet in %s, so the kernel must be serial",
				k.Name, i, j, k.Vars[in.Var].Name)
		}
	}
	return nil
}

// checkInstr returns what is wrong with an instruction at a position, or "".
func (k *Kernel) checkInstr(in *Instr, position int) string {
	if in.Op == Invalid || in.Op >= opCount {
		return "no such operation"
	}
	for _, list := range [][]Value{in.Args[:], in.List} {
		for _, a := range list {
			if a == NoValue {
				continue
			}
			if a < 0 || int(a) >= position {
				return fmt.Sprintf("%s uses %%%d, which is not defined before it", in.Op, a)
			}
			if k.Instrs[a].Type == None {
				return fmt.Sprintf("%s uses %%%d, which has no value", in.Op, a)
			}
		}
	}
	arity := in.Op.Arity()
	for j, a := range in.Args {
		isMask := j == 1 && (in.Op == Store || in.Op == Accumulate)
		if j < arity && a == NoValue {
			return fmt.Sprintf("%s lacks argument %d", in.Op, j)
		}
		if j >= arity && a != NoValue && !isMask {
			return fmt.Sprintf("%s has too many arguments", in.Op)
		}
		if isMask && a != NoValue && k.Instrs[a].Type != Bool {
			return fmt.Sprintf("%s has a mask of type %s", in.Op, k.Instrs[a].Type)
		}
	}
	switch in.Op {
	case Load, LoadAt, Store, Accumulate:
		if in.Var < 0 || int(in.Var) >= len(k.Vars) {
			return fmt.Sprintf("%s of a variable that is not declared", in.Op)
		}
	default:
		if in.Var != NoVar {
			return fmt.Sprintf("%s names a variable", in.Op)
		}
	}
	return k.checkTypes(in)
}

func (k *Kernel) checkTypes(in *Instr) string {
	var args [3]Type
	for j, a := range in.Args {
		if a != NoValue {
			args[j] = k.Instrs[a].Type
		}
	}
	mismatch := func() string {
		return fmt.Sprintf("%s: result %s, arguments %s %s %s", in.Op, in.Type, args[0], args[1], args[2])
	}
	require := func(ok bool) string {
		if ok {
			return ""
		}
		return mismatch()
	}
	number := in.Type.IsFloat() || in.Type.IsInteger()
	switch in.Op {
	case Const:
		switch in.Type {
		case None:
			return "const without type"
		case Bool:
			return require(in.Imm <= 1)
		case F32:
			return require(in.Imm < 1<<32)
		case I32:
			return require(uint64(int64(int32(in.Imm))) == in.Imm)
		}
		return require(in.Type <= Bool)
	case Load:
		if k.Vars[in.Var].Index == Table {
			return "load of a table"
		}
		return require(in.Type == k.Vars[in.Var].Type)
	case LoadAt:
		if k.Vars[in.Var].Index != Table {
			return "loadat of " + k.Vars[in.Var].Name + ", which is not a table"
		}
		return require(in.Type == k.Vars[in.Var].Type && args[0] == I64)
	case Store, Accumulate:
		v := &k.Vars[in.Var]
		if v.Index == Table {
			return "write to a table"
		}
		if v.Rate == RunConstant && !v.Temporary {
			return fmt.Sprintf("write to %s, which is run-constant", v.Name)
		}
		if in.Op == Accumulate && (Op(in.Imm) != Add && Op(in.Imm) != Mul || v.Type == Bool) {
			return "accumulate of something else than a sum or product"
		}
		return require(in.Type == None && args[0] == v.Type)
	case Emit:
		return require(in.Type == None && args[0] == Bool)
	case Lane:
		return require(in.Type == I64)
	case RandBits:
		return require(in.Type == I64 && in.Imm>>1 < uint64(len(k.Sites)))
	case Rand, Randn:
		return require(in.Type == F64 && in.Imm < uint64(len(k.Sites)))
	case Call:
		if in.Imm >= uint64(len(k.Functions)) {
			return "call of a function that is not declared"
		}
		for _, a := range in.List {
			if k.Instrs[a].Type != F64 {
				return "call with an argument of type " + k.Instrs[a].Type.String()
			}
		}
		return require(in.Type == F64)
	case Add, Sub, Mul, Min, Max, FloorDiv, Mod:
		return require(number && args[0] == in.Type && args[1] == in.Type)
	case Neg, Abs:
		return require(number && args[0] == in.Type)
	case Less, LessEqual:
		return require(in.Type == Bool && args[0] == args[1] && args[0] != Bool)
	case Equal, NotEqual:
		return require(in.Type == Bool && args[0] == args[1])
	case And, Or, Xor:
		return require(in.Type == Bool && args[0] == Bool && args[1] == Bool)
	case Not:
		return require(in.Type == Bool && args[0] == Bool)
	case Select:
		return require(in.Type != None && args[0] == Bool && args[1] == in.Type && args[2] == in.Type)
	case Convert:
		return require(in.Type != None && in.Type != args[0])
	case Bits:
		return require(in.Type == I64 && args[0] == F64 || in.Type == I32 && args[0] == F32)
	case FromBits:
		return require(in.Type == F64 && args[0] == I64 || in.Type == F32 && args[0] == I32)
	case Shl, ShrLogical, ShrArithmetic, BitAnd, BitOr, BitXor:
		return require(in.Type.IsInteger() && args[0] == in.Type && args[1] == in.Type)
	}
	// What remains is arithmetic and functions of floats.
	if !in.Type.IsFloat() {
		return mismatch()
	}
	for j := 0; j < in.Op.Arity(); j++ {
		if args[j] != in.Type {
			return mismatch()
		}
	}
	return ""
}
