package notebook

import (
	"os"
	"slices"

	"synfire"
	"synfire/internal/plot"
	"synfire/internal/script"
	"synfire/internal/script/brian"
	"synfire/internal/script/host"
	"synfire/internal/script/numpy"
	"synfire/internal/script/pandas"
	"synfire/internal/script/pylab"
	"synfire/internal/script/scipy"
	"synfire/internal/syntax"
)

// OpenSession makes a session with all modules that Synfire has.
func OpenSession(h *host.Host) (Session, error) {
	s := &session{host: h}
	arrays := numpy.Module(numpy.Config{Random: h.Random, OnSeed: s.seeded})
	figures := pylab.New(h, arrays)
	s.plotter = figures
	drawing := figures.Modules()
	libraries := slices.Concat([]*script.Module{arrays}, drawing)
	simulator := brian.New(h, libraries...)
	s.simulator = simulator
	s.modules = slices.Concat(libraries, simulator.Modules(), []*script.Module{pandas.Module(), scipy.Module(h.Random)})
	return s, nil
}

// session holds the modules together: figures come from one of them, simulations from another.
type session struct {
	host      *host.Host
	modules   []*script.Module
	plotter   Plotter   // nil without figures
	simulator Simulator // nil without simulations
}

// Modules implements Session.
func (s *session) Modules() []*script.Module { return s.modules }

// ArrayOperator implements Session.
func (s *session) ArrayOperator() func(op syntax.Op, x, y script.Value) (script.Value, error) {
	return func(op syntax.Op, x, y script.Value) (script.Value, error) {
		a, err := numpy.FromValue(x)
		if err != nil {
			return nil, err
		}
		return numpy.New(a).Binary(op, y, false)
	}
}

// NumberAttr implements Session.
func (s *session) NumberAttr() func(x script.Value, name string) (script.Value, error) {
	return numpy.NumberAttr
}

// TakeFigures implements Session.
func (s *session) TakeFigures() []*plot.Figure {
	if s.plotter == nil {
		return nil
	}
	return s.plotter.TakeFigures()
}

// Setting implements Session.
func (s *session) Setting() host.Setting {
	if s.simulator == nil {
		return host.Setting{}
	}
	return s.simulator.Setting()
}

// SaveRecordings implements Session.
func (s *session) SaveRecordings(dir string) ([]string, error) {
	if s.simulator == nil {
		return nil, nil
	}
	return s.simulator.SaveRecordings(dir)
}

// seeded tells the simulator of numpy.random.seed.
func (s *session) seeded(seed uint32) error {
	if s.simulator == nil {
		return nil
	}
	return s.simulator.SeedFromNumPy(seed)
}

// Close implements Session.
func (s *session) Close() error {
	if s.simulator == nil {
		return nil
	}
	return s.simulator.Close()
}

// ExecutorName names what runs compiled kernels here, with the reason if it is not what was asked for or not the fastest that
// there is.
func ExecutorName() string {
	reason := ""
	name := synfire.New(synfire.Config{Warn: func(m *synfire.Message) { reason = " (" + m.Text + ")" }}).ExecutorName()
	if os.Getenv("SYNFIRE_EXEC") == "" {
		if err := synfire.NoFasterExecutor(name); err != nil {
			reason = " (" + err.Error() + ")"
		}
	}
	return name + reason
}
