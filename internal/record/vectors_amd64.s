#include "textflag.h"

// Places in a residues.
#define ROWS 4096
#define KIND 8576
#define LEAST 8640
#define WIDTHS 8704
#define TRIALS 8960

// DIFFERENCES makes the differences of order 1 to 6 of the sample in P2 from the last sample P and the last differences E1 to
// E5: they are E1N to E5N and D6.
#define DIFFERENCES(P, E1, E2, E3, E4, E5, PN, E1N, E2N, E3N, E4N, E5N, D6) \
	VPSUBQ P, PN, E1N  \
	VPSUBQ E1, E1N, E2N \
	VPSUBQ E2, E2N, E3N \
	VPSUBQ E3, E3N, E4N \
	VPSUBQ E4, E4N, E5N \
	VPSUBQ E5, E5N, D6

// COLLECT adds the bits of differences as zigzag numbers to ALL.
#define COLLECT(D, ALL) \
	VPSRAQ     $63, D, Z13          \
	VPADDQ     D, D, Z14            \
	VPTERNLOGQ $0xf6, Z13, Z14, ALL

// TRY is a sample for all predictors.
#define TRY(P, E1, E2, E3, E4, E5, PN, E1N, E2N, E3N, E4N, E5N) \
	VMOVDQU64 (SI), PN     \
	ADDQ      DX, SI       \
	VMOVDQU64 PN, (R8)     \
	ADDQ      $64, R8      \
	DIFFERENCES(P, E1, E2, E3, E4, E5, PN, E1N, E2N, E3N, E4N, E5N, Z12) \
	COLLECT(E1N, Z16)      \
	COLLECT(E2N, Z17)      \
	COLLECT(E4N, Z18)      \
	COLLECT(Z12, Z19)

// WIDTH ends a run for a predictor: it stores the width of ALL, adds it to SUM, and clears ALL.
#define WIDTH(ALL, SUM, PLACE) \
	VPLZCNTQ  ALL, Z13       \
	VPSUBQ    Z13, Z28, Z13  \
	VMOVDQU64 Z13, PLACE(R9) \
	VPADDQ    Z13, SUM, SUM  \
	VPXORQ    ALL, ALL, ALL

// BETTER takes a predictor where it needs less than those before it.
#define BETTER(SUM, NUMBER) \
	VPCMPUQ   $1, Z24, SUM, K1 \
	VMOVDQA64 SUM, K1, Z24     \
	MOVQ      $NUMBER, AX      \
	VPBROADCASTQ AX, Z13       \
	VMOVDQA64 Z13, K1, Z25

// TAKE stores the widths of a run.
#define TAKE(RUN) \
	VMOVDQU64 (TRIALS+64*RUN)(DI), Z13          \
	VMOVDQU64 (TRIALS+256+64*RUN)(DI), K2, Z13  \
	VMOVDQU64 (TRIALS+512+64*RUN)(DI), K3, Z13  \
	VMOVDQU64 (TRIALS+768+64*RUN)(DI), K4, Z13  \
	VMOVDQU64 Z13, (WIDTHS+64*RUN)(DI)

// FIRST loads the history: Z5 is the last sample, Z4 to Z0 are the last differences of order 1 to 5.
#define FIRST \
	VPSUBQ Z0, Z1, Z0 \
	VPSUBQ Z1, Z2, Z1 \
	VPSUBQ Z2, Z3, Z2 \
	VPSUBQ Z3, Z4, Z3 \
	VPSUBQ Z4, Z5, Z4 \
	VPSUBQ Z0, Z1, Z0 \
	VPSUBQ Z1, Z2, Z1 \
	VPSUBQ Z2, Z3, Z2 \
	VPSUBQ Z3, Z4, Z3 \
	VPSUBQ Z0, Z1, Z0 \
	VPSUBQ Z1, Z2, Z1 \
	VPSUBQ Z2, Z3, Z2 \
	VPSUBQ Z0, Z1, Z0 \
	VPSUBQ Z1, Z2, Z1 \
	VPSUBQ Z0, Z1, Z0

// CHOSEN makes the residues of a sample for the predictors that were chosen.
#define CHOSEN(PLACE, P, E1, E2, E3, E4, E5, PN, E1N, E2N, E3N, E4N, E5N, OUT) \
	VMOVDQU64 PLACE(R8), PN   \
	DIFFERENCES(P, E1, E2, E3, E4, E5, PN, E1N, E2N, E3N, E4N, E5N, Z12) \
	VMOVDQA64 E1N, OUT        \
	VMOVDQA64 E2N, K2, OUT    \
	VMOVDQA64 E4N, K3, OUT    \
	VMOVDQA64 Z12, K4, OUT    \
	VPSRAQ    $63, OUT, Z13   \
	VPADDQ    OUT, OUT, OUT   \
	VPXORQ    Z13, OUT, OUT

// TRANSPOSE makes the rows of samples in Z16 to Z23 rows of elements, and stores them.
#define TRANSPOSE \
	VPUNPCKLQDQ Z17, Z16, Z24 \
	VPUNPCKHQDQ Z17, Z16, Z25 \
	VPUNPCKLQDQ Z19, Z18, Z26 \
	VPUNPCKHQDQ Z19, Z18, Z27 \
	VPUNPCKLQDQ Z21, Z20, Z28 \
	VPUNPCKHQDQ Z21, Z20, Z29 \
	VPUNPCKLQDQ Z23, Z22, Z30 \
	VPUNPCKHQDQ Z23, Z22, Z31 \
	VSHUFI64X2  $0x88, Z26, Z24, Z16 \
	VSHUFI64X2  $0xdd, Z26, Z24, Z17 \
	VSHUFI64X2  $0x88, Z30, Z28, Z18 \
	VSHUFI64X2  $0xdd, Z30, Z28, Z19 \
	VSHUFI64X2  $0x88, Z27, Z25, Z20 \
	VSHUFI64X2  $0xdd, Z27, Z25, Z21 \
	VSHUFI64X2  $0x88, Z31, Z29, Z22 \
	VSHUFI64X2  $0xdd, Z31, Z29, Z23 \
	VSHUFI64X2  $0x88, Z18, Z16, Z24 \
	VSHUFI64X2  $0xdd, Z18, Z16, Z25 \
	VSHUFI64X2  $0x88, Z19, Z17, Z26 \
	VSHUFI64X2  $0xdd, Z19, Z17, Z27 \
	VSHUFI64X2  $0x88, Z22, Z20, Z28 \
	VSHUFI64X2  $0xdd, Z22, Z20, Z29 \
	VSHUFI64X2  $0x88, Z23, Z21, Z30 \
	VSHUFI64X2  $0xdd, Z23, Z21, Z31 \
	VMOVDQU64   Z24, (DI) \
	VMOVDQU64   Z28, 512(DI) \
	VMOVDQU64   Z26, 1024(DI) \
	VMOVDQU64   Z30, 1536(DI) \
	VMOVDQU64   Z25, 2048(DI) \
	VMOVDQU64   Z29, 2560(DI) \
	VMOVDQU64   Z27, 3072(DI) \
	VMOVDQU64   Z31, 3584(DI)

// func predictVectors(from *uint64, stride uintptr, r *residues)
//
// Z28 has 64 everywhere; Z16 to Z19 are the bits set so far in the run, Z20 to Z23 the sums of the widths.
TEXT ·predictVectors(SB), NOSPLIT, $0-24
	MOVQ from+0(FP), SI
	MOVQ stride+8(FP), DX
	MOVQ r+16(FP), DI
	LEAQ ROWS(DI), R8
	LEAQ TRIALS(DI), R9

	VMOVDQU64 (SI), Z0
	VMOVDQU64 Z0, (R8)
	ADDQ      DX, SI
	VMOVDQU64 (SI), Z1
	VMOVDQU64 Z1, 64(R8)
	ADDQ      DX, SI
	VMOVDQU64 (SI), Z2
	VMOVDQU64 Z2, 128(R8)
	ADDQ      DX, SI
	VMOVDQU64 (SI), Z3
	VMOVDQU64 Z3, 192(R8)
	ADDQ      DX, SI
	VMOVDQU64 (SI), Z4
	VMOVDQU64 Z4, 256(R8)
	ADDQ      DX, SI
	VMOVDQU64 (SI), Z5
	VMOVDQU64 Z5, 320(R8)
	ADDQ      DX, SI
	ADDQ      $384, R8
	FIRST

	MOVQ         $64, AX
	VPBROADCASTQ AX, Z28
	VPXORQ       Z16, Z16, Z16
	VPXORQ       Z17, Z17, Z17
	VPXORQ       Z18, Z18, Z18
	VPXORQ       Z19, Z19, Z19
	VPXORQ       Z20, Z20, Z20
	VPXORQ       Z21, Z21, Z21
	VPXORQ       Z22, Z22, Z22
	VPXORQ       Z23, Z23, Z23
	MOVQ         $4, BX

run:
	MOVQ $8, CX

two:
	TRY(Z5, Z4, Z3, Z2, Z1, Z0, Z11, Z10, Z9, Z8, Z7, Z6)
	TRY(Z11, Z10, Z9, Z8, Z7, Z6, Z5, Z4, Z3, Z2, Z1, Z0)
	DECQ CX
	JNZ  two
	WIDTH(Z16, Z20, 0)
	WIDTH(Z17, Z21, 256)
	WIDTH(Z18, Z22, 512)
	WIDTH(Z19, Z23, 768)
	ADDQ $64, R9
	DECQ BX
	JNZ  run

	VMOVDQA64 Z20, Z24
	VPXORQ    Z25, Z25, Z25
	BETTER(Z21, 1)
	BETTER(Z22, 2)
	BETTER(Z23, 3)
	VMOVDQU64 Z25, KIND(DI)
	VMOVDQU64 Z24, LEAST(DI)
	MOVQ         $1, AX
	VPBROADCASTQ AX, Z13
	VPCMPEQQ     Z13, Z25, K2
	MOVQ         $2, AX
	VPBROADCASTQ AX, Z13
	VPCMPEQQ     Z13, Z25, K3
	MOVQ         $3, AX
	VPBROADCASTQ AX, Z13
	VPCMPEQQ     Z13, Z25, K4
	TAKE(0)
	TAKE(1)
	TAKE(2)
	TAKE(3)

	LEAQ      ROWS(DI), R8
	VMOVDQU64 (R8), Z0
	VMOVDQU64 64(R8), Z1
	VMOVDQU64 128(R8), Z2
	VMOVDQU64 192(R8), Z3
	VMOVDQU64 256(R8), Z4
	VMOVDQU64 320(R8), Z5
	ADDQ      $384, R8
	FIRST
	MOVQ      $8, CX

eight:
	CHOSEN(0, Z5, Z4, Z3, Z2, Z1, Z0, Z11, Z10, Z9, Z8, Z7, Z6, Z16)
	CHOSEN(64, Z11, Z10, Z9, Z8, Z7, Z6, Z5, Z4, Z3, Z2, Z1, Z0, Z17)
	CHOSEN(128, Z5, Z4, Z3, Z2, Z1, Z0, Z11, Z10, Z9, Z8, Z7, Z6, Z18)
	CHOSEN(192, Z11, Z10, Z9, Z8, Z7, Z6, Z5, Z4, Z3, Z2, Z1, Z0, Z19)
	CHOSEN(256, Z5, Z4, Z3, Z2, Z1, Z0, Z11, Z10, Z9, Z8, Z7, Z6, Z20)
	CHOSEN(320, Z11, Z10, Z9, Z8, Z7, Z6, Z5, Z4, Z3, Z2, Z1, Z0, Z21)
	CHOSEN(384, Z5, Z4, Z3, Z2, Z1, Z0, Z11, Z10, Z9, Z8, Z7, Z6, Z22)
	CHOSEN(448, Z11, Z10, Z9, Z8, Z7, Z6, Z5, Z4, Z3, Z2, Z1, Z0, Z23)
	ADDQ $512, R8

	TRANSPOSE
	ADDQ        $64, DI
	DECQ        CX
	JNZ         eight
	VZEROUPPER
	RET

// PREDICT makes what decay by the factors in Z6 expects after P, of double precision; PREDICTSINGLE of single precision, whose
// bits are the lower half of each number.
#define PREDICT(P) \
	VFPCLASSPDZ $0x99, P, K1 \
	VMULPD      Z6, P, Z13

#define PREDICTSINGLE(P) \
	VPMOVQD     P, Y12         \
	VCVTPS2PD   Y12, Z12       \
	VFPCLASSPDZ $0x99, Z12, K1 \
	VMULPD      Z6, Z12, Z13   \
	VCVTPD2PS   Z13, Y13       \
	VPMOVZXDQ   Y13, Z13

// MISS makes the residues of a sample from what is expected, and collects their bits in Z7.
#define MISS(PLACE, PN, OUT) \
	KORW        K1, K2, K2    \
	VMOVDQU64   PLACE(R8), PN \
	VPSUBQ      Z13, PN, OUT  \
	VPSRAQ      $63, OUT, Z13 \
	VPADDQ      OUT, OUT, OUT \
	VPXORQ      Z13, OUT, OUT \
	VPORQ       OUT, Z7, Z7

// DECAYS makes the residues of eight samples.
#define DECAYS(EXPECT) \
	EXPECT(Z0)         \
	MISS(0, Z1, Z16)   \
	EXPECT(Z1)         \
	MISS(64, Z0, Z17)  \
	EXPECT(Z0)         \
	MISS(128, Z1, Z18) \
	EXPECT(Z1)         \
	MISS(192, Z0, Z19) \
	EXPECT(Z0)         \
	MISS(256, Z1, Z20) \
	EXPECT(Z1)         \
	MISS(320, Z0, Z21) \
	EXPECT(Z0)         \
	MISS(384, Z1, Z22) \
	EXPECT(Z1)         \
	MISS(448, Z0, Z23) \
	ADDQ $512, R8      \
	TRANSPOSE          \
	ADDQ $64, DI

// BEGINRUN and ENDRUN stand around the samples of a run.
#define BEGINRUN VPXORQ Z7, Z7, Z7

#define ENDRUN \
	VPLZCNTQ  Z7, Z13     \
	VPSUBQ    Z13, Z8, Z13 \
	VMOVDQU64 Z13, (R9)   \
	ADDQ      $64, R9

// func decayVectors(r *residues, factors *[8]float64, d *decays, single bool)
TEXT ·decayVectors(SB), NOSPLIT, $0-25
	MOVQ         r+0(FP), R8
	MOVQ         factors+8(FP), SI
	MOVQ         d+16(FP), DI
	LEAQ         4096(DI), R9
	ADDQ         $ROWS, R8
	VMOVDQU64    (SI), Z6
	VMOVDQU64    320(R8), Z0
	ADDQ         $384, R8
	KXORW        K2, K2, K2
	MOVQ         $64, AX
	VPBROADCASTQ AX, Z8
	MOVQ         $4, CX
	MOVBLZX      single+24(FP), AX
	TESTL        AX, AX
	JNZ          single

double:
	BEGINRUN
	DECAYS(PREDICT)
	DECAYS(PREDICT)
	ENDRUN
	DECQ CX
	JNZ  double
	JMP  done

single:
	BEGINRUN
	DECAYS(PREDICTSINGLE)
	DECAYS(PREDICTSINGLE)
	ENDRUN
	DECQ CX
	JNZ  single

done:
	KMOVW K2, AX
	MOVQ  AX, (R9)
	VZEROUPPER
	RET

// func singleVectors(to *uint64, from *float64, stride uintptr)
TEXT ·singleVectors(SB), NOSPLIT, $0-24
	MOVQ to+0(FP), DI
	MOVQ from+8(FP), SI
	MOVQ stride+16(FP), DX
	MOVQ $70, CX

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

// EIGHT writes the whole bytes of eight numbers.
#define EIGHT(Z) \
	VPERMB    Z, Z4, Z5         \
	VMOVDQU64 Z5, (DI)          \
	LEAQ      (DI)(BX*8), DI

// REST writes the bits of eight numbers above the whole bytes.
#define REST(Z, X) \
	VPSRLQ  X6, Z, Z        \
	VPMOVQB Z, X            \
	VMOVQ   X, R10          \
	PEXTQ   R12, R10, R10   \
	MOVQ    R10, (DI)       \
	ADDQ    AX, DI

// func packVectors(to unsafe.Pointer, z *uint64, widths uint64)
//
// AX is the number of bits above the BX whole bytes of the numbers of a run.
TEXT ·packVectors(SB), NOSPLIT, $0-24
	MOVQ to+0(FP), DI
	MOVQ z+8(FP), SI
	MOVQ widths+16(FP), DX
	LEAQ wholeBytes<>(SB), R8
	MOVQ $0x0101010101010101, R13
	MOVQ $4, CX

run:
	MOVQ      DX, AX
	MOVQ      DX, BX
	SHRQ      $7, DX
	ANDQ      $7, AX
	ANDQ      $127, BX
	SHRQ      $3, BX
	MOVQ      BX, R9
	SHLQ      $6, R9
	VMOVDQU64 (R8)(R9*1), Z4
	VMOVDQU64 (SI), Z0
	VMOVDQU64 64(SI), Z1
	ADDQ      $128, SI
	EIGHT(Z0)
	EIGHT(Z1)
	MOVQ      $-1, R12
	SHLXQ     AX, R12, R12
	NOTQ      R12
	IMULQ     R13, R12
	SHLQ      $3, BX
	VMOVQ     BX, X6
	REST(Z0, X0)
	REST(Z1, X1)
	DECQ      CX
	JNZ       run
	VZEROUPPER
	RET

// wholeBytes<> has, for each number of whole bytes, where they are in eight numbers.
DATA wholeBytes<>+0(SB)/8, $0x0000000000000000
DATA wholeBytes<>+8(SB)/8, $0x0000000000000000
DATA wholeBytes<>+16(SB)/8, $0x0000000000000000
DATA wholeBytes<>+24(SB)/8, $0x0000000000000000
DATA wholeBytes<>+32(SB)/8, $0x0000000000000000
DATA wholeBytes<>+40(SB)/8, $0x0000000000000000
DATA wholeBytes<>+48(SB)/8, $0x0000000000000000
DATA wholeBytes<>+56(SB)/8, $0x0000000000000000
DATA wholeBytes<>+64(SB)/8, $0x3830282018100800
DATA wholeBytes<>+72(SB)/8, $0x0000000000000000
DATA wholeBytes<>+80(SB)/8, $0x0000000000000000
DATA wholeBytes<>+88(SB)/8, $0x0000000000000000
DATA wholeBytes<>+96(SB)/8, $0x0000000000000000
DATA wholeBytes<>+104(SB)/8, $0x0000000000000000
DATA wholeBytes<>+112(SB)/8, $0x0000000000000000
DATA wholeBytes<>+120(SB)/8, $0x0000000000000000
DATA wholeBytes<>+128(SB)/8, $0x1918111009080100
DATA wholeBytes<>+136(SB)/8, $0x3938313029282120
DATA wholeBytes<>+144(SB)/8, $0x0000000000000000
DATA wholeBytes<>+152(SB)/8, $0x0000000000000000
DATA wholeBytes<>+160(SB)/8, $0x0000000000000000
DATA wholeBytes<>+168(SB)/8, $0x0000000000000000
DATA wholeBytes<>+176(SB)/8, $0x0000000000000000
DATA wholeBytes<>+184(SB)/8, $0x0000000000000000
DATA wholeBytes<>+192(SB)/8, $0x11100a0908020100
DATA wholeBytes<>+200(SB)/8, $0x282221201a191812
DATA wholeBytes<>+208(SB)/8, $0x3a39383231302a29
DATA wholeBytes<>+216(SB)/8, $0x0000000000000000
DATA wholeBytes<>+224(SB)/8, $0x0000000000000000
DATA wholeBytes<>+232(SB)/8, $0x0000000000000000
DATA wholeBytes<>+240(SB)/8, $0x0000000000000000
DATA wholeBytes<>+248(SB)/8, $0x0000000000000000
DATA wholeBytes<>+256(SB)/8, $0x0b0a090803020100
DATA wholeBytes<>+264(SB)/8, $0x1b1a191813121110
DATA wholeBytes<>+272(SB)/8, $0x2b2a292823222120
DATA wholeBytes<>+280(SB)/8, $0x3b3a393833323130
DATA wholeBytes<>+288(SB)/8, $0x0000000000000000
DATA wholeBytes<>+296(SB)/8, $0x0000000000000000
DATA wholeBytes<>+304(SB)/8, $0x0000000000000000
DATA wholeBytes<>+312(SB)/8, $0x0000000000000000
DATA wholeBytes<>+320(SB)/8, $0x0a09080403020100
DATA wholeBytes<>+328(SB)/8, $0x1814131211100c0b
DATA wholeBytes<>+336(SB)/8, $0x232221201c1b1a19
DATA wholeBytes<>+344(SB)/8, $0x31302c2b2a292824
DATA wholeBytes<>+352(SB)/8, $0x3c3b3a3938343332
DATA wholeBytes<>+360(SB)/8, $0x0000000000000000
DATA wholeBytes<>+368(SB)/8, $0x0000000000000000
DATA wholeBytes<>+376(SB)/8, $0x0000000000000000
DATA wholeBytes<>+384(SB)/8, $0x0908050403020100
DATA wholeBytes<>+392(SB)/8, $0x131211100d0c0b0a
DATA wholeBytes<>+400(SB)/8, $0x1d1c1b1a19181514
DATA wholeBytes<>+408(SB)/8, $0x2928252423222120
DATA wholeBytes<>+416(SB)/8, $0x333231302d2c2b2a
DATA wholeBytes<>+424(SB)/8, $0x3d3c3b3a39383534
DATA wholeBytes<>+432(SB)/8, $0x0000000000000000
DATA wholeBytes<>+440(SB)/8, $0x0000000000000000
DATA wholeBytes<>+448(SB)/8, $0x0806050403020100
DATA wholeBytes<>+456(SB)/8, $0x11100e0d0c0b0a09
DATA wholeBytes<>+464(SB)/8, $0x1a19181615141312
DATA wholeBytes<>+472(SB)/8, $0x232221201e1d1c1b
DATA wholeBytes<>+480(SB)/8, $0x2c2b2a2928262524
DATA wholeBytes<>+488(SB)/8, $0x3534333231302e2d
DATA wholeBytes<>+496(SB)/8, $0x3e3d3c3b3a393836
DATA wholeBytes<>+504(SB)/8, $0x0000000000000000
DATA wholeBytes<>+512(SB)/8, $0x0706050403020100
DATA wholeBytes<>+520(SB)/8, $0x0f0e0d0c0b0a0908
DATA wholeBytes<>+528(SB)/8, $0x1716151413121110
DATA wholeBytes<>+536(SB)/8, $0x1f1e1d1c1b1a1918
DATA wholeBytes<>+544(SB)/8, $0x2726252423222120
DATA wholeBytes<>+552(SB)/8, $0x2f2e2d2c2b2a2928
DATA wholeBytes<>+560(SB)/8, $0x3736353433323130
DATA wholeBytes<>+568(SB)/8, $0x3f3e3d3c3b3a3938
GLOBL wholeBytes<>(SB), RODATA|NOPTR, $576
