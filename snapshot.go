package synfire

import (
	"maps"
	"slices"

	"synfire/internal/diag"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/record"
)

// snapshot is the state of a network at one moment.
type snapshot struct {
	now         float64
	branch      branch
	branchStart float64
	branchDT    float64
	random      randomState
	steps       map[*clock]float64 // dt of each clock
	objects     map[string]objectState
}

// objectState is the state of one object: memory of variables, spikes on their way, what monitors recorded.
type objectState struct {
	columns    map[string]plan.Storage
	executions int64
	counted    uint64
	n          int
	connected  bool
	pathways   map[string]pathwayState
	spikes     *record.Spikes
	recorded   [][]float64 // variables of a SpikeMonitor
	traces     []*record.View
	times      []float64
	rates      []float64
	generated  generatedSpikes
	placement  placementState
}

type pathwayState struct {
	delays  plan.Storage
	pending [][]int32
	dt      float64 // of the steps of pending
	repeats int64
	moved   bool
}

// Store keeps the state of the network under a name: time, variables, synapses, spikes on their way, what monitors
// recorded, and where random numbers stand. It does not keep equations, names outside the model, or which objects are
// active. It holds copies, in memory, as long as the network does; a name that is stored again is replaced.
func (n *Network) Store(name string) { n.snapshots[name] = n.capture() }

func (n *Network) capture() *snapshot {
	s := &snapshot{now: n.now, branch: n.branch, branchStart: n.branchStart, branchDT: n.branchDT,
		random: n.simulation.randomState(), steps: map[*clock]float64{}, objects: map[string]objectState{}}
	for _, c := range n.clocks() {
		s.steps[c] = c.Dt()
	}
	for _, o := range n.objects {
		if _, part := o.(*Subgroup); !part {
			s.objects[o.Name()] = capture(o)
		}
	}
	return s
}

func capture(o Object) objectState {
	b := o.base()
	state := objectState{columns: map[string]plan.Storage{}, executions: b.executions, counted: b.counted, n: b.n}
	for _, v := range b.variables {
		if y, ok := o.(*Synapses); v.Stored() && !(ok && y.placement.Keeps(v)) {
			state.columns[v.Name] = plan.StorageOf(v).Clone()
		}
	}
	for name, stored := range b.awaited {
		state.columns[name] = stored
	}
	switch x := o.(type) {
	case *Synapses:
		state.placement = x.savePlacement()
		state.connected, state.pathways = x.connected, map[string]pathwayState{}
		for _, w := range x.pathways {
			state.pathways[w.name] = pathwayState{plan.StorageOf(w.delays).Clone(), w.pending, w.pendingDT, w.repeats, w.moved}
		}
	case *SpikeGeneratorGroup:
		state.generated = x.generatedSpikes
	case *SpikeMonitor:
		state.spikes = x.spikes.Clone()
		for _, r := range x.recorded {
			state.recorded = append(state.recorded, slices.Clone(r.values))
		}
	case *StateMonitor:
		for _, r := range x.traces {
			state.traces = append(state.traces, r.trace.View())
		}
		state.times = slices.Clone(x.times)
	case *PopulationRateMonitor:
		state.times, state.rates = slices.Clone(x.times), slices.Clone(x.rates)
	}
	return state
}

// RestoreOptions configures Network.Restore.
type RestoreOptions struct {
	// RandomState also restores where random numbers stand: what follows is then the same each time. Without it, new
	// ones begin.
	RandomState bool
}

// Restore brings the network back to what Store kept under a name. Errors have kind KeyError.
func (n *Network) Restore(name string, options RestoreOptions) error {
	s, found := n.snapshots[name]
	if !found {
		m := diag.Errorf(diag.Span{}, "KeyError", "No state with the name '%s' was stored.", name)
		if near := diag.Nearest(name, slices.Collect(maps.Keys(n.snapshots))); near != "" {
			m.WithHint("did you mean '%s'?", near)
		} else {
			m.WithHint("call store() before restore().")
		}
		return m
	}
	return n.reinstate(s, options)
}

func (n *Network) reinstate(s *snapshot, options RestoreOptions) error {
	present := map[string]bool{}
	for _, o := range n.objects {
		if _, part := o.(*Subgroup); part {
			continue
		}
		present[o.Name()] = true
		if _, stored := s.objects[o.Name()]; !stored {
			return diag.Errorf(diag.Span{}, "KeyError", "The network has the object '%s', of which no state was stored.", o.Name()).
				WithHint("store the network again after adding objects.")
		}
	}
	for stored := range s.objects {
		if !present[stored] {
			return diag.Errorf(diag.Span{}, "KeyError", "The stored state has the object '%s', which the network does not have.", stored)
		}
	}
	for _, o := range n.objects {
		if _, part := o.(*Subgroup); !part {
			if err := reinstate(o, s.objects[o.Name()], options); err != nil {
				return err
			}
		}
	}
	n.now = s.now
	for _, c := range n.clocks() {
		if dt, stored := s.steps[c]; stored {
			c.DT[0], c.checkedDT = dt, dt
		}
		c.SetIndex(c.StepsUntil(n.now))
	}
	if options.RandomState {
		n.simulation.setRandomState(s.random)
		n.branch, n.branchStart, n.branchDT = s.branch, s.branchStart, s.branchDT
	} else {
		n.branch, n.branchStart = n.simulation.newBranch(), n.now
		n.branchDT = n.simulation.clock.Dt()
	}
	return nil
}

func reinstate(o Object, state objectState, options RestoreOptions) error {
	b := o.base()
	if options.RandomState {
		b.executions, b.counted = state.executions, state.counted
	}
	assign := func(v *model.Variable, stored plan.Storage) {
		if kept := plan.StorageOf(v); stored.Origin == nil && kept.Origin == nil && kept.Len() == stored.Len() {
			kept.CopyFrom(stored.Column)
		} else {
			*kept = stored.Clone()
		}
	}
	for _, v := range b.variables {
		if stored, ok := state.columns[v.Name]; ok {
			assign(v, stored)
		}
	}
	b.awaited = map[string]plan.Storage{}
	for name, stored := range state.columns {
		if b.byName[name] == nil {
			b.awaited[name] = stored
		}
	}
	switch x := o.(type) {
	case *Synapses:
		x.n, x.connected = state.n, state.connected
		x.restorePlacement(state.placement)
		x.reindex()
		for _, w := range x.pathways {
			stored := state.pathways[w.name]
			assign(w.delays, stored.delays)
			w.pending, w.pendingDT, w.repeats, w.moved = stored.pending, stored.dt, stored.repeats, stored.moved
		}
	case *SpikeGeneratorGroup:
		x.generatedSpikes = state.generated
	case *SpikeMonitor:
		parts := x.spikes.Parts() // a run may go on
		x.spikes = state.spikes.Clone()
		x.spikes.Divide(parts)
		for k, r := range x.recorded {
			r.values = slices.Clone(state.recorded[k])
		}
		x.changed++
	case *StateMonitor:
		x.changed++
		for k, r := range x.traces {
			if err := r.trace.Reset(state.traces[k]); err != nil {
				return err
			}
		}
		x.times = slices.Clone(state.times)
	case *PopulationRateMonitor:
		x.times, x.rates = slices.Clone(state.times), slices.Clone(state.rates)
	}
	for _, v := range b.variables {
		if _, ok := state.columns[v.Name]; !ok && v.Stored() && isAboutAttempts(v) {
			*plan.StorageOf(v) = *plan.NewStorage(v, b.length(v)) // it did not exist then
		}
	}
	return nil
}
