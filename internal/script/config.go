package script

import (
	"io"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// Config says how scripts run. The zero value is usable: no output, no foreign modules.
type Config struct {
	// Stdout receives what scripts print; nil discards it. Stderr likewise (warnings).
	Stdout, Stderr io.Writer
	// Modules are the modules that scripts can import, besides Python's own few.
	Modules []*Module
	// Builtins are further names that are always visible (display, get_ipython).
	Builtins []Entry
	// Dir is where `import foo` looks for foo.py and open() for files; OutputDir is where open() may write.
	Dir, OutputDir string
	// Argv is sys.argv.
	Argv []string
	// Parse parses an imported file; nil means syntax.ParseModule.
	Parse func(*diag.Source) (*syntax.Module, error)
	// ArrayOperator computes an operation of a quantity and a list or tuple, which gives an array; nil refuses it.
	ArrayOperator func(op syntax.Op, x, y Value) (Value, error)
	// NumberAttr gives an attribute of a plain number that Python's numbers do not have, but those that NumPy's functions
	// return: a number is of one kind here; and one of a quantity that it has as an array without axes. It returns nil for an unknown name; nil means that there are none.
	NumberAttr func(x Value, name string) (Value, error)
	// MagicImports says which modules a notebook line imports by star (%pylab), for ScanNames; nil means none does.
	MagicImports func(magic *syntax.Magic) []*Module
	// Magic runs a notebook line other than %time and %%time; nil refuses them all. A non-nil value is what the line gives.
	Magic func(call *Call, magic *syntax.Magic) (Value, error)
	// Check turns check mode on: functions may return *Unknown, and OnUnknownBranch hears of what was skipped.
	Check bool
	// OnUnknownBranch is told of each branch or loop that was not entered because its condition is unknown.
	OnUnknownBranch func(where diag.Span, unknown *Unknown)
	// OnWarning is told of warnings (warnings.warn, cosmetic keywords); nil prints them to Stderr.
	OnWarning func(*diag.Message)
}
