package ir

// Optimize brings a kernel as it was lowered into the form that executors
// compile. It decides the arithmetic, once for all of them: what it fuses or
// turns into multiplications is part of the result. The order matters:
// DivideStrength makes products that CombineFactors and FuseMultiplyAdd can use, and all come before
// ExpandMath, whose operations must stay as they are written.
func Optimize(k *Kernel) *Kernel {
	k = DCE(CSE(Fold(k)))
	k = CombineFactors(DivideStrength(Invert(k)))
	k = FuseMultiplyAdd(WriteWhereSpiking(k))
	k = ExpandMath(k)
	return DCE(CSE(Fold(k)))
}
