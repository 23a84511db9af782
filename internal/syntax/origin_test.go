package syntax

import (
	"testing"

	"synfire/internal/diag"
)

// A message about an equation shows the line of the script in which the equation stands, however the string
// is written.
func TestMessagesReachTheScript(t *testing.T) {
	for _, test := range []struct{ name, script, want string }{
		{"triple quotes", "eqs = '''\ndv/dt = -v/tau : 1\ndw/dt = (w - v/tau : 1\n'''\n",
			`error[EquationError]: '(' was never closed
 --> equations:3:9
  |
3 | dw/dt = (w - v/tau : 1
  |         ^
  = in model.py:3:9
`},
		{"escapes", `eqs = 'a : 1\n\tb = 2*(c : 1'`,
			`error[EquationError]: '(' was never closed
 --> equations:2:8
  |
2 |     b = 2*(c : 1
  |           ^
  = in model.py:1:23
  |
1 | eqs = 'a : 1\n\tb = 2*(c : 1'
  |                       ^
`},
		{"two pieces", "eqs = ('a : 1\\n'\n       \"b = été*(c : 1\")",
			`error[EquationError]: '(' was never closed
 --> equations:2:9
  |
2 | b = été*(c : 1
  |         ^
  = in model.py:2:17
  |
2 |        "b = été*(c : 1")
  |                 ^
`},
		{"raw", `eqs = r'a = \d : 1'`,
			`error[EquationError]: unexpected character after the line continuation '\'
 --> equations:1:5
  |
1 | a = \d : 1
  |     ^
  = in model.py:1:13
  |
1 | eqs = r'a = \d : 1'
  |             ^
  = hint: a backslash must be the last character of its line, with no blank or comment after it
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			script := &diag.Source{Name: "model.py", Text: test.script}
			m, err := ParseModule(script, Options{})
			if err != nil {
				t.Fatal(err)
			}
			literal := m.Body[0].(*Assign).Value.(*String)
			_, err = ParseEquations(LiteralSource("equations", literal))
			if err == nil {
				t.Fatal("no error")
			}
			if got := diag.FromError(err).String(); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}

// Every byte of a literal's value comes from inside the literal, in order; where it is written verbatim, the
// bytes are the same.
func TestLiteralOffsets(t *testing.T) {
	for _, text := range []string{
		`'abc'`, `r"a\b"`, `'''a` + "\n" + `b'''`, `'a\n\x41\u00e9b'`, `'a' 'b\t' r"c"`, `''`, `'' 'a'`,
		"'''a\r\nb'''", `'a\` + "\n" + `b'`, `b'\xff' b"z"`,
	} {
		x, ok := mustParse(t, text).(*String)
		if !ok {
			t.Fatalf("%s is no string", text)
		}
		src := LiteralSource("value", x)
		last := int32(0)
		for i := range len(x.Value) + 1 {
			s := diag.Span{Source: src, Start: int32(i), End: int32(i)}.Origin()
			if s.Source != x.Where.Source || s.Start <= 0 || s.Start >= x.Where.End || s.Start < last {
				t.Errorf("%s: byte %d comes from %d", text, i, s.Start)
				break
			}
			last = s.Start
			if x.ValueAt == nil && i < len(x.Value) && x.Value[i] != text[s.Start] {
				t.Errorf("%s: byte %d is %q in the value and %q in the script", text, i, x.Value[i], text[s.Start])
			}
		}
		if x.ValueAt != nil && len(x.ValueAt) != len(x.Value)+1 {
			t.Errorf("%s: %d offsets for %d bytes", text, len(x.ValueAt), len(x.Value))
		}
	}
}

// Texts that a script joins with + still know where each comes from.
func TestJoinedLiterals(t *testing.T) {
	script := &diag.Source{Name: "model.py", Text: "a = 'x = y\\n'\nb = '''z = (w\n'''\n"}
	m, err := ParseModule(script, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var parts []*diag.Source
	for _, s := range m.Body {
		parts = append(parts, LiteralSource("code", s.(*Assign).Value.(*String)))
	}
	parts = append(parts, &diag.Source{Name: "computed", Text: "u = 1"})
	_, err = ParseCode(diag.Concat("on_pre", parts...))
	want := `error[SyntaxError]: '(' was never closed
 --> on_pre:2:5
  |
2 | z = (w
  |     ^
  = in model.py:2:12
  |
2 | b = '''z = (w
  |            ^
`
	if got := diag.FromError(err).String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
