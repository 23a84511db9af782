package script

import (
	"slices"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// scope is what the resolver knows of one module, function, class body or comprehension.
type scope struct {
	kind     scopeKind
	parent   *scope
	params   []string
	bound    map[string]bool // assigned here
	order    []string        // the bound names in order of first assignment
	used     []string
	usedSet  map[string]bool
	globals  map[string]bool
	nonlocal map[string]diag.Span
	captured map[string]bool // bound here and used by an inner function
	free     []string        // bound in an enclosing function
	assigned map[string]bool // bound by something else than an import
	yields   bool
	children []*scope
}

type scopeKind uint8

const (
	moduleScope scopeKind = iota
	functionScope
	classScope
	comprehensionScope
)

// resolver walks a syntax tree, finds the scopes and which variables each binds, uses and shares.
type resolver struct {
	scopes  map[any]*scope // by the node that makes the scope
	current *scope
	err     error
	// observe, if set, hears of every expression and import, with the scope that it stands in.
	observe func(node syntax.Node, s *scope)
	// conditional counts the branches and guarded blocks around the current statement.
	conditional int
}

func resolve(module *syntax.Module) (map[any]*scope, error) {
	r := &resolver{scopes: map[any]*scope{}}
	root := r.enter(module, moduleScope)
	r.stmts(module.Body)
	r.current = nil
	if r.err == nil {
		r.bindFree(root)
	}
	return r.scopes, r.err
}

func (r *resolver) enter(node any, kind scopeKind) *scope {
	s := &scope{kind: kind, parent: r.current, bound: map[string]bool{}, usedSet: map[string]bool{}, globals: map[string]bool{},
		nonlocal: map[string]diag.Span{}, captured: map[string]bool{}, assigned: map[string]bool{}}
	if r.current != nil {
		r.current.children = append(r.current.children, s)
	}
	r.scopes[node], r.current = s, s
	return s
}

func (r *resolver) leave() { r.current = r.current.parent }

func (r *resolver) fail(where diag.Span, format string, args ...any) {
	if r.err == nil {
		r.err = diag.Errorf(where, "SyntaxError", format, args...)
	}
}

// bind records an assignment to a name in the current scope.
func (r *resolver) bind(name string) {
	r.current.bind(name)
	r.current.assigned[name] = true
}

// imported records that an import binds a name.
func (r *resolver) imported(name string) { r.current.bind(name) }

func (s *scope) bind(name string) {
	if s.globals[name] {
		return
	}
	if _, outer := s.nonlocal[name]; outer {
		s.use(name)
		return
	}
	if !s.bound[name] {
		s.bound[name] = true
		s.order = append(s.order, name)
	}
}

func (s *scope) use(name string) {
	if !s.usedSet[name] {
		s.usedSet[name] = true
		s.used = append(s.used, name)
	}
}

// bindFree decides, innermost scopes first, which names are free and marks them captured where they are bound.
func (r *resolver) bindFree(s *scope) {
	for _, child := range s.children {
		r.bindFree(child)
	}
	if s.kind == moduleScope {
		return
	}
	for _, name := range s.used {
		if s.globals[name] || s.bound[name] && s.kind != classScope {
			continue
		}
		owner := s.parent
		for owner != nil && (owner.kind == classScope || !owner.bound[name]) {
			if owner.globals[name] {
				owner = nil
				break
			}
			owner = owner.parent
		}
		if owner == nil || owner.kind == moduleScope {
			if where, declared := s.nonlocal[name]; declared {
				r.fail(where, "no binding for nonlocal '%s' found", name)
			}
			continue
		}
		if s.bound[name] {
			continue // a class body's own name
		}
		owner.captured[name] = true
		for between := s; between != owner; between = between.parent {
			if !slices.Contains(between.free, name) {
				between.free = append(between.free, name)
			}
		}
	}
}

func (r *resolver) stmts(body []syntax.Stmt) {
	for _, s := range body {
		r.stmt(s)
	}
}

func (r *resolver) stmt(s syntax.Stmt) {
	if r.observe != nil {
		r.observe(s, r.current)
	}
	switch s := s.(type) {
	case *syntax.ExprStmt:
		r.expr(s.X)
	case *syntax.Assign:
		r.expr(s.Value)
		for _, t := range s.Targets {
			r.target(t)
		}
	case *syntax.AugAssign:
		r.expr(s.Target)
		r.expr(s.Value)
		r.target(s.Target)
	case *syntax.AnnAssign:
		if s.Value != nil {
			r.expr(s.Value)
		}
		r.target(s.Target)
	case *syntax.If:
		r.expr(s.Cond)
		r.conditional++
		r.stmts(s.Body)
		r.stmts(s.Else)
		r.conditional--
	case *syntax.For:
		r.expr(s.Iter)
		r.target(s.Target)
		r.stmts(s.Body)
		r.stmts(s.Else)
	case *syntax.While:
		r.expr(s.Cond)
		r.stmts(s.Body)
		r.stmts(s.Else)
	case *syntax.Def:
		r.exprs(s.Decorators)
		r.defaults(s.Params)
		r.bind(s.Name)
		r.enter(s, functionScope)
		r.params(s.Params)
		r.stmts(s.Body)
		r.leave()
	case *syntax.Class:
		r.exprs(s.Decorators)
		r.exprs(s.Bases)
		for _, k := range s.Keywords {
			r.expr(k.Value)
		}
		r.bind(s.Name)
		r.enter(s, classScope)
		r.stmts(s.Body)
		r.leave()
	case *syntax.Return:
		if s.X != nil {
			r.expr(s.X)
		}
		if r.current.kind != functionScope {
			r.fail(s.Span(), "'return' outside function")
		}
	case *syntax.Import:
		for _, a := range s.Names {
			r.imported(importedName(a))
		}
	case *syntax.ImportFrom:
		if s.Star && r.current.kind != moduleScope {
			r.fail(s.Span(), "import * only allowed at module level")
		}
		for _, a := range s.Names {
			r.imported(aliasName(a))
		}
	case *syntax.Global:
		for _, n := range s.Names {
			if r.current.bound[n] && r.current.kind != moduleScope {
				if slices.Contains(r.current.params, n) {
					r.fail(s.Span(), "name '%s' is parameter and global", n)
				}
				r.fail(s.Span(), "name '%s' is assigned to before global declaration", n)
			}
			r.current.globals[n] = true
		}
	case *syntax.Nonlocal:
		if r.current.kind == moduleScope {
			r.fail(s.Span(), "nonlocal declaration not allowed at module level")
		}
		for _, n := range s.Names {
			if r.current.bound[n] {
				r.fail(s.Span(), "name '%s' is assigned to before nonlocal declaration", n)
			}
			r.current.nonlocal[n] = s.Span()
			r.current.use(n)
		}
	case *syntax.Del:
		for _, t := range s.Targets {
			r.expr(t)
			r.target(t)
		}
	case *syntax.Assert:
		r.expr(s.Cond)
		if s.Msg != nil {
			r.expr(s.Msg)
		}
	case *syntax.Raise:
		r.exprs([]syntax.Expr{s.X, s.Cause})
	case *syntax.Try:
		r.conditional++
		defer func() { r.conditional-- }()
		r.stmts(s.Body)
		for _, h := range s.Handlers {
			if h.Type != nil {
				r.expr(h.Type)
			}
			if h.Name != "" {
				r.bind(h.Name)
			}
			r.stmts(h.Body)
		}
		r.stmts(s.Else)
		r.stmts(s.Finally)
	case *syntax.With:
		for _, item := range s.Items {
			r.expr(item.Context)
			if item.Target != nil {
				r.target(item.Target)
			}
		}
		r.stmts(s.Body)
	case *syntax.Magic:
		if s.Name == "timeit" {
			r.enter(s, functionScope)
			r.stmts(s.Body)
			r.leave()
			return
		}
		r.stmts(s.Body)
	case *syntax.Pass, *syntax.Break, *syntax.Continue:
	}
}

func (r *resolver) defaults(p syntax.Params) {
	for _, list := range [][]syntax.Param{p.Plain, p.KwOnly} {
		for _, param := range list {
			if param.Default != nil {
				r.expr(param.Default)
			}
		}
	}
}

func (r *resolver) params(p syntax.Params) {
	add := func(name string, where diag.Span) {
		if r.current.bound[name] {
			r.fail(where, "duplicate argument '%s' in function definition", name)
		}
		r.bind(name)
		r.current.params = append(r.current.params, name)
	}
	for _, list := range [][]syntax.Param{p.Plain, p.KwOnly} {
		for _, param := range list {
			add(param.Name, param.Span())
		}
	}
	if p.Star != "" {
		add(p.Star, diag.Span{})
	}
	if p.DoubleStar != "" {
		add(p.DoubleStar, diag.Span{})
	}
}

// target records what an assignment target binds and uses.
func (r *resolver) target(t syntax.Expr) {
	switch t := t.(type) {
	case *syntax.Name:
		r.bind(t.Ident)
	case *syntax.Tuple:
		for _, e := range t.Elts {
			r.target(e)
		}
	case *syntax.List:
		for _, e := range t.Elts {
			r.target(e)
		}
	case *syntax.Starred:
		r.target(t.X)
	default:
		r.expr(t)
	}
}

func (r *resolver) exprs(list []syntax.Expr) {
	for _, e := range list {
		if e != nil {
			r.expr(e)
		}
	}
}

func (r *resolver) expr(e syntax.Expr) {
	if r.observe != nil {
		r.observe(e, r.current)
	}
	switch e := e.(type) {
	case *syntax.Name:
		r.current.use(e.Ident)
	case *syntax.FString:
		for _, p := range e.Parts {
			if p.Expr != nil {
				r.expr(p.Expr)
			}
			if p.Spec != nil {
				r.expr(p.Spec)
			}
		}
	case *syntax.Unary:
		r.expr(e.X)
	case *syntax.Binary:
		r.expr(e.X)
		r.expr(e.Y)
	case *syntax.Compare:
		r.expr(e.X)
		r.exprs(e.Ys)
	case *syntax.BoolOp:
		r.exprs(e.Xs)
	case *syntax.IfExp:
		r.exprs([]syntax.Expr{e.Cond, e.Then, e.Else})
	case *syntax.Call:
		r.expr(e.Func)
		r.exprs(e.Args)
		for _, k := range e.Keywords {
			r.expr(k.Value)
		}
	case *syntax.Attribute:
		r.expr(e.X)
	case *syntax.Subscript:
		r.expr(e.X)
		r.expr(e.Index)
	case *syntax.Slice:
		r.exprs([]syntax.Expr{e.Low, e.High, e.Step})
	case *syntax.Tuple:
		r.exprs(e.Elts)
	case *syntax.List:
		r.exprs(e.Elts)
	case *syntax.Set:
		r.exprs(e.Elts)
	case *syntax.Dict:
		r.exprs(e.Keys)
		r.exprs(e.Values)
	case *syntax.Lambda:
		r.defaults(e.Params)
		r.enter(e, functionScope)
		r.params(e.Params)
		r.expr(e.Body)
		r.leave()
	case *syntax.Comprehension:
		r.expr(e.Clauses[0].Iter)
		r.enter(e, comprehensionScope)
		r.bind(iterParameter)
		for i, c := range e.Clauses {
			if i > 0 {
				r.expr(c.Iter)
			}
			r.target(c.Target)
			r.exprs(c.Conds)
		}
		if e.Key != nil {
			r.expr(e.Key)
		}
		r.expr(e.Elt)
		r.leave()
	case *syntax.Starred:
		r.expr(e.X)
	case *syntax.NamedExpr:
		r.expr(e.Value)
		r.walrus(e)
	case *syntax.Yield:
		if e.X != nil {
			r.expr(e.X)
		}
		if r.current.kind != functionScope {
			r.fail(e.Span(), "'yield' outside function")
		}
		r.current.yields = true
	}
}

// walrus binds the target of := in the nearest scope that is not a comprehension.
func (r *resolver) walrus(e *syntax.NamedExpr) {
	name := e.Target.Ident
	owner := r.current
	for owner.kind == comprehensionScope {
		if owner.bound[name] {
			r.fail(e.Span(), "assignment expression cannot rebind comprehension iteration variable '%s'", name)
		}
		owner = owner.parent
	}
	owner.bind(name)
	if owner != r.current {
		for s := r.current; s != owner; s = s.parent {
			s.use(name)
			if owner.kind == moduleScope || owner.globals[name] {
				s.globals[name] = true
			} else {
				s.nonlocal[name] = e.Span()
			}
		}
	}
}

// iterParameter is the hidden parameter of a comprehension; scripts cannot spell it.
const iterParameter = ".0"

func aliasName(a syntax.Alias) string {
	if a.As != "" {
		return a.As
	}
	return a.Name
}

// importedName is what `import a.b` binds: a; `import a.b as c` binds c.
func importedName(a syntax.Alias) string {
	if a.As != "" {
		return a.As
	}
	for i := range a.Name {
		if a.Name[i] == '.' {
			return a.Name[:i]
		}
	}
	return a.Name
}
