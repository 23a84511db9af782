// Package portable executes kernels in plain Go: blocks of lanes, one loop
// per operation. It runs everywhere, is obvious, and is the oracle for faster
// executors.
//
// Registers are blocks of lanes that stay in the first-level cache, given out
// by linear scan. Values that all lanes share are computed once per call, as
// scalars, by ir.Evaluate itself, and enter the loops as scalar operands.
//
// The package knows kernels and bindings, not what they mean.
package portable
