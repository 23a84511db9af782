package ir

// expanderOf returns how a compound operation is written out, or nil.
func expanderOf(op Op) expander {
	switch op {
	case FloorDiv:
		return expandFloorDiv
	case Mod:
		return expandMod
	case Exp:
		return expandExp
	case Expm1:
		return expandExpm1
	case Log:
		return expandLog
	case Log1p:
		return expandLog1p
	case Log10:
		return expandLog10
	case Sin:
		return expandSin
	case Cos:
		return expandCos
	case Tan:
		return expandTan
	case Sinh:
		return expandSinh
	case Cosh:
		return expandCosh
	case Tanh:
		return expandTanh
	case Asin:
		return expandAsin
	case Acos:
		return expandAcos
	case Atan:
		return expandAtan
	case Exprel:
		return expandExprel
	case InvExprel:
		return expandInvExprel
	case Pow:
		return expandPow
	}
	return nil
}

// drawExpanderOf returns how Rand and Randn are written out, or nil.
func drawExpanderOf(op Op) drawExpander {
	switch op {
	case Rand:
		return expandRand
	case Randn:
		return expandRandn
	}
	return nil
}
