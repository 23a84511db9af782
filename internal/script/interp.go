package script

import (
	"context"
	"fmt"
	"io"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// Interp evaluates scripts. It is used by one goroutine at a time.
type Interp struct {
	config   Config
	builtins map[string]Value
	modules  map[string]*Module // by full name; files that were imported are added
	loaded   map[string]bool    // whose OnImport has run
	main     *Namespace
	tables   *methodTables
	classes  map[string]*Class // by name; those of foreign types are added as they are met
	stdout   io.Writer
	stderr   io.Writer
	depth    int // of frames
	calls    int // of calls inside calls, those of built-in functions too
	steps    int
	ctx      context.Context
	frame    *Frame // the frame that is executing

	observers []func(*syntax.Module)
	running   []*syntax.Module
	warned    map[warning]bool
}

// warning is what was said once and is not said again.
type warning struct {
	kind, text string
	where      diag.Span
}

// New returns an evaluator with an empty __main__.
func New(config Config) *Interp {
	in := &Interp{config: config, modules: map[string]*Module{}, loaded: map[string]bool{}, warned: map[warning]bool{}, stdout: config.Stdout, stderr: config.Stderr}
	if in.stdout == nil {
		in.stdout = io.Discard
	}
	if in.stderr == nil {
		in.stderr = io.Discard
	}
	in.tables = newMethodTables()
	in.classes = in.makeClasses()
	in.builtins = in.makeBuiltins()
	for _, m := range standardModules(in) {
		in.addModule(m.Name, m)
	}
	for _, m := range config.Modules {
		in.addModule(m.Name, m)
	}
	for _, e := range config.Builtins {
		if name, v := e.value(in, ""); name != "" {
			in.builtins[name] = v
		}
	}
	in.main = newNamespace("__main__", in.builtins)
	in.main.Set("__name__", "__main__")
	return in
}

func (in *Interp) addModule(name string, m *Module) {
	in.modules[name] = m
	for _, sub := range m.Modules {
		in.addModule(sub.Name, sub)
	}
}

// Config returns the configuration.
func (in *Interp) Config() Config { return in.config }

// Stdout is where scripts print.
func (in *Interp) Stdout() io.Writer { return in.stdout }

// SetStdout redirects what scripts print from now on (a notebook gives each cell its own) and returns what it was.
func (in *Interp) SetStdout(w io.Writer) (previous io.Writer) {
	previous, in.stdout = in.stdout, w
	return previous
}

// Globals are the names of the script itself.
func (in *Interp) Globals() *Namespace { return in.main }

// Frame returns the frame that is executing, or nil between cells.
func (in *Interp) Frame() *Frame { return in.frame }

// Warn reports a warning as Config asks. One without a place gets that of the statement that is executing. As in Python,
// the same text about the same place is reported once.
func (in *Interp) Warn(m *diag.Message) {
	if m.Where.IsZero() && in.frame != nil {
		placed := *m
		placed.Where = in.frame.Where()
		m = &placed
	}
	said := warning{m.Kind, m.Text, m.Where}
	if in.warned[said] {
		return
	}
	in.warned[said] = true
	if in.config.OnWarning != nil {
		in.config.OnWarning(m)
		return
	}
	place := ""
	if !m.Where.IsZero() {
		line, _ := m.Where.Line()
		place = fmt.Sprintf("%s:%d: ", m.Where.Source.Name, line)
	}
	fmt.Fprintf(in.stderr, "%s%s: %s\n", place, m.Kind, m.Text)
}

// ExecModule runs a whole file. The error is an *Error.
func (in *Interp) ExecModule(ctx context.Context, module *syntax.Module) error {
	_, err := in.exec(ctx, module, in.main, false)
	return err
}

// ExecCell runs a notebook cell. If its last statement is an expression without a trailing semicolon, its value
// is returned for display; otherwise, or if it is None, the value is nil. The error is an *Error.
func (in *Interp) ExecCell(ctx context.Context, cell *syntax.Module) (Value, error) {
	return in.exec(ctx, cell, in.main, true)
}
