package ir

// Extent says how far a value reaches: how often it changes, and whether it
// is the same for all lanes. A value of rate StepUniform is always uniform;
// one of rate RunConstant may differ from lane to lane.
type Extent struct {
	Rate    Rate
	Uniform bool
}

// Rates computes the extent of every instruction's value (of effects: of
// their arguments together).
func (k *Kernel) Rates() []Extent {
	extents := make([]Extent, len(k.Instrs))
	written := make([]bool, len(k.Vars))
	for i := range k.Instrs {
		if in := &k.Instrs[i]; in.Op == Store || in.Op == Accumulate {
			for v := range k.Vars {
				if k.SameStorage(in.Var, VarID(v)) {
					written[v] = true
				}
			}
		}
	}
	var args []Value
	for i := range k.Instrs {
		in := &k.Instrs[i]
		e := Extent{Literal, true}
		switch in.Op {
		case Load, LoadAt:
			v := &k.Vars[in.Var]
			e = Extent{v.Rate, v.Index == Shared || in.Op == LoadAt}
			if written[in.Var] {
				e = Extent{Varying, false}
			}
		case Lane:
			e = Extent{RunConstant, false}
		case RandBits, Rand, Randn:
			e = Extent{Varying, false}
		case Call:
			if f := &k.Functions[in.Imm]; !f.Pure || f.Site >= 0 {
				e = Extent{Varying, false}
			}
		}
		args = in.Arguments(args[:0])
		for _, a := range args {
			e = e.with(extents[a])
		}
		extents[i] = e
	}
	return extents
}

func (e Extent) with(other Extent) Extent {
	joined := Extent{max(e.Rate, other.Rate), e.Uniform && other.Uniform}
	if joined.Rate == StepUniform && !joined.Uniform {
		joined.Rate = Varying
	}
	return joined
}
