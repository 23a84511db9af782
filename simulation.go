package synfire

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"runtime"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/record"
	"synfire/internal/rng"
	"synfire/internal/sim"
	"synfire/units"
)

// Config configures a Simulation. The zero value is useful.
type Config struct {
	// Seed is the seed of all random numbers; nil takes one from the system, which Simulation.Seed tells.
	Seed *uint64
	// DT is the default time step; zero means 0.1 ms.
	DT units.Quantity
	// Single gives the float variables of objects made from now on 32 bits instead of 64, and computes with them in
	// single precision (docs/rationale.md says what is rounded when). Times stay in double precision. Spike times and
	// values differ from those in double precision.
	Single bool
	// StatePerSynapse gives every synapse all its variables. Otherwise those that are equal for all synapses that a spike
	// reaches at once (traces of spikes, short-term plasticity) are kept once for them: that takes less memory and time, and
	// values agree up to rounding.
	StatePerSynapse bool
	// Threads is how many threads run a network; 0 means one for each processor. Results do not depend on it.
	Threads int
	// Memory is how many bytes what is recorded of variables may take. What does not fit goes to a temporary file,
	// which is gone when the process ends. 0 means 70 % of the memory that is available.
	Memory int64
	// TemporaryFolder is where that file is made. Empty means the environment variable TMPDIR or, without it, /var/tmp.
	TemporaryFolder string
	// Executor is what runs compiled code: "portable", "avx2" or "avx512". Empty takes the environment variable
	// SYNFIRE_EXEC or, without it, the best that the machine has. Results do not depend on it.
	Executor string
	// Warn receives warnings; nil drops them.
	Warn func(*Message)
	// Source, if set, tells where a piece of model text comes from, so that messages can point into a script.
	// It may return nil.
	Source func(what, text string) *Source
	// NameTaken, if set, decides whether a default name ("neurongroup_1") is in use. Without it every name is
	// given only once in a Simulation.
	NameTaken func(name string) bool
}

// SeedOf returns a pointer to a seed, for Config.
func SeedOf(n uint64) *uint64 { return &n }

// Simulation is the context that the objects of a study share. It and its objects are for one goroutine at a time; runs
// use several threads by themselves.
type Simulation struct {
	config           Config
	clock            *clock
	executor         exec.Executor
	pool             *record.Pool
	legacyRefractory bool // SetLegacyRefractory
	// toldSpilled says that the user knows of the temporary file.
	toldSpilled bool
	held        *[]*diag.Message // warnings that are kept back; nil: none are

	seed     uint64
	seedings uint64         // how often Reseed was called
	seeded   uint64         // which seeding counts now: branches of others end
	branches uint64         // random branches begun since the seed
	ordinals map[string]int // how many objects have been called by a name since the seed
	// indexArrays are those of links.
	indexArrays []*indexArray
	composed    map[[2]model.Index]model.Index
	updaters    map[string]*Updater // registered, by name
	schedule    sim.Schedule        // of networks that have none of their own; nil: the default
	names       map[string]bool
}

// New returns a Simulation.
func New(config Config) *Simulation {
	executor, problem := chooseExecutor(config.Executor)
	s := &Simulation{config: config, executor: executor, pool: record.NewPool(config.Memory, config.TemporaryFolder), names: map[string]bool{}, composed: map[[2]model.Index]model.Index{}}
	if problem != nil {
		s.warn(problem)
	}
	dt := config.DT.Value
	if dt == 0 {
		dt = 1e-4
	}
	s.clock = newClock("defaultclock", dt)
	if config.Seed != nil {
		s.Reseed(*config.Seed)
	} else {
		var bytes [8]byte
		if _, err := rand.Read(bytes[:]); err != nil {
			panic(fmt.Sprintf("BUG: no random seed from the system: %v", err))
		}
		// Few digits, so that users can type it again.
		s.Reseed(binary.LittleEndian.Uint64(bytes[:]) % 1e9)
	}
	return s
}

// Seed returns the seed of the random numbers.
func (s *Simulation) Seed() uint64 { return s.seed }

// Reseed sets the seed and starts all random streams again: what follows is as if the Simulation were new, for objects
// with the same names.
func (s *Simulation) Reseed(seed uint64) {
	s.seed, s.branches, s.ordinals = seed, 0, map[string]int{}
	s.seedings++
	s.seeded = s.seedings
}

// randomState is where the random numbers of a simulation stand.
type randomState struct {
	seed, seeded, branches uint64
}

func (s *Simulation) randomState() randomState { return randomState{s.seed, s.seeded, s.branches} }

func (s *Simulation) setRandomState(r randomState) {
	s.seed, s.seeded, s.branches = r.seed, r.seeded, r.branches
}

// DT returns the default time step.
func (s *Simulation) DT() units.Quantity { return units.Second.Of(s.clock.Dt()) }

// SetDT changes the default time step, which objects made with a DT of their own do not follow. Networks that have run
// must stand at a multiple of it when they go on. The error, for what is not a positive time, has kind ValueError.
func (s *Simulation) SetDT(dt units.Quantity) error {
	if dt.Dim != units.Time || !(dt.Value > 0) {
		return diag.Errorf(diag.Span{}, "ValueError", "The time step has to be a positive time, not %s.", dt)
	}
	// The time that was reached stays: a run moves the clock to its step there.
	s.clock.DT[0] = dt.Value
	return nil
}

// Single reports whether objects made now have floats of 32 bits.
func (s *Simulation) Single() bool { return s.config.Single }

// SetSingle sets Config.Single for objects made from now on.
func (s *Simulation) SetSingle(single bool) { s.config.Single = single }

// SetLegacyRefractory decides how refractory periods are timed in the runs to come: with true as in Brian2 up to version
// 2.1.2, where a neuron is refractory as long as the time since its spike, which is rounded, is not longer than the period.
// Otherwise both are counted in time steps, so that rounding plays no part.
func (s *Simulation) SetLegacyRefractory(legacy bool) { s.legacyRefractory = legacy }

// Threads returns the number of threads that run networks.
func (s *Simulation) Threads() int {
	if s.config.Threads > 0 {
		return s.config.Threads
	}
	return runtime.NumCPU()
}

// ExecutorName returns the name of what runs compiled kernels.
func (s *Simulation) ExecutorName() string { return s.executor.Name() }

func (s *Simulation) warn(m *diag.Message) {
	switch {
	case s.held != nil:
		*s.held = append(*s.held, m)
	case s.config.Warn != nil:
		s.config.Warn(m)
	}
}

// hold keeps warnings back until they are released, or dropped.
func (s *Simulation) hold() (release func(drop bool)) {
	before, held := s.held, []*diag.Message{}
	s.held = &held
	return func(drop bool) {
		s.held = before
		if !drop {
			for _, m := range held {
				s.warn(m)
			}
		}
	}
}

// tellSpilled warns, once, that recordings have outgrown memory.
func (s *Simulation) tellSpilled() {
	if spilled := s.pool.Spilled(); spilled > 0 && !s.toldSpilled {
		s.toldSpilled = true
		s.warn(&diag.Message{
			Kind: "Warning",
			Text: fmt.Sprintf("What is recorded has outgrown the %.3g GB that it may have in memory, and goes on in a temporary file.", float64(s.pool.Budget())/1e9),
			Hint: "record fewer variables, fewer neurons or less often, or give it more memory.",
		})
	}
}

// source returns the place that messages about a text point into.
func (s *Simulation) source(what, text string) *diag.Source {
	if s.config.Source != nil {
		if source := s.config.Source(what, text); source != nil {
			return source
		}
	}
	return &diag.Source{Name: what, Text: text}
}

// newName returns the given name, or the default name with the lowest free number.
func (s *Simulation) newName(given, kind string) (string, error) {
	taken := s.config.NameTaken
	if taken == nil {
		taken = func(name string) bool { return s.names[name] }
	}
	name := given
	if given == "" {
		name = kind
		for k := 1; taken(name); k++ {
			name = fmt.Sprintf("%s_%d", kind, k)
		}
	} else if !isIdentifier(given) {
		return "", diag.Errorf(diag.Span{}, "ValueError", "Name '%s' is not a valid name for an object: use letters, digits and underscores.", given)
	}
	s.names[name] = true
	return name, nil
}

func isIdentifier(name string) bool {
	for k, r := range name {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (k == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}

// nextOrdinal counts the objects that have been called by a name since the seed.
func (s *Simulation) nextOrdinal(name string) int {
	ordinal := s.ordinals[name]
	s.ordinals[name]++
	return ordinal
}

// branch identifies a stretch of random numbers: draws in a run are addressed by the steps since it began.
type branch struct {
	seeded uint64 // Simulation.seeded when it began
	number uint64 // 0: none has begun
}

func (s *Simulation) newBranch() branch {
	s.branches++
	return branch{seeded: s.seeded, number: s.branches}
}

// outsideRun is the branch of draws that happen outside a run.
const outsideRun = 0

func (s *Simulation) key(branch uint64, name string, ordinal int, site string) uint64 {
	return rng.Key(s.seed, branch, name, ordinal, site)
}

// clock is a clock with the variables by which code sees it.
type clock struct {
	*sim.Clock
	t, dt, steps *model.Variable
	// checkedDT is the time step that the last run had.
	checkedDT float64
}

func newClock(name string, dt float64) *clock {
	c := &clock{Clock: sim.NewClock(name, dt)}
	c.t = implicit(name, "t", model.Float, units.Time, exec.Column{F64: c.T})
	c.dt = implicit(name, "dt", model.Float, units.Time, exec.Column{F64: c.DT})
	c.dt.Constant = true
	c.steps = implicit(name, "t_in_timesteps", model.Integer, units.Dimension{}, exec.Column{I64: c.Step})
	c.steps.Wide = true
	for _, v := range []*model.Variable{c.t, c.dt, c.steps} {
		v.Shared, v.ReadOnly = true, true
	}
	return c
}

// implicit makes a variable that the engine keeps.
func implicit(owner, name string, t model.Type, dim units.Dimension, column exec.Column) *model.Variable {
	return &model.Variable{Name: name, Owner: owner, Kind: model.Implicit, Type: t, Dim: dim, Storage: &plan.Storage{Column: column}}
}
