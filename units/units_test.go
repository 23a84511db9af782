package units

import (
	"errors"
	"math"
	"strings"
	"testing"

	"synfire/internal/diag"
)

func TestFractionalDimensionsCompareEqual(t *testing.T) {
	for _, root := range []float64{2, 3, 5, 6, 7, 9, 11, 13, 0.3, 1.7, math.Pi} {
		if got := Conductance.Pow(1 / root).Pow(root); got != Conductance {
			t.Errorf("(siemens ** (1/%v)) ** %v = %v", root, root, got)
		}
	}
	product := Dimensionless
	for range 6 {
		product = product.Mul(Voltage.Pow(1.0 / 6))
	}
	if product != Voltage {
		t.Errorf("six sixth roots of volt make %v", product)
	}
	if d := Time.Pow(1.0 / 3).Div(Time.Pow(1.0 / 3)); d != Dimensionless {
		t.Errorf("quotient of equal dimensions is %v", d)
	}
	if a, b := Voltage.Pow(math.NaN()), Voltage.Pow(math.Inf(-1)); a != a.Mul(b) || a == Voltage || a.Div(a) != a {
		t.Errorf("exponents that are not numbers: %v, %v", a, b)
	}
	if Dimensionless.Pow(math.NaN()) != Dimensionless {
		t.Error("a power of a plain number is not one")
	}
}

func TestDimensionPrints(t *testing.T) {
	for _, c := range []struct {
		dim        Dimension
		text, repr string
	}{
		{Dimensionless, "1", "Dimension()"},
		{Voltage, "m^2 kg s^-3 A^-1", "metre ** 2 * kilogram * second ** -3 * amp ** -1"},
		{Voltage.Inv(), "m^-2 kg^-1 s^3 A", "metre ** -2 * kilogram ** -1 * second ** 3 * amp"},
		{Time.Pow(-0.5), "s^-0.5", "second ** -0.5"},
		{Length.Pow(2.0 / 3), "m^0.6666666666666666", "metre ** 0.6666666666666666"},
	} {
		if c.dim.String() != c.text || c.dim.Repr() != c.repr {
			t.Errorf("%q, %q; want %q, %q", c.dim.String(), c.dim.Repr(), c.text, c.repr)
		}
	}
}

// What Brian2's units are in sympy.latex().
func TestLaTeX(t *testing.T) {
	micro, _ := Lookup("uohm")
	cm, _ := Lookup("cm")
	cm2, _ := Lookup("cm2")
	for _, c := range []struct {
		unit Unit
		want string
	}{
		{Volt, `\mathrm{V}`},
		{Millivolt, `\mathrm{m}\mathrm{V}`},
		{micro, `\mathrm{\mu}\mathrm{ohm}`},
		{cm2, `\mathrm{cm^2}`},
		{Nanosiemens.Div(cm.PowAs(2, "2")), `\frac{\mathrm{n}\mathrm{S}}{\mathrm{c}\mathrm{m}^{2}}`},
		{Pascal.Mul(Second), `\mathrm{Pa}\,\mathrm{s}`},
		{Millivolt.Div(Millisecond).Pow(2), `\left(\frac{\mathrm{m}\mathrm{V}}{\mathrm{m}\mathrm{s}}\right)^{2}`},
		{Volt.Div(Metre).Div(Second), `\frac{\frac{\mathrm{V}}{\mathrm{m}}}{\mathrm{s}}`},
	} {
		if got := c.unit.LaTeX(); got != c.want {
			t.Errorf("%s: %s, want %s", c.unit, got, c.want)
		}
	}
}

func TestArithmetic(t *testing.T) {
	mV, nS, ms, pF := Millivolt.Of, Nanosiemens.Of, Millisecond.Of, Picofarad.Of
	if sum, err := mV(20).Add(mV(-5)); err != nil || sum.String() != "15. mV" {
		t.Errorf("sum: %v, %v", sum, err)
	}
	if tau := pF(281).Div(nS(30)); tau.Dim != Time || tau.String() != "9.36666667 ms" {
		t.Errorf("time constant: %v", tau)
	}
	if current := nS(30).Mul(mV(2)); current.String() != "60. pA" {
		t.Errorf("current: %v", current)
	}
	if got := ms(2).In(Millisecond); got != 2 {
		t.Errorf("2 ms = %v ms", got)
	}
	// The plain number zero fits every dimension, on both sides; a quantity of zero does not.
	if sum, err := Number(0).Add(mV(3)); err != nil || sum != mV(3) {
		t.Errorf("0 + 3 mV = %v, %v", sum, err)
	}
	if difference, err := mV(3).Sub(Number(0)); err != nil || difference != mV(3) {
		t.Errorf("3 mV - 0 = %v, %v", difference, err)
	}
	if _, err := mV(3).Sub(ms(0)); err == nil {
		t.Error("3 mV - 0 ms is accepted")
	}
	if order, err := mV(3).Cmp(Number(math.Inf(1))); err != nil || order != -1 {
		t.Errorf("3 mV against inf: %d, %v", order, err)
	}
	if _, err := mV(3).Add(Number(math.Inf(1))); err == nil {
		t.Error("3 mV + inf is accepted")
	}
	if order, err := mV(3).Cmp(mV(math.NaN())); err != nil || order != 2 {
		t.Errorf("3 mV against NaN: %d, %v", order, err)
	}
	if root, err := mV(9).Pow(Number(0.5)); err != nil || root != mV(9).Sqrt() || root.Dim != Voltage.Pow(0.5) {
		t.Errorf("root: %v, %v", root, err)
	}
	if _, err := mV(2).Pow(mV(2)); err == nil || err.Error() != "Cannot calculate 2. mV ** 2. mV, the exponent has to be dimensionless (unit is V)." {
		t.Errorf("power: %v", err)
	}
	for _, c := range [][3]float64{{5, 3, 2}, {-5, 3, 1}, {5, -3, -1}, {-5, -3, -2}, {6, 3, 0}} {
		if r, err := mV(c[0]).Mod(mV(c[1])); err != nil || math.Abs(r.Value-mV(c[2]).Value) > 1e-17 {
			t.Errorf("%v mV %% %v mV = %v, %v", c[0], c[1], r, err)
		}
	}
}

func TestMismatchOfSeveral(t *testing.T) {
	for want, dims := range map[string][]Dimension{
		"x":                            nil,
		"x (unit is V).":               {Voltage},
		"x (units are V and 1).":       {Voltage, Dimensionless},
		"x (units are (V) (S) (m s)).": {Voltage, Conductance, Length.Mul(Time)},
	} {
		if got := Mismatch("x", dims...).Text; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestParseUnitMessages(t *testing.T) {
	for _, c := range []struct{ text, at, hint string }{
		{"amp*mV", "mV", "Variables are stored in base units; the values may be given in mV."},
		{"volts", "volts", "Did you mean 'volt'?"},
		{"Volt/second", "Volt", "Did you mean 'volt'?"},
		{"1/sec", "sec", ""},
		{"V", "V", "Did you mean 'volt'?"},
		{"S/metre**2", "S", "Did you mean 'siemens'?"},
		{"celsius", "celsius", CelsiusHint},
		{"bool", "bool", "Write: boolean"},
		{"2*volt", "2*volt", "A number in front of a unit belongs into the value, not into the unit."},
		{"volt second", "second", ""},
		{"volt # mV", "#", ""},
	} {
		source := &diag.Source{Name: "model", Text: "v : " + c.text}
		_, _, err := ParseUnit(c.text, diag.Span{Source: source, Start: 4, End: int32(len(source.Text))})
		var message *diag.Message
		if !errors.As(err, &message) {
			t.Errorf("%q is accepted", c.text)
		} else if message.Where.Text() != c.at || message.Hint != c.hint {
			t.Errorf("%q: at %q, hint %q; want %q, %q", c.text, message.Where.Text(), message.Hint, c.at, c.hint)
		}
	}
	if _, _, err := ParseUnit("foo", diag.Span{}); err == nil || !strings.HasSuffix(err.Error(),
		"allowed: amp (ampere), candle (lumen), coulomb, farad, gray (sievert), henry, hertz (Hz, becquerel), joule, katal, "+
			"kelvin, kilogram (kgram, kgramme, kilogramme), kliter (klitre), lux, metre (meter), mmolar (mM), mole (mol), newton, "+
			"ohm, pascal, radian (steradian), second, siemens, tesla, volt, watt, weber.") {
		t.Error(err)
	}
}

func FuzzParseUnit(f *testing.F) {
	for _, seed := range []string{"1", "volt", "siemens/metre**2", "amp*meter**-2", "1/second", "volt**(1/2)", "2*volt", "mV",
		"((((", "volt**-", "1e999", "volt**1e300", "--volt", "foo//bar", "volt%volt", ".", "0", "01", "é"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		source := &diag.Source{Name: "model", Text: text}
		where := diag.Span{Source: source, End: int32(len(text))}
		dim, _, err := ParseUnit(text, where)
		if err == nil {
			// What is accepted can be written in base units and read again.
			if dim == Dimensionless {
				return
			}
			again, _, err := ParseUnit(dim.Repr(), diag.Span{})
			if err != nil || again != dim {
				t.Errorf("%q is %s, which reads as %v, %v", text, dim.Repr(), again, err)
			}
			return
		}
		var message *diag.Message
		if !errors.As(err, &message) || message.Kind == "" || message.Text == "" {
			t.Errorf("%q: %v", text, err)
		}
		_ = message.Error() // the place must be inside the text
		_ = message.Where.Text()
	})
}

func TestParseQuantityReadsNamesAndSymbols(t *testing.T) {
	for _, name := range Names() {
		u := unitNamed(t, name)
		for _, text := range []string{"2.5" + name, "2.5 * " + name, "2.5 " + u.Symbol()} {
			if q, err := ParseQuantity(text); err != nil || q != u.Of(2.5) {
				t.Errorf("%q reads as %v, %v", text, q, err)
			}
		}
	}
	for _, text := range []string{"", "ms", "-", "3*", "3 mV mV", "1e", "nan", "3 volts", "3 V/m", "3 mV^4"} {
		if q, err := ParseQuantity(text); err == nil {
			t.Errorf("%q reads as %v", text, q)
		}
	}
}
