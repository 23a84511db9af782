// Package amd64 runs kernels as machine code that it writes itself: AVX-512
// on eight lanes at a time, or AVX2 with FMA on four; on twice as many where
// lanes need 32 bits at most (unit.isDense). It performs exactly the operations
// of package ir, so that its bits are those of every other executor.
//
// Kernels that it does not translate (those that call block functions) go to
// the executor that it is given for them, and so does everything where the
// processor or the system does not allow machine code.
//
// The way of a kernel: schedule puts its instructions into an order with short
// lifetimes, and interleave, where no other lanes hide what each takes, into one
// that waits little; lower writes them as machine instructions on virtual registers;
// allocate gives these real ones while assembler encodes them. A routine is
// code with its frame: the one block of memory that the code gets, which
// holds addresses, constants, what all lanes share, and spilled registers.
//
// The package knows memory and instructions, but no neurons and no schedule of a network.
package amd64
