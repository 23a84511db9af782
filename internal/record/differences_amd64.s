#include "textflag.h"

// Places in a differences: those of the predictors are 64*64 bytes apart, those of any begin behind them.
#define ORDER1 0
#define ORDER2 4096
#define ORDER4 8192
#define ORDER6 12288
#define ANY 16384

// ZIGZAG makes the differences in Y zigzag numbers, stores them, and collects their bits. Y15 is zero, Y9 is lost.
#define ZIGZAG(Y, PLACE, ALL) \
	VPCMPGTQ Y, Y15, Y9   \
	VPADDQ   Y, Y, Y      \
	VPXOR    Y9, Y, Y     \
	VPOR     Y, ALL, ALL  \
	VMOVDQU  Y, PLACE(DI)

// func differHalf(from *uint64, stride uintptr, z unsafe.Pointer)
//
// Y5 is the last sample, Y4 to Y0 are the last differences of order 1 to 5; Y11 to Y14 are the bits set so far in the run.
TEXT ·differHalf(SB), NOSPLIT, $0-24
	MOVQ from+0(FP), SI
	MOVQ stride+8(FP), DX
	MOVQ z+16(FP), DI
	LEAQ ANY(DI), R8

	// The history.
	VMOVDQU (SI), Y0
	ADDQ    DX, SI
	VMOVDQU (SI), Y1
	ADDQ    DX, SI
	VMOVDQU (SI), Y2
	ADDQ    DX, SI
	VMOVDQU (SI), Y3
	ADDQ    DX, SI
	VMOVDQU (SI), Y4
	ADDQ    DX, SI
	VMOVDQU (SI), Y5
	ADDQ    DX, SI
	VPSUBQ  Y0, Y1, Y0
	VPSUBQ  Y1, Y2, Y1
	VPSUBQ  Y2, Y3, Y2
	VPSUBQ  Y3, Y4, Y3
	VPSUBQ  Y4, Y5, Y4
	VPSUBQ  Y0, Y1, Y0
	VPSUBQ  Y1, Y2, Y1
	VPSUBQ  Y2, Y3, Y2
	VPSUBQ  Y3, Y4, Y3
	VPSUBQ  Y0, Y1, Y0
	VPSUBQ  Y1, Y2, Y1
	VPSUBQ  Y2, Y3, Y2
	VPSUBQ  Y0, Y1, Y0
	VPSUBQ  Y1, Y2, Y1
	VPSUBQ  Y0, Y1, Y0

	VPXOR Y15, Y15, Y15
	MOVQ  $4, R9

run:
	VPXOR Y11, Y11, Y11
	VPXOR Y12, Y12, Y12
	VPXOR Y13, Y13, Y13
	VPXOR Y14, Y14, Y14
	MOVQ  $16, CX

sample:
	VMOVDQU (SI), Y6
	ADDQ    DX, SI
	VPSUBQ  Y5, Y6, Y7
	VMOVDQA Y6, Y5
	VPSUBQ  Y4, Y7, Y8
	VMOVDQA Y7, Y4
	ZIGZAG(Y7, ORDER1, Y11)
	VPSUBQ  Y3, Y8, Y10
	VMOVDQA Y8, Y3
	ZIGZAG(Y8, ORDER2, Y12)
	VPSUBQ  Y2, Y10, Y7
	VMOVDQA Y10, Y2
	VPSUBQ  Y1, Y7, Y8
	VMOVDQA Y7, Y1
	ZIGZAG(Y7, ORDER4, Y13)
	VPSUBQ  Y0, Y8, Y10
	VMOVDQA Y8, Y0
	ZIGZAG(Y10, ORDER6, Y14)
	ADDQ    $64, DI
	DECQ    CX
	JNZ     sample

	VMOVDQU Y11, (R8)
	VMOVDQU Y12, 64(R8)
	VMOVDQU Y13, 128(R8)
	VMOVDQU Y14, 192(R8)
	ADDQ    $256, R8
	DECQ    R9
	JNZ     run
	VZEROUPPER
	RET
