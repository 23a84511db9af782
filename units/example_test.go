package units_test

import (
	"fmt"

	"synfire/units"
)

// Parameters of a neuron, and what follows from them.
func Example() {
	mV, nS, pF := units.Millivolt.Of, units.Nanosiemens.Of, units.Picofarad.Of
	capacitance, leak, rest, threshold := pF(281), nS(30), mV(-70.6), mV(-50.4)

	fmt.Println(capacitance.Div(leak))
	distance, err := threshold.Sub(rest)
	fmt.Println(distance, err)
	fmt.Println(leak.Mul(distance))
	fmt.Println(rest.In(units.Millivolt))

	_, err = threshold.Add(leak)
	fmt.Println(err)
	// Output:
	// 9.36666667 ms
	// 20.2 mV <nil>
	// 0.606 nA
	// -70.6
	// Cannot calculate -50.4 mV + 30. nS, units do not match (units are V and S).
}

// A unit that has been registered is used for display where no standard unit fits.
func ExampleDisplay() {
	var display units.Display
	density := units.Microsiemens.Div(units.Centimetre.Pow(2))
	q := density.Of(50)
	fmt.Println(q)
	display.Register(density)
	fmt.Println(display.Format(q))
	// Output:
	// 0.5 m^-4 kg^-1 s^3 A^2
	// 50. uS/(cm^2)
}

func ExampleParseQuantity() {
	for _, text := range []string{"200ms", "-70.6 mV", "10 s", "5*umetre2", "0.5", "3 parsec"} {
		fmt.Println(units.ParseQuantity(text))
	}
	// Output:
	// 200. ms <nil>
	// -70.6 mV <nil>
	// 10. s <nil>
	// 5. um^2 <nil>
	// 0.5 <nil>
	// 0.0 'parsec' in '3 parsec' is not a unit
}
