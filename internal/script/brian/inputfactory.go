package brian

import (
	"math"

	"synfire"
	"synfire/internal/script"
	"synfire/units"
)

// inputFactory is the module input_factory: input currents as timed arrays with one row for each unit of time, as the
// exercises of "Neuronal Dynamics" use them. A file of that name beside the script takes its place.
func (s *Session) inputFactory() *script.Module {
	return &script.Module{Name: "input_factory", Doc: "Makes input currents.", Shadowable: true, OnImport: s.imported, Entries: []script.Entry{
		{Signature: "get_step_current(t_start, t_end, unit_time, amplitude, append_zero=True, Nneurons=1)", Doc: "A current that is constant from t_start through t_end.", Func: func(c *script.Call) (script.Value, error) {
			return s.current(c, []string{"amplitude"}, func(_, _ int, amplitudes []float64) func(int) float64 {
				return func(int) float64 { return amplitudes[0] }
			})
		}},
		{Signature: "get_ramp_current(t_start, t_end, unit_time, amplitude_start, amplitude_end, append_zero=True)", Doc: "A current that goes from one value at t_start to another at t_end.", Func: func(c *script.Call) (script.Value, error) {
			return s.current(c, []string{"amplitude_start", "amplitude_end"}, func(start, end int, amplitudes []float64) func(int) float64 {
				return func(k int) float64 {
					return amplitudes[0] + (amplitudes[1]-amplitudes[0])*float64(k-start)/math.Max(float64(end-start), 1)
				}
			})
		}},
		{Signature: "get_sinusoidal_current(t_start, t_end, unit_time, amplitude, frequency, direct_current, phase_offset=0.0, append_zero=True)", Doc: "A sinusoidal current on a constant one.", Func: func(c *script.Call) (script.Value, error) {
			frequency, err := quantityArgument(c, "frequency", c.Name, units.Frequency)
			if err != nil {
				return nil, err
			}
			phase, err := c.Float("phase_offset")
			if err != nil {
				return nil, err
			}
			unitTime, err := quantityArgument(c, "unit_time", c.Name, units.Time)
			if err != nil {
				return nil, err
			}
			return s.current(c, []string{"amplitude", "direct_current"}, func(start, _ int, amplitudes []float64) func(int) float64 {
				return func(k int) float64 {
					t := float64(k-start) * unitTime.Value
					return amplitudes[0]*math.Sin(2*math.Pi*frequency.Value*t+phase) + amplitudes[1]
				}
			})
		}},
		{Signature: "get_zero_current()", Doc: "No current.", Func: func(*script.Call) (script.Value, error) {
			return s.timed([]float64{0}, 1, units.Current, units.Millisecond.Of(1))
		}},
		{Signature: "get_spikes_current(t_spikes, unit_time, amplitude, append_zero=True)", Doc: "Pulses that last one unit of time each.", Func: s.spikesCurrent},
	}}
}

// indexArgument returns a time that is given as a number of units of time.
func indexArgument(c *script.Call, name string) (int, error) {
	n, err := wholeIndex(c.Arg(name))
	if err != nil {
		return 0, script.Raise("TypeError", "%s() argument '%s' has to be a whole number of unit_time, not %s", c.Name, name, script.Repr(c.Arg(name))).
			WithHint("for a start at 10 ms with unit_time=1*ms write %s=10.", name)
	}
	if n < 0 {
		return 0, script.Raise("ValueError", "%s() argument '%s' must not be negative, but is %d", c.Name, name, n)
	}
	if n > 1<<28 {
		return 0, script.Raise("ValueError", "%s() argument '%s' is too large: %d units of time", c.Name, name, n)
	}
	return n, nil
}

// wholeIndex accepts whole numbers, not truth values.
func wholeIndex(v script.Value) (int, error) {
	if _, truth := v.(bool); truth {
		return 0, script.Raise("TypeError", "a truth value is no number of units of time")
	}
	n, err := script.AsIndex(v)
	return int(n), err
}

// current makes a timed array whose rows from t_start through t_end follow a shape.
func (s *Session) current(c *script.Call, amplitudes []string, shape func(start, end int, amplitudes []float64) func(int) float64) (script.Value, error) {
	start, err := indexArgument(c, "t_start")
	if err != nil {
		return nil, err
	}
	end, err := indexArgument(c, "t_end")
	if err != nil {
		return nil, err
	}
	if end < start {
		return nil, script.Raise("ValueError", "%s(): t_end=%d is before t_start=%d", c.Name, end, start)
	}
	unitTime, err := quantityArgument(c, "unit_time", c.Name, units.Time)
	if err != nil {
		return nil, err
	}
	values := make([]float64, len(amplitudes))
	for k, name := range amplitudes {
		q, err := quantityArgument(c, name, c.Name, units.Current)
		if err != nil {
			return nil, err
		}
		values[k] = q.Value
	}
	columns := 1
	if c.Name == "get_step_current" {
		n, err := wholeIndex(c.Arg("Nneurons"))
		if err != nil || n < 1 {
			return nil, script.Raise("ValueError", "%s() argument 'Nneurons' has to be a positive whole number, not %s", c.Name, script.Repr(c.Arg("Nneurons")))
		}
		columns = n
	}
	rows, err := rowCount(c, end)
	if err != nil {
		return nil, err
	}
	if rows > (1<<31)/columns {
		return nil, script.Raise("MemoryError", "a current of %d rows and %d columns is too large", rows, columns)
	}
	table := make([]float64, rows*columns)
	at := shape(start, end, values)
	for row := start; row <= end; row++ {
		x := at(row)
		for k := range columns {
			table[row*columns+k] = x
		}
	}
	return s.timed(table, columns, units.Current, unitTime)
}

// rowCount is the number of rows up to and including last, and one more for the zero that is appended.
func rowCount(c *script.Call, last int) (int, error) {
	appended, err := c.Bool("append_zero")
	if appended {
		return last + 2, err
	}
	return last + 1, err
}

func (s *Session) spikesCurrent(c *script.Call) (script.Value, error) {
	elements, err := script.Elements(c.Arg("t_spikes"))
	if err != nil {
		elements = []script.Value{c.Arg("t_spikes")}
	}
	last := 0
	spikes := make([]int, len(elements))
	for k, e := range elements {
		n, err := wholeIndex(e)
		if err != nil || n < 0 {
			return nil, script.Raise("TypeError", "%s() argument 't_spikes' has to hold whole numbers of unit_time, not %s", c.Name, script.Repr(e))
		}
		spikes[k], last = n, max(last, n)
	}
	unitTime, err := quantityArgument(c, "unit_time", c.Name, units.Time)
	if err != nil {
		return nil, err
	}
	amplitude, err := numbers(c.Arg("amplitude"))
	if err != nil {
		return nil, err
	}
	if amplitude.Dim() != units.Current {
		return nil, wrongUnit(c.Name, "amplitude", units.Current, c.Arg("amplitude"), amplitude.Dim())
	}
	if amplitude.Size() != 1 && amplitude.Size() != len(spikes) {
		return nil, script.Raise("ValueError", "%s() needs one amplitude, or one for each of the %d spikes, not %d", c.Name, len(spikes), amplitude.Size())
	}
	rows, err := rowCount(c, last)
	if err != nil {
		return nil, err
	}
	table := make([]float64, rows)
	for k, at := range spikes {
		table[at] = amplitude.FloatAt(k % amplitude.Size())
	}
	return s.timed(table, 1, units.Current, unitTime)
}

func (s *Session) timed(values []float64, columns int, dim units.Dimension, dt units.Quantity) (script.Value, error) {
	made, err := synfire.NewTimedArray("_timedarray", values, columns, dim, dt)
	if err != nil {
		return nil, err
	}
	return &timedArray{s, made}, nil
}
