package ir

// Optimize brings a kernel as it was lowered into the form that executors
// compile. It decides the arithmetic, once for all of them: what it fuses or
// turns into multiplications is part of the result. The order matters:
// DivideStrength makes products that FuseMultiplyAdd can use, and both come before
// ExpandMath, whose operations must stay as they are written.
func Optimize(k *Kernel) *Kernel {
	k = DCE(CSE(Fold(k)))
	k = FuseMultiplyAdd(DivideStrength(k))
	k = ExpandMath(k)
	return DCE(CSE(Fold(k)))
}
