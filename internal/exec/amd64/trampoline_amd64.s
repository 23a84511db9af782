#include "textflag.h"

// func enter(code uintptr, frame unsafe.Pointer)
//
// The code gets the frame in DI. It keeps SP, BP and R14 (the goroutine), and ends with VZEROUPPER.
TEXT ·enter(SB), NOSPLIT, $0-16
	MOVQ code+0(FP), AX
	MOVQ frame+8(FP), DI
	CALL AX
	RET
