package integrate

import (
	"sort"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// System is a set of differential equations that are integrated together.
type System struct {
	// Group is the name of the object, used in notes: "neurongroup".
	Group string
	// Equations are sorted by name; each name occurs once.
	Equations []Equation
	// Names describes what the right-hand sides mention; nil describes every name as Varying and every
	// function as an ordinary one.
	Names Names
}

// Equation is dName/dt = Rhs. All subexpressions have been substituted into Rhs.
type Equation struct {
	Name string
	Rhs  syntax.Expr
	// UnlessRefractory says that the variable stands still while its neuron is refractory, that is, while
	// the boolean variable not_refractory is false. Leave it false where the group has no refractory period.
	UnlessRefractory bool
	// Where is the place of the equation in its text, for messages.
	Where diag.Span
}

// Names describes the names that right-hand sides mention, state variables excepted. The names t, dt and
// xi, xi_... have their fixed meaning and are never asked for.
type Names interface {
	// Variable describes a parameter, an external constant or a variable of another object.
	Variable(name string) Variable
	// Function describes a function.
	Function(name string) Function
}

// Variable is what a method must know of a name that it does not integrate.
type Variable struct {
	// RunConstant: nothing changes the value during a run (external constants; parameters that no code of
	// the network writes). Every variable is constant during a step.
	RunConstant bool
	// Shared: one value for the whole group.
	Shared bool
	// Elsewhere: the value is that of another element, which an index names.
	Elsewhere bool
	// ClockDriven: a clock-driven differential equation or a summed variable of the same object, which
	// event-driven equations must not depend on.
	ClockDriven bool
}

// Function is what a method must know of a function.
type Function struct {
	// Stateful functions return something else at each call: rand, randn, poisson.
	Stateful bool
	// Random functions draw numbers, which belong to a step: rand, randn, poisson.
	Random bool
	// LocallyConstant functions of `t` do not change within a step: a TimedArray whose dt is a whole
	// multiple of the group's dt.
	LocallyConstant bool
}

// Result is the update step that a method makes of a system.
type Result struct {
	// Method is the canonical name of the method.
	Method string
	// Note tells the user which method was chosen; empty where the user named one.
	Note string
	// Code computes `_x` for every state variable x from the old values; it begins with one draw
	// `xi = sqrt(dt)*randn()` for each noise variable, in alphabetical order. Every target is a new local.
	Code []*syntax.CodeStmt
	// Store assigns `x = _x`, one statement for each equation, in the order of the system.
	Store []*syntax.CodeStmt
	// Masked names the variables that Store must leave unchanged where not_refractory is false.
	Masked []string
	// Exponentials are the matrices that must be evaluated at the start of a run.
	Exponentials []*MatrixExponential
	// Adaptive is set by adaptive methods, whose Code and Store are an attempt at a step.
	Adaptive *Adaptive
}

// MatrixExponential asks for two matrices, which Code uses under the names P[i][j] and Q[i][j]:
//
//	P = exp(M dt)    Q = integral of exp(M s) ds from 0 to dt
//
// The entries of M are constant over a run. If Shared, they are shared by all elements and one evaluation
// serves the group; otherwise every element has its own. The method Evaluate computes both. An empty name
// marks an entry that is not used.
type MatrixExponential struct {
	Variables []string
	M         [][]syntax.Expr
	P, Q      [][]string
	Shared    bool
}

// String returns the step as abstract code.
func (r *Result) String() string {
	var b strings.Builder
	for _, m := range r.Exponentials {
		b.WriteString(m.String())
	}
	for _, s := range r.Code {
		b.WriteString(syntax.FormatStmt(s) + "\n")
	}
	masked := map[string]bool{}
	for _, name := range r.Masked {
		masked[name] = true
	}
	for _, s := range r.Store {
		b.WriteString(syntax.FormatStmt(s))
		if masked[s.Target.Ident] {
			b.WriteString("  # unless refractory")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// String describes the request, as comments of abstract code.
func (m *MatrixExponential) String() string {
	var b strings.Builder
	b.WriteString("# once per run: P = exp(M*dt), Q = integral of exp(M*s) over s = 0..dt, for (" +
		strings.Join(m.Variables, ", ") + ") and M =\n")
	for _, row := range m.M {
		cells := make([]string, len(row))
		for j, e := range row {
			cells[j] = syntax.Format(e)
		}
		b.WriteString("#   [" + strings.Join(cells, ", ") + "]\n")
	}
	return b.String()
}

// variable and function describe names, also where the system has no Names.
func (s *System) variable(name string) Variable {
	if s.Names == nil {
		return Variable{}
	}
	return s.Names.Variable(name)
}

func (s *System) function(name string) Function {
	if s.Names == nil {
		switch name {
		case "rand", "randn", "poisson":
			return Function{Stateful: true, Random: true}
		}
		return Function{}
	}
	return s.Names.Function(name)
}

// states returns the set of the state variables.
func (s *System) states() map[string]bool {
	set := make(map[string]bool, len(s.Equations))
	for _, e := range s.Equations {
		set[e.Name] = true
	}
	return set
}

// sorted returns the system with its equations in name order: the order fixes that of random draws.
func (s *System) sorted() *System {
	c := *s
	c.Equations = append([]Equation(nil), s.Equations...)
	sort.SliceStable(c.Equations, func(i, j int) bool { return c.Equations[i].Name < c.Equations[j].Name })
	return &c
}
