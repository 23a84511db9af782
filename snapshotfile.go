package synfire

import (
	"maps"
	"slices"

	"synfire/internal/checkpoint"
	"synfire/internal/diag"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/placement"
	"synfire/internal/plan"
	"synfire/internal/record"
)

// StoreFile keeps the state of the network, as Store does, in a file, beside states of other names that the file has. The
// file is replaced when all of it is written. What it holds is the same on all machines.
func (n *Network) StoreFile(path, name string) error {
	s := n.capture()
	for _, o := range n.objects {
		if y, ok := o.(*Synapses); ok {
			// A file knows nothing of the rows of this network: synapses have all their variables in it, and rows theirs.
			state := s.objects[y.name]
			state.placement = placementState{waiting: y.storedRows()}
			s.objects[y.name] = state
		}
	}
	return checkpoint.Write(path, name, func(e *checkpoint.Encoder) { s.encode(e, n) })
}

// RestoreFile brings the network back to what StoreFile kept in a file under a name: a network of this program, or one that
// another has made of the same objects with the same names. With the same seed what follows is then what would have
// followed there, to the last bit. A file that does not exist is an error that is os.ErrNotExist; one that cannot be read is
// a ValueError, as is a state of other models, and a name that it does not have a KeyError.
func (n *Network) RestoreFile(path, name string, options RestoreOptions) error {
	s := &snapshot{steps: map[*clock]float64{}, objects: map[string]objectState{}}
	if err := checkpoint.Read(path, name, func(d *checkpoint.Decoder) { n.decode(s, d) }); err != nil {
		return err
	}
	for _, o := range n.objects {
		if state, stored := s.objects[o.Name()]; stored {
			if err := state.fits(o); err != nil {
				return err
			}
		}
	}
	return n.reinstate(s, options)
}

// fits checks that the variables of an object can hold what was stored.
func (s objectState) fits(o Object) error {
	different := func(what string) error {
		return diag.Errorf(diag.Span{}, "ValueError", "The stored state of '%s' is that of another model: %s.", o.Name(), what).
			WithHint("a state can be restored into objects that are made as those were that it was stored from.")
	}
	y, isSynapses := o.(*Synapses)
	for _, v := range o.base().variables {
		if !v.Stored() {
			continue
		}
		stored, ok := s.columns[v.Name]
		if !ok && isAboutAttempts(v) {
			continue
		}
		if !ok {
			return different("it has no variable '" + v.Name + "'")
		}
		if stored.Type() != lower.StorageType(v) {
			return different("'" + v.Name + "' is of another type")
		}
		if !isSynapses && plan.StorageOf(v).Len() != stored.Len() {
			return different("the number of elements is another")
		}
	}
	switch x := o.(type) {
	case *Synapses:
		for _, w := range y.pathways {
			if _, ok := s.pathways[w.name]; !ok {
				return different("it has no pathway '" + w.name + "'")
			}
		}
	case *SpikeMonitor:
		if s.spikes == nil || len(s.recorded) != len(x.recorded) || len(s.spikes.Counts()) != len(x.spikes.Counts()) {
			return different("it recorded something else")
		}
	case *StateMonitor:
		if len(s.traces) != len(x.traces) {
			return different("it recorded something else")
		}
		for k, r := range x.traces {
			if !s.traces[k].Fits(r.trace) {
				return different("it recorded something else")
			}
		}
	}
	return nil
}

// encode writes the state of a network, from which nothing has happened since it was captured.
func (s *snapshot) encode(e *checkpoint.Encoder, n *Network) {
	e.Float(s.now)
	encodeBranch(e, s.branch)
	e.Float(s.branchStart)
	e.Float(s.branchDT)
	e.Uint(s.random.seed)
	e.Uint(s.random.seeded)
	e.Uint(s.random.branches)
	steps := map[string]float64{}
	for c, dt := range s.steps {
		steps[c.Name] = dt
	}
	checkpoint.PutNamed(e, steps)
	e.Int(len(s.objects))
	for _, name := range slices.Sorted(maps.Keys(s.objects)) {
		e.String(name)
		s.objects[name].encode(e, n.Object(name))
	}
}

func (n *Network) decode(s *snapshot, d *checkpoint.Decoder) {
	s.now = d.Float()
	s.branch = decodeBranch(d)
	s.branchStart, s.branchDT = d.Float(), d.Float()
	s.random = randomState{seed: d.Uint(), seeded: d.Uint(), branches: d.Uint()}
	steps := checkpoint.TakeNamed(d)
	for _, c := range n.clocks() {
		if dt, ok := steps[c.Name]; ok {
			s.steps[c] = dt
		}
	}
	for range d.Count(8) {
		name := d.String()
		s.objects[name] = decodeObject(d, n.simulation.pool)
	}
}

func (s objectState) encode(e *checkpoint.Encoder, o Object) {
	encodeVariables(e, o.base().variables, o.base().awaited)
	e.Uint(uint64(s.executions))
	e.Uint(s.counted)
	e.Int(s.n)
	e.Bool(s.connected)
	e.Int(len(s.pathways))
	for _, name := range slices.Sorted(maps.Keys(s.pathways)) {
		w := s.pathways[name]
		e.String(name)
		encodeVariables(e, []*model.Variable{o.(*Synapses).Pathway(name).delays}, nil)
		e.Int(len(w.pending))
		for _, list := range w.pending {
			checkpoint.Put(e, list)
		}
		e.Float(w.dt)
		e.Uint(uint64(w.repeats))
		e.Bool(w.moved)
	}
	e.Bool(s.spikes != nil)
	if s.spikes != nil {
		checkpoint.Put(e, s.spikes.Neurons())
		checkpoint.Put(e, s.spikes.Times())
		checkpoint.Put(e, s.spikes.Counts())
		e.Uint(uint64(s.spikes.Total()))
	}
	e.Int(len(s.recorded))
	for _, values := range s.recorded {
		checkpoint.Put(e, values)
	}
	e.Int(len(s.traces))
	for _, view := range s.traces {
		view.Write(func(values []float64) { checkpoint.Put(e, values) }, func(n int) { e.Int(n) })
	}
	checkpoint.Put(e, s.times)
	checkpoint.Put(e, s.rates)
	checkpoint.Put(e, s.generated.times)
	checkpoint.Put(e, s.generated.who)
	e.Float(s.generated.period)
	e.Bool(s.generated.fresh)
	rows := s.placement.waiting
	e.Bool(rows != nil)
	if rows != nil {
		e.Int(len(rows.Names))
		for k, name := range rows.Names {
			e.String(name)
			checkpoint.PutColumn(e, rows.Columns[k])
		}
		checkpoint.PutNamed(e, rows.Constants)
		checkpoint.Put(e, rows.DT)
	}
}

func decodeObject(d *checkpoint.Decoder, pool *record.Pool) objectState {
	s := objectState{columns: decodeVariables(d), executions: int64(d.Uint()), counted: d.Uint(), n: d.Int(), connected: d.Bool(), pathways: map[string]pathwayState{}}
	for range d.Count(8) {
		name := d.String()
		w := pathwayState{delays: decodeVariables(d)["delay"]}
		for range d.Count(8) {
			w.pending = append(w.pending, checkpoint.Take[int32](d))
		}
		w.dt, w.repeats, w.moved = d.Float(), int64(d.Uint()), d.Bool()
		s.pathways[name] = w
	}
	if d.Bool() {
		s.spikes = record.Recorded(checkpoint.Take[int32](d), checkpoint.Take[float64](d), checkpoint.Take[int64](d), int64(d.Uint()))
	}
	for range d.Count(8) {
		s.recorded = append(s.recorded, checkpoint.Take[float64](d))
	}
	for range d.Count(8) {
		view, err := record.ReadView(pool, func() []float64 { return checkpoint.Take[float64](d) }, d.Int)
		if err != nil {
			d.Fail(err)
			return s
		}
		s.traces = append(s.traces, view)
	}
	s.times, s.rates = checkpoint.Take[float64](d), checkpoint.Take[float64](d)
	s.generated = generatedSpikes{times: checkpoint.Take[float64](d), who: checkpoint.Take[int32](d), period: d.Float(), fresh: d.Bool()}
	if d.Bool() {
		rows := &placement.Stored{}
		for range d.Count(8) {
			rows.Names = append(rows.Names, d.String())
			rows.Columns = append(rows.Columns, checkpoint.TakeColumn(d))
		}
		rows.Constants, rows.DT = checkpoint.TakeNamed(d), checkpoint.Take[float64](d)
		s.placement.waiting = rows
	}
	return s
}

func encodeBranch(e *checkpoint.Encoder, b branch) {
	e.Uint(b.seeded)
	e.Uint(b.number)
}

func decodeBranch(d *checkpoint.Decoder) branch { return branch{seeded: d.Uint(), number: d.Uint()} }

// encodeVariables writes the values of the variables that are stored, one after the other, so that those which are made when
// they are needed are not all there at once.
func encodeVariables(e *checkpoint.Encoder, variables []*model.Variable, awaited map[string]plan.Storage) {
	for _, v := range variables {
		if !v.Stored() {
			continue
		}
		e.Bool(true)
		e.String(v.Name)
		checkpoint.PutColumn(e, plan.AllValues(v))
	}
	for _, name := range slices.Sorted(maps.Keys(awaited)) {
		e.Bool(true)
		e.String(name)
		checkpoint.PutColumn(e, awaited[name].Column)
	}
	e.Bool(false)
}

func decodeVariables(d *checkpoint.Decoder) map[string]plan.Storage {
	columns := map[string]plan.Storage{}
	for d.Bool() {
		name := d.String()
		columns[name] = plan.Storage{Column: checkpoint.TakeColumn(d)}
	}
	return columns
}
