package integrate

import (
	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// Integrate makes the update step of the named method (upper or lower case). A method that cannot integrate
// the system refuses with a *diag.Message of kind UnsupportedEquationsException.
func Integrate(method string, system *System) (*Result, error) {
	return nil, diag.Errorf(diag.Span{}, "UnsupportedEquationsException", "not yet")
}

// Choose takes the first of the candidates that does not refuse, by default exact, euler, heun. The result has
// a Note. When all refuse, the message is a ValueError that lists each refusal.
func Choose(system *System, candidates ...string) (*Result, error) {
	return nil, diag.Errorf(diag.Span{}, "ValueError", "not yet")
}

// EventDriven makes the update of event-driven synaptic equations: the exact solution over the time
// `t - lastupdate`.
func EventDriven(system *System) (*Result, error) {
	return nil, diag.Errorf(diag.Span{}, "UnsupportedEquationsException", "not yet")
}

// Methods lists the names that Integrate knows, aliases included, sorted.
func Methods() []string { return nil }

// Evaluate computes P and Q for the values of M, n rows of n, with plain IEEE operations: the same bits
// everywhere. Both results are n rows of n.
func (m *MatrixExponential) Evaluate(values []float64, dt float64) (p, q []float64) { return nil, nil }

func format(e syntax.Expr) string { return "" }

func formatStmt(s *syntax.CodeStmt) string { return s.Target.Ident + " = " + format(s.Value) }
