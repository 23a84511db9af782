package model

import (
	"slices"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/syntax"
	"synfire/units"
)

var pythonKeywords = []string{
	"False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
	"elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
	"not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
}

// checkName refuses names that no model variable may have.
func checkName(name string, where diag.Span) error {
	refuse := func(format string, args ...any) error {
		return diag.Errorf(where, "SyntaxError", format, args...).WithHint("choose another name for the variable")
	}
	switch {
	case slices.Contains(pythonKeywords, name):
		return refuse("'%s' is a Python keyword and cannot be used as a variable.", name)
	case strings.HasPrefix(name, "_"):
		return refuse("Variable name '%s' starts with an underscore, this is only allowed for variables used internally.", name)
	case slices.Contains([]string{"t", "dt", "t_in_timesteps", "xi", "i", "N"}, name):
		return refuse("'%s' has a special meaning in equations and cannot be used as a variable name.", name)
	case isNoise(name):
		return refuse("'%s' cannot be used as a variable name, names starting with 'xi_' denote noise.", name)
	case slices.Contains([]string{"not_refractory", "refractory", "refractory_until"}, name):
		return refuse("The name '%s' is used in the refractory mechanism and should not be used as a variable name.", name)
	}
	if _, isFunction := Functions[name]; isFunction {
		return refuse("'%s' is the name of a function, cannot be used as a variable name.", name)
	}
	if _, isConstant := Constants[name]; isConstant {
		return refuse("'%s' is the name of a constant, cannot be used as a variable name.", name)
	}
	if _, isUnit := units.LookupInEquations(name); isUnit {
		return refuse("'%s' is the name of a unit, cannot be used as a variable name.", name)
	}
	return nil
}

// GroupKind says what a model text describes; it decides which flags and names are allowed.
type GroupKind uint8

// The kinds of group.
const (
	Neurons GroupKind = iota
	SynapseGroup
)

// flagRule lists the flags that equations of one kind may have in one kind of group.
func allowedFlags(group GroupKind, kind syntax.EquationKind) []string {
	if group == Neurons {
		switch kind {
		case syntax.Parameter:
			return []string{"constant", "shared", "linked"}
		case syntax.Subexpression:
			return []string{"shared", "constant over dt"}
		default:
			return []string{"unless refractory"}
		}
	}
	switch kind {
	case syntax.Parameter:
		return []string{"constant", "shared"}
	case syntax.Subexpression:
		return []string{"summed", "shared", "constant over dt"}
	default:
		return []string{"event-driven", "clock-driven"}
	}
}

// excludes reports whether two flags of one equation contradict each other.
func excludes(group GroupKind, flag, other string) bool {
	switch {
	case flag == other:
		return false
	case flag == "linked" || flag == "summed":
		return true
	case group == SynapseGroup:
		return flag == "event-driven" && other == "clock-driven" || flag == "shared" && other == "constant over dt"
	}
	return false
}

func kindText(kind syntax.EquationKind) string {
	return [...]string{"parameter", "subexpression", "differential equation"}[kind]
}
