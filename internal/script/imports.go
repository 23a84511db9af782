package script

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

func (in *Interp) parse(src *diag.Source) (*syntax.Module, error) {
	if in.config.Parse != nil {
		return in.config.Parse(src)
	}
	return syntax.ParseModule(src, syntax.Options{})
}

// Module returns a module by its full name, importing it if need be.
func (in *Interp) Module(name string) (*Module, error) {
	m, err := in.importModule(name, false)
	if err != nil {
		return nil, err
	}
	return m.(*Module), nil
}

// importModule imports a module and the packages that contain it. With first it returns the outermost package, as
// `import a.b` binds it.
func (in *Interp) importModule(name string, first bool) (Value, error) {
	parts := strings.Split(name, ".")
	var outer, module *Module
	for i := range parts {
		m, err := in.load(strings.Join(parts[:i+1], "."))
		if err != nil {
			return nil, err
		}
		if outer == nil {
			outer = m
		}
		module = m
	}
	if first {
		return outer, nil
	}
	return module, nil
}

// load finds one module: a file beside the script first, then the modules that are built in.
func (in *Interp) load(name string) (*Module, error) {
	m := in.modules[name]
	if m == nil || m.Shadowable && !in.loaded[name] {
		found, err := in.loadFile(name)
		if found != nil || err != nil {
			return found, err
		}
	}
	if m == nil {
		message := Raise("ModuleNotFoundError", "No module named '%s'", name)
		var known []string
		for n := range in.modules {
			known = append(known, n)
		}
		slices.Sort(known)
		if near := Nearest(name, known); near != "" {
			message.Hint = fmt.Sprintf("Did you mean '%s'?", near)
		} else {
			message.Hint = fmt.Sprintf("There is no %s.py beside the script, and this module is not built in.", name)
		}
		return nil, message
	}
	if !in.loaded[name] {
		in.loaded[name] = true
		if m.OnImport != nil {
			if err := m.OnImport(in); err != nil {
				return nil, err
			}
		}
	}
	return m, nil
}

// loadFile runs name.py in the script's directory as a module; nil if there is no such file.
func (in *Interp) loadFile(name string) (*Module, error) {
	if in.config.Dir == "" || strings.Contains(name, ".") || !isIdentifier(name) {
		return nil, nil
	}
	path := filepath.Join(in.config.Dir, name+".py")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, Raise("ImportError", "cannot read %s.py: %v", name, err)
	}
	tree, err := in.parse(&diag.Source{Name: name + ".py", Text: string(text)})
	if err != nil {
		return nil, err
	}
	m := &Module{Name: name, Doc: tree.Doc, namespace: newNamespace(name, in.builtins), Open: true}
	m.namespace.Set("__name__", name)
	m.namespace.Set("__file__", path)
	old := in.modules[name]
	in.modules[name], in.loaded[name] = m, true
	if _, err := in.exec(in.ctx, tree, m.namespace, false); err != nil {
		in.modules[name], in.loaded[name] = old, false
		return nil, err
	}
	return m, nil
}

// prepare builds the module's table of names once.
func (m *Module) prepare(in *Interp) {
	if m.table != nil {
		return
	}
	m.table = make(map[string]Value, len(m.Entries))
	for _, e := range m.Entries {
		name, v := e.value(in, m.Name)
		m.table[name] = v
	}
}

// find returns a name of a module, or nil.
func (in *Interp) find(m *Module, name string) (Value, error) {
	if m.namespace != nil {
		if v, ok := m.namespace.Lookup(name); ok {
			return v, nil
		}
	}
	m.prepare(in)
	if v := m.table[name]; v != nil {
		return v, nil
	}
	for _, sub := range m.Modules {
		if sub.Name == m.Name+"."+name || sub.Name == name {
			return in.load(sub.Name)
		}
	}
	if sub := in.modules[m.Name+"."+name]; sub != nil {
		return in.load(sub.Name)
	}
	if m.Attr != nil {
		return m.Attr(in, name)
	}
	return nil, nil
}

func (in *Interp) moduleAttr(m *Module, name string) (Value, error) {
	v, err := in.find(m, name)
	if v != nil || err != nil {
		return v, err
	}
	switch name {
	case "__name__":
		return m.Name, nil
	case "__doc__":
		return m.Doc, nil
	case "__dict__":
		d := NewDict()
		for _, n := range in.moduleNames(m) {
			v, err := in.find(m, n)
			if err != nil {
				return nil, err
			}
			d.SetString(n, v)
		}
		return d, nil
	}
	return nil, nil
}

func (in *Interp) setModuleAttr(m *Module, name string, value Value) error {
	if m.namespace != nil {
		m.namespace.Set(name, value)
		return nil
	}
	m.prepare(in)
	m.table[name] = value
	return nil
}

// moduleNames lists what a module has, in the order of its table.
func (in *Interp) moduleNames(m *Module) []string {
	var names []string
	if m.namespace != nil {
		names = m.namespace.Names()
	}
	for _, e := range m.Entries {
		names = append(names, e.name())
	}
	for _, sub := range m.Modules {
		names = append(names, sub.Name[strings.LastIndexByte(sub.Name, '.')+1:])
	}
	return names
}

// name returns the name that the entry gives to its module.
func (e Entry) name() string {
	if e.Func == nil || e.Name != "" {
		return e.Name
	}
	name, _, _ := strings.Cut(e.Signature, "(")
	return strings.TrimSpace(name)
}

func (in *Interp) importName(m *Module, name string) (Value, error) {
	v, err := in.find(m, name)
	if err != nil || v != nil {
		return v, err
	}
	message := Raise("ImportError", "cannot import name '%s' from '%s'", name, m.Name)
	if near := Nearest(name, in.moduleNames(m)); near != "" {
		message.Hint = fmt.Sprintf("Did you mean '%s'?", near)
	}
	return nil, message
}

func (in *Interp) importStar(m *Module, into *Namespace) error {
	names := m.Star
	if names == nil {
		if m.namespace != nil {
			if all, ok := m.namespace.Lookup("__all__"); ok {
				elts, err := Elements(all)
				if err != nil {
					return err
				}
				for _, e := range elts {
					names = append(names, Str(e))
				}
			}
		}
		if names == nil {
			for _, n := range in.moduleNames(m) {
				if !strings.HasPrefix(n, "_") {
					names = append(names, n)
				}
			}
		}
	}
	for _, n := range names {
		v, err := in.importName(m, n)
		if err != nil {
			return err
		}
		into.Set(n, v)
	}
	return nil
}
