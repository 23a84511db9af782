#include "textflag.h"

// MAGNITUDE adds the bits of the magnitudes of a row to Y9. Y15 is zero.
#define MAGNITUDE(ROW) \
	VPCMPGTQ ROW, Y15, Y10 \
	VPXOR    Y10, ROW, ROW \
	VPSUBQ   Y10, ROW, ROW \
	VPOR     ROW, Y9, Y9

// func differHalfVectors(to *group, from *uint64, stride uintptr, last *[tileElements]uint64, times int, all *[tileElements]uint64)
TEXT ·differHalfVectors(SB), NOSPLIT, $0-48
	MOVQ  to+0(FP), DI
	MOVQ  from+8(FP), SI
	MOVQ  stride+16(FP), DX
	MOVQ  last+24(FP), R8
	MOVQ  all+40(FP), R9
	LEAQ  (DX)(DX*2), R12
	VPXOR Y15, Y15, Y15
	MOVQ  $2, BX             // halves of the rows

half:
	VMOVDQU (SI), Y0
	VMOVDQU (SI)(DX*1), Y1
	VMOVDQU (SI)(DX*2), Y2
	VMOVDQU (SI)(R12*1), Y3
	LEAQ    (SI)(DX*4), R13
	VMOVDQU (R13), Y4
	VMOVDQU (R13)(DX*1), Y5
	VMOVDQU (R13)(DX*2), Y6
	VMOVDQU (R13)(R12*1), Y7
	MOVQ    times+32(FP), CX
	MOVQ    R8, R13

differ:
	VMOVDQU (R13), Y8
	VMOVDQU Y7, (R13)
	VPSUBQ  Y6, Y7, Y7
	VPSUBQ  Y5, Y6, Y6
	VPSUBQ  Y4, Y5, Y5
	VPSUBQ  Y3, Y4, Y4
	VPSUBQ  Y2, Y3, Y3
	VPSUBQ  Y1, Y2, Y2
	VPSUBQ  Y0, Y1, Y1
	VPSUBQ  Y8, Y0, Y0
	ADDQ    $64, R13
	DECQ    CX
	JNZ     differ

	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 64(DI)
	VMOVDQU Y2, 128(DI)
	VMOVDQU Y3, 192(DI)
	VMOVDQU Y4, 256(DI)
	VMOVDQU Y5, 320(DI)
	VMOVDQU Y6, 384(DI)
	VMOVDQU Y7, 448(DI)
	VPXOR   Y9, Y9, Y9
	MAGNITUDE(Y0)
	MAGNITUDE(Y1)
	MAGNITUDE(Y2)
	MAGNITUDE(Y3)
	MAGNITUDE(Y4)
	MAGNITUDE(Y5)
	MAGNITUDE(Y6)
	MAGNITUDE(Y7)
	VMOVDQU Y9, (R9)
	ADDQ    $32, SI
	ADDQ    $32, DI
	ADDQ    $32, R8
	ADDQ    $32, R9
	DECQ    BX
	JNZ     half
	VZEROUPPER
	RET
