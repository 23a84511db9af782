"""Writes the trees that CPython 3.11 makes of the texts in this folder, for the parser's tests.

Run: python3 cpython_ast.py   (rewrites expressions.golden and modules/*.golden)

Each node is Class[start:end](parts), with the byte offsets of its place; the offsets are left out where
CPython's own differ for reasons of its implementation (inside f-strings, generators without parentheses,
definitions with decorators).
"""
import ast
import pathlib
import re
import sys

assert sys.version_info[:2] == (3, 11), sys.version


class Dump:
    def __init__(self, text):
        self.starts = [0]
        for line in text.encode().split(b"\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.placed = True

    def place(self, node):
        if not self.placed or not hasattr(node, "lineno"):
            return ""
        start = self.starts[node.lineno - 1] + node.col_offset
        end = self.starts[node.end_lineno - 1] + node.end_col_offset
        return f"[{start}:{end}]"

    def text(self, s):
        if isinstance(s, str):
            s = s.encode()
        if re.fullmatch(rb"[A-Za-z0-9_ ]*", s):
            return "'" + s.decode() + "'"
        return "x" + s.hex()

    def node(self, n, *parts):
        return type(n).__name__ + self.place(n) + "(" + ", ".join(parts) + ")"

    def exprs(self, xs):
        return "[" + ", ".join(self.expr(x) for x in xs) + "]"

    def expr(self, n):
        e = self.expr
        if n is None:
            return "-"
        if isinstance(n, ast.Constant):
            v = n.value
            if isinstance(v, bool) or v is None:
                return f"{v}{self.place(n)}"
            if v is ...:
                return f"Ellipsis{self.place(n)}"
            if isinstance(v, int):
                return f"Int{self.place(n)}({v})"
            if isinstance(v, float):
                return f"Float{self.place(n)}({v!r})".replace("inf", "1e999")
            if isinstance(v, complex):
                return f"Imag{self.place(n)}({v.imag!r})"
            if isinstance(v, bytes):
                return f"Bytes{self.place(n)}({self.text(v)})"
            return f"Str{self.place(n)}({self.text(v)})"
        if isinstance(n, ast.Name):
            return self.node(n, n.id)
        if isinstance(n, ast.JoinedStr):
            place, placed = self.place(n), self.placed
            self.placed = False
            parts = [self.part(v) for v in n.values if not (isinstance(v, ast.Constant) and v.value == "")]
            self.placed = placed
            return "FString" + place + "(" + ", ".join(parts) + ")"
        if isinstance(n, ast.UnaryOp):
            return self.node(n, type(n.op).__name__, e(n.operand))
        if isinstance(n, ast.BinOp):
            return self.node(n, type(n.op).__name__, e(n.left), e(n.right))
        if isinstance(n, ast.BoolOp):
            return self.node(n, type(n.op).__name__, self.exprs(n.values))
        if isinstance(n, ast.Compare):
            ops = " ".join(type(o).__name__ for o in n.ops)
            return self.node(n, e(n.left), ops, self.exprs(n.comparators))
        if isinstance(n, ast.IfExp):
            return self.node(n, e(n.test), e(n.body), e(n.orelse))
        if isinstance(n, ast.Call):
            return self.node(n, e(n.func), self.exprs(n.args), self.keywords(n.keywords))
        if isinstance(n, ast.Attribute):
            return self.node(n, e(n.value), n.attr)
        if isinstance(n, ast.Subscript):
            return self.node(n, e(n.value), e(n.slice))
        if isinstance(n, ast.Slice):
            return self.node(n, e(n.lower), e(n.upper), e(n.step))
        if isinstance(n, (ast.Tuple, ast.List, ast.Set)):
            return self.node(n, self.exprs(n.elts))
        if isinstance(n, ast.Dict):
            return self.node(n, self.exprs(n.keys), self.exprs(n.values))
        if isinstance(n, ast.Lambda):
            return self.node(n, self.params(n.args), e(n.body))
        if isinstance(n, (ast.ListComp, ast.SetComp)):
            return self.node(n, "-", e(n.elt), self.clauses(n.generators))
        if isinstance(n, ast.GeneratorExp):
            return "GeneratorExp(-, " + e(n.elt) + ", " + self.clauses(n.generators) + ")"
        if isinstance(n, ast.DictComp):
            return self.node(n, e(n.key), e(n.value), self.clauses(n.generators))
        if isinstance(n, ast.Starred):
            return self.node(n, e(n.value))
        if isinstance(n, ast.NamedExpr):
            return self.node(n, e(n.target), e(n.value))
        if isinstance(n, (ast.Yield, ast.YieldFrom)):
            return self.node(n, e(n.value))
        raise TypeError(n)

    def part(self, v):
        if isinstance(v, ast.Constant):
            return "Text(" + self.text(v.value) + ")"
        conversion = "-" if v.conversion < 0 else chr(v.conversion)
        spec = "-"
        if v.format_spec is not None:
            spec = "Spec(" + ", ".join(self.part(s) for s in v.format_spec.values) + ")"
        return f"Field({self.expr(v.value)}, {conversion}, {spec})"

    def keywords(self, ks):
        return "[" + ", ".join(f"{k.arg or ''}{self.place(k)}={self.expr(k.value)}" for k in ks) + "]"

    def clauses(self, cs):
        return "[" + ", ".join(
            f"for {self.expr(c.target)} in {self.expr(c.iter)} if {self.exprs(c.ifs)}" for c in cs) + "]"

    def params(self, a):
        plain = a.posonlyargs + a.args
        defaults = [None] * (len(plain) - len(a.defaults)) + a.defaults
        one = lambda p, d: f"{p.arg}:{self.expr(p.annotation)}={self.expr(d)}"
        parts = [one(p, d) for p, d in zip(plain, defaults)]
        star = "*" + (a.vararg.arg if a.vararg else "") if a.vararg or a.kwonlyargs else "-"
        kwonly = [one(p, d) for p, d in zip(a.kwonlyargs, a.kw_defaults)]
        return (f"params({len(a.posonlyargs)}, [{', '.join(parts)}], {star}, [{', '.join(kwonly)}], "
                f"{a.kwarg.arg if a.kwarg else '-'})")

    def block(self, head, body, depth):
        lines = ["  " * depth + head]
        for s in body:
            lines += self.stmt(s, depth + 1)
        return lines

    def aliases(self, names):
        return ", ".join(f"{a.name}{self.place(a)} as {a.asname or '-'}" for a in names)

    def stmt(self, n, depth=0):
        e, block = self.expr, self.block
        head = type(n).__name__ + self.place(n)
        line = lambda *parts: ["  " * depth + head + " " + " ".join(parts)]
        orelse = lambda name, body: block(name, body, depth) if body else []
        if isinstance(n, ast.Expr):
            return line(e(n.value))
        if isinstance(n, ast.Assign):
            return line(self.exprs(n.targets), e(n.value))
        if isinstance(n, ast.AugAssign):
            return line(e(n.target), type(n.op).__name__, e(n.value))
        if isinstance(n, ast.AnnAssign):
            return line(e(n.target), e(n.annotation), e(n.value))
        if isinstance(n, ast.If):
            return block(head + " " + e(n.test), n.body, depth) + orelse("else", n.orelse)
        if isinstance(n, ast.For):
            return block(f"{head} {e(n.target)} in {e(n.iter)}", n.body, depth) + orelse("else", n.orelse)
        if isinstance(n, ast.While):
            return block(head + " " + e(n.test), n.body, depth) + orelse("else", n.orelse)
        if isinstance(n, ast.FunctionDef):
            head = "FunctionDef" + ("" if n.decorator_list else self.place(n))
            doc = self.text(ast.get_docstring(n, clean=False) or "")
            return block(f"{head} {n.name} {self.params(n.args)} {e(n.returns)} {self.exprs(n.decorator_list)} {doc}",
                         n.body, depth)
        if isinstance(n, ast.ClassDef):
            head = "ClassDef" + ("" if n.decorator_list else self.place(n))
            doc = self.text(ast.get_docstring(n, clean=False) or "")
            return block(f"{head} {n.name} {self.exprs(n.bases)} {self.keywords(n.keywords)} "
                         f"{self.exprs(n.decorator_list)} {doc}", n.body, depth)
        if isinstance(n, (ast.Return,)):
            return line(e(n.value))
        if isinstance(n, (ast.Break, ast.Continue, ast.Pass)):
            return line()
        if isinstance(n, ast.Import):
            return line(self.aliases(n.names))
        if isinstance(n, ast.ImportFrom):
            names = "*" if n.names[0].name == "*" else self.aliases(n.names)
            return line(n.module or "-", str(n.level), names)
        if isinstance(n, (ast.Global, ast.Nonlocal)):
            return line(*n.names)
        if isinstance(n, ast.Delete):
            return line(self.exprs(n.targets))
        if isinstance(n, ast.Assert):
            return line(e(n.test), e(n.msg))
        if isinstance(n, ast.Raise):
            return line(e(n.exc), e(n.cause))
        if isinstance(n, ast.Try):
            lines = block(head, n.body, depth)
            for h in n.handlers:
                lines += block(f"except{self.place(h)} {e(h.type)} as {h.name or '-'}", h.body, depth)
            return lines + orelse("else", n.orelse) + orelse("finally", n.finalbody)
        if isinstance(n, ast.With):
            items = ", ".join(f"{e(i.context_expr)} as {e(i.optional_vars)}" for i in n.items)
            return block(f"{head} {items}", n.body, depth)
        raise TypeError(n)


here = pathlib.Path(__file__).parent
lines = []
for text in (here / "expressions.txt").read_text().splitlines():
    if text and not text.startswith("#"):
        tree = ast.parse(text, mode="eval")
        lines.append(Dump(text).expr(tree.body))
(here / "expressions.golden").write_text("\n".join(lines) + "\n")
for path in sorted((here / "modules").glob("*.py")):
    text = path.read_text()
    dump = Dump(text)
    lines = []
    for statement in ast.parse(text).body:
        lines += dump.stmt(statement)
    path.with_suffix(".golden").write_text("\n".join(lines) + "\n")
