package brian

import (
	"math"
	"slices"
	"strings"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// pythonNames are names of NumPy that `from brian2 import *` leaves to Python. (docs/language.md has the table.)
var pythonNames = []string{"abs", "max", "min", "round", "pow"}

// pythonModules are modules of Python that the star import brings along by accident, and scripts rely on.
var pythonModules = []string{"math", "sys", "time", "functools"}

// brianModule is the module brian2 with its submodules.
func (s *Session) brianModule() *script.Module {
	own := s.ownEntries()
	// Later entries of a name win: Brian2's own names come last, NumPy's unit-aware ones before them.
	var entries []script.Entry
	var star []string
	bring := func(list []script.Entry, names []string) {
		for _, e := range list {
			name := entryName(e)
			if names != nil && !slices.Contains(names, name) {
				continue
			}
			entries = append(entries, e)
			if !slices.Contains(pythonNames, name) && name[0] != '_' && !slices.Contains(star, name) {
				star = append(star, name)
			}
		}
	}
	for k := len(s.libraries) - 1; k >= 0; k-- {
		library := s.libraries[k]
		if library.Name != "numpy" && library.Name != "pylab" {
			continue
		}
		bring(library.Entries, library.Star)
		if library.Name != "numpy" {
			continue
		}
		entries = append(entries, script.Entry{Name: "np", Value: library}, script.Entry{Name: "numpy", Value: library})
		star = append(star, "np", "numpy")
		for _, sub := range library.Modules {
			if sub.Name == "numpy.linalg" {
				entries, star = append(entries, script.Entry{Name: "linalg", Value: sub}), append(star, "linalg")
			}
			if sub.Name == "numpy.random" {
				bring(slices.DeleteFunc(slices.Clone(sub.Entries), func(e script.Entry) bool { return entryName(e) == "seed" }), nil)
			}
		}
	}
	bring(numpy.UnitAware(), nil)
	bring(own, nil)
	constants := &script.Module{Name: "brian2.units.constants", Doc: "Physical constants."}
	for _, name := range units.ConstantNames() {
		q, _ := units.Constant(name)
		constants.Entries = append(constants.Entries, script.Entry{Name: name, Value: q})
	}
	all := &script.Module{Name: "brian2.units.allunits", Doc: "All units."}
	for _, name := range units.Names() {
		u, _ := units.Lookup(name)
		all.Entries = append(all.Entries, script.Entry{Name: name, Value: unit{u}})
	}
	unitModule := &script.Module{Name: "brian2.units", Doc: "Units.", Entries: slices.Concat(s.unitEntries(), numpy.UnitAware()), Modules: []*script.Module{constants, all,
		{Name: "brian2.units.fundamentalunits", Doc: "Units.", Entries: s.unitEntries()}, {Name: "brian2.units.stdunits", Doc: "Units by their short names.", Entries: s.unitEntries()}}}
	only := &script.Module{Name: "brian2.only", Doc: "Brian2's own names.", Entries: own}
	return &script.Module{Name: "brian2", Doc: "A simulator of spiking neural networks.", Entries: append(entries, script.Entry{Name: "__version__", Value: "2.5.1"}),
		Star: append(star, pythonModules...), OnImport: s.imported, Modules: []*script.Module{unitModule, only, s.updaterModule(), deviceModule()},
		Attr: func(interp *script.Interp, name string) (script.Value, error) {
			if !slices.Contains(pythonModules, name) {
				return nil, nil
			}
			return interp.Module(name)
		}}
}

// entryName returns the name of an entry.
func entryName(e script.Entry) string {
	if e.Func == nil || e.Name != "" {
		return e.Name
	}
	name, _, _ := strings.Cut(e.Signature, "(")
	return name
}

// ownEntries are the names that are Brian2's own.
func (s *Session) ownEntries() []script.Entry {
	entries := s.unitEntries()
	for _, name := range slices.Concat(refusedNames, compartmentNames) {
		entries = append(entries, script.Entry{Name: name, Value: refusedValue{name}})
	}
	entries = append(entries, s.updaterEntries()...)
	for _, name := range []string{"DimensionMismatchError", "BrianObjectException", "MagicError"} {
		entries = append(entries, script.Entry{Name: name, Value: script.ExceptionClass(name)})
	}
	for _, c := range []string{"NeuronGroup", "PoissonGroup", "SpikeGeneratorGroup", "Subgroup", "Synapses", "SpikeMonitor", "EventMonitor", "StateMonitor",
		"PopulationRateMonitor", "PoissonInput", "BinomialFunction", "Function", "NetworkOperation", "Network", "MagicNetwork", "Equations", "TimedArray", "Clock", "Group",
		"BrianObject", "SpikeSource", "VariableOwner", "Nameable", "Expression", "Statements"} {
		entries = append(entries, script.Entry{Name: c, Value: s.class(c)})
	}
	entries = append(entries, script.Entry{Name: "defaultclock", Value: &clockValue{session: s}}, script.Entry{Name: "magic_network", Value: &magicProxy{s}})
	entries = append(entries, s.seedEntry(), linkedVarEntry(), s.implementationEntry(), s.profilingSummaryEntry(), script.Entry{
		Signature: "network_operation(function=None, dt=None, clock=None, when='start', order=0, name=None)",
		Doc:       "A decorator: the function is called in each step of a run.", Func: s.decorateOperation,
	})
	entries = append(entries, s.magicEntries()...)
	entries = append(entries, s.settingEntries()...)
	entries = append(entries,
		script.Entry{Signature: "exprel(x)", Doc: "(exp(x) - 1)/x", Func: exprel},
	)
	return entries
}

func exprel(c *script.Call) (script.Value, error) {
	x, err := numbers(c.Arg("x"))
	if err != nil {
		return nil, err
	}
	if !x.Dim().IsDimensionless() {
		return nil, script.Raise("DimensionMismatchError", "exprel expects a dimensionless argument but got %s (unit is %s).", script.Str(c.Arg("x")), x.Dim())
	}
	out := x.As(array.Float64).Copy()
	for k := range out.Size() {
		v := out.FloatAt(k)
		y := 1.0
		switch {
		case math.Abs(v) < 1e-16:
		case v > 717:
			y = math.Inf(1)
		default:
			y = math.Expm1(v) / v
		}
		out.SetFloat(k, y)
	}
	return numpy.Wrap(out), nil
}

// magicProxy is magic_network: whatever network run() uses at the moment.
type magicProxy struct{ session *Session }

// TypeName implements script.Named.
func (m *magicProxy) TypeName() string { return "MagicNetwork" }

// Repr implements script.Representer.
func (m *magicProxy) Repr() string { return "MagicNetwork()" }

// Len implements script.Sized.
func (m *magicProxy) Len() (int, error) {
	if m.session.magic == nil {
		return 0, nil
	}
	return m.session.magic.Len()
}

// Bool implements script.Truther.
func (m *magicProxy) Bool() (bool, error) { return true, nil }

// Attr implements script.Attributed.
func (m *magicProxy) Attr(name string) (any, error) {
	n := m.session.magic
	if n == nil {
		n = m.session.newNetwork()
	}
	return n.Attr(name)
}

// classes are the classes of Brian2's objects, made once.
func (s *Session) classes() map[string]*script.Class {
	if s.classTable != nil {
		return s.classTable
	}
	s.classTable = map[string]*script.Class{}
	add := func(base, signature, doc string, construct func(*script.Call) (script.Value, error), is func(script.Value) bool) {
		class := script.NewClass(script.Entry{Signature: signature, Doc: doc, Func: construct}, is)
		class.Module = "brian2"
		if base != "" {
			class.WithBase(s.classTable[base])
		}
		s.classTable[class.Name] = class
	}
	isGroup := func(kind string) func(script.Value) bool {
		return func(v script.Value) bool {
			g, ok := v.(*group)
			return ok && (kind == "" || g.kind == kind)
		}
	}
	abstract := func(name, doc string, is func(script.Value) bool) {
		add("", name+"(*args, **kwargs)", doc, func(*script.Call) (script.Value, error) { return nil, notYet("making a " + name + " of its own") }, is)
	}
	abstract("BrianObject", "All that networks hold.", func(v script.Value) bool { _, ok := v.(brianObject); return ok })
	abstract("SpikeSource", "What has spikes.", isGroup(""))
	abstract("VariableOwner", "What has variables.", func(v script.Value) bool { _, ok := v.(stated); return ok })
	abstract("Nameable", "What has a name.", func(v script.Value) bool {
		_, object := v.(brianObject)
		_, net := v.(*network)
		return object || net
	})
	add("BrianObject", "Group(*args, **kwargs)", "Neurons or synapses.", func(*script.Call) (script.Value, error) { return nil, notYet("making a Group of its own") },
		func(v script.Value) bool { _, synaptic := v.(*synapses); return synaptic || isGroup("")(v) })
	const methods = "method=..., method_options=None"
	add("Group", "NeuronGroup(N, model, "+methods+", threshold=None, reset=None, refractory=False, events=None, namespace=None, dtype=None, dt=None, clock=None, order=0, name=None, codeobj_class=None)",
		"A group of neurons that share equations.", s.neuronGroup, isGroup("NeuronGroup"))
	add("Group", "PoissonGroup(N, rates, dt=None, clock=None, when='thresholds', order=0, namespace=None, name=None, codeobj_class=None)",
		"Neurons that spike at random.", s.poissonGroup, isGroup("PoissonGroup"))
	add("Group", "SpikeGeneratorGroup(N, indices, times, dt=None, clock=None, period=None, when='thresholds', order=0, sorted=False, name=None, codeobj_class=None)",
		"Neurons that spike at given times.", s.spikeGeneratorGroup, isGroup("SpikeGeneratorGroup"))
	add("Group", "Subgroup(source, start, stop, name=None)", "A part of a group.", func(c *script.Call) (script.Value, error) {
		g, err := groupArgument(c, "source")
		if err != nil {
			return nil, err
		}
		return g.Index(&script.Slice{Low: c.Arg("start"), High: c.Arg("stop"), Step: script.None})
	}, isGroup("Subgroup"))
	add("Group", "Synapses(source, target=None, model=None, on_pre=None, pre=None, on_post=None, post=None, connect=None, delay=None, on_event='spike', multisynaptic_index=None, namespace=None, dtype=None, codeobj_class=None, dt=None, clock=None, order=0, "+methods+", name=None)",
		"Synapses between two groups.", s.makeSynapses, func(v script.Value) bool { _, ok := v.(*synapses); return ok })
	add("BrianObject", "SpikeMonitor(source, variables=None, record=True, when=None, order=None, name=None, codeobj_class=None)",
		"Records spikes.", s.makeSpikeMonitor, func(v script.Value) bool { m, ok := v.(*spikeMonitor); return ok && m.of.Event() == "spike" })
	add("BrianObject", "EventMonitor(source, event, variables=None, record=True, when=None, order=None, name=None, codeobj_class=None)",
		"Records events.", s.makeEventMonitor, func(v script.Value) bool { m, ok := v.(*spikeMonitor); return ok && m.of.Event() != "spike" })
	add("Group", "StateMonitor(source, variables, record, dt=None, clock=None, when='start', order=0, name=None, codeobj_class=None, dtype=None)",
		"Records variables over time.", s.makeStateMonitor, func(v script.Value) bool { _, ok := v.(*stateMonitor); return ok })
	add("Group", "PopulationRateMonitor(source, name=None, codeobj_class=None, dtype=None)",
		"Records the mean rate of a group.", s.makeRateMonitor, func(v script.Value) bool { _, ok := v.(*rateMonitor); return ok })
	add("BrianObject", "PoissonInput(target, target_var, N, rate, weight, when='synapses', order=0)",
		"Poisson processes that act on each neuron of a group.", s.makePoissonInput, func(v script.Value) bool { _, ok := v.(*poissonInput); return ok })
	add("", "BinomialFunction(n, p, approximate=True, name='_binomial*')",
		"Binomial numbers for equations.", makeBinomialFunction, func(v script.Value) bool { _, ok := v.(*binomialFunction); return ok })
	add("", "Function(pyfunc, sympy_func=None, arg_units=None, arg_names=None, return_unit=None, arg_types=None, return_type=None, stateless=True, auto_vectorise=False)",
		"A function that equations can call.", s.makeFunction, func(v script.Value) bool { _, ok := v.(*equationFunction); return ok })
	add("BrianObject", "NetworkOperation(function, dt=None, clock=None, when='start', order=0, name='networkoperation*')",
		"A function that is called in each step of a run.", func(c *script.Call) (script.Value, error) { return s.makeNetworkOperation(c, c.Arg("function")) },
		func(v script.Value) bool { _, ok := v.(*networkOperation); return ok })
	add("", "Network(*objs, **kwds)", "Objects that are simulated together.", s.makeNetwork, func(v script.Value) bool { _, ok := v.(*network); return ok })
	add("Network", "MagicNetwork()", "What run() uses.", func(*script.Call) (script.Value, error) { return &magicProxy{s}, nil },
		func(v script.Value) bool { _, ok := v.(*magicProxy); return ok })
	add("", "Equations(eqns, **kwds)", "Equations of neurons or synapses.", s.makeEquations, func(v script.Value) bool { _, ok := v.(*equations); return ok })
	add("", "StateUpdateMethod()", "How equations are integrated.", func(*script.Call) (script.Value, error) {
		return nil, script.Raise("TypeError", "Can't instantiate abstract class StateUpdateMethod").WithHint("use ExplicitStateUpdater, or a function.")
	}, func(v script.Value) bool { _, ok := v.(*stateUpdater); return ok })
	s.classTable["StateUpdateMethod"].WithMethods(script.NewMethods(script.Entry{
		Signature: "register(name, stateupdater)", Doc: "Gives an update method a name.", Func: s.registerUpdater,
	}))
	add("StateUpdateMethod", "ExplicitStateUpdater(description, stochastic=None, custom_check=None)", "An update method that is given as a formula.",
		s.makeExplicitStateUpdater, func(v script.Value) bool { u, ok := v.(*stateUpdater); return ok && u.stochastic != nil })
	for _, kind := range []string{"Expression", "Statements"} {
		add("", kind+"(code)", "A piece of model code.", makeCodeString, func(v script.Value) bool {
			code, ok := v.(*codeString)
			return ok && code.kind == kind
		})
	}
	add("", "TimedArray(values, dt, name=None)", "Values given at equally spaced times.", s.makeTimedArray, func(v script.Value) bool { _, ok := v.(*timedArray); return ok })
	add("", "Clock(dt, name=None)", "A clock with a time step of its own.", func(c *script.Call) (script.Value, error) {
		dt, err := quantityArgument(c, "dt", "Clock", units.Time)
		if err != nil {
			return nil, err
		}
		name, err := nameArgument(c)
		if name == "" {
			name = "clock"
		}
		return &clockValue{session: s, own: dt, label: name}, err
	}, func(v script.Value) bool { _, ok := v.(*clockValue); return ok })
	return s.classTable
}
