package model

import (
	"math"

	"synfire/units"
)

// ArgRule says what dimension the arguments of a function must have and what dimension it returns.
type ArgRule uint8

// The rules of dimension.
const (
	Dimensionless ArgRule = iota // dimensionless arguments, dimensionless result
	Transparent                  // any dimension, the same for all arguments; the result has it
	SquareRoot                   // any dimension; the result has its square root
	Signum                       // any dimension; the result is dimensionless
	Times                        // arguments in seconds; the result is dimensionless
)

// ResultType says which type a function returns.
type ResultType uint8

// The rules of type.
const (
	ReturnsFloat   ResultType = iota
	ReturnsInteger            // 32 bits
	ReturnsWide               // an integer of 64 bits
	ReturnsHighest            // the highest type of the arguments
	ReturnsBoolean
)

// Function is a function that equations and abstract code may call.
type Function struct {
	Name    string
	Args    int
	Rule    ArgRule
	Returns ResultType
	// Stateful functions return something else each time: random numbers.
	Stateful bool
	// Custom is set for functions that a namespace gives; Args and Rule mean nothing for them.
	Custom *Custom
}

// Custom is what is known of a function beyond this package's own.
type Custom struct {
	Arguments []Argument
	// Result returns the dimension of the result for those of the arguments.
	Result func(arguments []units.Dimension) (units.Dimension, error)
	// Elementwise functions need nothing but an element's arguments for its result.
	Elementwise bool
	// Compute is what computes it, of a type that belongs to who runs code.
	Compute any
}

// Argument says what an argument has to be.
type Argument struct {
	Rule ArgumentRule
	Dim  units.Dimension // for HasDimension
	As   int             // for SameDimension: the argument that has it
	// Type is what the argument has to be; Any allows all.
	Type Type
	Any  bool
}

// ArgumentRule says which dimension an argument has to have.
type ArgumentRule uint8

// The rules of arguments.
const (
	AnyDimension ArgumentRule = iota
	HasDimension
	SameDimension
)

// Functions are the functions known by name everywhere, as Brian2 has them.
var Functions = functionTable()

func functionTable() map[string]*Function {
	table := map[string]*Function{}
	for _, name := range []string{
		"sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "log", "log10", "expm1", "log1p", "exprel",
		"arcsin", "arccos", "arctan",
	} {
		table[name] = &Function{Name: name, Args: 1, Rule: Dimensionless}
	}
	for _, f := range []*Function{
		{Name: "abs", Args: 1, Rule: Transparent, Returns: ReturnsHighest},
		{Name: "ceil", Args: 1, Rule: Transparent},
		{Name: "floor", Args: 1, Rule: Transparent},
		{Name: "sqrt", Args: 1, Rule: SquareRoot},
		{Name: "sign", Args: 1, Rule: Signum, Returns: ReturnsHighest},
		{Name: "clip", Args: 3, Rule: Transparent, Returns: ReturnsHighest},
		{Name: "int", Args: 1, Rule: Dimensionless, Returns: ReturnsInteger},
		{Name: "timestep", Args: 2, Rule: Times, Returns: ReturnsWide},
		{Name: "rand", Stateful: true},
		{Name: "randn", Stateful: true},
		{Name: "poisson", Args: 1, Rule: Dimensionless, Returns: ReturnsInteger, Stateful: true},
	} {
		table[f.Name] = f
	}
	return table
}

// Constants are the dimensionless constants known by name everywhere.
var Constants = map[string]float64{"pi": math.Pi, "e": math.E, "inf": math.Inf(1)}
