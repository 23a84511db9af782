package script

import (
	"fmt"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// compiler turns one scope into code; inner functions get compilers of their own.
type compiler struct {
	unit   *compileUnit
	scope  *scope
	code   *code
	parent *compiler

	consts  map[any]int32
	names   map[string]int32
	globals map[string]int32
	locals  map[string]int32
	cells   map[string]int32
	// nests are the statements around the one being compiled that a jump out of it has to leave properly.
	nests []nest
	where diag.Span
}

// compileUnit is what the compilers of one module share.
type compileUnit struct {
	source    *diag.Source
	scopes    map[any]*scope
	namespace *Namespace
	err       error
}

// nest is a loop, a try or a with that encloses the current statement.
type nest struct {
	kind     nestKind
	start    int32         // where continue goes
	breaks   []int         // jumps to patch to the loop's end
	onStack  bool          // a for loop keeps its iterator on the stack
	finally  []syntax.Stmt // of a try
	variable string        // of a handler
}

type nestKind uint8

const (
	nestLoop    nestKind = iota
	nestTry              // a block that only has to be popped
	nestFinally          // a block to pop and a finally body to run
	nestHandler          // an exception being handled
	nestWith             // a block to pop and an exit to call
	nestFinallyHandler
)

// compileModule compiles a module; its globals live in the namespace. With lastValue the code returns the value of a
// final expression statement that has no semicolon.
func compileModule(module *syntax.Module, namespace *Namespace, lastValue bool) (*code, error) {
	scopes, err := resolve(module)
	if err != nil {
		return nil, err
	}
	unit := &compileUnit{source: module.Source, scopes: scopes, namespace: namespace}
	c := newCompiler(unit, nil, scopes[module], "<module>", "<module>")
	body := module.Body
	var last syntax.Stmt
	if lastValue && len(body) > 0 {
		last = body[len(body)-1]
		body = body[:len(body)-1]
	}
	if module.Doc != "" {
		c.constant(module.Doc)
		c.storeName("__doc__")
	}
	c.stmts(body)
	c.lastStatement(last)
	return c.code, unit.err
}

// lastStatement compiles the statement whose value a cell shows.
func (c *compiler) lastStatement(last syntax.Stmt) {
	if last != nil {
		c.where = last.Span()
	}
	switch s := last.(type) {
	case *syntax.ExprStmt:
		if !s.Semicolon {
			c.expr(s.X)
			c.emit(opReturn, 0, 0)
			return
		}
		c.stmt(s)
	case *syntax.Magic:
		if timed(s) && s.Kind == "%" && len(s.Body) > 0 {
			c.emit(opTimeStart, 0, 0)
			body := s.Body
			if e, ok := body[len(body)-1].(*syntax.ExprStmt); ok && !e.Semicolon {
				c.stmts(body[:len(body)-1])
				c.expr(e.X)
				c.emit(opSwap, 0, 0)
			} else {
				c.stmts(body)
				c.constant(None)
				c.emit(opSwap, 0, 0)
			}
			c.emit(opTimeStop, 0, 0)
			c.emit(opReturn, 0, 0)
			return
		}
		if timed(s) && s.Kind == "%%" && len(s.Body) > 0 {
			c.emit(opTimeStart, 0, 0)
			c.stmts(s.Body[:len(s.Body)-1])
			if e, ok := s.Body[len(s.Body)-1].(*syntax.ExprStmt); ok && !e.Semicolon {
				c.expr(e.X)
			} else {
				c.stmt(s.Body[len(s.Body)-1])
				c.constant(None)
			}
			c.emit(opSwap, 0, 0)
			c.emit(opTimeStop, 1, 0)
			c.emit(opReturn, 0, 0)
			return
		}
		if !timed(s) && s.Name != "timeit" {
			c.magic(s)
			c.emit(opReturn, 0, 0)
			return
		}
		c.stmt(s)
	case nil:
	default:
		c.stmt(s)
	}
	c.constant(None)
	c.emit(opReturn, 0, 0)
}

func timed(m *syntax.Magic) bool { return m.Name == "time" && m.Kind != "!" }

func newCompiler(unit *compileUnit, parent *compiler, s *scope, name, qualname string) *compiler {
	c := &compiler{unit: unit, scope: s, parent: parent,
		code:   &code{name: name, qualname: qualname, source: unit.source},
		consts: map[any]int32{}, names: map[string]int32{}, globals: map[string]int32{}, locals: map[string]int32{}, cells: map[string]int32{}}
	if s.kind == moduleScope {
		return c
	}
	c.code.classBody = s.kind == classScope
	c.code.generator = s.yields
	if s.kind != classScope {
		for _, n := range s.params {
			c.local(n)
		}
		if s.kind == comprehensionScope {
			c.local(iterParameter)
		}
		for _, n := range s.order {
			if !s.captured[n] {
				c.local(n)
			}
		}
	}
	for _, n := range s.order {
		if s.captured[n] {
			c.cells[n] = int32(len(c.code.cellNames))
			if slot, ok := c.locals[n]; ok {
				c.code.captured = append(c.code.captured, capturedParameter{int(slot), len(c.code.cellNames)})
			}
			c.code.cellNames = append(c.code.cellNames, n)
		}
	}
	for _, n := range s.free {
		c.cells[n] = int32(len(c.code.cellNames))
		c.code.cellNames = append(c.code.cellNames, n)
		c.code.free = append(c.code.free, parent.cells[n])
	}
	return c
}

func (c *compiler) local(name string) {
	if _, ok := c.locals[name]; !ok {
		c.locals[name] = int32(len(c.code.localNames))
		c.code.localNames = append(c.code.localNames, name)
	}
}

func (c *compiler) fail(where diag.Span, format string, args ...any) {
	if c.unit.err == nil {
		c.unit.err = diag.Errorf(where, "SyntaxError", format, args...)
	}
}

// emit appends an instruction for the current place and returns its position.
func (c *compiler) emit(op opcode, a, b int32) int {
	c.code.instructions = append(c.code.instructions, instruction{op, a, b})
	c.code.places = append(c.code.places, place{c.where.Start, c.where.End})
	return len(c.code.instructions) - 1
}

func (c *compiler) here() int32 { return int32(len(c.code.instructions)) }

// patch makes the jump at a position go to the next instruction.
func (c *compiler) patch(at int) { c.code.instructions[at].a = c.here() }

func (c *compiler) patchUnknown(at int) { c.code.instructions[at].b = c.here() }

func (c *compiler) constant(v Value) {
	key := any(v)
	switch v := v.(type) {
	case string, int64, bool:
	case float64:
		key = fmt.Sprintf("\x00float %x", v)
	case NoneType:
	default:
		key = nil
	}
	if key != nil {
		if i, ok := c.consts[key]; ok {
			c.emit(opConst, i, 0)
			return
		}
	}
	i := int32(len(c.code.consts))
	c.code.consts = append(c.code.consts, v)
	if key != nil {
		c.consts[key] = i
	}
	c.emit(opConst, i, 0)
}

func (c *compiler) name(n string) int32 {
	i, ok := c.names[n]
	if !ok {
		i = int32(len(c.code.names))
		c.code.names = append(c.code.names, n)
		c.names[n] = i
	}
	return i
}

func (c *compiler) global(n string) int32 {
	i, ok := c.globals[n]
	if !ok {
		i = int32(len(c.code.globals))
		c.code.globals = append(c.code.globals, c.unit.namespace.Variable(n))
		c.globals[n] = i
	}
	return i
}

// nameOps are the instructions that read, write and delete a variable of one kind.
type nameOps struct{ load, store, del opcode }

var (
	localOps  = nameOps{opLoadLocal, opStoreLocal, opDelLocal}
	cellOps   = nameOps{opLoadCell, opStoreCell, opDelCell}
	globalOps = nameOps{opLoadGlobal, opStoreGlobal, opDelGlobal}
	classOps  = nameOps{opLoadName, opStoreName, opDelName}
)

// variable says where a name lives.
func (c *compiler) variable(n string) (ops nameOps, a, b int32) {
	s := c.scope
	switch {
	case s.kind == moduleScope || s.globals[n]:
		return globalOps, c.global(n), 0
	case s.kind == classScope && s.bound[n]:
		if i, ok := c.cells[n]; ok {
			return classOps, c.name(n), i + 1
		}
		return classOps, c.name(n), 0
	}
	if i, ok := c.cells[n]; ok {
		return cellOps, i, 0
	}
	if s.bound[n] {
		return localOps, c.locals[n], 0
	}
	return globalOps, c.global(n), 0
}

func (c *compiler) loadName(n string) {
	ops, a, b := c.variable(n)
	c.emit(ops.load, a, b)
}

func (c *compiler) storeName(n string) {
	ops, a, b := c.variable(n)
	c.emit(ops.store, a, b)
}

func (c *compiler) deleteName(n string) {
	ops, a, b := c.variable(n)
	c.emit(ops.del, a, b)
}

// at sets the place of what is emitted next and returns a function that restores the previous one.
func (c *compiler) at(where diag.Span) diag.Span {
	previous := c.where
	if !where.IsZero() {
		c.where = where
	}
	return previous
}

// function compiles a def or lambda and leaves the function on the stack.
func (c *compiler) function(node any, name, doc string, params syntax.Params, body func(inner *compiler)) {
	qualname := name
	if c.scope.kind == functionScope {
		qualname = c.code.qualname + ".<locals>." + name
	} else if c.scope.kind == classScope {
		qualname = c.code.qualname + "." + name
	}
	inner := newCompiler(c.unit, c, c.unit.scopes[node], name, qualname)
	inner.where = c.where
	k := inner.code
	k.doc = doc
	k.plain, k.posOnly, k.kwOnly = len(params.Plain), params.PosOnly, len(params.KwOnly)
	k.star, k.doubleStar = params.Star != "", params.DoubleStar != ""
	body(inner)

	n := int32(0)
	for _, p := range params.Plain {
		if p.Default != nil {
			c.expr(p.Default)
			n++
		}
	}
	c.emit(opBuildTuple, n, 0)
	n = 0
	for _, p := range params.KwOnly {
		if p.Default != nil {
			c.constant(p.Name)
			c.expr(p.Default)
			n++
		}
	}
	c.emit(opBuildDict, n, 0)
	c.emit(opFunction, c.child(k), 0)
}

func (c *compiler) child(k *code) int32 {
	c.code.children = append(c.code.children, k)
	return int32(len(c.code.children) - 1)
}
