// Package algebra is the small symbolic algebra that update methods need. A Form is a sum of products with
// exact rational coefficients and rational powers; functions, comparisons and other non-algebraic parts are
// atoms with canonical arguments. All names stand for real numbers.
//
// Forms decide questions (is this zero? is it linear in v? what are the coefficients?); trees (syntax.Expr)
// stay the way the user wrote them wherever possible, because they round and read better than expanded sums.
//
// The package does NOT know what names mean: no state variables, no time steps, no units.
package algebra
