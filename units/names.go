package units

import (
	"slices"
	"strings"
)

// family is a unit without prefix, and which forms it comes in.
type family struct {
	name, symbol string
	dim          Dimension
	scale        int
	prefixes     bool // takes the SI prefixes
	powers       bool // has square and cube forms, metre2 and metre3
	display      bool // quantities of its dimension are shown in it
}

// families are the units without prefix. Of several with one dimension (hertz and becquerel, metre and
// meter), the one marked display is the one that quantities are shown in.
var families = []family{
	{"metre", "m", Length, 0, true, true, true},
	{"meter", "m", Length, 0, true, true, false},
	{"kilogram", "kg", Mass, 0, false, true, true},
	{"kilogramme", "kg", Mass, 0, false, true, false},
	{"gram", "g", Mass, -3, true, true, true},
	{"gramme", "g", Mass, -3, true, true, false},
	{"second", "s", Time, 0, true, true, true},
	{"amp", "A", Current, 0, true, true, true},
	{"ampere", "A", Current, 0, true, true, false},
	{"kelvin", "K", Temperature, 0, false, true, true},
	{"mole", "mol", Substance, 0, true, true, true},
	{"mol", "mol", Substance, 0, true, true, false},
	{"molar", "M", Concentration, 3, true, true, true},
	{"candle", "cd", Luminosity, 0, true, true, true},
	{"radian", "rad", Dimensionless, 0, true, true, false},
	{"steradian", "sr", Dimensionless, 0, true, true, false},
	{"hertz", "Hz", Frequency, 0, true, true, true},
	{"newton", "N", Force, 0, true, true, true},
	{"pascal", "Pa", Pressure, 0, true, true, true},
	{"joule", "J", Energy, 0, true, true, true},
	{"watt", "W", Power, 0, true, true, true},
	{"coulomb", "C", Charge, 0, true, true, true},
	{"volt", "V", Voltage, 0, true, true, true},
	{"farad", "F", Capacitance, 0, true, true, true},
	{"ohm", "ohm", Resistance, 0, true, true, true},
	{"siemens", "S", Conductance, 0, true, true, true},
	{"weber", "Wb", magneticFlux, 0, true, true, true},
	{"tesla", "T", fluxDensity, 0, true, true, true},
	{"henry", "H", inductance, 0, true, true, true},
	{"lumen", "lm", Luminosity, 0, true, true, false},
	{"lux", "lx", illuminance, 0, true, true, true},
	{"becquerel", "Bq", Frequency, 0, true, true, false},
	{"gray", "Gy", absorbedDose, 0, true, true, true},
	{"sievert", "Sv", absorbedDose, 0, true, true, false},
	{"katal", "kat", catalyticActivity, 0, true, true, true},
	{"liter", "l", Volume, -3, true, false, false},
	{"litre", "l", Volume, -3, true, false, false},
}

var (
	magneticFlux      = Dimension{[baseCount]float64{length: 2, mass: 1, time: -2, current: -1}}
	fluxDensity       = Dimension{[baseCount]float64{mass: 1, time: -2, current: -1}}
	inductance        = Dimension{[baseCount]float64{length: 2, mass: 1, time: -2, current: -2}}
	illuminance       = Dimension{[baseCount]float64{length: -2, luminosity: 1}}
	absorbedDose      = Dimension{[baseCount]float64{length: 2, time: -2}}
	catalyticActivity = Dimension{[baseCount]float64{time: -1, substance: 1}}
)

// prefix is an SI prefix. The order is that in which candidate units are tried for display, so that it
// decides between two equally good ones; prefixes that are not display (centi, deci, deca, hecto) are only
// used by units that a user names.
type prefix struct {
	letter  string
	scale   int
	display bool
}

func (p prefix) latex() string {
	switch p.letter {
	case "":
		return ""
	case "u":
		return roman(`\mu`)
	}
	return roman(p.letter)
}

var prefixes = []prefix{
	{"Y", 24, true}, {"k", 3, true}, {"M", 6, true}, {"z", -21, true}, {"E", 18, true}, {"y", -24, true},
	{"T", 12, true}, {"u", -6, true}, {"p", -12, true}, {"n", -9, true}, {"m", -3, true}, {"f", -15, true},
	{"G", 9, true}, {"P", 15, true}, {"Z", 21, true}, {"a", -18, true}, {"", 0, true},
	{"c", -2, false}, {"d", -1, false}, {"da", 1, false}, {"h", 2, false},
}

// shortNames are the abbreviations and the units that they stand for.
var shortNames = [][2]string{
	{"mV", "mvolt"}, {"mA", "mamp"}, {"uA", "uamp"}, {"nA", "namp"}, {"pA", "pamp"},
	{"pF", "pfarad"}, {"uF", "ufarad"}, {"nF", "nfarad"}, {"nS", "nsiemens"}, {"uS", "usiemens"},
	{"mS", "msiemens"}, {"ms", "msecond"}, {"us", "usecond"}, {"Hz", "hertz"}, {"kHz", "khertz"},
	{"MHz", "Mhertz"}, {"cm", "cmetre"}, {"cm2", "cmetre2"}, {"cm3", "cmetre3"}, {"mm", "mmetre"},
	{"mm2", "mmetre2"}, {"mm3", "mmetre3"}, {"um", "umetre"}, {"um2", "umetre2"}, {"um3", "umetre3"},
	{"mM", "mmolar"}, {"uM", "umolar"}, {"nM", "nmolar"},
}

// CelsiusHint says why there is no unit celsius.
const CelsiusHint = "There is no unit celsius, because a temperature and a difference of temperatures would look alike; " +
	"write a difference in kelvin, and a temperature as zero_celsius + 20*kelvin."

// Lookup returns the unit of that name: "mV", "mvolt", "usiemens", "metre2", "litre". It knows the units that
// scripts and equations know, and the other prefixes of the same units besides.
func Lookup(name string) (Unit, bool) {
	u, f, _ := find(name)
	return u, f != nil
}

// find returns the unit of a name and what it is made of; the family is nil for an unknown name.
func find(name string) (Unit, *family, prefix) {
	for _, short := range shortNames {
		if short[0] == name {
			name = short[1]
			break
		}
	}
	root, power := name, 1
	if n := len(name); n > 0 && (name[n-1] == '2' || name[n-1] == '3') {
		root, power = name[:n-1], int(name[n-1]-'0')
	}
	for i := range families {
		f := &families[i]
		letters, found := strings.CutSuffix(root, f.name)
		if !found || power > 1 && !f.powers {
			continue
		}
		for _, p := range prefixes {
			if p.letter == letters && (letters == "" || f.prefixes) {
				return f.unit(p, power), f, p
			}
		}
	}
	return Unit{}, nil, prefix{}
}

// unit returns a prefixed form of the family, or its square or cube.
func (f *family) unit(p prefix, power int) Unit {
	name, symbol, scale := p.letter+f.name, p.letter+f.symbol, p.scale+f.scale
	if power == 1 {
		u := NewUnit(name, symbol, f.dim, scale)
		u.latex = p.latex() + roman(f.symbol)
		return u
	}
	digit := string(rune('0' + power))
	return NewUnit(name+digit, symbol+"^"+digit, f.dim.Pow(float64(power)), scale*power)
}

// LookupInEquations returns the unit that a name means inside equations and other model code: the short
// names, litres, and all other units with the prefixes from yocto to yotta in steps of a thousand. So cm is
// one and cmetre is not.
func LookupInEquations(name string) (Unit, bool) {
	u, f, p := find(name)
	if f == nil || u.name == name && f.powers && !p.display {
		return Unit{}, false
	}
	return u, true
}

// Names returns the names of all units, sorted.
func Names() []string {
	var names []string
	for i := range families {
		f := &families[i]
		for _, p := range prefixes {
			if p.letter != "" && !f.prefixes {
				continue
			}
			names = append(names, p.letter+f.name)
			if f.powers {
				names = append(names, p.letter+f.name+"2", p.letter+f.name+"3")
			}
		}
	}
	for _, short := range shortNames {
		names = append(names, short[0])
	}
	slices.Sort(names)
	return names
}

// ScriptNames returns the names that `from brian2 import *` defines in a script, sorted: the usual units with
// the prefixes from pico to tera, and the short names.
func ScriptNames() []string {
	names := []string{"kelvin", "kilogram", "cmetre", "cmeter"}
	for _, root := range []string{"amp", "metre", "meter", "second", "mole", "coulomb", "farad", "gram", "gramme",
		"hertz", "joule", "molar", "liter", "litre", "pascal", "ohm", "siemens", "volt", "watt"} {
		for _, letter := range []string{"p", "n", "u", "m", "", "k", "M", "G", "T"} {
			names = append(names, letter+root)
		}
	}
	for _, short := range shortNames {
		names = append(names, short[0])
	}
	slices.Sort(names)
	return names
}
