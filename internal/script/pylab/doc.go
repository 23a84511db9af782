// Package pylab gives scripts the modules pylab and matplotlib: functions and objects that build the figures of
// package plot.
//
// A State holds the open figures of one session. Nothing is drawn here: whoever runs the session takes the finished
// figures (State.TakeFigures, host.Host.Show) and renders them. The package does not know neurons, cells or pages,
// and it does not know how a figure is laid out.
//
// Numbers with units are plotted as what they are in SI units, as matplotlib does with Brian's quantities.
package pylab
