package rng

import "math"

// A distribution over whole numbers can be drawn from by inversion: with cumulative probabilities c of first, first+1, ...,
// the number is first plus how many of c are not above a uniform number. Only IEEE operations are used, so that tables
// are the same everywhere.

// negligible is the weight, relative to that of the most probable number, at which a table ends.
const negligible = 1e-22

// BinomialCumulative returns the cumulative probabilities of the number of successes in n trials of probability p.
func BinomialCumulative(n int64, p float64) (first int64, cumulative []float64) {
	switch {
	case n <= 0 || !(p > 0):
		return 0, nil
	case p >= 1:
		return n, nil
	}
	odds := p / (1 - p)
	mode := min(n, int64(math.Floor(float64((float64(n)+1)*p))))
	up := func(k int64) float64 { return float64(n-k) / float64(k+1) * odds }
	return weighted(mode, 0, n, up)
}

// PoissonCumulative returns the cumulative probabilities of a Poisson distributed number.
func PoissonCumulative(mean float64) (first int64, cumulative []float64) {
	if !(mean > 0) {
		return 0, nil
	}
	return weighted(int64(math.Floor(mean)), 0, math.MaxInt64, func(k int64) float64 { return mean / float64(k+1) })
}

// weighted adds up weights from those of the least numbers on. up is the ratio of the weights of k+1 and k, least and most
// are the smallest and the largest number.
func weighted(mode, least, most int64, up func(k int64) float64) (first int64, cumulative []float64) {
	var below, above []float64
	weight := 1.0
	for first = mode; first > least && weight > negligible; first-- {
		weight /= up(first - 1)
		below = append(below, weight)
	}
	weight = 1.0
	for k := mode; k < most && weight > negligible; k++ {
		weight *= up(k)
		above = append(above, weight)
	}
	sum := 0.0
	add := func(weight float64) {
		sum += weight
		cumulative = append(cumulative, sum)
	}
	for k := len(below) - 1; k >= 0; k-- {
		add(below[k])
	}
	add(1)
	for _, weight := range above {
		add(weight)
	}
	for k := range cumulative {
		cumulative[k] /= sum
	}
	// The last one is 1, which no uniform number reaches.
	return first, cumulative[:len(cumulative)-1]
}

// PoissonOf returns a Poisson distributed number made of uniform numbers. zero is exp(-mean), and log the natural
// logarithm: whoever needs the same bits everywhere brings his own.
func PoissonOf(mean, zero float64, uniform func() float64, log func(float64) float64) float64 {
	switch {
	case math.IsNaN(mean):
		return math.NaN()
	case !(mean > 0):
		return 0
	case mean >= 10:
		return float64(poissonRejection(mean, uniform, log))
	}
	u := uniform()
	k := 0.0
	for probability := zero; u >= probability && probability > 0; {
		u -= probability
		k++
		probability = float64(probability*mean) / k
	}
	return k
}
