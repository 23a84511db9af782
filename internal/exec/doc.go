// Package exec is the interface between kernels and what runs them. An
// executor compiles a kernel once and runs it over ranges of lanes; all
// executors give the same bits, which package ir defines.
//
// The package knows memory, addresses and steps, but no neurons, no names and
// no schedule.
package exec
