// Package integrate turns differential equations into update steps: abstract code that advances every state
// variable by one time step. Its methods are euler, exponential_euler, exact, rk2, rk4, heun and milstein; the
// explicit ones are declared as text (see ParseUpdater), the others use package algebra. The adaptive methods of the GNU
// Scientific Library are declared as text too; what they make is an attempt at a step (see Adaptive).
//
// All methods have the same two-phase form: Code computes `_x` for every variable from the old values, Store
// then assigns `x = _x`. So no method is staggered, and the order of equations never matters for the values.
//
// Which equations a method accepts is Brian2's rule, because the automatic choice depends on it; where
// Brian2 computes NaN or drops a term for accepted equations, this package computes the right value.
//
// The package does NOT know groups, units, types, arrays or random streams: names are described to it by the
// interface Names, `randn()` is a call like any other, and abstract code is all it makes.
package integrate
