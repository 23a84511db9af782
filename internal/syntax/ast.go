package syntax

import "synfire/internal/diag"

// Node is anything that has a place in a source text. Nodes that a later stage builds (an integrator, say)
// have the zero span or the span of what they were made from.
type Node interface {
	Span() diag.Span
}

// At is embedded in every node and carries its place.
type At struct{ Where diag.Span }

// Span returns the place of the node.
func (a At) Span() diag.Span { return a.Where }

// Expr is an expression: of a Python module, of an equation, or of abstract code.
type Expr interface {
	Node
	exprNode()
}

// Expressions. Equations and abstract code use only Name, Int, Float, Bool, Unary, Binary, Compare with one
// operator, BoolOp and Call with positional arguments; CheckModelExpr refuses the rest by name.
type (
	// Name is an identifier.
	Name struct {
		At
		Ident string
	}
	// Int is an integer literal. Big is set, in decimal, when it does not fit in an int64.
	Int struct {
		At
		Value int64
		Big   string
	}
	// Float is a floating-point literal.
	Float struct {
		At
		Value float64
	}
	// Imag is an imaginary literal such as 2j.
	Imag struct {
		At
		Value float64
	}
	// Bool is True or False.
	Bool struct {
		At
		Value bool
	}
	// None is the literal None.
	None struct{ At }
	// Ellipsis is the literal `...`.
	Ellipsis struct{ At }
	// String is a string literal, adjacent literals joined; Bytes marks b"...".
	// ValueAt maps byte offsets of Value to byte offsets of the source text: it is nil when the literal is
	// verbatim from its first character on (no escapes, one piece), which TextStart then locates.
	String struct {
		At
		Value     string
		Bytes     bool
		TextStart int
		ValueAt   []int
	}
	// FString is an f-string: literal pieces and formatted values in order.
	FString struct {
		At
		Parts []FPart
	}
	// Unary is Op X with Op one of Neg, Pos, Not, Invert.
	Unary struct {
		At
		Op Op
		X  Expr
	}
	// Binary is X Op Y for the arithmetic and bit operators.
	Binary struct {
		At
		Op   Op
		X, Y Expr
	}
	// Compare is the chain X Ops[0] Ys[0] Ops[1] Ys[1] ...
	Compare struct {
		At
		X   Expr
		Ops []Op
		Ys  []Expr
	}
	// BoolOp is Xs joined by And or by Or.
	BoolOp struct {
		At
		Op Op
		Xs []Expr
	}
	// IfExp is Then if Cond else Else.
	IfExp struct {
		At
		Cond, Then, Else Expr
	}
	// Call is Func(Args..., Keywords...). A starred argument is a *Starred in Args; a double-starred one is a
	// Keyword with an empty Name.
	Call struct {
		At
		Func     Expr
		Args     []Expr
		Keywords []Keyword
	}
	// Attribute is X.Name.
	Attribute struct {
		At
		X    Expr
		Name string
	}
	// Subscript is X[Index]; several indices are a *Tuple, a slice is a *Slice.
	Subscript struct {
		At
		X, Index Expr
	}
	// Slice is Low:High:Step inside a subscript; each may be nil.
	Slice struct {
		At
		Low, High, Step Expr
	}
	// Tuple is a tuple display, with or without parentheses.
	Tuple struct {
		At
		Elts []Expr
	}
	// List is a list display.
	List struct {
		At
		Elts []Expr
	}
	// Set is a set display.
	Set struct {
		At
		Elts []Expr
	}
	// Dict is a dict display; a nil key stands for **value.
	Dict struct {
		At
		Keys, Values []Expr
	}
	// Lambda is lambda Params: Body.
	Lambda struct {
		At
		Params Params
		Body   Expr
	}
	// Comprehension is a list, set, dict or generator comprehension; Key is set for dicts only.
	Comprehension struct {
		At
		Kind    ComprehensionKind
		Key     Expr
		Elt     Expr
		Clauses []Clause
	}
	// Starred is *X in a call, a display or an assignment target.
	Starred struct {
		At
		X Expr
	}
	// NamedExpr is Target := Value.
	NamedExpr struct {
		At
		Target *Name
		Value  Expr
	}
	// Yield is yield X (X may be nil) or, with From, yield from X.
	Yield struct {
		At
		X    Expr
		From bool
	}
)

// FPart is a piece of an f-string: literal text when Expr is nil, else a formatted value. Spec may itself
// contain replacement fields; Debug holds the text of `{x=}`.
type FPart struct {
	Text       string
	Expr       Expr
	Conversion byte // 0, 'r', 's' or 'a'
	Spec       *FString
	Debug      string
}

// Keyword is name=value in a call; Name is empty for **value.
type Keyword struct {
	At
	Name  string
	Value Expr
}

// ComprehensionKind says what a comprehension builds.
type ComprehensionKind uint8

// The kinds of comprehension.
const (
	ListComp ComprehensionKind = iota
	SetComp
	DictComp
	GeneratorExp
)

// Clause is `for Target in Iter if Conds...`.
type Clause struct {
	Target Expr
	Iter   Expr
	Conds  []Expr
}

// Param is one parameter of a def or lambda.
type Param struct {
	At
	Name       string
	Default    Expr // nil when there is none
	Annotation Expr // nil when there is none; always nil in a lambda
}

// Params is the parameter list of a def or lambda: the first PosOnly of Plain are positional-only; Star is
// the *args parameter (with HasStar and an empty name for a bare star), KwOnly follow it, DoubleStar is **kwargs.
type Params struct {
	Plain      []Param
	PosOnly    int
	HasStar    bool
	Star       string
	KwOnly     []Param
	DoubleStar string
}

// Stmt is a statement of a Python module or notebook cell.
type Stmt interface {
	Node
	stmtNode()
}

// Statements.
type (
	// ExprStmt is an expression on its own. Semicolon reports a trailing `;`, which keeps a notebook from
	// displaying the value.
	ExprStmt struct {
		At
		X         Expr
		Semicolon bool
	}
	// Assign is Targets[0] = Targets[1] = ... = Value.
	Assign struct {
		At
		Targets []Expr
		Value   Expr
	}
	// AugAssign is Target Op= Value.
	AugAssign struct {
		At
		Target Expr
		Op     Op
		Value  Expr
	}
	// AnnAssign is Target: Annotation [= Value].
	AnnAssign struct {
		At
		Target, Annotation, Value Expr
	}
	// If is if Cond: Body else: Else; an elif is an If alone in Else.
	If struct {
		At
		Cond       Expr
		Body, Else []Stmt
	}
	// For is for Target in Iter: Body else: Else.
	For struct {
		At
		Target, Iter Expr
		Body, Else   []Stmt
	}
	// While is while Cond: Body else: Else.
	While struct {
		At
		Cond       Expr
		Body, Else []Stmt
	}
	// Def is a function definition. Doc is its docstring.
	Def struct {
		At
		Name       string
		Params     Params
		Returns    Expr
		Decorators []Expr
		Doc        string
		Body       []Stmt
	}
	// Class is a class definition.
	Class struct {
		At
		Name       string
		Bases      []Expr
		Keywords   []Keyword
		Decorators []Expr
		Doc        string
		Body       []Stmt
	}
	// Return is return X; X may be nil.
	Return struct {
		At
		X Expr
	}
	// Break leaves the innermost loop.
	Break struct{ At }
	// Continue starts the next pass of the innermost loop.
	Continue struct{ At }
	// Pass does nothing.
	Pass struct{ At }
	// Import is import a.b as c, ...
	Import struct {
		At
		Names []Alias
	}
	// ImportFrom is from Module import Names; Names is nil for `*`. Level counts leading dots.
	ImportFrom struct {
		At
		Module string
		Level  int
		Names  []Alias
		Star   bool
	}
	// Global declares names as global.
	Global struct {
		At
		Names []string
	}
	// Nonlocal declares names as belonging to an enclosing function.
	Nonlocal struct {
		At
		Names []string
	}
	// Del is del Targets.
	Del struct {
		At
		Targets []Expr
	}
	// Assert is assert Cond, Msg; Msg may be nil.
	Assert struct {
		At
		Cond, Msg Expr
	}
	// Raise is raise X from Cause; both may be nil.
	Raise struct {
		At
		X, Cause Expr
	}
	// Try is try: Body except ...: else: Else finally: Finally.
	Try struct {
		At
		Body     []Stmt
		Handlers []Handler
		Else     []Stmt
		Finally  []Stmt
	}
	// With is with Items: Body.
	With struct {
		At
		Items []WithItem
		Body  []Stmt
	}
	// Magic is a notebook line that is not Python: `%name args`, `%%name args` with the rest of the cell as
	// body, or `!command`. It may stand at any depth of indentation.
	//
	// Kind is "%", "%%" or "!" (whose Name is empty and whose Args is the command). For `%time stmt` and
	// `%timeit stmt` (and their cell forms) Body holds the parsed statements and Args only the options, such
	// as "-n 10"; for other cell magics BodyText holds the raw text.
	Magic struct {
		At
		Kind     string
		Name     string
		Args     string
		Body     []Stmt
		BodyText string
	}
)

// Alias is Name as As; As is empty when there is no `as`.
type Alias struct {
	At
	Name, As string
}

// Handler is except Type as Name: Body; Type may be nil.
type Handler struct {
	At
	Type Expr
	Name string
	Body []Stmt
}

// WithItem is Context as Target; Target may be nil.
type WithItem struct {
	Context, Target Expr
}

// Module is a parsed Python file or notebook cell.
type Module struct {
	Source *diag.Source
	Doc    string
	Body   []Stmt
}

// EquationKind says which of the three forms an equation has.
type EquationKind uint8

// The kinds of equation.
const (
	Parameter     EquationKind = iota // name : unit
	Subexpression                     // name = expr : unit
	Differential                      // dname/dt = expr : unit
)

// Equation is one entry of a model text. Unit is the text after the colon, blanks trimmed; it is parsed by
// package units. Rhs is nil for a parameter.
type Equation struct {
	At
	Kind     EquationKind
	Name     string
	NameSpan diag.Span
	Rhs      Expr
	Unit     string
	UnitSpan diag.Span
	Flags    []Flag
}

// Flag is one flag of an equation, words separated by single blanks.
type Flag struct {
	At
	Name string
}

// CodeStmt is one statement of abstract code: Target Op Value, where Op is Assign for `=` and otherwise the
// arithmetic operator of an augmented assignment.
type CodeStmt struct {
	At
	Target *Name
	Op     Op
	Value  Expr
}

// Op is an operator.
type Op uint8

// The operators. AssignOp stands for `=` in abstract code.
const (
	NoOp Op = iota
	AssignOp
	Add
	Sub
	Mul
	Div
	FloorDiv
	Mod
	Pow
	MatMul
	BitAnd
	BitOr
	BitXor
	ShiftLeft
	ShiftRight
	Neg
	Pos
	Not
	Invert
	And
	Or
	Eq
	NotEq
	Lt
	LtEq
	Gt
	GtEq
	Is
	IsNot
	In
	NotIn
)

var opText = [...]string{
	NoOp: "?", AssignOp: "=", Add: "+", Sub: "-", Mul: "*", Div: "/", FloorDiv: "//", Mod: "%", Pow: "**",
	MatMul: "@", BitAnd: "&", BitOr: "|", BitXor: "^", ShiftLeft: "<<", ShiftRight: ">>", Neg: "-", Pos: "+",
	Not: "not", Invert: "~", And: "and", Or: "or", Eq: "==", NotEq: "!=", Lt: "<", LtEq: "<=", Gt: ">",
	GtEq: ">=", Is: "is", IsNot: "is not", In: "in", NotIn: "not in",
}

// String returns the operator as Python writes it.
func (o Op) String() string { return opText[o] }

func (*Name) exprNode()          {}
func (*Int) exprNode()           {}
func (*Float) exprNode()         {}
func (*Imag) exprNode()          {}
func (*Bool) exprNode()          {}
func (*None) exprNode()          {}
func (*Ellipsis) exprNode()      {}
func (*String) exprNode()        {}
func (*FString) exprNode()       {}
func (*Unary) exprNode()         {}
func (*Binary) exprNode()        {}
func (*Compare) exprNode()       {}
func (*BoolOp) exprNode()        {}
func (*IfExp) exprNode()         {}
func (*Call) exprNode()          {}
func (*Attribute) exprNode()     {}
func (*Subscript) exprNode()     {}
func (*Slice) exprNode()         {}
func (*Tuple) exprNode()         {}
func (*List) exprNode()          {}
func (*Set) exprNode()           {}
func (*Dict) exprNode()          {}
func (*Lambda) exprNode()        {}
func (*Comprehension) exprNode() {}
func (*Starred) exprNode()       {}
func (*NamedExpr) exprNode()     {}
func (*Yield) exprNode()         {}

func (*ExprStmt) stmtNode()   {}
func (*Assign) stmtNode()     {}
func (*AugAssign) stmtNode()  {}
func (*AnnAssign) stmtNode()  {}
func (*If) stmtNode()         {}
func (*For) stmtNode()        {}
func (*While) stmtNode()      {}
func (*Def) stmtNode()        {}
func (*Class) stmtNode()      {}
func (*Return) stmtNode()     {}
func (*Break) stmtNode()      {}
func (*Continue) stmtNode()   {}
func (*Pass) stmtNode()       {}
func (*Import) stmtNode()     {}
func (*ImportFrom) stmtNode() {}
func (*Global) stmtNode()     {}
func (*Nonlocal) stmtNode()   {}
func (*Del) stmtNode()        {}
func (*Assert) stmtNode()     {}
func (*Raise) stmtNode()      {}
func (*Try) stmtNode()        {}
func (*With) stmtNode()       {}
func (*Magic) stmtNode()      {}
