package notebook

import (
	"bytes"
	"fmt"
	"time"

	"synfire/internal/diag"
	"synfire/internal/plot"
	"synfire/internal/script/host"
)

// Output is one thing that a cell has shown: *Text, *Display, *Figure, *Warning, *Failure, *Simulation or *Note.
type Output interface{ isOutput() }

// Text is what a cell has printed, in one piece as long as nothing else comes between.
type Text struct {
	// Stderr is true for what was printed to sys.stderr.
	Stderr bool
	head   bytes.Buffer
	tail   []byte
	left   int // bytes left out between head and tail
}

// How much of what a cell prints is kept for the page. The terminal shows everything.
const (
	keptHead = 256 << 10
	keptTail = 64 << 10
)

func (t *Text) write(p []byte) {
	if room := keptHead - t.head.Len(); room > 0 {
		n := min(room, len(p))
		t.head.Write(p[:n])
		p = p[n:]
	}
	t.tail = append(t.tail, p...)
	if over := len(t.tail) - 2*keptTail; over > 0 {
		cut := len(t.tail) - keptTail
		t.left += cut
		t.tail = append(t.tail[:0], t.tail[cut:]...)
	}
}

// String returns the text; if it was very long, with a remark in place of its middle.
func (t *Text) String() string {
	switch {
	case t.left > 0:
		return fmt.Sprintf("%s\n… %d bytes are left out here …\n%s", t.head.String(), t.left, t.tail)
	default:
		return t.head.String() + string(t.tail)
	}
}

// Display is the value of a cell's last expression, or what display() was given.
type Display struct{ Text, HTML string }

// Figure is a drawn figure.
type Figure struct {
	// Name is that of its files, without ending: "cell-12-1".
	Name string
	// Caption is what the figure says itself: its titles, for readers who cannot see it.
	Caption string
	// Width and Height are the size in logical pixels at which the figure is to be shown.
	Width, Height float64
	// PNG has two pixels for each logical one.
	PNG, SVG []byte
}

// Warning is a warning that came up while the cell ran.
type Warning struct{ Message *diag.Message }

// Failure is the error that ended the cell.
type Failure struct{ Message *diag.Message }

// Simulation is the report of a run of a network.
type Simulation struct{ Report host.RunReport }

// Note is a remark for users who ask for many.
type Note struct{ Text string }

func (*Text) isOutput()       {}
func (*Display) isOutput()    {}
func (*Figure) isOutput()     {}
func (*Warning) isOutput()    {}
func (*Failure) isOutput()    {}
func (*Simulation) isOutput() {}
func (*Note) isOutput()       {}

// draw renders a figure. The figure itself, which may hold on to gigabytes of recordings, is not kept.
func draw(f *plot.Figure, name string) (out *Figure, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = nil, fmt.Errorf("figure %s cannot be drawn: %w", name, internalError(p))
		}
	}()
	out = &Figure{Name: name}
	out.Width, out.Height = f.LogicalSize()
	var png, svg bytes.Buffer
	if err := plot.RenderPNG(&png, f, 2); err != nil {
		return nil, fmt.Errorf("figure %s cannot be drawn: %w", name, err)
	}
	if err := plot.RenderSVG(&svg, f); err != nil {
		return nil, fmt.Errorf("figure %s cannot be drawn: %w", name, err)
	}
	out.PNG, out.SVG = png.Bytes(), svg.Bytes()
	out.Caption = f.Suptitle
	for _, a := range f.Axes {
		if a.Title == "" {
			continue
		}
		if out.Caption != "" {
			out.Caption += ", "
		}
		out.Caption += a.Title
	}
	return out, nil
}

// describeRun says in one line what a simulation did.
func describeRun(r host.RunReport) string {
	text := fmt.Sprintf("simulated %s in %s", seconds(r.Simulated), wall(r.Wall))
	if r.Wall > 0 && r.Simulated > 0 {
		text += fmt.Sprintf(" (%s × real time)", ratio(r.Simulated/r.Wall.Seconds()))
	}
	if r.Neurons > 0 {
		text += fmt.Sprintf(", %s", count(r.Neurons, "neuron"))
	}
	if r.Synapses > 0 {
		text += fmt.Sprintf(", %s", count(r.Synapses, "synapse"))
	}
	if r.Neurons > 0 {
		text += fmt.Sprintf(", %s", count(r.Spikes, "spike"))
	}
	switch {
	case r.Interrupted:
		text += fmt.Sprintf("; interrupted at t = %s", seconds(r.Reached))
	case r.Limited:
		text += fmt.Sprintf("; the script asks for %s, the limit ended it", seconds(r.Duration))
	}
	return text
}

// count writes a number with its noun: "2 500 neurons", with thin spaces between groups of digits.
func count(n int64, noun string) string {
	digits := fmt.Sprint(n)
	grouped := ""
	for i, d := range digits {
		if left := len(digits) - i; i > 0 && left%3 == 0 && len(digits) > 4 {
			grouped += "\u202f"
		}
		grouped += string(d)
	}
	if n != 1 {
		noun += "s"
	}
	return grouped + " " + noun
}

// seconds writes a biological time: "10 s", "250 ms".
func seconds(s float64) string {
	switch {
	case s == 0:
		return "0 s"
	case s < 0.9999995:
		return figures(s*1e3) + " ms"
	}
	return figures(s) + " s"
}

// figures writes a number with about four digits and no exponent.
func figures(x float64) string {
	switch {
	case x >= 1000:
		return fmt.Sprintf("%.0f", x)
	case x >= 100:
		return trimZeros(fmt.Sprintf("%.1f", x))
	case x >= 10:
		return trimZeros(fmt.Sprintf("%.2f", x))
	}
	return trimZeros(fmt.Sprintf("%.3f", x))
}

// ratio writes a number with about two digits.
func ratio(x float64) string {
	switch {
	case x >= 10:
		return fmt.Sprintf("%.0f", x)
	case x >= 1:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}

func trimZeros(s string) string { return string(bytes.TrimRight(bytes.TrimRight([]byte(s), "0"), ".")) }

// wall writes a wall-clock time as a person would say it.
func wall(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/1e6)
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	}
	d = d.Round(time.Second)
	if d < time.Hour {
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
}
