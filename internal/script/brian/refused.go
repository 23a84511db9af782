package brian

import (
	"slices"

	"synfire/internal/diag"
	"synfire/internal/script"
)

// notYet is the error for what Brian2 has and Synfire does not have yet.
func notYet(what string) *diag.Message {
	return script.Raise("NotImplementedError", "Synfire does not support %s yet", what).WithHint("docs/compatibility.md lists what works.")
}

// refusedValue stands for such a thing: it can be named, but not used.
type refusedValue struct{ what string }

// TypeName implements script.Named.
func (r refusedValue) TypeName() string { return r.what }

// CallScript refuses a call.
func (r refusedValue) CallScript(*script.Call) (script.Value, error) { return nil, r.refuse() }

// Attr refuses every attribute.
func (r refusedValue) Attr(string) (any, error) { return nil, r.refuse() }

// Index refuses every index.
func (r refusedValue) Index(any) (any, error) { return nil, r.refuse() }

// Repr implements script.Representer.
func (r refusedValue) Repr() string { return "<" + r.what + ", which Synfire does not support yet>" }

// refusedAttribute is an attribute of an object that Brian2 has and Synfire does not have yet.
func refusedAttribute(class, name string) script.Value { return refusedValue{class + "." + name} }

// refusedNames are names of Brian2's star import that exist here only to be refused.
var refusedNames = []string{
	"CodeRunner", "ImportExport",
}

// compartmentNames are those that belong to neurons of several compartments.
var compartmentNames = []string{"Cylinder", "Morphology", "Section", "Soma", "SpatialNeuron"}

// refuse is the error of whoever uses the value.
func (r refusedValue) refuse() error {
	if slices.Contains(compartmentNames, r.what) {
		return script.Raise("NotImplementedError", "Synfire does not support multi-compartment models (%s).", r.what).
			WithHint("every neuron has one compartment; a few compartments can be written as variables of one NeuronGroup.")
	}
	return notYet(r.what)
}
