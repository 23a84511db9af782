package units

import "math"

// The dimensions that models name most. They are not changed after the package is loaded.
var (
	Length      = Dimension{[baseCount]float64{length: 1}}
	Mass        = Dimension{[baseCount]float64{mass: 1}}
	Time        = Dimension{[baseCount]float64{time: 1}}
	Current     = Dimension{[baseCount]float64{current: 1}}
	Temperature = Dimension{[baseCount]float64{temperature: 1}}
	Substance   = Dimension{[baseCount]float64{substance: 1}}
	Luminosity  = Dimension{[baseCount]float64{luminosity: 1}}

	Voltage       = Dimension{[baseCount]float64{length: 2, mass: 1, time: -3, current: -1}}
	Conductance   = Dimension{[baseCount]float64{length: -2, mass: -1, time: 3, current: 2}}
	Resistance    = Dimension{[baseCount]float64{length: 2, mass: 1, time: -3, current: -2}}
	Capacitance   = Dimension{[baseCount]float64{length: -2, mass: -1, time: 4, current: 2}}
	Charge        = Dimension{[baseCount]float64{time: 1, current: 1}}
	Frequency     = Dimension{[baseCount]float64{time: -1}}
	Concentration = Dimension{[baseCount]float64{length: -3, substance: 1}}
	Force         = Dimension{[baseCount]float64{length: 1, mass: 1, time: -2}}
	Pressure      = Dimension{[baseCount]float64{length: -1, mass: 1, time: -2}}
	Energy        = Dimension{[baseCount]float64{length: 2, mass: 1, time: -2}}
	Power         = Dimension{[baseCount]float64{length: 2, mass: 1, time: -3}}
	Area          = Dimension{[baseCount]float64{length: 2}}
	Volume        = Dimension{[baseCount]float64{length: 3}}
)

// Units for Go programs: the ones that neuron models use. Every other unit is found by its name with Lookup.
// They are not changed after the package is loaded.
var (
	Second      = NewUnit("second", "s", Time, 0)
	Millisecond = NewUnit("msecond", "ms", Time, -3)
	Microsecond = NewUnit("usecond", "us", Time, -6)

	Hertz     = NewUnit("hertz", "Hz", Frequency, 0)
	Kilohertz = NewUnit("khertz", "kHz", Frequency, 3)

	Volt      = NewUnit("volt", "V", Voltage, 0)
	Millivolt = NewUnit("mvolt", "mV", Voltage, -3)
	Microvolt = NewUnit("uvolt", "uV", Voltage, -6)

	Amp         = NewUnit("amp", "A", Current, 0)
	Milliamp    = NewUnit("mamp", "mA", Current, -3)
	Microamp    = NewUnit("uamp", "uA", Current, -6)
	Nanoamp     = NewUnit("namp", "nA", Current, -9)
	Picoamp     = NewUnit("pamp", "pA", Current, -12)
	Coulomb     = NewUnit("coulomb", "C", Charge, 0)
	Picocoulomb = NewUnit("pcoulomb", "pC", Charge, -12)

	Siemens      = NewUnit("siemens", "S", Conductance, 0)
	Millisiemens = NewUnit("msiemens", "mS", Conductance, -3)
	Microsiemens = NewUnit("usiemens", "uS", Conductance, -6)
	Nanosiemens  = NewUnit("nsiemens", "nS", Conductance, -9)
	Picosiemens  = NewUnit("psiemens", "pS", Conductance, -12)

	Ohm     = NewUnit("ohm", "ohm", Resistance, 0)
	Kiloohm = NewUnit("kohm", "kohm", Resistance, 3)
	Megaohm = NewUnit("Mohm", "Mohm", Resistance, 6)
	Gigaohm = NewUnit("Gohm", "Gohm", Resistance, 9)

	Farad      = NewUnit("farad", "F", Capacitance, 0)
	Microfarad = NewUnit("ufarad", "uF", Capacitance, -6)
	Nanofarad  = NewUnit("nfarad", "nF", Capacitance, -9)
	Picofarad  = NewUnit("pfarad", "pF", Capacitance, -12)

	Metre            = NewUnit("metre", "m", Length, 0)
	Centimetre       = NewUnit("cmetre", "cm", Length, -2)
	Millimetre       = NewUnit("mmetre", "mm", Length, -3)
	Micrometre       = NewUnit("umetre", "um", Length, -6)
	SquareMetre      = NewUnit("metre2", "m^2", Area, 0)
	SquareCentimetre = NewUnit("cmetre2", "cm^2", Area, -4)
	SquareMillimetre = NewUnit("mmetre2", "mm^2", Area, -6)
	SquareMicrometre = NewUnit("umetre2", "um^2", Area, -12)
	CubicMicrometre  = NewUnit("umetre3", "um^3", Volume, -18)
	Molar            = NewUnit("molar", "M", Concentration, 3)
	Millimolar       = NewUnit("mmolar", "mM", Concentration, 0)
	Micromolar       = NewUnit("umolar", "uM", Concentration, -3)
	Nanomolar        = NewUnit("nmolar", "nM", Concentration, -6)
	Mole             = NewUnit("mole", "mol", Substance, 0)
	Kelvin           = NewUnit("kelvin", "K", Temperature, 0)
	Kilogram         = NewUnit("kilogram", "kg", Mass, 0)
	Gram             = NewUnit("gram", "g", Mass, -3)
	Joule            = NewUnit("joule", "J", Energy, 0)
	Watt             = NewUnit("watt", "W", Power, 0)
	Newton           = NewUnit("newton", "N", Force, 0)
	Pascal           = NewUnit("pascal", "Pa", Pressure, 0)
)

// Constant returns the physical constant of that name ("faraday_constant"), with the values of CODATA 2014
// that Brian2 uses. ConstantNames lists the names.
func Constant(name string) (Quantity, bool) {
	switch name {
	case "avogadro_constant":
		return Quantity{6.022140857e23, Substance.Inv()}, true
	case "boltzmann_constant":
		return Quantity{1.38064852e-23, Energy.Div(Temperature)}, true
	case "electric_constant":
		return Quantity{8.854187817e-12, Capacitance.Div(Length)}, true
	case "electron_mass":
		return Quantity{9.10938356e-31, Mass}, true
	case "elementary_charge":
		return Quantity{1.6021766208e-19, Charge}, true
	case "faraday_constant":
		return Quantity{96485.33289, Charge.Div(Substance)}, true
	case "gas_constant":
		return Quantity{8.3144598, Energy.Div(Temperature).Div(Substance)}, true
	case "magnetic_constant":
		return Quantity{float64(4*math.Pi) * 1e-7, Force.Div(Current.Pow(2))}, true
	case "molar_mass_constant":
		return Quantity{1e-3, Mass.Div(Substance)}, true
	case "zero_celsius":
		return Quantity{273.15, Temperature}, true
	}
	return Quantity{}, false
}

// ConstantNames returns the names of the physical constants, sorted.
func ConstantNames() []string {
	return []string{"avogadro_constant", "boltzmann_constant", "electric_constant", "electron_mass",
		"elementary_charge", "faraday_constant", "gas_constant", "magnetic_constant", "molar_mass_constant",
		"zero_celsius"}
}
