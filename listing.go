package synfire

import (
	"fmt"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/syntax"
)

// Program is a piece of code of an object, as a run compiles it.
type Program struct {
	// Object is the name of the object, Name that of the code: "neurongroup_stateupdater".
	Object, Name string

	statements []*syntax.CodeStmt
	equations  []*model.Variable // those of the object, to which statements of update methods belong
	program    *plan.Program
	listed     bool // it runs for listed elements
}

// Code returns the statements that the program was made from: those of the user, and those that update methods have
// written. Statements that stand in a script name their line, those of update methods that of their equation.
func (p *Program) Code() string {
	var b strings.Builder
	line := ""
	for _, s := range p.statements {
		text := syntax.FormatStmt(s)
		if at := p.lineOf(s); at != "" && at != line {
			text, line = fmt.Sprintf("%-60s # %s", text, at), at
		}
		b.WriteString(text + "\n")
	}
	return b.String()
}

// lineOf names the line of a statement or, where an update method wrote it to find the next value of a variable (_v, _k1_v),
// that of the variable's equation.
func (p *Program) lineOf(s *syntax.CodeStmt) string {
	if at := lineOf(s.Where); at != "" || !strings.HasPrefix(s.Target.Ident, "_") {
		return at
	}
	longest, at := 0, ""
	for _, v := range p.equations {
		if v.Rhs != nil && len(v.Name) > longest && strings.HasSuffix(s.Target.Ident, "_"+v.Name) {
			longest, at = len(v.Name), lineOf(v.Equation.Where)
		}
	}
	return at
}

// lineOf names the line on which a text stands in a document; "" if it stands in none.
func lineOf(where diag.Span) string {
	document := where.Document()
	if document.Source == where.Source {
		return ""
	}
	return document.Place()
}

// Kernels returns the statements, and what they were lowered to, in the kernel form, after all passes: first what is computed
// once before the run, then what each step computes.
func (p *Program) Kernels() string {
	return p.each(func(part plan.Part) string { return part.Kernel.String() })
}

// Instructions returns the statements, and what the executor made of their kernels: machine code, or the portable executor's
// steps.
func (p *Program) Instructions() string {
	return p.each(func(part plan.Part) string {
		if lister, ok := part.Code.(exec.Lister); ok {
			return lister.Listing(p.listed)
		}
		return "(no listing)\n"
	})
}

func (p *Program) each(show func(plan.Part) string) string {
	var b strings.Builder
	for line := range strings.Lines(p.Code()) {
		b.WriteString("# " + line)
	}
	for _, part := range p.program.Parts {
		if len(p.program.Parts) > 1 {
			fmt.Fprintf(&b, "# %s\n", part.Runs)
		}
		b.WriteString(show(part))
	}
	return b.String()
}
