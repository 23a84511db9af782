// Package units holds physical dimensions, quantities and units: their arithmetic, their names, and how
// they are read and printed. It follows the unit system of Brian2: the seven base dimensions of the SI, the
// same unit names, the same choice of the unit in which a value is shown.
//
// In a Go program a unit makes quantities with its method Of. Bound to a short local name it reads as a
// model description should:
//
//	mV, nS, ms := units.Millivolt.Of, units.Nanosiemens.Of, units.Millisecond.Of
//	leak, reversal, refractory := nS(30), mV(-70.6), ms(2)
//	fmt.Println(reversal)                       // -70.6 mV
//	fmt.Println(reversal.In(units.Millivolt))   // -70.6
//
// A Quantity always holds its value in SI base units, so a number taken out of one needs no conversion
// before it enters a simulation.
//
// The package knows nothing about models, scripts or arrays: arrays carry a Dimension of their own, and
// package users that read units from a text pass the place of that text for messages.
package units
