// Package array holds n-dimensional arrays of float64, int64, bool or complex128 values that carry a physical
// dimension, and the functions on them that notebooks know from NumPy: broadcasting, views, masks, reductions,
// sorting, printing. Values follow NumPy 1.24 (type promotion, division by zero, summation order); dimensions
// follow Brian2 2.5.1's Quantity.
//
// Three kinds of array are more than a block of memory. A deferred array stands for a recording that is too
// large to copy: elementwise operations on it stay deferred and reductions stream through it (BlockReader). A
// shared array is a slice that belongs to somebody else and is copied before its first change. A grouped
// array of whole numbers knows where each value stands, so that comparing it with a number gives a mask of few
// positions instead of a long row of booleans (Grouping).
//
// The package knows no Python: no script values, no keyword arguments, no names of modules. It does not know
// what is recorded or plotted.
package array
