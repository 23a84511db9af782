package synfire

import (
	"math"

	"synfire/internal/diag"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/units"
)

// TimedArray is a quantity given at equally spaced times and constant between them. Equations call it under
// the name by which it is found in a namespace: f(t), or f(t, i) if it has columns.
type TimedArray struct{ table model.TimedArray }

// NewTimedArray returns a TimedArray of values in SI units with the given dimension, each valid for dt. With
// columns > 0, values is rows of that many columns, one after another, and the array is called as f(t, i);
// with columns 0 it is called as f(t). Errors have kind ValueError.
func NewTimedArray(name string, values []float64, columns int, dim units.Dimension, dt units.Quantity) (*TimedArray, error) {
	rows := len(values)
	if columns > 0 {
		rows = len(values) / columns
	}
	switch {
	case dt.Dim != units.Time || !(dt.Value > 0):
		return nil, diag.Errorf(diag.Span{}, "ValueError", "The time step of a TimedArray has to be a positive time, not %s.", dt)
	case rows == 0 || columns > 0 && rows*columns != len(values):
		return nil, diag.Errorf(diag.Span{}, "ValueError", "A TimedArray needs at least one row of values, all of the same length.")
	}
	return &TimedArray{model.TimedArray{Name: name, Values: values, Rows: rows, Cols: columns, DT: dt.Value, Dim: dim}}, nil
}

// Name returns the array's name.
func (a *TimedArray) Name() string { return a.table.Name }

// Shape returns the number of rows (times) and columns; columns is 0 for a one-dimensional array.
func (a *TimedArray) Shape() (rows, columns int) { return a.table.Rows, a.table.Cols }

// Values returns the values in SI units, row by row. They must not be changed.
func (a *TimedArray) Values() []float64 { return a.table.Values }

// Dim returns the dimension of the values.
func (a *TimedArray) Dim() units.Dimension { return a.table.Dim }

// DT returns the time for which each row is valid.
func (a *TimedArray) DT() units.Quantity { return units.Second.Of(a.table.DT) }

// At returns the value at the time t in seconds, as an object whose clock has the step dt would see it; column
// is ignored for a one-dimensional array. Columns that do not exist give NaN.
func (a *TimedArray) At(t float64, column int, dt float64) float64 {
	table := &a.table
	parts := lower.TimedArrayGrid(table.DT, dt)
	fine := math.RoundToEven(t / (table.DT / parts))
	row := min(max(int(math.Trunc(fine/parts)), 0), table.Rows-1)
	if table.Cols == 0 {
		return table.Values[row]
	}
	if column < 0 || column >= table.Cols {
		return math.NaN()
	}
	return table.Values[row*table.Cols+column]
}
