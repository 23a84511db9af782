package syntax

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"synfire/internal/diag"
)

// The tests of this file compare trees and places with those of CPython, which testdata/cpython_ast.py wrote.

// expressionTexts returns the texts of testdata/expressions.txt.
func expressionTexts(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/expressions.txt")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, line := range strings.Split(string(data), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			texts = append(texts, line)
		}
	}
	return texts
}

func TestExpressionsAreThoseOfCPython(t *testing.T) {
	golden, err := os.ReadFile("testdata/expressions.golden")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(golden)), "\n")
	texts := expressionTexts(t)
	if len(texts) != len(want) {
		t.Fatalf("%d expressions, %d trees: run testdata/cpython_ast.py", len(texts), len(want))
	}
	for i, text := range texts {
		p := newParser(&diag.Source{Name: "test", Text: text}, blankLines, "SyntaxError")
		p.scope.function = true
		x, err := guard(func() Expr { p.next(); return p.expressionList("") })
		if err != nil {
			t.Errorf("%s\n%v", text, err)
			continue
		}
		d := &dumper{placed: true}
		if got := d.expr(x); got != want[i] {
			t.Errorf("%s\n got %s\nwant %s", text, got, want[i])
		}
	}
}

func TestModulesAreThoseOfCPython(t *testing.T) {
	files, _ := filepath.Glob("testdata/modules/*.py")
	if len(files) == 0 {
		t.Fatal("no modules")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(strings.TrimSuffix(file, ".py") + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		for _, notebook := range []bool{false, true} {
			m, err := ParseModule(&diag.Source{Name: file, Text: string(text)}, Options{Notebook: notebook})
			if err != nil {
				t.Errorf("%v", err)
				continue
			}
			d := &dumper{placed: true}
			var lines []string
			for _, s := range m.Body {
				lines = d.stmt(lines, s, 0)
			}
			if diff := cmp.Diff(strings.Split(strings.TrimSpace(string(want)), "\n"), lines); diff != "" {
				t.Errorf("%s (-CPython +Synfire)\n%s", file, diff)
			}
		}
	}
}

// A file with the line ends of Windows means the same.
func TestLineEndsOfWindows(t *testing.T) {
	text, err := os.ReadFile("testdata/modules/statements.py")
	if err != nil {
		t.Fatal(err)
	}
	want, err := ParseModule(&diag.Source{Text: string(text)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseModule(&diag.Source{Text: "\ufeff" + strings.ReplaceAll(string(text), "\n", "\r\n")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	dump := func(m *Module) string {
		var lines []string
		for _, s := range m.Body {
			lines = (&dumper{}).stmt(lines, s, 0)
		}
		return strings.Join(lines, "\n")
	}
	if diff := cmp.Diff(dump(want), dump(got)); diff != "" {
		t.Errorf("(-unix +windows)\n%s", diff)
	}
}

// dumper writes trees in the form of testdata/cpython_ast.py, with CPython's names of the nodes.
type dumper struct{ placed bool }

func (d *dumper) place(n Node) string {
	if !d.placed {
		return ""
	}
	return fmt.Sprintf("[%d:%d]", n.Span().Start, n.Span().End)
}

var plainText = regexp.MustCompile(`^[A-Za-z0-9_ ]*$`)

func (d *dumper) text(s string) string {
	if plainText.MatchString(s) {
		return "'" + s + "'"
	}
	return "x" + hex.EncodeToString([]byte(s))
}

var operatorNames = map[Op]string{
	Add: "Add", Sub: "Sub", Mul: "Mult", Div: "Div", FloorDiv: "FloorDiv", Mod: "Mod", Pow: "Pow",
	MatMul: "MatMult", BitAnd: "BitAnd", BitOr: "BitOr", BitXor: "BitXor", ShiftLeft: "LShift",
	ShiftRight: "RShift", Neg: "USub", Pos: "UAdd", Not: "Not", Invert: "Invert", And: "And", Or: "Or",
	Eq: "Eq", NotEq: "NotEq", Lt: "Lt", LtEq: "LtE", Gt: "Gt", GtEq: "GtE", Is: "Is", IsNot: "IsNot",
	In: "In", NotIn: "NotIn",
}

func (d *dumper) node(n Node, class string, parts ...string) string {
	return class + d.place(n) + "(" + strings.Join(parts, ", ") + ")"
}

func (d *dumper) exprs(xs []Expr) string {
	parts := make([]string, len(xs))
	for i, x := range xs {
		parts[i] = d.expr(x)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (d *dumper) expr(x Expr) string {
	switch x := x.(type) {
	case nil:
		return "-"
	case *Bool:
		return map[bool]string{true: "True", false: "False"}[x.Value] + d.place(x)
	case *None:
		return "None" + d.place(x)
	case *Ellipsis:
		return "Ellipsis" + d.place(x)
	case *Int:
		if x.Big != "" {
			return d.node(x, "Int", x.Big)
		}
		return d.node(x, "Int", fmt.Sprint(x.Value))
	case *Float:
		return d.node(x, "Float", formatFloat(x.Value))
	case *Imag:
		return d.node(x, "Imag", formatFloat(x.Value))
	case *String:
		if x.Bytes {
			return d.node(x, "Bytes", d.text(x.Value))
		}
		return d.node(x, "Str", d.text(x.Value))
	case *FString:
		inner := dumper{}
		return d.node(x, "FString", inner.parts(x.Parts)...)
	case *Name:
		return d.node(x, "Name", x.Ident)
	case *Unary:
		return d.node(x, "UnaryOp", operatorNames[x.Op], d.expr(x.X))
	case *Binary:
		return d.node(x, "BinOp", operatorNames[x.Op], d.expr(x.X), d.expr(x.Y))
	case *BoolOp:
		return d.node(x, "BoolOp", operatorNames[x.Op], d.exprs(x.Xs))
	case *Compare:
		var ops []string
		for _, op := range x.Ops {
			ops = append(ops, operatorNames[op])
		}
		return d.node(x, "Compare", d.expr(x.X), strings.Join(ops, " "), d.exprs(x.Ys))
	case *IfExp:
		return d.node(x, "IfExp", d.expr(x.Cond), d.expr(x.Then), d.expr(x.Else))
	case *Call:
		return d.node(x, "Call", d.expr(x.Func), d.exprs(x.Args), d.keywords(x.Keywords))
	case *Attribute:
		return d.node(x, "Attribute", d.expr(x.X), x.Name)
	case *Subscript:
		return d.node(x, "Subscript", d.expr(x.X), d.expr(x.Index))
	case *Slice:
		return d.node(x, "Slice", d.expr(x.Low), d.expr(x.High), d.expr(x.Step))
	case *Tuple:
		return d.node(x, "Tuple", d.exprs(x.Elts))
	case *List:
		return d.node(x, "List", d.exprs(x.Elts))
	case *Set:
		return d.node(x, "Set", d.exprs(x.Elts))
	case *Dict:
		return d.node(x, "Dict", d.exprs(x.Keys), d.exprs(x.Values))
	case *Lambda:
		return d.node(x, "Lambda", d.params(x.Params), d.expr(x.Body))
	case *Comprehension:
		class := [...]string{"ListComp", "SetComp", "DictComp", "GeneratorExp"}[x.Kind]
		parts := []string{d.expr(x.Key), d.expr(x.Elt), d.clauses(x.Clauses)}
		if x.Kind == GeneratorExp {
			return class + "(" + strings.Join(parts, ", ") + ")"
		}
		return d.node(x, class, parts...)
	case *Starred:
		return d.node(x, "Starred", d.expr(x.X))
	case *NamedExpr:
		return d.node(x, "NamedExpr", d.expr(x.Target), d.expr(x.Value))
	case *Yield:
		return d.node(x, map[bool]string{false: "Yield", true: "YieldFrom"}[x.From], d.expr(x.X))
	}
	return fmt.Sprintf("?%T", x)
}

// parts writes the parts of an f-string. CPython turns `{x=}` into the text "x=" and a field with !r.
func (d *dumper) parts(parts []FPart) []string {
	var result []string
	text := ""
	flush := func() {
		if text != "" {
			result = append(result, "Text("+d.text(text)+")")
		}
		text = ""
	}
	for _, part := range parts {
		text += part.Text + part.Debug
		if part.Expr == nil {
			continue
		}
		flush()
		conversion, spec := "-", "-"
		if part.Conversion != 0 {
			conversion = string(part.Conversion)
		} else if part.Debug != "" && part.Spec == nil {
			conversion = "r"
		}
		if part.Spec != nil {
			spec = "Spec(" + strings.Join(d.parts(part.Spec.Parts), ", ") + ")"
		}
		result = append(result, fmt.Sprintf("Field(%s, %s, %s)", d.expr(part.Expr), conversion, spec))
	}
	flush()
	return result
}

func (d *dumper) keywords(keywords []Keyword) string {
	var parts []string
	for _, k := range keywords {
		parts = append(parts, k.Name+d.place(k)+"="+d.expr(k.Value))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (d *dumper) clauses(clauses []Clause) string {
	var parts []string
	for _, c := range clauses {
		parts = append(parts, "for "+d.expr(c.Target)+" in "+d.expr(c.Iter)+" if "+d.exprs(c.Conds))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (d *dumper) params(p Params) string {
	list := func(params []Param) string {
		var parts []string
		for _, p := range params {
			parts = append(parts, p.Name+":"+d.expr(p.Annotation)+"="+d.expr(p.Default))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	star, doubleStar := "-", "-"
	if p.HasStar {
		star = "*" + p.Star
	}
	if p.DoubleStar != "" {
		doubleStar = p.DoubleStar
	}
	return fmt.Sprintf("params(%d, %s, %s, %s, %s)", p.PosOnly, list(p.Plain), star, list(p.KwOnly), doubleStar)
}

func (d *dumper) block(lines []string, head string, body []Stmt, depth int) []string {
	lines = append(lines, strings.Repeat("  ", depth)+head)
	for _, s := range body {
		lines = d.stmt(lines, s, depth+1)
	}
	return lines
}

func (d *dumper) aliases(names []Alias) string {
	var parts []string
	for _, a := range names {
		as := a.As
		if as == "" {
			as = "-"
		}
		parts = append(parts, a.Name+d.place(a)+" as "+as)
	}
	return strings.Join(parts, ", ")
}

// stmt appends the lines of a statement.
func (d *dumper) stmt(lines []string, s Stmt, depth int) []string {
	line := func(class string, parts ...string) []string {
		return append(lines, strings.Repeat("  ", depth)+class+d.place(s)+" "+strings.Join(parts, " "))
	}
	orElse := func(head string, body []Stmt) {
		if body != nil {
			lines = d.block(lines, head, body, depth)
		}
	}
	switch s := s.(type) {
	case *ExprStmt:
		return line("Expr", d.expr(s.X))
	case *Assign:
		return line("Assign", d.exprs(s.Targets), d.expr(s.Value))
	case *AugAssign:
		return line("AugAssign", d.expr(s.Target), operatorNames[s.Op], d.expr(s.Value))
	case *AnnAssign:
		return line("AnnAssign", d.expr(s.Target), d.expr(s.Annotation), d.expr(s.Value))
	case *If:
		lines = d.block(lines, "If"+d.place(s)+" "+d.expr(s.Cond), s.Body, depth)
		orElse("else", s.Else)
	case *For:
		lines = d.block(lines, "For"+d.place(s)+" "+d.expr(s.Target)+" in "+d.expr(s.Iter), s.Body, depth)
		orElse("else", s.Else)
	case *While:
		lines = d.block(lines, "While"+d.place(s)+" "+d.expr(s.Cond), s.Body, depth)
		orElse("else", s.Else)
	case *Def:
		head := "FunctionDef"
		if len(s.Decorators) == 0 {
			head += d.place(s)
		}
		head += fmt.Sprintf(" %s %s %s %s %s", s.Name, d.params(s.Params), d.expr(s.Returns), d.exprs(s.Decorators), d.text(s.Doc))
		lines = d.block(lines, head, s.Body, depth)
	case *Class:
		head := "ClassDef"
		if len(s.Decorators) == 0 {
			head += d.place(s)
		}
		head += fmt.Sprintf(" %s %s %s %s %s", s.Name, d.exprs(s.Bases), d.keywords(s.Keywords), d.exprs(s.Decorators), d.text(s.Doc))
		lines = d.block(lines, head, s.Body, depth)
	case *Return:
		return line("Return", d.expr(s.X))
	case *Break:
		return line("Break")
	case *Continue:
		return line("Continue")
	case *Pass:
		return line("Pass")
	case *Import:
		return line("Import", d.aliases(s.Names))
	case *ImportFrom:
		module, names := s.Module, d.aliases(s.Names)
		if module == "" {
			module = "-"
		}
		if s.Star {
			names = "*"
		}
		return line("ImportFrom", module, fmt.Sprint(s.Level), names)
	case *Global:
		return line("Global", s.Names...)
	case *Nonlocal:
		return line("Nonlocal", s.Names...)
	case *Del:
		return line("Delete", d.exprs(s.Targets))
	case *Assert:
		return line("Assert", d.expr(s.Cond), d.expr(s.Msg))
	case *Raise:
		return line("Raise", d.expr(s.X), d.expr(s.Cause))
	case *Try:
		lines = d.block(lines, "Try"+d.place(s), s.Body, depth)
		for _, h := range s.Handlers {
			name := h.Name
			if name == "" {
				name = "-"
			}
			lines = d.block(lines, "except"+d.place(h)+" "+d.expr(h.Type)+" as "+name, h.Body, depth)
		}
		orElse("else", s.Else)
		orElse("finally", s.Finally)
	case *With:
		var items []string
		for _, item := range s.Items {
			items = append(items, d.expr(item.Context)+" as "+d.expr(item.Target))
		}
		lines = d.block(lines, "With"+d.place(s)+" "+strings.Join(items, ", "), s.Body, depth)
	case *Magic:
		lines = d.block(lines, fmt.Sprintf("Magic%s %s name=%q args=%q text=%q", d.place(s), s.Kind, s.Name, s.Args, s.BodyText), s.Body, depth)
	default:
		return line(fmt.Sprintf("?%T", s))
	}
	return lines
}
