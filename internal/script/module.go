package script

// Module is a module that a script imports. Entries are the table that ScanNames checks a document against
// before it runs.
type Module struct {
	// Name is the full name: "numpy.random".
	Name string
	Doc  string
	// Entries are its functions, classes and constants. A later entry of the same name wins.
	Entries []Entry
	// Modules are submodules, reached as attributes by the last part of their names.
	Modules []*Module
	// Star lists the names that `from m import *` brings; nil means all names without a leading underscore.
	Star []string
	// Open marks a module with names that its table does not list; ScanNames does not judge those.
	Open bool
	// Shadowable lets a file of the same name beside the script take the module's place.
	Shadowable bool
	// Attr, if set, is asked for names that are not in the table; (nil, nil) means there is no such name.
	Attr func(interp *Interp, name string) (Value, error)
	// OnImport, if set, is called the first time a script imports the module.
	OnImport func(interp *Interp) error

	namespace *Namespace // what a script's own module (foo.py) has defined
	table     map[string]Value
}

// Entry is one name of a module: a function (Signature and Func) or a constant (Name and Value).
type Entry struct {
	// Signature is written as in Python: "linspace(start, stop, num=50, endpoint=True, *, retstep=False)".
	// Defaults are literals, or `...` for "optional, and nil when not given". *args, **kwargs, / and a bare * are allowed.
	Signature string
	// Func is called with the arguments bound to the signature's names.
	Func func(call *Call) (Value, error)
	// Doc is the first line that help() shows.
	Doc string
	// Keywords lists what **kwargs of the signature understands; ScanNames refuses others. Empty means anything.
	Keywords []string
	// Cosmetic lists keywords that are accepted and have no effect; ScanNames reports them as warnings.
	Cosmetic []string
	// TakesUnknown says that Func copes with *Unknown arguments. Other functions are not called with them: the
	// result is an *Unknown.
	TakesUnknown bool
	Name         string
	Value        Value
}

// Builtin is a function written in Go, possibly bound to a receiver.
type Builtin struct {
	Name         string
	Doc          string
	Module       string
	signature    *signature
	fn           func(*Call) (Value, error)
	keywords     []string
	cosmetic     []string
	takesUnknown bool
	native       bool  // of this package: copes with unknown elements inside its arguments
	self         Value // receiver of a bound method
	bound        bool
	// unboundMethod marks a method of a built-in type reached through the type (str.upper): its first argument is the receiver.
	unboundMethod bool
	owner         string // the type of an unbound method
}

// Methods is a table of the methods of a foreign type, prepared once. Its functions find the receiver in
// Call.Self; signatures do not name it.
type Methods struct {
	names []string
	table map[string]*Builtin
}

// NewMethods prepares a table of methods. It panics on a signature that does not parse: a programmer's error.
func NewMethods(entries ...Entry) *Methods { return newMethods(entries) }

// Bind returns the method of the given name bound to self, or nil.
func (m *Methods) Bind(self Value, name string) *Builtin {
	method := m.table[name]
	if method == nil {
		return nil
	}
	bound := *method
	bound.self, bound.bound = self, true
	return &bound
}

// Names lists the methods in the order of the table.
func (m *Methods) Names() []string { return m.names }

// NewBuiltin returns a function for a script, from a signature as in Entry. It panics on a signature that
// does not parse: a programmer's error.
func NewBuiltin(entry Entry) *Builtin { return newBuiltin(entry) }
