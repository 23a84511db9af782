package brian

import (
	"synfire/internal/diag"
	"synfire/internal/script"
)

// notYet is the error for what Brian2 has and Synfire does not have yet.
func notYet(what string) *diag.Message {
	return script.Raise("NotImplementedError", "Synfire does not support %s yet", what).WithHint("docs/compatibility.md lists what works.")
}

// refusedValue stands for such a thing: it can be named, but not used.
type refusedValue struct{ what string }

func (r refusedValue) refuse() error { return notYet(r.what) }

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
	"BrianObject", "CodeRunner", "Cylinder",
	"Morphology", "Section", "Soma", "SpatialNeuron",
	"restore_initial_state",
	"get_local_namespace", "clear_cache", "check_cache", "brian_prefs", "ImportExport", "Statements", "Expression",
}
