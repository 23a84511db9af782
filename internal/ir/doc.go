// Package ir is the kernel form: typed straight-line code in static single
// assignment over lanes. A lane is one neuron of a block or one synapse of a
// row. There are no branches: conditions are selects and masks.
//
// The form fixes the arithmetic. Every executor performs exactly the IEEE
// operations that a kernel lists, in their order, each rounded once to
// nearest even; it never contracts, reassociates or approximates. Functions
// such as exp are operations of the form only until [ExpandMath] has written
// them out. What IEEE 754 leaves open is settled here:
//
//   - Min(a, b) is a if a < b, else b; Max(a, b) is a if a > b, else b. So b
//     is returned where either is NaN, and for two zeros.
//   - A NaN that leaves a kernel (Store, Accumulate, Bits) is the canonical
//     one, bits 0x7FF8000000000000 of F64, 0x7FC00000 of F32. Inside a kernel its sign and payload
//     mean nothing: CopySign takes a NaN's sign as positive.
//   - Subnormal numbers are kept.
//   - Integer arithmetic wraps. FloorDiv and Mod of integers follow Python
//     (Mod has the divisor's sign); with divisor 0 both give 0. Shift counts
//     are taken modulo the width.
//   - F64 to F32 rounds to nearest even, as every operation on F32 does; F32 to
//     F64 is exact.
//   - Float to integer truncates; NaN and what does not fit give the smallest
//     integer of the type. Integer to float rounds to nearest even. I64 to
//     I32 keeps the low half. A conversion to Bool asks whether the value
//     differs from zero, so NaN is true; Bool converts to 0 and 1.
//   - LoadAt clamps its index to the table; an empty table reads as zero.
//
// Lanes of a kernel that is not Serial can be executed in any grouping: the
// verifier sees to it that only Accumulate and one Store can meet in the same
// element, and these act in lane order. A Serial kernel behaves as if each
// lane ran to its end before the next begins.
//
// The package knows no neurons, no equations, no units and no executor.
package ir
