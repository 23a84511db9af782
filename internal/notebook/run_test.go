package notebook

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"synfire/internal/diag"
	"synfire/internal/plot"
	"synfire/internal/script"
	"synfire/internal/script/host"
	"synfire/internal/syntax"
)

// fakeSession has one module, with a simulation that simulates nothing and a figure that shows nothing.
type fakeSession struct {
	host   *host.Host
	open   []*plot.Figure
	cancel func() // called in the middle of a run
	saved  string
}

func (s *fakeSession) Modules() []*script.Module {
	return []*script.Module{{Name: "lab", Entries: []script.Entry{
		{Signature: "run(duration)", Func: s.run},
		{Signature: "plot(title, **kwargs)", Keywords: []string{"c", "snap"}, Cosmetic: []string{"snap"}, Func: func(call *script.Call) (script.Value, error) {
			title, err := call.String("title")
			figure := plot.NewFigure(1, plot.DefaultStyle())
			figure.AddAxes(plot.Place{}, plot.DefaultStyle()).Title = title
			s.open = append(s.open, figure)
			return script.NewList(fakeLine{}), err
		}},
		{Signature: "show()", Func: func(*script.Call) (script.Value, error) {
			for _, f := range s.TakeFigures() {
				s.host.Show(f)
			}
			return nil, nil
		}},
		{Signature: "warn(text)", Func: func(call *script.Call) (script.Value, error) {
			text, err := call.String("text")
			s.host.Warn(diag.Errorf(call.Frame.Where(), "", "%s", text))
			return nil, err
		}},
		{Signature: "crash()", Func: func(*script.Call) (script.Value, error) { panic("BUG: a test") }},
		{Name: "table", Value: fakeTable{}},
	}}}
}

func (s *fakeSession) run(call *script.Call) (script.Value, error) {
	duration, err := call.Float("duration")
	if err != nil {
		return nil, err
	}
	report := host.RunReport{Duration: duration, Simulated: duration, Reached: duration, Wall: 2 * time.Second, Neurons: 2500, Spikes: 7}
	if s.host.Progress != nil {
		s.host.Progress(host.Progress{Done: 0.5, Biological: duration / 2, Duration: duration, Elapsed: time.Second})
	}
	if s.cancel != nil {
		s.cancel()
		report.Simulated, report.Reached, report.Interrupted = duration/4, duration/4, true
	}
	s.host.OnRun(report)
	return nil, call.Context.Err()
}

type fakeLine struct{}

func (fakeLine) Drawn() {}

type fakeTable struct{}

func (fakeTable) RichRepr() (text, html string) { return "a b", "<table><tr><td>a</td></tr></table>" }

func (s *fakeSession) NumberAttr() func(script.Value, string) (script.Value, error) { return nil }

func (s *fakeSession) ArrayOperator() func(syntax.Op, script.Value, script.Value) (script.Value, error) {
	return nil
}

func (s *fakeSession) TakeFigures() []*plot.Figure {
	open := s.open
	s.open = nil
	return open
}

func (s *fakeSession) Setting() host.Setting {
	return host.Setting{Seed: 4022, SeedChosen: true, Threads: 2, Executor: "portable"}
}

func (s *fakeSession) SaveRecordings(dir string) ([]string, error) {
	s.saved = dir
	return []string{"statemonitor.npz"}, nil
}

func (s *fakeSession) Close() error { return nil }

// runText runs a document with a session that Options.Open has not chosen otherwise.
func runText(t *testing.T, path, text string, change func(*Options, *fakeSession)) (*Result, *fakeSession) {
	t.Helper()
	d, err := Parse(path, text)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	session := &fakeSession{}
	o := Options{Version: "test", Open: func(h *host.Host) (Session, error) {
		session.host = h
		if session.cancel != nil {
			session.cancel = cancel
		}
		return session, nil
	}}
	if change != nil {
		change(&o, session)
	}
	r, err := Run(ctx, d, o)
	if err != nil {
		t.Fatal(err)
	}
	return r, session
}

// trail shows what the cells did, one line for each cell of code and output.
func trail(r *Result) string {
	var b strings.Builder
	for _, c := range r.Cells {
		if c.Kind != CodeCell || c.Empty() {
			continue
		}
		fmt.Fprintf(&b, "%d %s\n", c.Number, c.State)
		for _, out := range c.Outputs {
			switch out := out.(type) {
			case *Text:
				fmt.Fprintf(&b, "  text %q\n", out)
			case *Display:
				fmt.Fprintf(&b, "  display %q %q\n", out.Text, out.HTML)
			case *Figure:
				fmt.Fprintf(&b, "  figure %s %q\n", out.Name, out.Caption)
			case *Warning:
				fmt.Fprintf(&b, "  warning %v\n", out.Message)
			case *Failure:
				fmt.Fprintf(&b, "  failure %s %v\n", out.Message.Kind, out.Message)
			case *Simulation:
				fmt.Fprintf(&b, "  run %s\n", describeRun(out.Report))
			case *Note:
				fmt.Fprintf(&b, "  note %s\n", out.Text)
			}
		}
	}
	return b.String()
}

// cells makes a Markdown document.
func cells(codes ...string) string {
	var b strings.Builder
	for _, code := range codes {
		b.WriteString("```python\n" + code + "\n```\n\n")
	}
	return b.String()
}

func TestRun(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"outputs in order", cells("from lab import *", "print('a')\nplot('first')\nprint('b', end='')\nwarn('careful')\nrun(10)\nx = 3\nx", "plot('second')", "table", "x;", "None", "(plot('a'), plot('b'))"), `1 done
2 done
  text "a\nb"
  warning a.md:9:1: careful
  run simulated 10 s in 2.0 s (5.0 × real time), 2500 neurons, 7 spikes
  display "3" ""
  figure cell-2-1 "first"
3 done
  figure cell-3-1 "second"
4 done
  display "a b" "<table><tr><td>a</td></tr></table>"
5 done
6 done
7 done
  figure cell-7-1 "a"
  figure cell-7-2 "b"
`},
		{"display and show", cells("import lab\ndisplay(1, 'two')\nlab.plot('x')\nlab.show()\nprint(3)"), `1 done
  display "1" ""
  display "'two'" ""
  figure cell-1-1 "x"
  text "3\n"
`},
		{"an error ends it, its figures stay", cells("import lab", "lab.plot('x')\nprint(1)\n1/0", "print(2)"), `1 done
2 failed
  text "1\n"
  figure cell-2-1 "x"
  failure ZeroDivisionError a.md:8:1: division by zero
3 not run
`},
		{"known before the start", cells("print(1)", "import lab\nif False:\n    lab.rnu(1)\nlab.plot('x', snap=True)", "lab.rnu(1)", "print(2"), `1 done
  text "1\n"
2 done
  warning a.md:9:1: plot() accepts 'snap' and ignores it
  figure cell-2-1 "x"
3 failed
  failure AttributeError a.md:13:1: module 'lab' has no attribute 'rnu'
4 failed
  failure SyntaxError a.md:17:6: '(' was never closed
`},
		{"exit", cells("print(1)\nimport sys\nsys.exit()\nprint(2)", "print(3)"), `1 done
  text "1\n"
2 not run
`},
		{"exit with an error", cells("import sys\nsys.exit('no data')", "print(3)"), `1 failed
  failure SystemExit a.md:3:1: no data
2 not run
`},
		{"not evaluated, empty", "```python tags=[\"skip-execution\"]\n1/0\n```\n```python\n\n```\n```python\n1\n```\n", `1 not evaluated
2 done
  display "1" ""
`},
		{"Colab", cells("RunningInCOLAB = 'google.colab' in str(get_ipython())\nif RunningInCOLAB:\n  ! pip install brian2\n  ! wget x\nRunningInCOLAB"), `1 done
  display "False" ""
`},
		{"installation", cells("!pip install -q brian2 'numpy>=1.2'\n%pip install pandas==1.5", "!pip install tensorflow"), `1 done
  note brian2 is built in; there is nothing to install
  note numpy is built in; there is nothing to install
  note pandas is built in; there is nothing to install
2 failed
  failure ModuleNotFoundError a.md:7:1: tensorflow cannot be installed: packages of Python do not run here
`},
		{"commands", cells("%matplotlib inline\n%config InlineBackend.figure_format = 'retina'\n%load_ext autoreload\nget_ipython().run_line_magic('matplotlib', 'inline')", "x = 1\n%reset -f\n'x' in globals()", "%%capture\nprint(1)\ny = 2", "print(y)\n%matplotlob inline"), `1 done
  note %matplotlib inline has no effect here
  note %config InlineBackend.figure_format = 'retina' has no effect here
  note %load_ext autoreload has no effect here
  note %matplotlib inline has no effect here
2 done
  display "False" ""
3 done
4 failed
  text "2\n"
  failure UsageError a.md:22:1: the notebook command %matplotlob is not supported
`},
		{"shell", cells("if False:\n    !wget x", "!ls -l"), `1 done
2 failed
  failure PermissionError a.md:7:1: this line would run 'ls' in a shell, which is not allowed
`},
		{"time", cells("%%time\nx = 1"), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, _ := runText(t, "a.md", test.text, nil)
			got := trail(r)
			if test.want == "" {
				if !strings.Contains(got, "Wall time: ") {
					t.Errorf("got\n%s", got)
				}
				return
			}
			if got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}

func TestPlainScript(t *testing.T) {
	r, _ := runText(t, "a.py", "from lab import *\nplot('one')\nshow()\nprint(1)\nplot('two')\n7\n", nil)
	want := "1 done\n  figure cell-1-1 \"one\"\n  text \"1\\n\"\n  figure cell-1-2 \"two\"\n"
	if got := trail(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	r, _ = runText(t, "a.py", "%matplotlib inline\n", nil)
	if !r.Failed() {
		t.Error("a command of notebooks ran in a plain script")
	}
}

func TestInterruption(t *testing.T) {
	folder := t.TempDir()
	r, session := runText(t, "a.md", cells("import lab\nprint(1)", "lab.plot('x')\nlab.run(10)", "print(2)"), func(o *Options, s *fakeSession) {
		o.Folder = folder
		s.cancel = func() {}
	})
	want := `1 done
  text "1\n"
2 interrupted
  run simulated 2.5 s in 2.0 s (1.2 × real time), 2500 neurons, 7 spikes; interrupted at t = 2.5 s
  figure cell-2-1 "x"
  failure KeyboardInterrupt interrupted at t = 2.5 s, after 2.5 s of the 10 s that were to be simulated
3 not run
`
	if got := trail(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if !r.Interrupted() || r.Failed() {
		t.Error("the result is not that of an interruption")
	}
	if session.saved != filepath.Join(folder, "interrupted") || len(r.Saved) != 1 {
		t.Errorf("recordings went to %q: %v", session.saved, r.Saved)
	}
	if page := readPage(t, folder); !strings.Contains(page, "interrupted at t = 2.5 s") || !strings.Contains(page, "Interrupted in <a href=\"#cell-2\">cell 2</a>") {
		t.Error("the page does not tell of the interruption")
	}
}

func TestShellWhenAllowed(t *testing.T) {
	r, _ := runText(t, "a.md", cells("name = 'world'\n!echo hello {name} $name", "!exit 3", "%%bash\necho one\necho two", "print(1)"), func(o *Options, _ *fakeSession) {
		o.AllowShell = true
	})
	want := `1 done
  text "hello world world\n"
2 done
  warning a.md:7:1: the command ended with status 3
3 done
  text "one\ntwo\n"
4 done
  text "1\n"
`
	if got := trail(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestTracebacks(t *testing.T) {
	r, _ := runText(t, "a.md", cells("def f(n):\n    return g(n)\ndef g(n):\n    return 1/n", "f(0)"), nil)
	var m *diag.Message
	for _, out := range r.Cells[1].Outputs {
		if f, ok := out.(*Failure); ok {
			m = f.Message
		}
	}
	want := `error[ZeroDivisionError]: division by zero
 --> a.md:5:12
  |
5 |     return 1/n
  |            ^^^
note: called here, in f
 --> a.md:3:12
  |
3 |     return g(n)
  |            ^^^^
note: called here
 --> a.md:9:1
  |
9 | f(0)
  | ^^^^
`
	if got := m.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	r, _ = runText(t, "a.md", cells("def f(n):\n    return f(n + 1)\nf(0)"), nil)
	for _, out := range r.Cells[0].Outputs {
		if f, ok := out.(*Failure); ok && (len(f.Message.Notes) > 8 || !strings.Contains(f.Message.String(), "more calls")) {
			t.Errorf("a deep traceback is not shortened:\n%s", f.Message)
		}
	}
}

func TestInternalErrorsAreCaught(t *testing.T) {
	r, _ := runText(t, "a.md", cells("import lab\nprint(1)", "lab.crash()", "print(2)"), nil)
	want := "1 done\n  text \"1\\n\"\n2 failed\n  failure InternalError BUG: a test\n3 not run\n"
	if got := trail(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func readPage(t *testing.T, folder string) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(folder, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

func TestPage(t *testing.T) {
	folder := t.TempDir()
	old := filepath.Join(folder, "figures", "cell-9-1.png")
	if err := os.MkdirAll(filepath.Dir(old), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	text := "# Title <&>\n\nSome $x^2$.\n\n## One\n\n" + cells("from lab import *\nplot('<b>&')\nprint('<script>alert(1)</script>')") + "## Two\n\n" +
		"```python jupyter={\"outputs_hidden\": true}\nprint('secret')\n```\n\n" + cells("table", "1/0", "print('late')")
	watched := &pages{folder: folder}
	r, _ := runText(t, "a.md", text, func(o *Options, _ *fakeSession) { o.Folder, o.Watcher = folder, watched })
	page := readPage(t, folder)
	if err := wellFormed(page); err != nil {
		t.Errorf("the page is not well formed: %v", err)
	}
	for _, want := range []string{
		"<title>Title &lt;&amp;&gt;</title>", "<h1 id=\"title\">Title &lt;&amp;&gt;</h1>", "<msup><mi>x</mi><mn>2</mn></msup>",
		"<li class=\"level-2\"><a href=\"#two\">Two</a></li>", "&lt;script&gt;alert(1)&lt;/script&gt;", "<table><tr><td>a</td></tr></table>",
		"<figure><img src=\"data:image/", "alt=\"Figure cell-1-1: &lt;b&gt;&amp;\"", "An error ended <a href=\"#cell-4\">cell 4</a>",
		"ZeroDivisionError", "<dd>4022</dd>", "<dd>portable</dd>", "class=\"cell not-run\" id=\"cell-5\"",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, no := range []string{"<script", "secret\n", "http://", "https://"} {
		if strings.Contains(strings.ReplaceAll(page, "http://www.w3.org", ""), no) {
			t.Errorf("the page has %q", no)
		}
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Error("a figure of an earlier run is still there")
	}
	for _, name := range []string{"cell-1-1.png", "cell-1-1.svg"} {
		if info, err := os.Stat(filepath.Join(folder, "figures", name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(watched.sizes) != 4 || watched.sizes[0] == 0 {
		t.Errorf("the page was not there while cells ran: %v", watched.sizes)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, ".report-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if r.WriteError != nil {
		t.Error(r.WriteError)
	}
}

// pages looks at the page whenever a cell begins.
type pages struct {
	unwatched
	folder string
	sizes  []int64
}

func (p *pages) CellBegins(*CellResult) {
	size := int64(0)
	if info, err := os.Stat(filepath.Join(p.folder, "report.html")); err == nil {
		size = info.Size()
	}
	p.sizes = append(p.sizes, size)
}

// wellFormed reads a page as XML, after closing what HTML leaves open.
func wellFormed(page string) error {
	page = strings.TrimPrefix(page, "<!DOCTYPE html>")
	decoder := xml.NewDecoder(strings.NewReader(page))
	decoder.Strict = false
	decoder.AutoClose = []string{"meta", "img", "br", "hr"}
	decoder.Entity = xml.HTMLEntity
	depth := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			if depth != 0 {
				return fmt.Errorf("%d elements are not closed", depth)
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
}

func TestUnwritableFolderIsTold(t *testing.T) {
	folder := t.TempDir()
	r, _ := runText(t, "a.md", cells("import lab\nimport os", "lab.plot('x')", "print(1)"), func(o *Options, s *fakeSession) {
		o.Folder = folder
		o.Watcher = &remover{folder: filepath.Join(folder, "figures")}
	})
	if r.WriteError == nil || !r.Failed() || r.Cells[2].State != Done {
		t.Errorf("a figure that could not be written: %v, the last cell is %v", r.WriteError, r.Cells[2].State)
	}
}

type remover struct {
	unwatched
	folder string
}

func (r *remover) CellBegins(*CellResult) { os.RemoveAll(r.folder) }

func TestLongOutputIsShortened(t *testing.T) {
	text := &Text{}
	line := []byte(strings.Repeat("x", 999) + "\n")
	for range 2000 {
		text.write(line)
	}
	text.write([]byte("the end"))
	got := text.String()
	if len(got) > 500<<10 || !strings.HasSuffix(got, "the end") || !strings.Contains(got, "bytes are left out") {
		t.Errorf("%d bytes, ending in %q", len(got), got[len(got)-20:])
	}
}

func TestTerminal(t *testing.T) {
	var out, err bytes.Buffer
	terminal := &Terminal{Out: &out, Err: &err, Live: true, Verbose: true, Folder: "a.md.out"}
	r, _ := runText(t, "a.md", cells("import lab\nprint('a', end='')\nlab.plot('x')\n3", "lab.run(10)\nprint('b')"), func(o *Options, _ *fakeSession) {
		o.Watcher = terminal
		o.Now = func() time.Time { return time.Unix(0, 0) }
	})
	terminal.Conclude(r)
	if want := "a\n3\nb\n"; out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
	progress := "\r\x1b[Kcell 2  ━━━━━━━━━━━━────────────   50 %  5.0 × real time  1.0 s left\r\x1b[K"
	want := "figure a.md.out/figures/cell-1-1.png\ncell 1: done in 0.0 ms\n" + progress +
		"simulated 10 s in 2.0 s (5.0 × real time), 2500 neurons, 7 spikes\ncell 2: done in 0.0 ms\n"
	if err.String() != want {
		t.Errorf("told %q\nwant %q", err.String(), want)
	}
}

// Behind a cell that may fail, with Jupyter's tag or because all may, the others run.
func TestCellsThatMayFail(t *testing.T) {
	notebook := func(tags string) string {
		return `{"nbformat": 4, "metadata": {}, "cells": [
{"cell_type": "code", "metadata": {` + tags + `}, "source": "1/0"},
{"cell_type": "code", "metadata": {` + tags + `}, "source": "nonsense"},
{"cell_type": "code", "metadata": {` + tags + `}, "source": "1 +"},
{"cell_type": "code", "metadata": {}, "source": "print('here')"}]}`
	}
	for _, test := range []struct {
		tags        string
		allowErrors bool
		last        State
	}{{"", false, NotRun}, {`"tags": ["raises-exception"]`, false, Done}, {"", true, Done}} {
		r, _ := runText(t, "a.ipynb", notebook(test.tags), func(o *Options, _ *fakeSession) { o.AllowErrors = test.allowErrors })
		if got := r.Cells[3].State; got != test.last || !r.Failed() {
			t.Errorf("%q, allowed %v: the last cell is %s, failed %v", test.tags, test.allowErrors, got, r.Failed())
		}
	}
}
