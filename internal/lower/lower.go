// Package lower turns abstract code whose names are resolved into kernels: neurons and synapses become lanes,
// names become variables of the kernel form, functions become its operations.
//
// It knows what a model's symbols mean and what the kernel form can say. It does not know where values are
// stored (operands name model variables, and whoever runs the kernel binds their memory), nor which code
// belongs to which object.
package lower

import (
	"fmt"

	"synfire/internal/diag"
	"synfire/internal/ir"
	"synfire/internal/model"
	"synfire/internal/syntax"
	"synfire/units"
)

// Operand says what memory a variable of the kernel stands for: a variable of the model seen through an index,
// or the values of a timed array.
type Operand struct {
	Var   *model.Variable
	Index model.Index
	Table *model.TimedArray
}

// Code is a kernel with the meaning of its variables.
type Code struct {
	Kernel *ir.Kernel
	// Operands is parallel to Kernel.Vars.
	Operands []Operand
	// Statements is what the kernel was made from, as far as it was statements.
	Statements []*syntax.CodeStmt
	// Callees is parallel to Kernel.Functions.
	Callees []Callee
}

// Callee is a block function that a kernel calls: one that a namespace gives, or Poisson numbers if Function is nil.
type Callee struct {
	Function *model.Function
	// Text is the call as it was written, and Types are those of its arguments: the kernel passes floats.
	Text  string
	Types []model.Type
}

// The names of the index arrays of synaptic kernels.
const (
	PreIndex  = "pre"
	PostIndex = "post"
)

// Config says how names are lowered.
type Config struct {
	Scope *model.Scope
	// Constant reports whether nothing writes a variable during the run.
	Constant func(*model.Variable) bool
	// Protect makes writes respect `unless refractory`: the variable keeps its value where not_refractory is false.
	Protect bool
	// DT is the time step in seconds of the clock that the code runs on, for the grid of timed arrays.
	DT float64
	// Single: floats have 32 bits where nothing says otherwise (see floats.go).
	Single bool
	// Elements is the number of elements that own indices run over; 0 if it is not known.
	Elements int
	// ElementsOnly refuses users' code that writes shared variables: it runs for some elements only, each of which
	// would write the one value.
	ElementsOnly bool
}

type place struct {
	storage *model.Variable
	index   model.Index
}

// Builder lowers one piece of code.
type Builder struct {
	Config
	Ops *ir.Builder

	name     string
	operands []Operand
	vars     map[place]ir.VarID
	tables   map[*model.TimedArray]ir.VarID
	current  map[place]ir.Value // values known to be in a place
	dirty    []place            // own and shared places to be stored at the end, in order of their first write
	locals   map[string]ir.Value
	before   []*syntax.CodeStmt // generated code that the user's follows
	exact    map[ir.Value]bool  // values of the engine, and their sums, that are not rounded to F32 yet
	lowered  []*syntax.CodeStmt // all statements, in their order
	sites    int
	callees  []Callee // parallel to the kernel's functions
}

// New begins a kernel.
func New(name string, config Config) *Builder {
	return &Builder{
		Config: config, Ops: ir.NewBuilder(name), name: name,
		vars: map[place]ir.VarID{}, tables: map[*model.TimedArray]ir.VarID{},
		current: map[place]ir.Value{}, locals: map[string]ir.Value{}, exact: map[ir.Value]bool{},
	}
}

// Finish stores what was written and returns the code.
func (b *Builder) Finish() *Code {
	for _, p := range b.dirty {
		b.Ops.Store(b.vars[p], b.current[p], ir.NoValue)
	}
	b.dirty = nil
	return &Code{b.Ops.Kernel(), b.operands, b.lowered, b.callees}
}

// irType is the kernel form's type for a type of the model.
func irType(t model.Type, wide bool) ir.Type {
	switch {
	case t == model.Float:
		return ir.F64
	case t == model.Boolean:
		return ir.Bool
	case wide:
		return ir.I64
	}
	return ir.I32
}

// StorageType is the type of a variable's memory.
func StorageType(v *model.Variable) ir.Type {
	if v.Type == model.Float && v.Single {
		return ir.F32
	}
	return irType(v.Type, v.Wide)
}

// variable returns the kernel's variable for a place, declaring it if it is new.
func (b *Builder) variable(v *model.Variable, index model.Index) ir.VarID {
	p := place{v, index}
	if id, ok := b.vars[p]; ok {
		return id
	}
	declared := ir.Var{Name: v.Name + suffix(index), Type: StorageType(v), Storage: v.Owner + "." + v.Name, Rate: ir.Varying}
	constant := b.Constant != nil && b.Constant(v)
	switch {
	case index == model.Shared || v.Shared:
		declared.Index, declared.Rate = ir.Shared, ir.StepUniform
	case index == model.Pre:
		declared.Index, declared.Via = ir.Indexed, b.Ops.Index(PreIndex)
	case index == model.Post:
		declared.Index, declared.Via = ir.Indexed, b.Ops.Index(PostIndex)
	case index == model.Row:
		declared.Index, declared.Via = ir.Indexed, b.Ops.Index(v.Rows)
	case index.IsArray():
		declared.Index, declared.Via = ir.Indexed, b.Ops.Index(index.String())
	default:
		declared.Index = ir.Own
	}
	if constant {
		declared.Rate = ir.RunConstant
	}
	id := b.Ops.Var(declared)
	b.vars[p] = id
	b.operands = append(b.operands, Operand{Var: v, Index: index})
	return id
}

func suffix(index model.Index) string {
	if index != model.Own && index != model.Shared {
		return index.String()
	}
	return ""
}

// table returns the kernel's variable for a timed array.
func (b *Builder) table(t *model.TimedArray) ir.VarID {
	if id, ok := b.tables[t]; ok {
		return id
	}
	id := b.Ops.Var(ir.Var{Name: t.Name, Type: ir.F64, Index: ir.Table, Rate: ir.RunConstant, Storage: "timed array " + t.Name})
	b.tables[t] = id
	b.operands = append(b.operands, Operand{Table: t})
	return id
}

// Load returns the present value of a variable.
func (b *Builder) Load(v *model.Variable, index model.Index) ir.Value {
	p := place{v, index}
	if value, ok := b.current[p]; ok {
		return value
	}
	value := b.Ops.Load(b.variable(v, index))
	if b.keepsExact(v, index) {
		b.markExact(value)
	}
	b.current[p] = value
	return value
}

// Write makes value the present value of a variable, which has its type already. Own and shared variables reach
// memory at the end, indexed ones at once, in lane order.
func (b *Builder) Write(v *model.Variable, index model.Index, value ir.Value) {
	mask := b.protection(v, index)
	p := place{v, index}
	id := b.variable(v, index)
	if isIndexed(index) {
		b.Ops.Store(id, value, mask)
		b.forget(v)
		return
	}
	if mask != ir.NoValue {
		value = b.Ops.Select(mask, value, b.Load(v, index))
	}
	if _, known := b.current[p]; !known || !b.isDirty(p) {
		b.dirty = append(b.dirty, p)
	}
	b.current[p] = value
}

// accumulate adds value to a variable of a neuron at the other end of a synapse.
func (b *Builder) accumulate(v *model.Variable, index model.Index, value ir.Value) {
	b.Ops.Accumulate(b.variable(v, index), ir.Add, value, b.protection(v, index))
	b.forget(v)
}

func (b *Builder) isDirty(p place) bool {
	for _, q := range b.dirty {
		if p == q {
			return true
		}
	}
	return false
}

// forget drops what is known of indexed places of a variable, because they may be the same element.
func (b *Builder) forget(v *model.Variable) {
	for p := range b.current {
		if p.storage == v && isIndexed(p.index) {
			delete(b.current, p)
		}
	}
}

// protection is the mask that a write of the variable must respect, or NoValue.
func (b *Builder) protection(v *model.Variable, index model.Index) ir.Value {
	if !b.Protect || !v.UnlessRefractory || index.IsArray() {
		return ir.NoValue
	}
	symbol := b.Scope.Known("not_refractory" + suffix(index))
	if symbol == nil {
		return ir.NoValue
	}
	return b.Load(symbol.Var, index)
}

// Statements checks users' code (model.CheckCode) and lowers it statement by statement. Code whose result
// depends on the order of elements makes the kernel run element by element. Code that writes shared variables has to be
// run for one element only.
func (b *Builder) Statements(code []*syntax.CodeStmt) error {
	writes, err := model.CheckCode(code, b.Scope)
	if err != nil {
		return err
	}
	for _, write := range writes {
		if write.Symbol.Index != model.Shared {
			continue
		}
		b.Ops.Serial()
		if b.ElementsOnly {
			return diag.Errorf(write.Stmt.Where, "SyntaxError", "Writing to scalar variable '%s' not allowed in this context.", write.Symbol.Name).
				WithHint("this code runs once for each spike, but '%s' has one value for the whole group.", write.Symbol.Name)
		}
	}
	if b.needsOrder(code) {
		b.Ops.Serial()
	}
	for _, stmt := range code {
		if err := b.statement(stmt); err != nil {
			return err
		}
	}
	return nil
}

func (b *Builder) statement(stmt *syntax.CodeStmt) error {
	b.lowered = append(b.lowered, stmt)
	target := b.Scope.Known(stmt.Target.Ident)
	if target == nil {
		panic(fmt.Sprintf("BUG: '%s' of %s was not declared", stmt.Target.Ident, b.Scope.What))
	}
	if target.Kind == model.VariableSymbol && isIndexed(target.Index) {
		if addend, negative, ok := b.increment(stmt, target); ok {
			value, err := b.Expr(addend)
			if err != nil {
				return err
			}
			value = b.to(value, StorageType(target.Var))
			if negative {
				value = b.Ops.Neg(value)
			}
			b.accumulate(target.Var, target.Index, value)
			return nil
		}
	}
	rhs := stmt.Value
	if stmt.Op != syntax.AssignOp {
		rhs = &syntax.Binary{At: stmt.At, Op: stmt.Op, X: stmt.Target, Y: stmt.Value}
	}
	value, err := b.Expr(rhs)
	if err != nil {
		return err
	}
	if target.Kind == model.Local {
		b.locals[target.Name] = b.typed(value, target.Type, target.Wide)
		return nil
	}
	b.Write(target.Var, target.Index, b.to(value, StorageType(target.Var)))
	return nil
}

func isIndexed(index model.Index) bool {
	return index == model.Pre || index == model.Post || index.IsArray()
}

// increment recognises statements that add a number of the target's own type: sums that are rounded, or count as true,
// depend on what was there before.
func (b *Builder) increment(stmt *syntax.CodeStmt, target *model.Symbol) (addend syntax.Expr, negative, ok bool) {
	addend, negative, ok = increment(stmt)
	if !ok || target.Type == model.Boolean {
		return nil, false, false
	}
	kind, err := model.Infer(addend, b.Scope)
	return addend, negative, err == nil && kind.Type <= target.Type
}

// increment recognises `x += e`, `x -= e`, `x = x + e`, `x = e + x` and `x = x - e`.
func increment(stmt *syntax.CodeStmt) (addend syntax.Expr, negative, ok bool) {
	switch stmt.Op {
	case syntax.Add, syntax.Sub:
		return stmt.Value, stmt.Op == syntax.Sub, true
	case syntax.AssignOp:
		sum, isBinary := stmt.Value.(*syntax.Binary)
		if !isBinary || sum.Op != syntax.Add && sum.Op != syntax.Sub {
			return nil, false, false
		}
		if isName(sum.X, stmt.Target.Ident) {
			return sum.Y, sum.Op == syntax.Sub, true
		}
		if sum.Op == syntax.Add && isName(sum.Y, stmt.Target.Ident) {
			return sum.X, false, true
		}
	}
	return nil, false, false
}

func isName(e syntax.Expr, ident string) bool {
	name, ok := e.(*syntax.Name)
	return ok && name.Ident == ident
}

// needsOrder reports whether the result can depend on the order in which synapses are processed: a neuron's
// variable is written, and it is read by the same code, or written by more than one statement. Such code runs
// synapse by synapse in delivery order.
func (b *Builder) needsOrder(code []*syntax.CodeStmt) bool {
	writes := map[*model.Variable]int{}
	reads := map[*model.Variable]bool{}
	for _, stmt := range code {
		target := b.Scope.Known(stmt.Target.Ident)
		rhs := stmt.Value
		if target != nil && target.Kind == model.VariableSymbol && isIndexed(target.Index) {
			writes[target.Var]++
			if addend, _, ok := b.increment(stmt, target); ok {
				rhs = addend
			} else if stmt.Op != syntax.AssignOp {
				reads[target.Var] = true
			}
			if b.Protect && target.Var.UnlessRefractory {
				if mask := b.Scope.Known("not_refractory" + suffix(target.Index)); mask != nil {
					reads[mask.Var] = true
				}
			}
		}
		b.collectReads(rhs, reads)
	}
	for _, stmt := range b.before {
		b.collectReads(stmt.Value, reads)
	}
	for v, times := range writes {
		if times > 1 || reads[v] {
			return true
		}
	}
	return false
}

// collectReads adds the variables of neurons that an expression of synaptic code reads.
func (b *Builder) collectReads(expr syntax.Expr, reads map[*model.Variable]bool) {
	for _, ident := range syntax.Names(expr) {
		symbol := b.Scope.Known(ident)
		switch {
		case symbol == nil:
		case symbol.Kind == model.Expression:
			b.collectReads(symbol.Body, reads)
		case symbol.Kind == model.VariableSymbol && isIndexed(symbol.Index):
			reads[symbol.Var] = true
		}
	}
}

// Generated lowers code that an integrator made: its new names become float locals, and no dimensions are
// checked, because those of the equations were.
func (b *Builder) Generated(code []*syntax.CodeStmt) error {
	b.before = append(b.before, code...)
	for _, stmt := range code {
		if b.Scope.Known(stmt.Target.Ident) == nil {
			b.Scope.Declare(stmt.Target.Ident, model.Float, units.Dimension{})
		}
		if err := b.statement(stmt); err != nil {
			return err
		}
	}
	return nil
}
