package synfire

import (
	"fmt"
	"strings"
	"time"

	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/platform"
	"synfire/internal/sim"
	"synfire/units"
)

// Report says what a run of a network consisted of and what it cost.
type Report struct {
	// Executor is the name of what ran the compiled code, Threads how many threads it had.
	Executor string
	Threads  int
	// Compile is the time from texts to code that can run: names, dimensions, update methods, kernels, machine code.
	Compile time.Duration
	// Tables is the time to make tables: to sort synapses by neuron and delay, which happens when they or their delays have
	// changed, and to give memory to what code works on, such as the values of variables that nobody has needed before.
	Tables time.Duration
	// Run is the time that the steps took, CPU the processor time that all threads used meanwhile.
	Run, CPU time.Duration
	// Simulated is how much biological time that was.
	Simulated units.Quantity
	// NeuronSteps sums the neurons of all NeuronGroups, each times the steps of its clock.
	NeuronSteps int64
	// SynapticEvents counts how often code of a pathway ran for a synapse.
	SynapticEvents int64
	// Epoch says for how many steps, on average, the parts of the network went on without each other, and what made them
	// meet.
	Epoch string
	// Objects are those that took part.
	Objects []ObjectReport
	// Programs are what was compiled.
	Programs []Program

	names Names // with which the run was prepared
}

// ObjectReport says what an object of a network needs.
type ObjectReport struct {
	Name string
	// Kind says what its elements are: "neurons", "synapses" or "samples", of which spikes are one each.
	Kind string
	// Elements is how many it has.
	Elements int64
	// Bytes is the memory of state, indices and tables, without what is shared by all objects.
	Bytes int64
}

// PerElement is the memory of one neuron, synapse or sample in bytes.
func (o ObjectReport) PerElement() float64 {
	if o.Elements == 0 {
		return 0
	}
	return float64(o.Bytes) / float64(o.Elements)
}

// Report tells of the network's last run or preparation; nil if there was none.
func (n *Network) Report() *Report { return n.report }

// PerNeuronStep is the run's time divided by its neuron-steps, in nanoseconds, whatever else the run consisted of. It is 0
// for a run without neurons.
func (r *Report) PerNeuronStep() float64 { return ratio(float64(r.Run.Nanoseconds()), r.NeuronSteps) }

// PerSynapticEvent is the run's time divided by its synaptic events, in nanoseconds, whatever else the run consisted of.
// It is 0 for a run without events.
func (r *Report) PerSynapticEvent() float64 {
	return ratio(float64(r.Run.Nanoseconds()), r.SynapticEvents)
}

func ratio(x float64, n int64) float64 {
	if n == 0 {
		return 0
	}
	return x / float64(n)
}

// String describes the run in a few lines, the last one without a line feed.
func (r *Report) String() string {
	threads := "1 thread"
	if r.Threads != 1 {
		threads = fmt.Sprintf("%d threads", r.Threads)
	}
	lines := []string{fmt.Sprintf("%s, %s; %d kernels compiled in %s, tables of synapses made in %s",
		r.Executor, threads, len(r.Programs), milliseconds(r.Compile), milliseconds(r.Tables))}
	if r.NeuronSteps > 0 && r.Run > 0 {
		line := fmt.Sprintf("%.3g ns per neuron-step", r.PerNeuronStep())
		if r.SynapticEvents > 0 {
			line += fmt.Sprintf(", %d synaptic events", r.SynapticEvents)
		}
		lines = append(lines, line)
	}
	if r.Epoch != "" {
		lines = append(lines, "epoch: "+r.Epoch)
	}
	for _, o := range r.Objects {
		if o.Elements > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d %s, %.3g MB, %.3g bytes each", o.Name, o.Elements, o.Kind, float64(o.Bytes)/1e6, o.PerElement()))
		}
	}
	return strings.Join(lines, "\n")
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.3g ms", d.Seconds()*1e3) }

func newReport(s *Simulation, names Names) *Report {
	return &Report{Executor: s.ExecutorName(), Threads: s.Threads(), names: names}
}

// add notes a compiled program.
func (r *Report) add(c code, lowered *lower.Code, program *plan.Program) {
	if c.name != "" { // else it computes what other code refers to, such as the elements of a matrix
		r.Programs = append(r.Programs, Program{Object: c.owner.name, Name: c.name, statements: lowered.Statements, equations: c.owner.variables, program: program, listed: c.elementsOnly})
	}
}

// tables takes the time of making tables of synapses.
func (r *Report) tables(make func()) {
	begun := time.Now()
	make()
	r.Tables += time.Since(begun)
}

// begin begins to measure the steps of a run. The function that it returns is called at their end.
func (p *preparation) begin() (finish func(from float64, outcome sim.Outcome)) {
	user, system := platform.ProcessTime()
	begun := time.Now()
	return func(from float64, outcome sim.Outcome) {
		r, to := p.report, outcome.Reached
		r.Run = time.Since(begun)
		userNow, systemNow := platform.ProcessTime()
		r.CPU = userNow + systemNow - user - system
		r.Simulated = units.Second.Of(to - from)
		for _, o := range p.network.objects {
			if g, ok := o.(*NeuronGroup); ok && g.active {
				r.NeuronSteps += int64(g.n) * (g.clock.StepsUntil(to) - g.clock.StepsUntil(from))
			}
		}
		for _, delivery := range p.deliveries {
			r.SynapticEvents += delivery.Events()
		}
		r.Threads, r.Epoch = min(p.Parts, r.Threads), outcome.Epochs.String()
		p.measureMemory()
	}
}

// measureMemory fills in what the objects need.
func (p *preparation) measureMemory() {
	for _, o := range p.network.objects {
		if !o.Active() {
			continue
		}
		if report := needsOf(o); report.Kind != "" {
			p.report.Objects = append(p.report.Objects, report)
		}
	}
}

// needsOf says what an object needs; objects without memory of their own have no kind.
func needsOf(o Object) ObjectReport {
	report := ObjectReport{Name: o.Name()}
	switch o := o.(type) {
	case *Subgroup:
	case Group:
		p := o.population().part
		report.Kind, report.Elements, report.Bytes = "neurons", int64(p.n), variableBytes(p.variables)
	case *Synapses:
		report.Kind, report.Elements, report.Bytes = "synapses", int64(o.n), o.memory()
	case *SpikeMonitor:
		report.Kind, report.Elements = "samples", int64(len(o.spikes.Neurons()))
		report.Bytes = o.spikes.Bytes()
	case *StateMonitor:
		report.Kind = "samples"
		for _, r := range o.traces {
			report.Elements += int64(r.trace.Samples()) * int64(r.trace.Elements())
			report.Bytes += int64(r.trace.Bytes())
		}
	}
	return report
}

// memory is what the synapses take: variables, the numbers of their neurons, delays, and lists by neuron.
func (y *Synapses) memory() int64 {
	bytes := variableBytes(y.variables) + variableBytes([]*model.Variable{y.outgoing, y.incoming})
	if y.fromStart != 0 { // else it is the variable i
		bytes += 4 * int64(cap(y.pre))
	}
	if y.toStart != 0 {
		bytes += 4 * int64(cap(y.post))
	}
	bytes += 2 * int64(cap(y.occurrence))
	if l := y.placement; l != nil {
		bytes += variableBytes(l.Variables())
		for _, r := range l.Rows {
			if r.Index != lower.PreIndex && r.Index != lower.PostIndex {
				bytes += 4 * int64(len(r.Of))
			}
		}
	}
	for _, w := range y.pathways {
		bytes += variableBytes([]*model.Variable{w.delays})
		for _, fan := range w.fans {
			bytes += fan.Bytes()
		}
	}
	return bytes
}

// variableBytes is the memory of variables, each column once.
func variableBytes(variables []*model.Variable) int64 {
	bytes := int64(0)
	for _, v := range variables {
		if v.Stored() {
			bytes += int64(plan.StorageOf(v).Bytes())
		}
	}
	return bytes
}

// ProfileEntry says how long one of the objects in a network's schedule took in a run, on all processors together.
type ProfileEntry struct {
	Name string
	Time time.Duration
}

// Profile returns what the last run with RunOptions.Profile took, the longest first; nil if there was none.
func (n *Network) Profile() []ProfileEntry { return n.profile }

// profileOf lists what was measured.
func profileOf(watch *sim.Stopwatch) []ProfileEntry {
	list := []ProfileEntry{}
	for name, spent := range watch.Each {
		list = append(list, ProfileEntry{name, spent})
	}
	return list
}
