package units

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"synfire/internal/diag"
)

// table reads a table that testdata/brian2/units.py wrote from Brian2.
func table(t *testing.T, name string, columns int) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "brian2", name))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(row) != columns {
			t.Fatalf("%s: %d columns instead of %d: %q", name, len(row), columns, line)
		}
		rows = append(rows, row)
	}
	return rows
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func dimension(t *testing.T, text string) Dimension {
	t.Helper()
	d := Dimensionless
	for i, exponent := range strings.Split(text, ",") {
		base := Dimension{}
		base.exponents[i] = 1
		d = d.Mul(base.Pow(number(t, exponent)))
	}
	return d
}

func TestNames(t *testing.T) {
	rows := table(t, "names.tsv", 8)
	names := map[string]bool{}
	for _, name := range Names() {
		names[name] = true
	}
	script := map[string]bool{}
	for _, name := range ScriptNames() {
		script[name] = true
	}
	inScript := 0
	for _, row := range rows {
		name := row[0]
		u, found := Lookup(name)
		if !found || !names[name] {
			t.Errorf("%s is unknown", name)
			continue
		}
		if u.Name() != row[1] || u.Symbol() != row[2] || u.Scale() != number(t, row[3]) || u.Value() != number(t, row[4]) ||
			u.Dim() != dimension(t, row[5]) {
			t.Errorf("%s: %s %s %v %v %v, Brian2 has %v", name, u.Name(), u.Symbol(), u.Scale(), u.Value(), u.Dim(), row)
		}
		if got := strconv.Itoa(map[bool]int{true: 1}[script[name]]); got != row[6] {
			t.Errorf("%s in scripts: %s, Brian2 %s", name, got, row[6])
		}
		if script[name] {
			inScript++
		}
		// Brian2 forgets mS inside equations, where a script's own mS takes its place.
		_, found = LookupInEquations(name)
		if found != (row[7] == "1") && name != "mS" {
			t.Errorf("%s in equations: %v, Brian2 %s", name, found, row[7])
		}
	}
	if len(rows) != len(Names()) || len(names) != len(Names()) || inScript != len(ScriptNames()) {
		t.Errorf("%d names, %d of them for scripts; Brian2 has %d and %d", len(Names()), len(ScriptNames()), len(rows), inScript)
	}
}

func TestConstants(t *testing.T) {
	rows := table(t, "constants.tsv", 4)
	if len(rows) != len(ConstantNames()) {
		t.Errorf("%d constants, Brian2 has %d", len(ConstantNames()), len(rows))
	}
	for i, row := range rows {
		q, found := Constant(row[0])
		if !found || ConstantNames()[i] != row[0] || q.Value != number(t, row[1]) || q.Dim != dimension(t, row[2]) || q.String() != row[3] {
			t.Errorf("%s = %v, Brian2 has %v", row[0], q, row)
		}
	}
}

func TestQuantitiesPrintAsInBrian2(t *testing.T) {
	for _, row := range table(t, "quantities.tsv", 4) {
		q := Quantity{number(t, row[0]), dimension(t, row[1])}
		if q.String() != row[2] || q.Repr() != row[3] {
			t.Errorf("%v of %v prints as %q and %q, in Brian2 as %q and %q", q.Value, q.Dim, q.String(), q.Repr(), row[2], row[3])
		}
	}
}

func TestInUnit(t *testing.T) {
	for _, row := range table(t, "inunit.tsv", 4) {
		u, _ := Lookup(row[1])
		precision, _ := strconv.Atoi(row[2])
		got, err := Quantity{number(t, row[0]), u.Dim()}.InUnit(u, precision)
		if err != nil || got != row[3] {
			t.Errorf("%v in %s with precision %d: %q, %v; Brian2 %q", number(t, row[0]), row[1], precision, got, err, row[3])
		}
	}
}

func TestBestUnitOfArrays(t *testing.T) {
	for _, row := range table(t, "best.tsv", 3) {
		var values []float64
		for text := range strings.SplitSeq(row[0], ",") {
			values = append(values, number(t, text))
		}
		if u := BestUnit(values, dimension(t, row[1])); u.Name() != row[2] {
			t.Errorf("%v of %s: best unit %s, Brian2 %s", values, row[1], u.Name(), row[2])
		}
	}
}

func unitNamed(t *testing.T, name string) Unit {
	t.Helper()
	u, found := Lookup(name)
	if !found {
		t.Fatalf("no unit %s", name)
	}
	return u
}

func TestCompoundUnits(t *testing.T) {
	for _, row := range table(t, "compound.tsv", 13) {
		type operand struct {
			Unit
			number   float64
			spelling string
		}
		var stack []operand
		var display Display
		for word := range strings.FieldsSeq(row[0]) {
			if word != "*" && word != "/" && word != "**" {
				if x, err := strconv.ParseFloat(word, 64); err == nil {
					stack = append(stack, operand{number: x, spelling: word})
				} else {
					stack = append(stack, operand{Unit: unitNamed(t, word)})
				}
				continue
			}
			a, b := stack[len(stack)-2], stack[len(stack)-1]
			stack = stack[:len(stack)-2]
			var result Unit
			switch {
			case word == "*":
				result = a.Mul(b.Unit)
			case word == "**":
				result = a.PowAs(b.number, b.spelling)
			case a.number == 1:
				result = b.Pow(-1)
			default:
				result = a.Div(b.Unit)
			}
			display.Register(result)
			stack = append(stack, operand{Unit: result})
		}
		u := stack[0].Unit
		if u.Repr() != row[1] || u.String() != row[2] || u.Value() != number(t, row[3]) || u.Dim() != dimension(t, row[4]) {
			t.Errorf("%s: %s | %s | %v | %v, Brian2 %q", row[0], u.Repr(), u, u.Value(), u.Dim(), row[1:5])
		}
		for i, x := range []float64{0, 1.5, -3e-6, 2.5e7} {
			// Brian2 prints a whole exponent as 2.0 if an operation on floats made the dimension first.
			whole := strings.NewReplacer(".0 ", " ")
			text, repr := whole.Replace(row[5+2*i]), strings.TrimSuffix(whole.Replace(row[6+2*i]), ".0")
			text = strings.TrimSuffix(text, ".0")
			if q := u.Of(x); text != "-" && (display.Format(q) != text || display.Repr(q) != repr) {
				t.Errorf("%v of %s: %q, %q; Brian2 %q, %q", x, row[0], display.Format(q), display.Repr(q), text, repr)
			}
		}
	}
}

func TestMismatch(t *testing.T) {
	for _, row := range table(t, "mismatch.tsv", 6) {
		a, b := Quantity{number(t, row[0]), dimension(t, row[1])}, Quantity{number(t, row[3]), dimension(t, row[4])}
		var err error
		switch row[2] {
		case "+":
			_, err = a.Add(b)
		case "-":
			_, err = a.Sub(b)
		case "%":
			_, err = a.Mod(b)
		case "<":
			_, err = a.Cmp(b)
		}
		var message *diag.Message
		if !errors.As(err, &message) || message.Kind != "DimensionMismatchError" || message.Text != row[5] {
			t.Errorf("%v %s %v: %v, Brian2: %s", a, row[2], b, err, row[5])
		}
	}
}

func TestParseUnitAgreesWithBrian2(t *testing.T) {
	for _, row := range table(t, "parse.tsv", 4) {
		dim, kind, err := ParseUnit(row[0], diag.Span{})
		if row[1] == "ok" {
			if err != nil || kind.String() != row[2] || dim != dimension(t, row[3]) {
				t.Errorf("%q: %v, %v, %v; Brian2 %q", row[0], dim, kind, err, row[2:])
			}
			continue
		}
		var message *diag.Message
		if !errors.As(err, &message) {
			t.Errorf("%q is accepted as %v, Brian2: %s", row[0], dim, row[2])
			continue
		}
		// After these words Brian2 shows what Python says, or a list in an order of its own.
		want, got := row[2], message.Text
		for _, marker := range []string{"as a unit specification: ", "units are allowed: ", "the result "} {
			if before, _, found := strings.Cut(want, marker); found {
				want = before
				got, _, _ = strings.Cut(got, marker)
			}
		}
		if message.Kind != row[1] || got != want {
			t.Errorf("%q: %s: %s\nBrian2: %s: %s", row[0], message.Kind, got, row[1], want)
		}
	}
}
