#include "textflag.h"

// LOAD loads eight rows into Z0 to Z7. R12 is three times the stride.
#define LOAD \
	VMOVDQU64 (SI), Z0        \
	VMOVDQU64 (SI)(DX*1), Z1  \
	VMOVDQU64 (SI)(DX*2), Z2  \
	VMOVDQU64 (SI)(R12*1), Z3 \
	LEAQ      (SI)(DX*4), SI  \
	VMOVDQU64 (SI), Z4        \
	VMOVDQU64 (SI)(DX*1), Z5  \
	VMOVDQU64 (SI)(DX*2), Z6  \
	VMOVDQU64 (SI)(R12*1), Z7 \
	LEAQ      (SI)(DX*4), SI

// LOADNEXT does so, and fetches the same rows of the next tile.
#define LOADNEXT \
	PREFETCHT0 64(SI)         \
	PREFETCHT0 64(SI)(DX*1)   \
	PREFETCHT0 64(SI)(DX*2)   \
	PREFETCHT0 64(SI)(R12*1)  \
	VMOVDQU64 (SI), Z0        \
	VMOVDQU64 (SI)(DX*1), Z1  \
	VMOVDQU64 (SI)(DX*2), Z2  \
	VMOVDQU64 (SI)(R12*1), Z3 \
	LEAQ      (SI)(DX*4), SI  \
	PREFETCHT0 64(SI)         \
	PREFETCHT0 64(SI)(DX*1)   \
	PREFETCHT0 64(SI)(DX*2)   \
	PREFETCHT0 64(SI)(R12*1)  \
	VMOVDQU64 (SI), Z4        \
	VMOVDQU64 (SI)(DX*1), Z5  \
	VMOVDQU64 (SI)(DX*2), Z6  \
	VMOVDQU64 (SI)(R12*1), Z7 \
	LEAQ      (SI)(DX*4), SI

// DIFFER takes the differences of eight rows. LAST is the last of the rows before, and becomes the last of these.
#define DIFFER(LAST) \
	VMOVDQA64 Z7, Z16      \
	VPSUBQ    Z6, Z7, Z7   \
	VPSUBQ    Z5, Z6, Z6   \
	VPSUBQ    Z4, Z5, Z5   \
	VPSUBQ    Z3, Z4, Z4   \
	VPSUBQ    Z2, Z3, Z3   \
	VPSUBQ    Z1, Z2, Z2   \
	VPSUBQ    Z0, Z1, Z1   \
	VPSUBQ    LAST, Z0, Z0 \
	VMOVDQA64 Z16, LAST

// DECAYED subtracts from a row, or adds to it, what is expected after the one before: the same, times its factor if it is finite.
// DECAYEDSINGLE does so in single precision, whose bits are the lower half of each number.
#define DECAYED(OP, BEFORE, ROW) \
	VFPCLASSPDZ $0x99, BEFORE, K7    \
	KNOTW       K7, K7               \
	VMOVDQA64   BEFORE, Z28          \
	VMULPD      Z27, BEFORE, K7, Z28 \
	OP          Z28, ROW, ROW

#define DECAYEDSINGLE(OP, BEFORE, ROW) \
	VPMOVQD     BEFORE, Y28    \
	VCVTPS2PD   Y28, Z29       \
	VFPCLASSPDZ $0x99, Z29, K7 \
	KNOTW       K7, K7         \
	VMULPD      Z27, Z29, Z29  \
	VCVTPD2PS   Z29, Y29       \
	VMOVDQA64   BEFORE, Z28    \
	VPMOVZXDQ   Y29, K7, Z28   \
	OP          Z28, ROW, ROW

// DIFFERDECAYED is DIFFER with one of the two. Z8 is the last of the rows before.
#define DIFFERDECAYED(STEP) \
	VMOVDQA64 Z7, Z16    \
	STEP(VPSUBQ, Z6, Z7) \
	STEP(VPSUBQ, Z5, Z6) \
	STEP(VPSUBQ, Z4, Z5) \
	STEP(VPSUBQ, Z3, Z4) \
	STEP(VPSUBQ, Z2, Z3) \
	STEP(VPSUBQ, Z1, Z2) \
	STEP(VPSUBQ, Z0, Z1) \
	STEP(VPSUBQ, Z8, Z0) \
	VMOVDQA64 Z16, Z8

// WIDTH makes Z16 the widths of eight rows, and K7 the elements where it is not zero. Z30 has 65, Z31 has 64 everywhere.
#define WIDTH \
	VPABSQ     Z0, Z16             \
	VPABSQ     Z1, Z17             \
	VPABSQ     Z2, Z18             \
	VPTERNLOGQ $0xfe, Z17, Z18, Z16 \
	VPABSQ     Z3, Z19             \
	VPABSQ     Z4, Z20             \
	VPTERNLOGQ $0xfe, Z19, Z20, Z16 \
	VPABSQ     Z5, Z21             \
	VPABSQ     Z6, Z22             \
	VPABSQ     Z7, Z23             \
	VPTERNLOGQ $0xfe, Z21, Z22, Z23 \
	VPORQ      Z23, Z16, Z16       \
	VPTESTMQ   Z16, Z16, K7        \
	VPLZCNTQ   Z16, Z16            \
	VPSUBQ.Z   Z16, Z30, K7, Z16   \
	VPMINUQ    Z31, Z16, Z16

// PAIRROWS, QUARTERS and WHOLE, one after the other, exchange rows and columns of eight registers: the first makes pairs of the same
// column of two rows, the next of four, the last of all.
#define PAIRROWS(A0, A1, A2, A3, A4, A5, A6, A7, B0, B1, B2, B3, B4, B5, B6, B7) \
	VPUNPCKLQDQ A1, A0, B0 \
	VPUNPCKHQDQ A1, A0, B1 \
	VPUNPCKLQDQ A3, A2, B2 \
	VPUNPCKHQDQ A3, A2, B3 \
	VPUNPCKLQDQ A5, A4, B4 \
	VPUNPCKHQDQ A5, A4, B5 \
	VPUNPCKLQDQ A7, A6, B6 \
	VPUNPCKHQDQ A7, A6, B7

#define QUARTERS(A0, A1, A2, A3, A4, A5, A6, A7, B0, B1, B2, B3, B4, B5, B6, B7) \
	VSHUFI64X2 $0x88, A2, A0, B0 \
	VSHUFI64X2 $0xdd, A2, A0, B1 \
	VSHUFI64X2 $0x88, A6, A4, B2 \
	VSHUFI64X2 $0xdd, A6, A4, B3 \
	VSHUFI64X2 $0x88, A3, A1, B4 \
	VSHUFI64X2 $0xdd, A3, A1, B5 \
	VSHUFI64X2 $0x88, A7, A5, B6 \
	VSHUFI64X2 $0xdd, A7, A5, B7

#define WHOLE(A0, A1, A2, A3, A4, A5, A6, A7, B0, B1, B2, B3, B4, B5, B6, B7) \
	VSHUFI64X2 $0x88, A2, A0, B0 \
	VSHUFI64X2 $0x88, A6, A4, B1 \
	VSHUFI64X2 $0x88, A3, A1, B2 \
	VSHUFI64X2 $0x88, A7, A5, B3 \
	VSHUFI64X2 $0xdd, A2, A0, B4 \
	VSHUFI64X2 $0xdd, A6, A4, B5 \
	VSHUFI64X2 $0xdd, A3, A1, B6 \
	VSHUFI64X2 $0xdd, A7, A5, B7

// PLANES writes the planes of an element, whose numbers are in two registers, at places that INDEX names. R10 has the widths.
#define PLANES(A, B, INDEX, T) \
	VMOVDQA64      INDEX, T       \
	VPERMI2B       B, A, T        \
	VGF2P8AFFINEQB $0, T, Z26, T  \
	VMOVDQU64      T, (DI)        \
	MOVBLZX        R10, AX        \
	SHRQ           $8, R10        \
	ADDQ           AX, DI

// func packGroupsVectors(to *byte, from *uint64, stride uintptr, p predictor, f *factors, single bool) int
//
// Z8 to Z15 are the last samples and their differences of order 1 to 7.
TEXT ·packGroupsVectors(SB), NOSPLIT, $0-56
	MOVQ      to+0(FP), DI
	MOVQ      from+8(FP), SI
	MOVQ      stride+16(FP), DX
	MOVBLZX   p+24(FP), R8
	MOVQ      f+32(FP), AX
	MOVBLZX   single+40(FP), R9
	LEAQ      (DX)(DX*2), R12
	VMOVDQU64 (AX), Z27

	VMOVDQU64    evenElement<>(SB), Z24
	VMOVDQU64    oddElement<>(SB), Z25
	MOVQ         $0x8040201008040201, AX
	VPBROADCASTQ AX, Z26
	MOVQ         $65, AX
	VPBROADCASTQ AX, Z30
	MOVQ         $64, AX
	VPBROADCASTQ AX, Z31
	MOVQ         $0x0101010101010101, R11
	MOVQ         $9, BX                   // the history, of which nothing is written, and eight groups

group:
	LOADNEXT
	CMPL R8, $5
	JEQ  decays
	DIFFER(Z8)
	CMPL R8, $1
	JLT  differed
	DIFFER(Z9)
	JEQ  differed
	DIFFER(Z10)
	DIFFER(Z11)
	CMPL R8, $3
	JLT  differed
	DIFFER(Z12)
	DIFFER(Z13)
	JEQ  differed
	DIFFER(Z14)
	DIFFER(Z15)

differed:
	CMPQ  BX, $9
	JEQ   next
	WIDTH
	KMOVB K7, AX
	MOVB  AX, (DI)
	INCQ  DI
	TESTL AX, AX
	JZ    next

	// The widths that are not zero.
	VPMOVQB Z16, X16
	VMOVQ   X16, R10
	PDEPQ   R11, AX, CX
	MOVQ    CX, R13
	SHLQ    $8, CX
	SUBQ    R13, CX
	PEXTQ   CX, R10, CX
	MOVQ    CX, (DI)
	POPCNTQ AX, AX
	ADDQ    AX, DI

	// PLANES does what is left to do.
	PAIRROWS(Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23)
	QUARTERS(Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23, Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7)
	PLANES(Z0, Z2, Z24, Z16)
	PLANES(Z4, Z6, Z24, Z17)
	PLANES(Z1, Z3, Z24, Z18)
	PLANES(Z5, Z7, Z24, Z19)
	PLANES(Z0, Z2, Z25, Z20)
	PLANES(Z4, Z6, Z25, Z21)
	PLANES(Z1, Z3, Z25, Z22)
	PLANES(Z5, Z7, Z25, Z23)

next:
	DECQ BX
	JNZ  group
	SUBQ to+0(FP), DI
	MOVQ DI, ret+48(FP)
	VZEROUPPER
	RET

decays:
	TESTL R9, R9
	JNZ   single
	DIFFERDECAYED(DECAYED)
	JMP   differed

single:
	DIFFERDECAYED(DECAYEDSINGLE)
	JMP differed

// TRY adds the widths of eight rows to a sum.
#define TRY(SUM) \
	WIDTH \
	VPADDQ Z16, SUM, SUM

// func tryOrdersVectors(from *uint64, stride uintptr, bytes *[polynomials][tileElements]uint64)
//
// Z8 to Z15 are the last samples and their differences of order 1 to 7.
TEXT ·tryOrdersVectors(SB), NOSPLIT, $0-24
	MOVQ         from+0(FP), SI
	MOVQ         stride+8(FP), DX
	MOVQ         bytes+16(FP), DI
	LEAQ         (DX)(DX*2), R12
	MOVQ         $65, AX
	VPBROADCASTQ AX, Z30
	MOVQ         $64, AX
	VPBROADCASTQ AX, Z31
	LOAD
	DIFFER(Z8)
	DIFFER(Z9)
	DIFFER(Z10)
	DIFFER(Z11)
	DIFFER(Z12)
	DIFFER(Z13)
	DIFFER(Z14)
	DIFFER(Z15)
	VPXORQ       Z24, Z24, Z24
	VPXORQ       Z25, Z25, Z25
	VPXORQ       Z26, Z26, Z26
	VPXORQ       Z27, Z27, Z27
	VPXORQ       Z28, Z28, Z28
	MOVQ         $2, BX

group:
	LOAD
	DIFFER(Z8)
	TRY(Z24)
	DIFFER(Z9)
	TRY(Z25)
	DIFFER(Z10)
	DIFFER(Z11)
	TRY(Z26)
	DIFFER(Z12)
	DIFFER(Z13)
	TRY(Z27)
	DIFFER(Z14)
	DIFFER(Z15)
	TRY(Z28)
	DECQ BX
	JNZ  group
	VMOVDQU64 Z24, (DI)
	VMOVDQU64 Z25, 64(DI)
	VMOVDQU64 Z26, 128(DI)
	VMOVDQU64 Z27, 192(DI)
	VMOVDQU64 Z28, 256(DI)
	VZEROUPPER
	RET

// func tryDecayVectors(from *uint64, stride uintptr, f *factors, bytes *[tileElements]uint64, single bool)
TEXT ·tryDecayVectors(SB), NOSPLIT, $0-33
	MOVQ         from+0(FP), SI
	MOVQ         stride+8(FP), DX
	MOVQ         f+16(FP), AX
	MOVQ         bytes+24(FP), DI
	MOVBLZX      single+32(FP), R13
	VMOVDQU64    (AX), Z27
	LEAQ         (DX)(DX*2), R12
	MOVQ         $65, AX
	VPBROADCASTQ AX, Z30
	MOVQ         $64, AX
	VPBROADCASTQ AX, Z31
	LOAD
	VMOVDQA64    Z7, Z8
	VPXORQ       Z24, Z24, Z24
	MOVQ         $2, BX

group:
	LOAD
	TESTL R13, R13
	JNZ   single
	DIFFERDECAYED(DECAYED)
	JMP   differed

single:
	DIFFERDECAYED(DECAYEDSINGLE)

differed:
	TRY(Z24)
	DECQ BX
	JNZ  group
	VMOVDQU64 Z24, (DI)
	VZEROUPPER
	RET

// WIDTHS reads the head of a group: R10 becomes the widths of all elements, a byte for each, and SI where planes begin. R11 has 1 in
// each byte.
#define WIDTHS \
	MOVBLZX (SI), AX          \
	PDEPQ   R11, AX, CX       \
	MOVQ    CX, R13           \
	SHLQ    $8, CX            \
	SUBQ    R13, CX           \
	MOVQ    1(SI), R10        \
	PDEPQ   CX, R10, R10      \
	POPCNTQ AX, AX            \
	LEAQ    1(SI)(AX*1), SI

// NUMBERS makes planes in N, whose number is in AX, eight numbers, of which N has first the lowest byte of each, and so on. Z24 says
// where the planes of each byte are, from the highest on; beyond the last, which is the signs, there are as many as needed.
#define NUMBERS(N) \
	MOVQ           AX, CX        \
	NEGQ           CX            \
	SBBQ           CX, CX        \
	KMOVQ          CX, K7        \
	DECQ           AX            \
	VPBROADCASTB   AX, Z16       \
	VPMINUB        Z24, Z16, Z16 \
	VPERMB.Z       N, Z16, K7, N \
	VGF2P8AFFINEQB $0, N, Z26, N

// NEXT reads the numbers of an element, and moves on.
#define NEXT(N) \
	MOVBLZX   R10, AX \
	SHRQ      $8, R10 \
	VMOVDQU64 (SI), N \
	ADDQ      AX, SI  \
	NUMBERS(N)

// PAIR makes the numbers of two elements pairs: those of the even samples, and those of the odd ones.
#define PAIR(A, B, EVEN, ODD) \
	VMOVDQA64 Z25, EVEN    \
	VPERMI2B  B, A, EVEN   \
	VMOVDQA64 Z30, ODD     \
	VPERMI2B  B, A, ODD

// SUM is the reverse of DIFFER, on Z16 to Z23.
#define SUM(LAST) \
	VPADDQ    LAST, Z16, Z16 \
	VPADDQ    Z16, Z17, Z17  \
	VPADDQ    Z17, Z18, Z18  \
	VPADDQ    Z18, Z19, Z19  \
	VPADDQ    Z19, Z20, Z20  \
	VPADDQ    Z20, Z21, Z21  \
	VPADDQ    Z21, Z22, Z22  \
	VPADDQ    Z22, Z23, Z23  \
	VMOVDQA64 Z23, LAST

#define SUMDECAYED(STEP) \
	STEP(VPADDQ, Z8, Z16)  \
	STEP(VPADDQ, Z16, Z17) \
	STEP(VPADDQ, Z17, Z18) \
	STEP(VPADDQ, Z18, Z19) \
	STEP(VPADDQ, Z19, Z20) \
	STEP(VPADDQ, Z20, Z21) \
	STEP(VPADDQ, Z21, Z22) \
	STEP(VPADDQ, Z22, Z23) \
	VMOVDQA64 Z23, Z8

// func unpackGroupsVectors(from *byte, p predictor, f *factors, single bool, before *[history][tileElements]uint64, to *uint64, stride uintptr)
//
// Z8 to Z15 are the last samples and their differences of order 1 to 7.
TEXT ·unpackGroupsVectors(SB), NOSPLIT, $0-56
	MOVQ         before+32(FP), SI
	MOVQ         $64, DX
	MOVQ         $192, R12
	LOAD
	DIFFER(Z8)
	DIFFER(Z9)
	DIFFER(Z10)
	DIFFER(Z11)
	DIFFER(Z12)
	DIFFER(Z13)
	DIFFER(Z14)
	DIFFER(Z15)

	MOVQ         from+0(FP), SI
	MOVBLZX      p+8(FP), R8
	MOVQ         f+16(FP), AX
	MOVBLZX      single+24(FP), R9
	MOVQ         before+32(FP), BX
	MOVQ         to+40(FP), DI
	MOVQ         stride+48(FP), DX
	LEAQ         (DX)(DX*2), R12
	VMOVDQU64    (AX), Z27
	VMOVDQU64    highestFirst<>(SB), Z24
	VMOVDQU64    evenPairs<>(SB), Z25
	VMOVDQU64    oddPairs<>(SB), Z30
	MOVQ         $0x8040201008040201, AX
	VPBROADCASTQ AX, Z26
	MOVQ         $0x0101010101010101, R11

group:
	WIDTHS
	NEXT(Z0)
	NEXT(Z1)
	NEXT(Z2)
	NEXT(Z3)
	NEXT(Z4)
	NEXT(Z5)
	NEXT(Z6)
	NEXT(Z7)
	PAIR(Z0, Z1, Z16, Z17)
	PAIR(Z2, Z3, Z18, Z19)
	PAIR(Z4, Z5, Z20, Z21)
	PAIR(Z6, Z7, Z22, Z23)
	QUARTERS(Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23, Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7)
	WHOLE(Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23)

	CMPL R8, $4
	JGT  decays
	JLT  six
	SUM(Z15)
	SUM(Z14)

six:
	CMPL R8, $3
	JLT  four
	SUM(Z13)
	SUM(Z12)

four:
	CMPL R8, $2
	JLT  two
	SUM(Z11)
	SUM(Z10)

two:
	CMPL R8, $1
	JLT  one
	SUM(Z9)

one:
	SUM(Z8)

summed:
	VMOVDQU64 Z16, (BX)
	VMOVDQU64 Z17, 64(BX)
	VMOVDQU64 Z18, 128(BX)
	VMOVDQU64 Z19, 192(BX)
	VMOVDQU64 Z20, 256(BX)
	VMOVDQU64 Z21, 320(BX)
	VMOVDQU64 Z22, 384(BX)
	VMOVDQU64 Z23, 448(BX)

	PAIRROWS(Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23, Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7)
	QUARTERS(Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23)
	WHOLE(Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23, Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7)
	VMOVDQU64 Z0, (DI)
	VMOVDQU64 Z1, (DI)(DX*1)
	VMOVDQU64 Z2, (DI)(DX*2)
	VMOVDQU64 Z3, (DI)(R12*1)
	LEAQ      (DI)(DX*4), R13
	VMOVDQU64 Z4, (R13)
	VMOVDQU64 Z5, (R13)(DX*1)
	VMOVDQU64 Z6, (R13)(DX*2)
	VMOVDQU64 Z7, (R13)(R12*1)
	ADDQ      $64, DI
	MOVQ      to+40(FP), AX
	ADDQ      $512, AX
	CMPQ      DI, AX
	JNE       group
	VZEROUPPER
	RET

decays:
	TESTL R9, R9
	JNZ   single
	SUMDECAYED(DECAYED)
	JMP   summed

single:
	SUMDECAYED(DECAYEDSINGLE)
	JMP summed

// SUMOFBYTES makes R a sum of its bytes. R8 is 0x00ff00ff00ff00ff, R9 is 0x0001000100010001.
#define SUMOFBYTES(R) \
	MOVQ  R, CX  \
	SHRQ  $8, CX \
	ANDQ  R8, R  \
	ANDQ  R8, CX \
	ADDQ  CX, R  \
	IMULQ R9, R  \
	SHRQ  $48, R

// func unpackOneVectors(from *byte, e int, to *[blockSamples]uint64)
TEXT ·unpackOneVectors(SB), NOSPLIT, $0-24
	MOVQ         from+0(FP), SI
	MOVQ         e+8(FP), DX
	MOVQ         to+16(FP), DI
	SHLQ         $3, DX                // bits of the widths before
	VMOVDQU64    highestFirst<>(SB), Z24
	VMOVDQU64    wholeNumbers<>(SB), Z25
	MOVQ         $0x8040201008040201, AX
	VPBROADCASTQ AX, Z26
	MOVQ         $0x0101010101010101, R11
	MOVQ         $0x00ff00ff00ff00ff, R8
	MOVQ         $0x0001000100010001, R9
	MOVQ         $8, BX

group:
	WIDTHS
	BZHIQ     DX, R10, R12
	SUMOFBYTES(R12)
	VMOVDQU64 (SI)(R12*1), Z0
	SHRXQ     DX, R10, AX
	ANDQ      $0xff, AX
	SUMOFBYTES(R10)
	ADDQ      R10, SI
	NUMBERS(Z0)
	VPERMB    Z0, Z25, Z0
	VMOVDQU64 Z0, (DI)
	ADDQ      $64, DI
	DECQ      BX
	JNZ       group
	VZEROUPPER
	RET

// func singleVectors(to *uint64, from *float64, stride uintptr)
TEXT ·singleVectors(SB), NOSPLIT, $0-24
	MOVQ to+0(FP), DI
	MOVQ from+8(FP), SI
	MOVQ stride+16(FP), DX
	MOVQ $72, CX

row:
	VCVTPD2PS (SI), Y0
	VPMOVZXDQ Y0, Z0
	VMOVDQU64 Z0, (DI)
	ADDQ      DX, SI
	ADDQ      $64, DI
	DECQ      CX
	JNZ       row
	VZEROUPPER
	RET

// evenElement<> says where in two registers, each of which has half of the samples of two elements, the bytes of the first are:
// the lowest of the eight samples, from the last one on, and so on. oddElement<> does so for the second.
DATA evenElement<>+0(SB)/8, $0x0008202840486068
DATA evenElement<>+8(SB)/8, $0x0109212941496169
DATA evenElement<>+16(SB)/8, $0x020a222a424a626a
DATA evenElement<>+24(SB)/8, $0x030b232b434b636b
DATA evenElement<>+32(SB)/8, $0x040c242c444c646c
DATA evenElement<>+40(SB)/8, $0x050d252d454d656d
DATA evenElement<>+48(SB)/8, $0x060e262e464e666e
DATA evenElement<>+56(SB)/8, $0x070f272f474f676f
GLOBL evenElement<>(SB), RODATA|NOPTR, $64
DATA oddElement<>+0(SB)/8, $0x1018303850587078
DATA oddElement<>+8(SB)/8, $0x1119313951597179
DATA oddElement<>+16(SB)/8, $0x121a323a525a727a
DATA oddElement<>+24(SB)/8, $0x131b333b535b737b
DATA oddElement<>+32(SB)/8, $0x141c343c545c747c
DATA oddElement<>+40(SB)/8, $0x151d353d555d757d
DATA oddElement<>+48(SB)/8, $0x161e363e565e767e
DATA oddElement<>+56(SB)/8, $0x171f373f575f777f
GLOBL oddElement<>(SB), RODATA|NOPTR, $64

// highestFirst<> says where the planes of the bytes of eight numbers are, each from the highest on. evenPairs<> and oddPairs<> say where
// the bytes of the even and of the odd numbers of two elements are, in turn, once each byte has its eight numbers together.
DATA highestFirst<>+0(SB)/8, $0x0001020304050607
DATA highestFirst<>+8(SB)/8, $0x08090a0b0c0d0e0f
DATA highestFirst<>+16(SB)/8, $0x1011121314151617
DATA highestFirst<>+24(SB)/8, $0x18191a1b1c1d1e1f
DATA highestFirst<>+32(SB)/8, $0x2021222324252627
DATA highestFirst<>+40(SB)/8, $0x28292a2b2c2d2e2f
DATA highestFirst<>+48(SB)/8, $0x3031323334353637
DATA highestFirst<>+56(SB)/8, $0x38393a3b3c3d3e3f
GLOBL highestFirst<>(SB), RODATA|NOPTR, $64
DATA evenPairs<>+0(SB)/8, $0x3830282018100800
DATA evenPairs<>+8(SB)/8, $0x7870686058504840
DATA evenPairs<>+16(SB)/8, $0x3a322a221a120a02
DATA evenPairs<>+24(SB)/8, $0x7a726a625a524a42
DATA evenPairs<>+32(SB)/8, $0x3c342c241c140c04
DATA evenPairs<>+40(SB)/8, $0x7c746c645c544c44
DATA evenPairs<>+48(SB)/8, $0x3e362e261e160e06
DATA evenPairs<>+56(SB)/8, $0x7e766e665e564e46
GLOBL evenPairs<>(SB), RODATA|NOPTR, $64
DATA oddPairs<>+0(SB)/8, $0x3931292119110901
DATA oddPairs<>+8(SB)/8, $0x7971696159514941
DATA oddPairs<>+16(SB)/8, $0x3b332b231b130b03
DATA oddPairs<>+24(SB)/8, $0x7b736b635b534b43
DATA oddPairs<>+32(SB)/8, $0x3d352d251d150d05
DATA oddPairs<>+40(SB)/8, $0x7d756d655d554d45
DATA oddPairs<>+48(SB)/8, $0x3f372f271f170f07
DATA oddPairs<>+56(SB)/8, $0x7f776f675f574f47
GLOBL oddPairs<>(SB), RODATA|NOPTR, $64

// wholeNumbers<> says where the bytes of each of eight numbers are, once each byte has its eight numbers together.
DATA wholeNumbers<>+0(SB)/8, $0x3830282018100800
DATA wholeNumbers<>+8(SB)/8, $0x3931292119110901
DATA wholeNumbers<>+16(SB)/8, $0x3a322a221a120a02
DATA wholeNumbers<>+24(SB)/8, $0x3b332b231b130b03
DATA wholeNumbers<>+32(SB)/8, $0x3c342c241c140c04
DATA wholeNumbers<>+40(SB)/8, $0x3d352d251d150d05
DATA wholeNumbers<>+48(SB)/8, $0x3e362e261e160e06
DATA wholeNumbers<>+56(SB)/8, $0x3f372f271f170f07
GLOBL wholeNumbers<>(SB), RODATA|NOPTR, $64

// func fetch(row *[panelElements]float64)
TEXT ·fetch(SB), NOSPLIT, $0-8
	MOVQ       row+0(FP), DI
	PREFETCHT1 (DI)
	PREFETCHT1 64(DI)
	PREFETCHT1 128(DI)
	PREFETCHT1 192(DI)
	PREFETCHT1 256(DI)
	PREFETCHT1 320(DI)
	PREFETCHT1 384(DI)
	PREFETCHT1 448(DI)
	RET
