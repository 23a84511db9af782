package brian

import (
	"slices"
	"strings"
	"sync"

	"synfire/internal/script"
)

// floatPreference is the preference that has an effect: how many bits floats have.
const floatPreference = "core.default_float_dtype"

// preferences are the names of Brian2's preferences. The others are accepted and have no effect.
var preferences = map[string]script.Value{
	"codegen.target": "auto", "codegen.string_expression_target": "numpy", "codegen.loop_invariant_optimisations": true,
	"codegen.max_cache_dir_size": int64(1000), "codegen.cpp.compiler": "", "codegen.cpp.extra_compile_args": script.None,
	"codegen.cpp.extra_compile_args_gcc": script.NewTuple(), "codegen.cpp.extra_compile_args_msvc": script.NewTuple(),
	"codegen.cpp.extra_link_args": script.NewTuple(), "codegen.cpp.headers": script.NewTuple(), "codegen.cpp.include_dirs": script.NewTuple(),
	"codegen.cpp.libraries": script.NewTuple(), "codegen.cpp.library_dirs": script.NewTuple(), "codegen.cpp.runtime_library_dirs": script.NewTuple(),
	"codegen.cpp.define_macros": script.NewTuple(), "codegen.cpp.msvc_architecture": "", "codegen.cpp.msvc_vars_location": "",
	"codegen.generators.cpp.flush_denormals": false, "codegen.generators.cpp.restrict_keyword": "__restrict",
	"codegen.runtime.cython.cache_dir": script.None, "codegen.runtime.cython.delete_source_files": true, "codegen.runtime.cython.multiprocess_safe": true,
	"codegen.runtime.numpy.discard_units": false,
	"core.default_float_dtype":            "float64", "core.default_integer_dtype": "int32", "core.outdated_dependency_error": true, "core.network.default_schedule": script.None,
	"devices.cpp_standalone.openmp_threads": int64(0), "devices.cpp_standalone.openmp_spatialneuron_strategy": script.None,
	"devices.cpp_standalone.extra_make_args_unix": script.NewTuple(), "devices.cpp_standalone.extra_make_args_windows": script.NewTuple(),
	"devices.cpp_standalone.make_cmd_unix": "make", "devices.cpp_standalone.run_cmd_unix": "./main", "devices.cpp_standalone.run_environment_variables": script.None,
	"GSL.directory": script.None, "legacy.refractory_timing": false,
	"logging.console_log_level": "INFO", "logging.delete_log_on_exit": true, "logging.display_brian_error_message": true, "logging.file_log": true,
	"logging.file_log_level": "DEBUG", "logging.file_log_max_size": int64(10000000), "logging.save_script": true, "logging.std_redirection": true,
	"logging.std_redirection_to_file": true,
}

// consequential are the preferences that would change results.
var consequential = map[string]bool{"core.default_integer_dtype": true}

// preferenceValue is prefs, or a part of it such as prefs.codegen.
type preferenceValue struct {
	session *Session
	prefix  string // "codegen.", or empty
}

// TypeName implements script.Named.
func (p *preferenceValue) TypeName() string { return "BrianGlobalPreferences" }

// Repr implements script.Representer.
func (p *preferenceValue) Repr() string {
	return "<preferences " + strings.TrimSuffix(p.prefix, ".") + ">"
}

func (p *preferenceValue) get(name string) (script.Value, bool) {
	full := p.prefix + name
	if v, ok := p.session.preferences[full]; ok {
		return v, true
	}
	if v, ok := preferences[full]; ok {
		return v, true
	}
	for known := range preferences {
		if strings.HasPrefix(known, full+".") {
			return &preferenceValue{p.session, full + "."}, true
		}
	}
	return nil, false
}

func (p *preferenceValue) unknown(kind, name string) error {
	m := script.Raise(kind, "Preference '%s' is unregistered. Spelling error?", p.prefix+name)
	if near := script.Nearest(p.prefix+name, p.known("")); near != "" {
		m.Hint = "Did you mean '" + near + "'?"
	}
	return m
}

func (p *preferenceValue) known(prefix string) []string {
	var list []string
	for name := range preferences {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			list = append(list, rest)
		}
	}
	return list
}

func (p *preferenceValue) set(kind, name string, value script.Value) error {
	full := p.prefix + name
	old, known := preferences[full]
	if !known {
		return p.unknown(kind, name)
	}
	if full == floatPreference {
		bits, ok := floatBits(value)
		if !ok {
			return script.Raise("ValueError", "The preference %s has to be float32 or float64, not %s.", full, script.Repr(value))
		}
		p.session.simulation.SetSingle(bits == 32)
		p.keep(full, value)
		return nil
	}
	if full == "legacy.refractory_timing" {
		legacy, err := script.Truth(value)
		if err != nil {
			return err
		}
		p.session.simulation.SetLegacyRefractory(legacy)
		p.keep(full, value)
		return nil
	}
	if full == "core.network.default_schedule" {
		slots, err := slotNames(value)
		if err == nil {
			err = p.session.simulation.SetSchedule(slots)
		}
		if err == nil {
			p.keep(full, value)
		}
		return err
	}
	if consequential[full] && !unchanged(old, value) {
		return script.Raise("NotImplementedError", "Synfire does not support the preference %s=%s yet.", full, typeName(value))
	}
	p.keep(full, value)
	p.session.note("prefs.%s has no effect: Synfire compiles models itself", full)
	return nil
}

func (p *preferenceValue) keep(full string, value script.Value) {
	if p.session.preferences == nil {
		p.session.preferences = map[string]script.Value{}
	}
	p.session.preferences[full] = value
}

// unchanged reports whether a preference keeps its default.
func unchanged(old, value script.Value) bool {
	text := script.Str(value)
	return script.Repr(old) == script.Repr(value) || script.Str(old) == text || strings.Contains(text, script.Str(old)) && len(text) > 4
}

// Attr implements script.Attributed.
func (p *preferenceValue) Attr(name string) (any, error) {
	if v, ok := p.get(name); ok {
		return v, nil
	}
	if method := preferenceMethods().Bind(p, name); method != nil {
		return method, nil
	}
	switch name {
	case "load_preferences", "reset_to_defaults", "read_preference_file", "check_all_validated", "do_validation":
		return accepted(name), nil
	}
	return nil, p.unknown("AttributeError", name)
}

// preferenceMethods are what preferences have as a dictionary.
var preferenceMethods = sync.OnceValue(func() *script.Methods {
	names := func(p *preferenceValue) []string {
		list := p.known(p.prefix)
		slices.Sort(list)
		return list
	}
	return script.NewMethods(
		script.Entry{Signature: "keys()", Func: func(c *script.Call) (script.Value, error) {
			return nameList(names(c.Self.(*preferenceValue))), nil
		}},
		script.Entry{Signature: "values()", Func: func(c *script.Call) (script.Value, error) {
			p, list := c.Self.(*preferenceValue), &script.List{}
			for _, name := range names(p) {
				v, _ := p.get(name)
				list.Elts = append(list.Elts, v)
			}
			return list, nil
		}},
		script.Entry{Signature: "items()", Func: func(c *script.Call) (script.Value, error) {
			p, list := c.Self.(*preferenceValue), &script.List{}
			for _, name := range names(p) {
				v, _ := p.get(name)
				list.Elts = append(list.Elts, script.NewTuple(name, v))
			}
			return list, nil
		}},
		script.Entry{Signature: "get(key, default=None)", Func: func(c *script.Call) (script.Value, error) {
			if v, ok := c.Self.(*preferenceValue).get(script.Str(c.Arg("key"))); ok {
				return v, nil
			}
			return c.Arg("default"), nil
		}},
	)
})

// oldPreferences is brian_prefs, which says what it is called now.
type oldPreferences struct{}

func (oldPreferences) renamed() error {
	return script.Raise("AttributeError", "The global preferences object has been renamed from 'brian_prefs' to 'prefs'")
}

// TypeName implements script.Named.
func (oldPreferences) TypeName() string { return "ErrorRaiser" }

// Attr implements script.Attributed.
func (p oldPreferences) Attr(string) (any, error) { return nil, p.renamed() }

// SetAttr implements script.AttrSetter.
func (p oldPreferences) SetAttr(string, any) error { return p.renamed() }

// Index implements script.Indexed.
func (p oldPreferences) Index(any) (any, error) { return nil, p.renamed() }

// SetAttr implements script.AttrSetter.
func (p *preferenceValue) SetAttr(name string, value any) error {
	return p.set("AttributeError", name, value)
}

// Index implements prefs['codegen.target'].
func (p *preferenceValue) Index(index any) (any, error) {
	name, ok := index.(string)
	if !ok {
		return nil, script.Raise("TypeError", "Preferences are found by their names")
	}
	if v, ok := p.get(name); ok {
		return v, nil
	}
	return nil, p.unknown("KeyError", name)
}

// SetIndex implements prefs['codegen.target'] = ...
func (p *preferenceValue) SetIndex(index, value any) error {
	name, ok := index.(string)
	if !ok {
		return script.Raise("TypeError", "Preferences are found by their names")
	}
	return p.set("KeyError", name, value)
}

// accepted is a function that takes anything and does nothing.
func accepted(name string) *script.Builtin {
	return script.NewBuiltin(script.Entry{Signature: name + "(*args, **kwargs)", Doc: "Accepted; it has no effect here.", TakesUnknown: true,
		Func: func(*script.Call) (script.Value, error) { return script.None, nil }})
}

// fixture is a value with a few attributes, all of which are given.
type fixture struct {
	name       string
	attributes map[string]script.Value
}

// TypeName implements script.Named.
func (f *fixture) TypeName() string { return f.name }

// Repr implements script.Representer.
func (f *fixture) Repr() string { return "<" + f.name + ">" }

// Attr implements script.Attributed.
func (f *fixture) Attr(name string) (any, error) { return f.attributes[name], nil }

// AttrNames implements script.AttrLister.
func (f *fixture) AttrNames() []string {
	var list []string
	for name := range f.attributes {
		list = append(list, name)
	}
	return list
}

func functions(names ...string) map[string]script.Value {
	table := map[string]script.Value{}
	for _, name := range names {
		table[name] = accepted(name)
	}
	return table
}

// deviceModule is brian2.devices: what scripts import from it has no effect here.
func deviceModule() *script.Module {
	entry := func(name string) script.Entry {
		return script.Entry{Signature: name + "(*args, **kwargs)", Doc: "Accepted: Synfire is the only device.", Func: func(*script.Call) (script.Value, error) { return script.None, nil }}
	}
	entries := []script.Entry{entry("reset_device"), entry("reinit_devices"), entry("reinit_and_delete")}
	return &script.Module{Name: "brian2.devices", Doc: "Devices.", Entries: entries,
		Modules: []*script.Module{{Name: "brian2.devices.device", Doc: "Devices.", Entries: entries}}}
}

// settingEntries are preferences, devices and logging: accepted, as far as they cannot change results.
func (s *Session) settingEntries() []script.Entry {
	device := &fixture{"RuntimeDevice", functions("build", "activate", "reinit", "delete", "insert_code", "run", "code_object")}
	device.attributes["seed"] = script.NewBuiltin(s.seedEntry())
	logger := &fixture{"BrianLogger", functions("log_level_debug", "log_level_info", "log_level_warn", "log_level_error", "log_level_diagnostic",
		"suppress_name", "suppress_hierarchy", "initialize", "debug", "info", "warn", "error", "diagnostic")}
	return []script.Entry{
		{Signature: "check_cache(target)", Doc: "Accepted: there is no cache.", Func: func(*script.Call) (script.Value, error) { return script.None, nil }},
		{Signature: "clear_cache(target)", Doc: "Accepted: there is no cache.", Func: func(c *script.Call) (script.Value, error) {
			if c.Arg("target") == "cython" {
				return script.None, nil
			}
			return nil, script.Raise("ValueError", "No cache directory registered for target \"%s\".", script.Str(c.Arg("target")))
		}},
		{Name: "brian_prefs", Value: oldPreferences{}},
		{Name: "prefs", Value: &preferenceValue{session: s}},
		{Name: "device", Value: device},
		{Name: "codegen", Value: &preferenceValue{session: s, prefix: "codegen."}},
		{Name: "BrianLogger", Value: logger},
		{Name: "logger", Value: logger},
		{Signature: "get_logger(module_name='brian2')", Func: func(*script.Call) (script.Value, error) { return logger, nil }},
		{Signature: "get_device()", Doc: "The device that simulates.", Func: func(*script.Call) (script.Value, error) { return device, nil }},
		{Signature: "set_device(device, build_on_run=True, **kwargs)", Doc: "Accepted: Synfire is the only device.", Func: func(c *script.Call) (script.Value, error) {
			name, err := c.String("device")
			if err != nil {
				return nil, err
			}
			switch name {
			case "runtime", "cpp_standalone", "genn", "cuda_standalone", "brian2genn":
				s.note("set_device('%s') has no effect: Synfire compiles models itself", name)
				return script.None, nil
			}
			m := script.Raise("KeyError", "there is no device '%s'", name)
			if near := script.Nearest(name, []string{"runtime", "cpp_standalone", "genn", "cuda_standalone"}); near != "" {
				m.Hint = "Did you mean '" + near + "'?"
			}
			return nil, m
		}},
	}
}
