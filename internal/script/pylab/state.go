package pylab

import (
	"fmt"
	"slices"

	"synfire/internal/diag"
	"synfire/internal/plot"
	"synfire/internal/script"
	"synfire/internal/script/host"
)

// State is the figures of one session and the settings that new ones begin with. It is used by one goroutine.
type State struct {
	host    *host.Host
	numpy   *script.Module
	style   plot.Style
	chosen  *script.Dict // settings that a script has made, by name
	figures []*figureValue
	current *figureValue
	// objects numbers the values that are shown with an address.
	objects int

	axesMethods, figureMethods, spineMethods, axisMethods, artistMethods, textMethods *script.Methods
	gridMethods, objectMethods, settingMethods, barMethods                            *script.Methods
}

// New returns a session without figures. Pylab's star names include those of the module numpy and its submodules;
// without it they are those of pyplot alone.
func New(h *host.Host, numpy *script.Module) *State {
	if h == nil {
		h = &host.Host{}
	}
	s := &State{host: h, numpy: numpy, style: plot.DefaultStyle(), chosen: script.NewDict()}
	s.axesMethods = script.NewMethods(s.axesEntries()...)
	s.figureMethods = script.NewMethods(s.figureEntries()...)
	s.spineMethods = script.NewMethods(s.spineEntries()...)
	s.axisMethods = script.NewMethods(s.axisEntries()...)
	s.artistMethods = script.NewMethods(s.artistEntries()...)
	s.textMethods = script.NewMethods(s.textEntries()...)
	s.gridMethods = script.NewMethods(s.gridEntries()...)
	s.objectMethods = script.NewMethods(objectEntries()...)
	s.settingMethods = script.NewMethods(s.settingEntries()...)
	s.barMethods = script.NewMethods(s.colorbarEntries()...)
	return s
}

// TakeFigures returns the figures that are open and have something to show, in the order of their numbers, and
// closes all.
func (s *State) TakeFigures() []*plot.Figure {
	var taken []*plot.Figure
	for _, f := range s.figures {
		if !f.fig.Empty() {
			taken = append(taken, f.fig)
		}
	}
	s.figures, s.current = nil, nil
	return taken
}

// show hands all open figures over and closes them.
func (s *State) show() {
	for _, f := range s.TakeFigures() {
		if s.host.Show != nil && !s.host.Check {
			s.host.Show(f)
		}
	}
}

func (s *State) warn(c *script.Call, format string, args ...any) {
	c.Interp.Warn(diag.Errorf(diag.Span{}, "UserWarning", format, args...))
}

// address returns a number that looks like one in memory, the same in every run.
func (s *State) address() string {
	s.objects++
	return fmt.Sprintf("0x7f%010x", 0x10000000+0x30*s.objects)
}

// gcf returns the current figure, making one if there is none.
func (s *State) gcf() *figureValue {
	if s.current == nil {
		s.newFigure(s.freeNumber())
	}
	return s.current
}

func (s *State) freeNumber() int {
	n := 1
	for _, f := range s.figures {
		n = max(n, f.fig.Number+1)
	}
	return n
}

func (s *State) newFigure(number int) *figureValue {
	f := &figureValue{state: s, fig: plot.NewFigure(number, s.style)}
	at, _ := slices.BinarySearchFunc(s.figures, number, func(f *figureValue, n int) int { return f.fig.Number - n })
	s.figures = slices.Insert(s.figures, at, f)
	s.current = f
	return f
}

func (s *State) closeFigure(f *figureValue) {
	s.figures = slices.DeleteFunc(s.figures, func(g *figureValue) bool { return g == f })
	if s.current == f {
		s.current = nil
		if n := len(s.figures); n > 0 {
			s.current = s.figures[n-1]
		}
	}
}

// gca returns the current axes, making them if there are none.
func (s *State) gca() *axesValue { return s.gcf().gca() }
