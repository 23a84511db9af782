package notebook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/script/host"
	"synfire/internal/syntax"
)

// builtIn are the packages whose installation succeeds because there is nothing to do.
var builtIn = []string{"brian2", "numpy", "pandas", "matplotlib", "scipy"}

// cosmetic are notebook commands that are accepted and change nothing here.
var cosmetic = []string{"matplotlib", "config", "load_ext", "reload_ext", "autoreload", "autosave", "xmode", "colors", "pprint", "precision"}

// effective are notebook commands that do something, besides %time and %timeit, which the evaluator runs.
var effective = []string{"pylab", "pip", "conda", "reset", "capture", "system", "sx", "bash", "sh"}

// magic runs a notebook line. See script.Config.
func (r *runner) magic(call *script.Call, m *syntax.Magic) (script.Value, error) {
	if m.Kind == "!" {
		return r.shell(call, m.Args, m.Span())
	}
	if m.Kind == "%%" {
		switch m.Name {
		case "capture":
			return nil, r.capture(call, m)
		case "bash", "sh", "system", "sx":
			return r.shell(call, m.BodyText, m.Span())
		}
		return nil, r.unknownMagic(m)
	}
	return r.lineMagic(call, m.Name, m.Args, m.Span())
}

// lineMagic runs %name args.
func (r *runner) lineMagic(call *script.Call, name, args string, where diag.Span) (script.Value, error) {
	switch {
	case name == "pylab":
		return nil, r.pylab(call, args)
	case name == "pip" || name == "conda":
		return r.install(name, strings.Fields(args), where)
	case name == "reset":
		globals := r.interp.Globals()
		for _, n := range globals.Names() {
			if !strings.HasPrefix(n, "__") {
				globals.Delete(n)
			}
		}
		return nil, nil
	case name == "system" || name == "sx" || name == "bash" || name == "sh":
		return r.shell(call, args, where)
	case slices.Contains(cosmetic, name):
		r.show(&Note{strings.TrimSpace(fmt.Sprintf("%%%s %s has no effect here", name, args))})
		return nil, nil
	}
	return nil, r.unknownMagic(&syntax.Magic{At: syntax.At{Where: where}, Kind: "%", Name: name})
}

func (r *runner) unknownMagic(m *syntax.Magic) error {
	message := diag.Errorf(m.Span(), "UsageError", "the notebook command %s%s is not supported", m.Kind, m.Name)
	known := append(slices.Concat(effective, cosmetic), "time", "timeit")
	if m.Kind == "%%" {
		known = []string{"time", "timeit", "capture", "bash", "sh"}
	}
	if near := diag.Nearest(m.Name, known); near != "" {
		return message.WithHint("did you mean %s%s?", m.Kind, near)
	}
	return message.WithHint("remove the line, or write what it does in Python")
}

// pylabImports are the statements that IPython runs for %pylab (IPython.core.pylabtools.import_pylab).
const pylabImports = `import numpy
import matplotlib
from matplotlib import pylab, mlab, pyplot
np = numpy
plt = pyplot
`

// pylabModules are the modules whose names %pylab brings, the later before the earlier.
var pylabModules = []string{"pylab", "numpy"}

// pylab brings the names of numpy and matplotlib. With --no-import-all only the modules come.
func (r *runner) pylab(call *script.Call, args string) error {
	text := pylabImports
	if importsAll(args) {
		for _, name := range pylabModules {
			text += "from " + name + " import *\n"
		}
	}
	module, err := syntax.ParseModule(&diag.Source{Name: "%pylab", Text: text}, syntax.Options{})
	if err != nil {
		return err
	}
	if _, err := r.interp.ExecCell(call.Context, module); err != nil {
		return err
	}
	r.show(&Note{"%pylab brings the names of numpy and matplotlib.pyplot"})
	return nil
}

func importsAll(args string) bool { return !strings.Contains(args, "--no-import-all") }

// magicImports says which names a notebook line brings, so that they are known before anything runs.
func (r *runner) magicImports(m *syntax.Magic) []*script.Module {
	if m.Kind != "%" || m.Name != "pylab" {
		return nil
	}
	// What pylabImports binds, as a module of its own.
	bound := &script.Module{Name: "%pylab"}
	var modules []*script.Module
	for _, b := range [][2]string{{"numpy", "numpy"}, {"np", "numpy"}, {"matplotlib", "matplotlib"}, {"plt", "matplotlib.pyplot"},
		{"pyplot", "matplotlib.pyplot"}, {"pylab", "pylab"}, {"mlab", "matplotlib.mlab"}} {
		if module := findModule(r.session.Modules(), b[1]); module != nil {
			bound.Entries = append(bound.Entries, script.Entry{Name: b[0], Value: module})
		}
	}
	if importsAll(m.Args) {
		for _, name := range pylabModules {
			if module := findModule(r.session.Modules(), name); module != nil {
				modules = append(modules, module)
			}
		}
	}
	return append(modules, bound)
}

// findModule returns the module of that full name, or nil.
func findModule(modules []*script.Module, name string) *script.Module {
	for _, m := range modules {
		if m.Name == name {
			return m
		}
		if found := findModule(m.Modules, name); found != nil {
			return found
		}
	}
	return nil
}

// parseCell parses a cell. The statements of %%capture are parsed too, so that their names are known.
func (r *runner) parseCell(source *diag.Source) (*syntax.Module, error) {
	options := syntax.Options{Notebook: r.result.Document.Kind.Notebook()}
	module, err := syntax.ParseModule(source, options)
	if err != nil || len(module.Body) != 1 {
		return module, err
	}
	m, ok := module.Body[0].(*syntax.Magic)
	if !ok || m.Kind != "%%" || m.Name != "capture" {
		return module, nil
	}
	// The statements keep their places: what stands before them becomes empty lines.
	before := strings.TrimSuffix(source.Text, m.BodyText)
	body := &diag.Source{Name: source.Name, Text: m.BodyText, FirstLine: max(source.FirstLine, 1) + strings.Count(before, "\n")}
	statements, err := syntax.ParseModule(body, options)
	if err != nil {
		return nil, err
	}
	m.Body = statements.Body
	return module, nil
}

// capture runs the rest of a cell and drops what it shows.
func (r *runner) capture(call *script.Call, m *syntax.Magic) error {
	kept := len(r.cell.Outputs)
	previous := r.interp.SetStdout(io.Discard)
	_, err := r.interp.ExecCell(call.Context, &syntax.Module{Source: m.Span().Source, Body: m.Body})
	r.interp.SetStdout(previous)
	r.session.TakeFigures()
	r.cell.Outputs = append(r.cell.Outputs[:kept], slices.DeleteFunc(slices.Clone(r.cell.Outputs[kept:]), func(out Output) bool {
		_, display := out.(*Display)
		return display
	})...)
	return err
}

var installPattern = regexp.MustCompile(`^(?:python3?\s+-m\s+)?(?:uv\s+)?(pip3?|conda|mamba)\s+(.*)$`)

// shell runs `!command`. Installing what is built in always succeeds; anything else needs --allow-shell.
func (r *runner) shell(call *script.Call, command string, where diag.Span) (script.Value, error) {
	command = strings.TrimSpace(command)
	if m := installPattern.FindStringSubmatch(command); m != nil && !r.AllowShell {
		return r.install(m[1], strings.Fields(m[2]), where)
	}
	if !r.AllowShell {
		name, _, _ := strings.Cut(command, " ")
		return nil, diag.Errorf(where, "PermissionError", "this line would run '%s' in a shell, which is not allowed", name).
			WithHint("remove the line, or give --allow-shell if you trust the notebook")
	}
	if r.Check {
		return nil, nil
	}
	run := exec.CommandContext(call.Context, "sh", "-c", expandShell(call.Frame, command))
	run.Dir = r.interp.Config().Dir
	run.Stdout, run.Stderr = r.interp.Stdout(), &stream{runner: r, stderr: true}
	run.Env = os.Environ()
	err := run.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && call.Context.Err() == nil:
		// As in Jupyter a command that fails does not end the cell.
		r.warn(diag.Errorf(where, "UserWarning", "the command ended with status %d", exit.ExitCode()))
		return nil, nil
	case call.Context.Err() != nil:
		return nil, context.Cause(call.Context)
	case err != nil:
		return nil, diag.Errorf(where, "OSError", "the command cannot be run: %v", err)
	}
	return nil, nil
}

var expansionPattern = regexp.MustCompile(`\{[A-Za-z_]\w*\}|\$[A-Za-z_]\w*`)

// expandShell puts the values of Python's variables in place of {name} and $name, as IPython does. Other names are
// left to the shell.
func expandShell(frame *script.Frame, command string) string {
	return expansionPattern.ReplaceAllStringFunc(command, func(match string) string {
		if frame == nil {
			return match
		}
		v, ok := frame.Lookup(strings.Trim(match, "{}$"))
		if !ok {
			return match
		}
		return script.Str(v)
	})
}

// install answers `pip install ...`: yes for what is built in, no for anything else.
func (r *runner) install(tool string, args []string, where diag.Span) (script.Value, error) {
	if len(args) == 0 || args[0] != "install" {
		return nil, diag.Errorf(where, "PermissionError", "%s is not available here", tool).
			WithHint("remove the line: everything that a script can import is built in")
	}
	var present []string
	for i := 1; i < len(args); i++ {
		arg := strings.Trim(args[i], `'"`)
		if strings.HasPrefix(arg, "-") {
			if slices.Contains([]string{"-c", "--channel", "-i", "--index-url", "-n", "--name"}, arg) {
				i++
			}
			continue
		}
		name := strings.ToLower(regexp.MustCompile(`[\[=<>!~;@ ]`).Split(arg, 2)[0])
		if !slices.Contains(builtIn, name) {
			m := diag.Errorf(where, "ModuleNotFoundError", "%s cannot be installed: packages of Python do not run here", name)
			if near := diag.Nearest(name, builtIn); near != "" {
				return nil, m.WithHint("did you mean %s? It is built in", near)
			}
			return nil, m.WithHint("built in are %s; a .py file beside the notebook can be imported", strings.Join(builtIn, ", "))
		}
		present = append(present, name)
	}
	for _, name := range present {
		r.show(&Note{name + " is built in; there is nothing to install"})
	}
	return nil, nil
}

// displayEntry is IPython's display().
func (r *runner) displayEntry() script.Entry {
	return script.Entry{Signature: "display(*objs, **kwargs)", Doc: "Shows values as the cell's last expression is shown.",
		Func: func(call *script.Call) (script.Value, error) {
			for _, v := range call.Args {
				if figure, ok := v.(host.FigureValue); ok {
					r.figure(figure.PlotFigure())
					continue
				}
				r.display(v)
			}
			return nil, nil
		}}
}

// shellEntry is get_ipython().
func (r *runner) shellEntry() script.Entry {
	shell := &interactiveShell{r}
	return script.Entry{Signature: "get_ipython()", Doc: "Returns the notebook's shell.",
		Func: func(*script.Call) (script.Value, error) { return shell, nil }}
}

// interactiveShell is what get_ipython() returns. Its text names no Colab, by which notebooks find out where they run.
type interactiveShell struct{ runner *runner }

// TypeName is that of Jupyter's shell.
func (s *interactiveShell) TypeName() string { return "ZMQInteractiveShell" }

// Repr looks as in Jupyter; the address is made up, so that pages of two runs are equal.
func (s *interactiveShell) Repr() string {
	return "<ipykernel.zmqshell.ZMQInteractiveShell object at 0x7f5e0c0ffee0>"
}

// Attr gives the methods that run commands of the notebook.
func (s *interactiveShell) Attr(name string) (any, error) {
	r := s.runner
	line := func(call *script.Call, name, args string) (script.Value, error) {
		where := diag.Span{}
		if call.Frame != nil {
			where = call.Frame.Where()
		}
		name = strings.TrimPrefix(name, "%")
		if name == "time" || name == "timeit" {
			return nil, diag.Errorf(where, "UsageError", "%%%s can only be written as a line of its own", name)
		}
		return r.lineMagic(call, name, args, where)
	}
	methods := map[string]script.Entry{
		"run_line_magic": {Signature: "run_line_magic(magic_name, line='')", Func: func(call *script.Call) (script.Value, error) {
			name, err := call.String("magic_name")
			if err != nil {
				return nil, err
			}
			args, err := call.String("line")
			if err != nil {
				return nil, err
			}
			return line(call, name, args)
		}},
		"magic": {Signature: "magic(arg_s)", Func: func(call *script.Call) (script.Value, error) {
			text, err := call.String("arg_s")
			if err != nil {
				return nil, err
			}
			name, args, _ := strings.Cut(strings.TrimSpace(text), " ")
			return line(call, name, strings.TrimSpace(args))
		}},
		"system": {Signature: "system(cmd)", Func: func(call *script.Call) (script.Value, error) {
			command, err := call.String("cmd")
			if err != nil {
				return nil, err
			}
			where := diag.Span{}
			if call.Frame != nil {
				where = call.Frame.Where()
			}
			return r.shell(call, command, where)
		}},
	}
	if entry, ok := methods[name]; ok {
		return script.NewBuiltin(entry), nil
	}
	return nil, nil
}

// AttrNames lists the methods for dir() and for suggestions.
func (s *interactiveShell) AttrNames() []string { return []string{"magic", "run_line_magic", "system"} }
