package notebook

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"synfire/internal/diag"
	"synfire/internal/script/host"
)

// Terminal is a Watcher for people: what cells print goes to Out as it is printed, everything else to Err. While a
// simulation runs, one line on Err says how far it is, if Err is a screen.
type Terminal struct {
	Out, Err io.Writer
	// Live draws the line of progress; Color colours messages.
	Live, Color bool
	// Width returns the number of columns of the screen, 0 if there is none; nil means 0.
	Width func() int
	// Quiet leaves out everything but what cells print, warnings and errors. Verbose tells more.
	Quiet, Verbose bool
	// Folder is where the results go, for the names of figures.
	Folder string

	mu      sync.Mutex
	cell    *CellResult
	line    bool // the line of progress is on the screen
	midLine bool // the last line that a cell has printed is not finished
	drawn   time.Time
}

// CellBegins implements Watcher.
func (t *Terminal) CellBegins(c *CellResult) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cell = c
}

// Printed implements Watcher.
func (t *Terminal) Printed(text []byte, stderr bool) {
	if len(text) == 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.erase()
	w := t.Out
	if stderr {
		w = t.Err
	}
	_, _ = w.Write(text) // a closed pipe is no reason to end a simulation
	t.midLine = text[len(text)-1] != '\n'
}

// Shown implements Watcher.
func (t *Terminal) Shown(c *CellResult, out Output) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch out := out.(type) {
	case *Display:
		t.print(t.Out, strings.TrimRight(out.Text, "\n"))
	case *Figure:
		if !t.Quiet {
			t.print(t.Err, t.faint("figure "+filepath.Join(t.Folder, "figures", out.Name+".png")))
		}
	case *Warning:
		t.message(out.Message)
	case *Failure:
		t.message(out.Message)
	case *Simulation:
		if t.Verbose && !t.Quiet {
			t.print(t.Err, t.faint(describeRun(out.Report)))
			for _, line := range out.Report.Details {
				t.print(t.Err, t.faint("  "+line))
			}
		}
	case *Note:
		if t.Verbose && !t.Quiet {
			text := out.Text
			if c != nil {
				text = fmt.Sprintf("cell %d: %s", c.Number, text)
			}
			t.print(t.Err, t.faint("note: "+text))
		}
	}
}

// Progress implements Watcher.
func (t *Terminal) Progress(p host.Progress) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	if !t.Live || t.Quiet || t.midLine || now.Sub(t.drawn) < 100*time.Millisecond || p.Elapsed < 300*time.Millisecond {
		return
	}
	t.drawn, t.line = now, true
	text := progressLine(t.cell, p)
	if w := t.width(); w > 0 && len([]rune(text)) >= w {
		text = string([]rune(text)[:w-1])
	}
	fmt.Fprint(t.Err, "\r\x1b[K"+text)
}

// progressLine says how far a simulation is: "cell 31  ━━━━━━────────  43 %  1.2 × real time  6 s left".
func progressLine(c *CellResult, p host.Progress) string {
	const width = 24
	full := int(math.Round(width * min(max(p.Done, 0), 1)))
	text := fmt.Sprintf("%s%s  %3.0f %%", strings.Repeat("━", full), strings.Repeat("─", width-full), math.Floor(100*p.Done))
	if c != nil && c.Number > 0 {
		text = fmt.Sprintf("cell %d  %s", c.Number, text)
	}
	if speed := p.Speed(); speed > 0 {
		text += fmt.Sprintf("  %s × real time", ratio(speed))
	}
	if left := p.Left(); left > 0 {
		text += fmt.Sprintf("  %s left", wall(max(left, time.Second).Round(time.Second)))
	}
	return text
}

// CellEnds implements Watcher.
func (t *Terminal) CellEnds(c *CellResult) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.erase()
	t.cell = nil
	if t.Verbose && !t.Quiet {
		t.print(t.Err, t.faint(fmt.Sprintf("cell %d: %s in %s", c.Number, c.State, wall(c.Wall))))
	}
}

// Conclude says how the document ended and where the results are.
func (t *Terminal) Conclude(r *Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.erase()
	if len(r.Saved) > 0 {
		t.print(t.Err, fmt.Sprintf("recordings so far are in %s", filepath.Dir(r.Saved[0])))
	}
	if t.Quiet || r.Options.Folder == "" {
		return
	}
	_, text := outcome(r)
	text = tagPattern.ReplaceAllString(text, "")
	t.print(t.Err, fmt.Sprintf("%s See %s", text, filepath.Join(r.Options.Folder, "report.html")))
}

// ConcludeCheck says what checking has found.
func (t *Terminal) ConcludeCheck(r *Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.erase()
	for _, m := range r.Unchecked {
		if !t.Quiet {
			t.message(m)
		}
	}
	if t.Quiet || r.Failed() || r.Interrupted() {
		return
	}
	text := fmt.Sprintf("%s: nothing is wrong, as far as it can be seen without a run", r.Document.Name())
	if n := len(r.Unchecked); n > 0 {
		branches := "branches were"
		if n == 1 {
			branches = "branch was"
		}
		text += fmt.Sprintf("; %d %s not checked", n, branches)
	}
	t.print(t.Err, fmt.Sprintf("%s (%s)", text, wall(r.Wall)))
}

// Message writes a message that belongs to no cell.
func (t *Terminal) Message(m *diag.Message) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.message(m)
}

func (t *Terminal) message(m *diag.Message) {
	var text bytes.Buffer
	_ = diag.Render(&text, m, diag.Options{Color: t.Color, Width: t.width()}) // a Buffer never fails
	t.print(t.Err, strings.TrimRight(text.String(), "\n"))
}

// print writes whole lines.
func (t *Terminal) print(w io.Writer, text string) {
	t.erase()
	if t.midLine {
		fmt.Fprintln(t.Out)
		t.midLine = false
	}
	fmt.Fprintln(w, text)
}

// erase takes the line of progress from the screen.
func (t *Terminal) erase() {
	if t.line {
		fmt.Fprint(t.Err, "\r\x1b[K")
		t.line = false
	}
}

func (t *Terminal) faint(text string) string {
	if !t.Color {
		return text
	}
	return "\x1b[2m" + text + "\x1b[0m"
}

func (t *Terminal) width() int {
	if t.Width == nil {
		return 0
	}
	return t.Width()
}
