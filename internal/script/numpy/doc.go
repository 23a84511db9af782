// Package numpy is the module that scripts import as numpy, with numpy.random, numpy.linalg and numpy.fft, and
// the array as a value of the script language. The functions themselves are in internal/array; here they get
// their names, arguments, defaults and exceptions.
//
// It knows nothing of neurons, figures and tables. Modules that do (brian, pylab, pandas) hand arrays to scripts
// through Wrap and take them through FromValue; values that stand for an array without being one (a group's
// state variable, a column of a table) implement ArrayLike.
package numpy
