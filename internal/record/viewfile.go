package record

// fileSamples is how many samples of all elements are written together.
const fileSamples = blockSamples

// Write gives the samples away, for a file: the bits of the precision and the numbers of elements and samples by count, then by put the
// values, fileSamples samples at a time, each time all samples of an element after those of the one before.
func (v *View) Write(put func(values []float64), count func(n int)) {
	bits := 64
	if v.as == Single {
		bits = 32
	}
	count(bits)
	count(v.elements)
	count(v.samples)
	for lo := 0; lo < v.samples; lo += fileSamples {
		hi := min(lo+fileSamples, v.samples)
		values := make([]float64, v.elements*(hi-lo))
		v.ReadRectangle(0, v.elements, lo, hi, values)
		put(values)
	}
}

// Fits reports whether the view can be shown by a trace: it has as many elements, of the same precision.
func (v *View) Fits(t *Trace) bool { return v.as == t.as && v.elements == t.elements }

// ReadView is the reverse of Write: take returns the lists that put was given, count the numbers. What the two return may
// be anything once they have failed; the view is then of no use.
func ReadView(pool *Pool, take func() []float64, count func() int) (*View, error) {
	as, elements, samples := Precision(count() == 32), count(), count()
	t := NewTrace(pool, as, elements)
	for lo := 0; lo < samples; lo += fileSamples {
		width := min(fileSamples, samples-lo)
		values := take()
		if len(values) != elements*width {
			break // what was read is damaged, and whoever reads it knows
		}
		if err := t.Open(); err != nil {
			return nil, err
		}
		sample := make([]float64, elements)
		for k := range width {
			for e := range sample {
				sample[e] = values[e*width+k]
			}
			t.Put(lo+k, 0, sample)
		}
		if err := t.Grow(nil, width); err != nil {
			return nil, err
		}
	}
	return t.View(), nil
}
