package brian

import (
	crypto "crypto/rand"
	"encoding/binary"
	"fmt"

	"synfire"
	"synfire/internal/diag"
	"synfire/internal/rng"
	"synfire/internal/script"
	"synfire/internal/script/host"
)

// Session is the simulator of one script: a synfire.Simulation, and what Brian2 keeps beside it.
type Session struct {
	host        *host.Host
	simulation  *synfire.Simulation
	interp      *script.Interp // since brian2 was imported
	libraries   []*script.Module
	literals    literals
	preferences map[string]script.Value // that the script has set
	classTable  map[string]*script.Class
	seedChosen  bool

	magic   *network // what run() uses
	running *network // whose run is going on
	scope   int      // how often start_scope was called
	created int      // objects made so far

	taken  map[string]bool // default names in use, while an object is made
	warned map[string]bool
	noted  map[string]bool
}

// New makes the simulator of a script. libraries are the modules numpy and pylab, whose names
// `from brian2 import *` brings along with Brian2's own.
func New(h *host.Host, libraries ...*script.Module) *Session {
	if h.Random == nil {
		h.Random = rng.NewRandomState(0)
	}
	s := &Session{host: h, libraries: libraries, seedChosen: h.Seed != nil, warned: map[string]bool{}, noted: map[string]bool{}}
	s.simulation = synfire.New(synfire.Config{
		Seed: h.Seed, Threads: h.Threads, Memory: h.Memory, StatePerSynapse: h.StatePerSynapse, Warn: s.warn, Source: s.literals.source, NameTaken: s.nameTaken,
	})
	h.Random.Seed(uint32(s.simulation.Seed()))
	return s
}

// Modules are brian2 and its submodules, and input_factory.
func (s *Session) Modules() []*script.Module {
	return []*script.Module{s.brianModule(), s.inputFactory(), s.latexModule()}
}

// Setting describes the simulator as it is now.
func (s *Session) Setting() host.Setting {
	return host.Setting{Seed: s.simulation.Seed(), SeedChosen: s.seedChosen, Threads: s.simulation.Threads(), Executor: s.simulation.ExecutorName()}
}

// SeedFromNumPy is told that the script has seeded numpy.random, which seeds the simulator too.
func (s *Session) SeedFromNumPy(seed uint32) error {
	s.simulation.Reseed(uint64(seed))
	s.seedChosen = true
	return nil
}

// Close gives memory back.
func (s *Session) Close() error {
	s.magic, s.interp = nil, nil
	return nil
}

// imported is called when a script imports brian2.
func (s *Session) imported(interp *script.Interp) error {
	if s.interp == nil {
		s.interp = interp
		interp.ObserveModules(s.literals.observe)
	}
	return nil
}

// frame is the frame that is executing.
func (s *Session) frame() *script.Frame {
	if s.interp == nil {
		return nil
	}
	return s.interp.Frame()
}

// warn hands on a warning, each text once. Remarks such as the choice of a method are notes.
func (s *Session) warn(m *diag.Message) {
	if m.Kind == "Info" {
		s.note("%s", m.Text)
		return
	}
	if s.host.Warn == nil || s.warned[m.Kind+m.Text] {
		return
	}
	s.warned[m.Kind+m.Text] = true
	if frame := s.frame(); frame != nil && m.Where.IsZero() {
		copied := *m
		copied.Where = frame.Where()
		m = &copied
	}
	s.host.Warn(m)
}

// note tells those who ask for many remarks, each text once.
func (s *Session) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if s.host.Note != nil && !s.noted[text] {
		s.noted[text] = true
		s.host.Note(text)
	}
}

// seedEntry is seed(): it sets the seed of the simulation and of NumPy's stream.
func (s *Session) seedEntry() script.Entry {
	return script.Entry{Signature: "seed(seed=None)", Doc: "Sets the seed of all random numbers.", Func: func(c *script.Call) (script.Value, error) {
		if script.IsNone(c.Arg("seed")) {
			var bytes [4]byte
			if _, err := crypto.Read(bytes[:]); err != nil {
				return nil, script.Raise("OSError", "the system gives no random numbers: %v", err)
			}
			n := binary.LittleEndian.Uint32(bytes[:]) % 1e9
			s.simulation.Reseed(uint64(n))
			s.host.Random.Seed(n)
			s.seedChosen = false
			return script.None, nil
		}
		n, err := script.AsIndex(c.Arg("seed"))
		if err != nil {
			return nil, script.Raise("TypeError", "Seed has to be None or an integer, was <class '%s'>", script.TypeName(c.Arg("seed")))
		}
		if n < 0 || n > 1<<32-1 {
			return nil, script.Raise("ValueError", "Seed must be between 0 and 2**32 - 1")
		}
		s.simulation.Reseed(uint64(n))
		s.host.Random.Seed(uint32(n))
		s.seedChosen = true
		return script.None, nil
	}}
}
