package ir

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// String lists the kernel: a line for each variable, then one for each
// instruction, results as %number.
func (k *Kernel) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "kernel %s", k.Name)
	if k.Serial {
		s.WriteString(" serial")
	}
	s.WriteByte('\n')
	for i := range k.Vars {
		v := &k.Vars[i]
		fmt.Fprintf(&s, "  var %s %s %s", v.Name, v.Type, v.Index)
		if v.Index == Indexed && v.Via >= 0 && v.Via < len(k.Indexes) {
			fmt.Fprintf(&s, " %s", k.Indexes[v.Via])
		}
		fmt.Fprintf(&s, " %s", v.Rate)
		if v.Storage != "" {
			fmt.Fprintf(&s, " in %s", v.Storage)
		}
		if v.Temporary {
			s.WriteString(" temporary")
		}
		s.WriteByte('\n')
	}
	for i := range k.Instrs {
		s.WriteString("  ")
		if k.Instrs[i].Type != None {
			fmt.Fprintf(&s, "%%%d = ", i)
		}
		s.WriteString(k.instrText(&k.Instrs[i]))
		s.WriteByte('\n')
	}
	return s.String()
}

func (k *Kernel) instrText(in *Instr) string {
	if in.Op == Const {
		return in.Type.String() + " " + literalText(in.Type, in.Imm)
	}
	words := []string{in.Op.String()}
	if in.Type != None {
		words = append(words, in.Type.String())
	}
	switch in.Op {
	case Accumulate:
		words = append(words, Op(in.Imm).String())
	case RandBits:
		words = append(words, nameAt(k.Sites, in.Imm>>1), "word "+strconv.FormatUint(in.Imm&1, 10))
	case Rand, Randn:
		words = append(words, nameAt(k.Sites, in.Imm))
	case Call:
		if in.Imm < uint64(len(k.Functions)) {
			words = append(words, k.Functions[in.Imm].Name)
		}
	}
	if in.Var >= 0 && int(in.Var) < len(k.Vars) {
		words = append(words, k.Vars[in.Var].Name)
	}
	for _, a := range in.Arguments(nil) {
		words = append(words, "%"+strconv.Itoa(int(a)))
	}
	return strings.Join(words, " ")
}

func nameAt(list []string, i uint64) string {
	if i < uint64(len(list)) {
		return list[i]
	}
	return "?" + strconv.FormatUint(i, 10)
}

func literalText(t Type, bits uint64) string {
	switch t {
	case F64:
		return strconv.FormatFloat(math.Float64frombits(bits), 'g', -1, 64)
	case F32:
		return strconv.FormatFloat(float64(math.Float32frombits(uint32(bits))), 'g', -1, 32)
	case Bool:
		return strconv.FormatBool(bits != 0)
	}
	return strconv.FormatInt(int64(bits), 10)
}
