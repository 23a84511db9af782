package notebook

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"synfire/internal/diag"
	"synfire/internal/plot"
	"synfire/internal/rng"
	"synfire/internal/script"
	"synfire/internal/script/host"
	"synfire/internal/syntax"
)

// Options say how a document is run.
type Options struct {
	// Folder receives report.html, figures/ and what the script writes; "" writes nothing.
	Folder string
	// Seed, Threads, Memory and Limit are those of host.Host.
	Seed    *uint64
	Threads int
	Memory  int64
	Limit   float64
	// StatePerSynapse is that of host.Host.
	StatePerSynapse bool
	// AllowErrors goes on behind a cell that fails, as behind one with Jupyter's tag raises-exception.
	AllowErrors bool
	// Check only prepares simulations, and draws and writes nothing.
	Check bool
	// AllowShell lets lines such as `!ls` run in a shell.
	AllowShell bool
	// Open makes the session; nil means OpenSession.
	Open func(*host.Host) (Session, error)
	// Watcher sees what happens while it happens; nil if nobody watches.
	Watcher Watcher
	// Version is that of Synfire, for the head of the page.
	Version string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Watcher sees what happens while it happens. Its methods are called on the goroutine that runs the document,
// except Progress, which may be called from another one while a cell runs.
type Watcher interface {
	CellBegins(*CellResult)
	// Printed hears what a cell prints, piece by piece.
	Printed(text []byte, stderr bool)
	// Shown hears of every other output when it appears. Figures are complete, files included.
	Shown(*CellResult, Output)
	Progress(host.Progress)
	CellEnds(*CellResult)
}

// State says how far a cell has come.
type State uint8

// The states of a cell.
const (
	NotRun      State = iota // an earlier cell failed, or the cell has not been reached yet
	Running                  // it is running now
	Done                     // it ran to its end
	Failed                   // an error ended it
	Interrupted              // the user ended it
	Frozen                   // the document asks that it is not run
)

// String names the state as the page does.
func (s State) String() string {
	return [...]string{"not run", "running", "done", "failed", "interrupted", "not evaluated"}[s]
}

// CellResult is what came of a cell.
type CellResult struct {
	*Cell
	State   State
	Outputs []Output
	// Wall is how long the cell took.
	Wall    time.Duration
	module  *syntax.Module
	figures int
}

// Result is what came of a document.
type Result struct {
	Document *Document
	Options  Options
	Cells    []*CellResult
	// Problems are the errors that were known before the first cell ran: syntax errors and unknown names.
	Problems []*diag.Message
	// Warnings are those of the same kind that stop nothing.
	Warnings []*diag.Message
	// Unchecked are, in check mode, branches that were not entered because only a real run can decide them.
	Unchecked []*diag.Message
	Started   time.Time
	Wall      time.Duration
	Setting   host.Setting
	// Saved names the files with recordings that were saved because the user interrupted a run.
	Saved []string
	// Cancelled is true if the context ended before all cells had run.
	Cancelled bool
	// WriteError says why the page or a figure could not be written.
	WriteError error
}

// Failed reports whether anything went wrong, and Interrupted whether the user ended the run.
func (r *Result) Failed() bool {
	return len(r.Problems) > 0 || r.WriteError != nil ||
		slices.ContainsFunc(r.Cells, func(c *CellResult) bool { return c.State == Failed })
}

// Interrupted reports whether the user ended the run.
func (r *Result) Interrupted() bool { return r.Cancelled }

// runner executes one document.
type runner struct {
	Options
	result  *Result
	session Session
	interp  *script.Interp
	cell    *CellResult // the cell that is running, or nil
	page    *page
	left    bool // the script has called exit()
	warned  map[warning]bool
}

// Run runs a document to its end, to the first cell that fails, or until the context ends. What the cells did,
// failures included, is in the result; an error means that there was nothing to run it with.
func Run(ctx context.Context, d *Document, o Options) (*Result, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Open == nil {
		o.Open = OpenSession
	}
	if o.Watcher == nil {
		o.Watcher = unwatched{}
	}
	r := &runner{Options: o, warned: map[warning]bool{}, result: &Result{Document: d, Options: o, Started: o.Now()}}
	for _, c := range d.Cells {
		cell := &CellResult{Cell: c}
		if c.Frozen {
			cell.State = Frozen
		}
		r.result.Cells = append(r.result.Cells, cell)
	}
	if err := r.open(); err != nil {
		return nil, err
	}
	defer r.session.Close()
	if r.Folder != "" {
		page, err := newPage(r.Folder)
		if err != nil {
			return nil, err
		}
		r.page = page
	}
	stop := r.prepare()
	r.write()
	for i, cell := range r.result.Cells {
		if cell.Kind != CodeCell || cell.Frozen || cell.Empty() {
			continue
		}
		if i >= stop {
			break
		}
		if cell.State == Failed {
			continue // it cannot run, and others may
		}
		if ctx.Err() != nil {
			r.result.Cancelled = true
			break
		}
		r.run(ctx, cell)
		if r.left || cell.State != Done && !(cell.State == Failed && r.mayFail(cell)) {
			break
		}
	}
	r.finish()
	return r.result, nil
}

// open makes the session and the interpreter.
func (r *runner) open() error {
	h := &host.Host{
		Seed: r.Seed, Threads: r.Threads, Memory: r.Memory, StatePerSynapse: r.StatePerSynapse, Limit: r.Limit, Check: r.Check,
		Dir: filepath.Dir(r.result.Document.Path), OutputDir: r.Folder,
		Random:   rng.NewRandomState(numpySeed(r.Seed)),
		Progress: func(p host.Progress) { r.Watcher.Progress(p) },
		OnRun:    func(report host.RunReport) { r.show(&Simulation{report}) },
		Show:     r.figure,
		Warn:     r.warn,
		Note:     func(text string) { r.show(&Note{text}) },
	}
	session, err := r.Open(h)
	if err != nil {
		return err
	}
	r.session = session
	kind := r.result.Document.Kind
	config := script.Config{
		Stdout: &stream{runner: r}, Stderr: &stream{runner: r, stderr: true},
		Modules: session.Modules(), Dir: h.Dir, OutputDir: h.OutputDir,
		Argv:          []string{r.result.Document.Path},
		ArrayOperator: session.ArrayOperator(), NumberAttr: session.NumberAttr(),
		Check: r.Check,
		OnUnknownBranch: func(where diag.Span, unknown *script.Unknown) {
			r.unchecked(where, unknown)
		},
		OnWarning: r.warn,
	}
	config.Builtins = []script.Entry{r.displayEntry()}
	if kind.Notebook() {
		config.Magic, config.MagicImports = r.magic, r.magicImports
		config.Builtins = append(config.Builtins, r.shellEntry())
	}
	r.interp = script.New(config)
	return nil
}

// numpySeed is the seed of numpy.random: --seed sets both streams, as seed() in a script does. Without it the
// simulator's module seeds the stream itself.
func numpySeed(seed *uint64) uint32 {
	if seed == nil {
		return 0
	}
	return uint32(*seed)
}

// prepare parses all cells and looks all names up. What is wrong is shown at once. It returns the index of the
// first cell that cannot run: the cells before it are run, so that their figures are there.
func (r *runner) prepare() (stop int) {
	stop = len(r.result.Cells)
	var modules []*syntax.Module
	for i, cell := range r.result.Cells {
		if cell.Kind != CodeCell || cell.Frozen || cell.Empty() {
			continue
		}
		module, err := r.parseCell(cell.Source)
		if err != nil {
			r.result.Problems = append(r.result.Problems, asMessage(err))
			if !r.mayFail(cell) {
				stop = min(stop, i)
			}
			continue
		}
		cell.module = module
		modules = append(modules, module)
	}
	for _, finding := range r.interp.ScanNames(modules) {
		m := *finding.Message
		if finding.Cosmetic {
			continue // the call itself will say so, if it is reached
		}
		if finding.Conditional {
			m.Kind = "UncheckedWarning"
			m.Notes = append(slices.Clone(m.Notes), diag.Note{Text: "this stands in a branch; it is an error only if it is reached"})
			r.result.Warnings = append(r.result.Warnings, &m)
			continue
		}
		r.result.Problems = append(r.result.Problems, &m)
		for i, cell := range r.result.Cells {
			if cell.Source == m.Where.Source && !r.mayFail(cell) {
				stop = min(stop, i)
			}
		}
	}
	slices.SortStableFunc(r.result.Problems, byPlace)
	slices.SortStableFunc(r.result.Warnings, byPlace)
	for _, m := range r.result.Warnings {
		r.Watcher.Shown(r.cellOf(m), &Warning{m})
	}
	for _, m := range r.result.Problems {
		cell := r.cellOf(m)
		if cell != nil {
			cell.State = Failed
			cell.Outputs = append(cell.Outputs, &Failure{m})
		}
		r.Watcher.Shown(cell, &Failure{m})
	}
	return stop
}

// mayFail reports whether an error of a cell does not end the run.
func (r *runner) mayFail(cell *CellResult) bool {
	return r.AllowErrors || slices.Contains(cell.Tags, "raises-exception")
}

// byPlace orders messages by their lines in the file; those of a Jupyter notebook keep the order of the cells.
func byPlace(a, b *diag.Message) int {
	if a.Where.IsZero() || b.Where.IsZero() || a.Where.Source.Name != b.Where.Source.Name {
		return 0
	}
	lineA, columnA := a.Where.Line()
	lineB, columnB := b.Where.Line()
	return cmp.Or(cmp.Compare(lineA, lineB), cmp.Compare(columnA, columnB))
}

// cellOf returns the cell in which a message's place stands, or nil.
func (r *runner) cellOf(m *diag.Message) *CellResult {
	for _, cell := range r.result.Cells {
		for s := m.Where; !s.IsZero(); s = s.Origin() {
			if cell.Source == s.Source {
				return cell
			}
		}
	}
	return nil
}

// run executes one cell.
func (r *runner) run(ctx context.Context, cell *CellResult) {
	r.cell, cell.State = cell, Running
	r.Watcher.CellBegins(cell)
	start := r.Now()
	err := r.execute(ctx, cell)
	if r.result.Document.Kind.Notebook() || r.last(cell) || err != nil {
		for _, f := range r.session.TakeFigures() {
			r.figure(f)
		}
	}
	cell.Wall = r.Now().Sub(start)
	switch {
	case ctx.Err() != nil:
		cell.State, r.result.Cancelled = Interrupted, true
		r.show(&Failure{r.interruption(cell)})
	case err != nil && leaves(err):
		cell.State, r.left = Done, true
	case err != nil:
		cell.State = Failed
		r.show(&Failure{traceback(err)})
	case cell.State == Running:
		cell.State = Done
	}
	r.Watcher.CellEnds(cell)
	r.cell = nil
	r.result.Setting = r.session.Setting()
	if r.page != nil {
		r.page.forget(cell)
	}
	r.write()
}

// leaves reports whether the script has ended itself without complaint: exit(), sys.exit(0).
func leaves(err error) bool {
	var failed *script.Error
	if !errors.As(err, &failed) || failed.Exception.Class.Name != "SystemExit" {
		return false
	}
	args := failed.Exception.Args
	return len(args) == 0 || script.IsNone(args[0]) || args[0] == int64(0)
}

// last reports whether no cell runs after this one.
func (r *runner) last(cell *CellResult) bool {
	for _, c := range slices.Backward(r.result.Cells) {
		if c.Kind == CodeCell && !c.Empty() && !c.Frozen {
			return c == cell
		}
	}
	return true
}

// execute runs the code of a cell and shows the value of its last expression.
func (r *runner) execute(ctx context.Context, cell *CellResult) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = internalError(p)
		}
	}()
	if !r.result.Document.Kind.Notebook() {
		return r.interp.ExecModule(ctx, cell.module)
	}
	v, err := r.interp.ExecCell(ctx, cell.module)
	if err == nil && v != nil {
		r.display(v)
	}
	return err
}

// internalError turns a panic into a message, so that what earlier cells have shown is kept.
func internalError(p any) error {
	return diag.Errorf(diag.Span{}, "InternalError", "%v", p).
		WithNote(diag.Span{}, "%s", debug.Stack()).
		WithHint("this is a mistake in Synfire, not in the document: please report it with these lines")
}

// display shows a value as a cell shows its last expression.
func (r *runner) display(v script.Value) {
	if r.Check || onlyDrawn(v) {
		return
	}
	text, html := script.DisplayText(v)
	r.show(&Display{text, html})
}

// onlyDrawn reports whether a value merely names what a figure shows already: lines, axes, or sequences of them.
func onlyDrawn(v script.Value) bool {
	var elements []script.Value
	switch v := v.(type) {
	case host.Drawn:
		return true
	case *script.List:
		elements = v.Elts
	case *script.Tuple:
		elements = v.Elts
	}
	return len(elements) > 0 && !slices.ContainsFunc(elements, func(e script.Value) bool { return !onlyDrawn(e) })
}

// show adds an output to the cell that is running.
func (r *runner) show(out Output) {
	if r.cell != nil {
		r.cell.Outputs = append(r.cell.Outputs, out)
	}
	r.Watcher.Shown(r.cell, out)
}

// warn shows a warning, once for each place that it points to.
func (r *runner) warn(m *diag.Message) {
	copied := *m
	switch {
	case copied.Kind == "Warning":
		copied.Kind = "RuntimeWarning"
	case !strings.HasSuffix(copied.Kind, "Warning"):
		copied.Kind = "UserWarning"
	}
	if key := (warning{m.Where, m.Text}); !m.Where.IsZero() {
		if r.warned[key] {
			return
		}
		r.warned[key] = true
	}
	r.show(&Warning{&copied})
}

// warning identifies a warning.
type warning struct {
	where diag.Span
	text  string
}

// figure draws a finished figure and writes its files.
func (r *runner) figure(f *plot.Figure) {
	if r.Check || r.cell == nil {
		return
	}
	r.cell.figures++
	out, err := draw(f, fmt.Sprintf("cell-%d-%d", r.cell.Number, r.cell.figures))
	if err != nil {
		r.warn(diag.Errorf(diag.Span{}, "UserWarning", "%v", err))
		return
	}
	if r.page != nil {
		r.failedWrite(r.page.writeFigure(out))
	}
	r.show(out)
}

// unchecked notes a branch that check mode could not enter.
func (r *runner) unchecked(where diag.Span, unknown *script.Unknown) {
	for _, m := range r.result.Unchecked {
		if m.Where == where {
			return
		}
	}
	r.result.Unchecked = append(r.result.Unchecked,
		diag.Errorf(where, "UncheckedWarning", "not checked: this depends on %s, which only a run can give", unknown.What))
}

// interruption says where the user has stopped a cell.
func (r *runner) interruption(cell *CellResult) *diag.Message {
	text := "interrupted"
	for _, out := range slices.Backward(cell.Outputs) {
		if run, ok := out.(*Simulation); ok && run.Report.Interrupted {
			text = fmt.Sprintf("interrupted at t = %s, after %s of the %s that were to be simulated",
				seconds(run.Report.Reached), seconds(run.Report.Simulated), seconds(run.Report.Duration))
			break
		}
	}
	return diag.Errorf(diag.Span{}, "KeyboardInterrupt", "%s", text)
}

// finish saves what an interrupted run has recorded and writes the page for the last time.
func (r *runner) finish() {
	if r.result.Cancelled && r.Folder != "" && !r.Check {
		folder := filepath.Join(r.Folder, "interrupted")
		saved, err := r.session.SaveRecordings(folder)
		r.failedWrite(err)
		for _, name := range saved {
			r.result.Saved = append(r.result.Saved, filepath.Join(folder, filepath.Base(name)))
		}
	}
	r.result.Setting = r.session.Setting()
	r.write()
}

// write brings the page up to date.
func (r *runner) write() {
	r.result.Wall = r.Now().Sub(r.result.Started)
	if r.page != nil {
		r.failedWrite(r.page.write(r.result))
	}
}

// failedWrite notes the first error of writing. The run goes on: what is simulated may still be wanted.
func (r *runner) failedWrite(err error) {
	if err == nil || r.result.WriteError != nil {
		return
	}
	r.result.WriteError = err
	r.Watcher.Shown(r.cell, &Warning{diag.Errorf(diag.Span{}, "UserWarning", "results could not be written: %v", err)})
}

// traceback turns the error of a cell into a message with the calls that led to it.
func traceback(err error) *diag.Message {
	var failed *script.Error
	if !errors.As(err, &failed) {
		return asMessage(err)
	}
	m := *failed.Diag()
	m.Notes = slices.Clone(m.Notes)
	trace := failed.Trace
	if n := len(trace); n > 0 && within(m.Where, trace[n-1].Where) {
		trace = trace[:n-1]
	}
	const most = 6
	for i, entry := range slices.Backward(trace) {
		if skip := len(trace) - most; skip > 0 && i > most/2-1 && i <= most/2-1+skip {
			if i == most/2 {
				m.Notes = append(m.Notes, diag.Note{Text: fmt.Sprintf("… %d more calls …", skip)})
			}
			continue
		}
		text := "called here"
		switch {
		case i == len(failed.Trace)-1:
			text = "raised by this statement"
		case entry.Function != "<module>":
			text = fmt.Sprintf("called here, in %s", entry.Function)
		}
		m.Notes = append(m.Notes, diag.Note{Text: text, Where: entry.Where})
	}
	return &m
}

// within reports whether a place, or the text that it was taken from, is in the statement at another place.
func within(place, statement diag.Span) bool {
	for ; !place.IsZero(); place = place.Origin() {
		if place.Source == statement.Source && place.Start >= statement.Start && place.End <= max(statement.End, statement.Start+1) {
			return true
		}
	}
	return false
}

func asMessage(err error) *diag.Message {
	var m *diag.Message
	if errors.As(err, &m) {
		return m
	}
	return diag.Errorf(diag.Span{}, "RuntimeError", "%v", err)
}

// stream is sys.stdout or sys.stderr: what is written goes to the cell and to the watcher.
type stream struct {
	runner *runner
	stderr bool
}

func (s *stream) Write(p []byte) (int, error) {
	r := s.runner
	if cell := r.cell; cell != nil {
		var text *Text
		if n := len(cell.Outputs); n > 0 {
			text, _ = cell.Outputs[n-1].(*Text)
		}
		if text == nil || text.Stderr != s.stderr {
			text = &Text{Stderr: s.stderr}
			cell.Outputs = append(cell.Outputs, text)
		}
		text.write(p)
	}
	r.Watcher.Printed(p, s.stderr)
	return len(p), nil
}

var _ io.Writer = (*stream)(nil)

// unwatched is the watcher of a run that nobody watches.
type unwatched struct{}

func (unwatched) CellBegins(*CellResult)    {}
func (unwatched) Printed([]byte, bool)      {}
func (unwatched) Shown(*CellResult, Output) {}
func (unwatched) Progress(host.Progress)    {}
func (unwatched) CellEnds(*CellResult)      {}
