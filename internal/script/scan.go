package script

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// Finding is one thing that ScanNames has found.
type Finding struct {
	Message *diag.Message
	// Conditional says that it stands in a branch or a try, which may never run.
	Conditional bool
	// Cosmetic says that it is a keyword that is accepted and has no effect.
	Cosmetic bool
}

// ScanNames compares a document with the tables of the known modules before anything runs: it returns every
// module, name, attribute and keyword that does not exist, and calls whose arguments cannot fit, as far as that is certain
// without running. Names that the document itself assigns are not judged.
func (in *Interp) ScanNames(document []*syntax.Module) []Finding {
	s := &scanner{in: in, assigned: map[string]bool{}, reported: map[string]bool{}}
	for _, module := range document {
		r := &resolver{scopes: map[any]*scope{}}
		r.observe = func(node syntax.Node, at *scope) {
			s.events = append(s.events, scanEvent{node, at, r.conditional > 0})
		}
		root := r.enter(module, moduleScope)
		r.stmts(module.Body)
		s.collect(root)
	}
	s.known = map[string]Value{}
	for _, e := range s.events {
		s.bindImport(e)
	}
	final := s.known
	s.reporting = true
	s.known = map[string]Value{}
	for _, e := range s.events {
		s.bindImport(e)
		now := s.known
		if e.scope.kind != moduleScope {
			s.known = final
		}
		s.judge(e, final)
		s.known = now
	}
	return s.findings
}

type scanEvent struct {
	node        syntax.Node
	scope       *scope
	conditional bool
}

// scanner walks the events of a document in order and knows what imports have bound so far.
type scanner struct {
	in        *Interp
	events    []scanEvent
	assigned  map[string]bool  // globals that the document assigns
	known     map[string]Value // globals that imports have bound; nil for what is not known in detail
	open      bool             // a star import has brought names that are not known
	reporting bool
	findings  []Finding
	reported  map[string]bool
}

// collect notes which globals the document assigns, in functions too.
func (s *scanner) collect(at *scope) {
	for name := range at.assigned {
		if at.kind == moduleScope || at.globals[name] {
			s.assigned[name] = true
		}
	}
	if at.kind != moduleScope {
		for name := range at.globals {
			s.assigned[name] = true
		}
	}
	for _, child := range at.children {
		s.collect(child)
	}
}

func (s *scanner) report(e scanEvent, m *diag.Message) {
	key := fmt.Sprint(m.Where.Source, m.Where.Start, m.Text)
	if !s.reporting || s.reported[key] {
		return
	}
	s.reported[key] = true
	s.findings = append(s.findings, Finding{Message: m, Conditional: e.conditional})
}

// isGlobal reports whether a name means a global in a scope.
func isGlobal(name string, at *scope) bool {
	for k := at; k.kind != moduleScope; k = k.parent {
		if k.globals[name] {
			return true
		}
		if k.bound[name] && (k.kind != classScope || k == at) {
			return false
		}
	}
	return true
}

// bindImport follows imports at any level; those inside functions bind locals, which are not followed, but what they
// name is checked.
func (s *scanner) bindImport(e scanEvent) {
	top := e.scope.kind == moduleScope
	bind := func(name string, v Value) {
		if top {
			s.known[name] = v
		}
	}
	switch n := e.node.(type) {
	case *syntax.Import:
		for _, a := range n.Names {
			m := s.module(e, a.Name, a.Span())
			if a.As == "" && strings.Contains(a.Name, ".") {
				first, _, _ := strings.Cut(a.Name, ".")
				m = s.in.modules[first]
			}
			if m == nil {
				bind(importedName(a), nil)
			} else {
				bind(importedName(a), m)
			}
		}
	case *syntax.ImportFrom:
		if n.Level > 0 {
			return
		}
		m := s.module(e, n.Module, n.Span())
		if n.Star {
			s.star(m, top)
			return
		}
		for _, a := range n.Names {
			var v Value
			if m != nil {
				v = s.find(m, a.Name)
				if v == nil && !m.Open {
					message := diag.Errorf(a.Span(), "ImportError", "cannot import name '%s' from '%s'", a.Name, m.Name)
					s.suggest(message, a.Name, s.in.moduleNames(m))
					s.report(e, message)
				}
			}
			bind(aliasName(a), v)
		}
	case *syntax.Magic:
		if s.in.config.MagicImports != nil {
			for _, m := range s.in.config.MagicImports(n) {
				s.star(m, top)
			}
		}
	}
}

func (s *scanner) star(m *Module, top bool) {
	if m == nil || m.Open || !top {
		s.open = true
		return
	}
	names := m.Star
	if names == nil {
		names = s.in.moduleNames(m)
	}
	for _, n := range names {
		if m.Star != nil || !strings.HasPrefix(n, "_") {
			s.known[n] = s.find(m, n)
		}
	}
}

// find returns a name of a module without running anything of a script.
func (s *scanner) find(m *Module, name string) Value {
	m.prepare(s.in)
	if v := m.table[name]; v != nil {
		return v
	}
	if sub := s.in.modules[m.Name+"."+name]; sub != nil {
		return sub
	}
	for _, sub := range m.Modules {
		if strings.HasSuffix(sub.Name, "."+name) || sub.Name == name {
			return sub
		}
	}
	if m.Attr != nil {
		if v, err := m.Attr(s.in, name); err == nil {
			return v
		}
	}
	return nil
}

// module returns a built-in module, or nil for a file beside the script and for a module that does not exist,
// which is reported.
func (s *scanner) module(e scanEvent, name string, where diag.Span) *Module {
	m := s.in.modules[name]
	if m == nil || m.Shadowable {
		if s.in.config.Dir != "" && !strings.Contains(name, ".") {
			if _, err := os.Stat(filepath.Join(s.in.config.Dir, name+".py")); err == nil {
				return nil
			}
		}
	}
	if m == nil {
		message := diag.Errorf(where, "ModuleNotFoundError", "No module named '%s'", name)
		s.suggest(message, name, slices.Sorted(maps.Keys(s.in.modules)))
		s.report(e, message)
	}
	return m
}

func (s *scanner) suggest(m *diag.Message, name string, known []string) {
	if near := Nearest(name, known); near != "" {
		m.Hint = fmt.Sprintf("Did you mean '%s'?", near)
	}
}

// judge checks one expression.
func (s *scanner) judge(e scanEvent, final map[string]Value) {
	switch n := e.node.(type) {
	case *syntax.Name:
		if !isGlobal(n.Ident, e.scope) || s.assigned[n.Ident] || s.open || strings.HasPrefix(n.Ident, "__") {
			return
		}
		if _, ok := final[n.Ident]; ok {
			return
		}
		if _, ok := s.in.builtins[n.Ident]; ok {
			return
		}
		if _, ok := s.in.main.Lookup(n.Ident); ok {
			return
		}
		message := diag.Errorf(n.Span(), "NameError", "name '%s' is not defined", n.Ident)
		known := slices.Concat(slices.Sorted(maps.Keys(final)), slices.Sorted(maps.Keys(s.assigned)), slices.Sorted(maps.Keys(s.in.builtins)))
		s.suggest(message, n.Ident, known)
		s.report(e, message)
	case *syntax.Attribute:
		m, ok := s.value(n.X, e.scope).(*Module)
		if !ok || m.Open || strings.HasPrefix(n.Name, "__") || s.find(m, n.Name) != nil {
			return
		}
		message := diag.Errorf(n.Span(), "AttributeError", "module '%s' has no attribute '%s'", m.Name, n.Name)
		s.suggest(message, n.Name, s.in.moduleNames(m))
		s.report(e, message)
	case *syntax.Call:
		s.judgeCall(e, n)
	}
}

// value returns what an expression is known to be, or nil.
func (s *scanner) value(x syntax.Expr, at *scope) Value {
	switch x := x.(type) {
	case *syntax.Name:
		if !isGlobal(x.Ident, at) || s.assigned[x.Ident] {
			return nil
		}
		if v, ok := s.known[x.Ident]; ok {
			return v
		}
		if s.open {
			return nil
		}
		return s.in.builtins[x.Ident]
	case *syntax.Attribute:
		if m, ok := s.value(x.X, at).(*Module); ok {
			return s.find(m, x.Name)
		}
	}
	return nil
}

// judgeCall binds the arguments of a call to the signature, as far as they are written out.
func (s *scanner) judgeCall(e scanEvent, n *syntax.Call) {
	var f *Builtin
	switch v := s.value(n.Func, e.scope).(type) {
	case *Builtin:
		f = v
	case *Class:
		f = v.construct
	}
	if f == nil || f.signature == nil {
		return
	}
	sig := f.signature
	known := slices.Concat(sig.keywordNames(), f.keywords)
	given := map[string]bool{}
	spread := false
	for _, k := range n.Keywords {
		given[k.Name] = true
		switch {
		case k.Name == "":
			spread = true
		case slices.Contains(f.cosmetic, k.Name):
			if s.reporting {
				message := diag.Errorf(k.Span(), "UserWarning", "%s() accepts '%s' and ignores it", f.Name, k.Name)
				s.findings = append(s.findings, Finding{Message: message, Conditional: e.conditional, Cosmetic: true})
			}
		case slices.Contains(known, k.Name), sig.doubleStar && len(f.keywords) == 0:
		default:
			message := diag.Errorf(k.Span(), "TypeError", "%s() got an unexpected keyword argument '%s'", f.Name, k.Name)
			s.suggest(message, k.Name, known)
			s.report(e, message)
		}
	}
	for _, a := range n.Args {
		if _, ok := a.(*syntax.Starred); ok {
			spread = true
		}
	}
	if spread {
		return
	}
	if len(n.Args) > sig.plain && !sig.star {
		if err, ok := sig.tooMany(len(n.Args)).(*diag.Message); ok {
			err.Where = n.Span()
			s.report(e, err)
		}
		return
	}
	var missing []string
	for i, p := range sig.params {
		if p.required && (i >= sig.plain || i >= len(n.Args)) && !given[p.name] {
			missing = append(missing, p.name)
		}
	}
	if len(missing) > 0 {
		if err, ok := missingArguments(f.Name, "positional", missing).(*diag.Message); ok {
			err.Where = n.Span()
			s.report(e, err)
		}
	}
}
