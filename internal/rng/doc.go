// Package rng makes random numbers in two ways.
//
// Simulations use addressed numbers: Philox4x32-10 maps an address (key and counter) to a block of 128 random
// bits, so that a number depends on where it is used and not on how many were drawn before. Key hashes seed,
// branch, object and draw site; the counter holds step and element.
//
// Scripts use RandomState, the Mersenne Twister of NumPy's numpy.random module with its legacy
// distributions, so that a script gets the numbers that it gets in Python.
//
// The package knows nothing about neurons or kernels. It holds no state outside of what callers own.
package rng
