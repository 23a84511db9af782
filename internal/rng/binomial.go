package rng

import "math"

// binomialSetup keeps what depends on n and p only, for the next draw with the same ones.
type binomialSetup struct {
	valid bool
	n     int64
	p     float64

	q, zero, bound float64 // inversion: 1-p, the probability of 0, where to start anew

	r, xm, xl, xr, c, left, right, p1, p2, p3, p4 float64 // rejection
	m                                             int64
}

// Binomial returns the number of successes in n trials of probability p. binomial(n, p).
func (r *RandomState) Binomial(n int64, p float64) (int64, error) {
	switch {
	case n < 0:
		return 0, valueError("n < 0")
	case !(p >= 0 && p <= 1):
		return 0, valueError("p < 0, p > 1 or p is NaN")
	}
	if p > 0.5 {
		return n - r.fewSuccesses(n, 1-p), nil
	}
	return r.fewSuccesses(n, p), nil
}

func (r *RandomState) fewSuccesses(n int64, p float64) int64 {
	s := &r.binomial
	fresh := !s.valid || s.n != n || s.p != p
	if float64(p*float64(n)) <= 30 {
		if fresh {
			s.prepareInversion(n, p)
		}
		return r.binomialInversion(s)
	}
	if fresh {
		s.prepareRejection(n, p)
	}
	return r.binomialRejection(s)
}

func (s *binomialSetup) prepareInversion(n int64, p float64) {
	trials := float64(n)
	q := 1 - p
	mean := trials * p
	*s = binomialSetup{valid: true, n: n, p: p, q: q,
		zero:  math.Exp(trials * math.Log(q)),
		bound: math.Trunc(min(trials, mean+float64(10*math.Sqrt(float64(mean*q)+1)))),
	}
}

// binomialInversion adds up probabilities from 0 successes on.
func (r *RandomState) binomialInversion(s *binomialSetup) int64 {
	count := 0.0
	probability := s.zero
	u := r.Float64()
	for u > probability {
		if count++; count > s.bound {
			count = 0
			probability = s.zero
			u = r.Float64()
			continue
		}
		u -= probability
		probability = (float64(s.n) - count + 1) * s.p * probability / (count * s.q)
	}
	return int64(count)
}

// prepareRejection and binomialRejection are the algorithm BTPE of Kachitvichyanukul and Schmeiser (1988): a
// triangle, a parallelogram and two exponential tails over the distribution.
func (s *binomialSetup) prepareRejection(n int64, p float64) {
	trials := float64(n)
	r := min(p, 1-p)
	q := 1 - r
	fm := float64(trials*r) + r
	m := math.Floor(fm)
	p1 := math.Floor(float64(2.195*math.Sqrt(trials*r*q))-float64(4.6*q)) + 0.5
	xm := m + 0.5
	xl, xr := xm-p1, xm+p1
	c := 0.134 + 20.5/(15.3+m)
	a := (fm - xl) / (fm - float64(xl*r))
	left := a * (1 + a/2)
	a = (xr - fm) / (xr * q)
	right := a * (1 + a/2)
	p2 := p1 * (1 + float64(2*c))
	p3 := p2 + c/left
	p4 := p3 + c/right
	*s = binomialSetup{valid: true, n: n, p: p, q: q, r: r, m: int64(m), xm: xm, xl: xl, xr: xr, c: c,
		left: left, right: right, p1: p1, p2: p2, p3: p3, p4: p4}
}

func (r *RandomState) binomialRejection(s *binomialSetup) int64 {
	n, m := float64(s.n), float64(s.m)
	variance := n * s.r * s.q
	for {
		u := r.Float64() * s.p4
		v := r.Float64()
		var y float64
		switch {
		case u <= s.p1: // inside the triangle: accepted at once
			return int64(math.Floor(s.xm - float64(s.p1*v) + u))
		case u <= s.p2:
			x := s.xl + (u-s.p1)/s.c
			v = float64(v*s.c) + 1 - math.Abs(m-x+0.5)/s.p1
			if v > 1 {
				continue
			}
			y = math.Floor(x)
		case u <= s.p3:
			y = math.Floor(s.xl + math.Log(v)/s.left)
			if y < 0 || v == 0 {
				continue
			}
			v = v * (u - s.p2) * s.left
		default:
			y = math.Floor(s.xr - math.Log(v)/s.right)
			if y > n || v == 0 {
				continue
			}
			v = v * (u - s.p3) * s.right
		}
		if s.accepts(y, v, variance) {
			return int64(y)
		}
	}
}

// accepts compares v with the ratio of the probabilities of y and of the mode m, near the mode by
// multiplication, further out by a squeeze and then by Stirling's formula.
func (s *binomialSetup) accepts(y, v, variance float64) bool {
	n, m := float64(s.n), float64(s.m)
	k := math.Abs(y - m)
	if k <= 20 || k >= variance/2-1 {
		odds := s.r / s.q
		a := odds * (n + 1)
		ratio := 1.0
		for i := m + 1; i <= y; i++ {
			ratio *= a/i - odds
		}
		for i := y + 1; i <= m; i++ {
			ratio /= a/i - odds
		}
		return v <= ratio
	}
	rho := (k / variance) * ((float64(k*(k/3.0+0.625))+0.16666666666666666)/variance + 0.5)
	t := -k * k / (2 * variance)
	logV := math.Log(v)
	if logV < t-rho {
		return true
	}
	if logV > t+rho {
		return false
	}
	x1, f1, z, w := y+1, m+1, n+1-m, n-y+1
	limit := float64(s.xm*math.Log(f1/x1)) + float64((n-m+0.5)*math.Log(z/w)) + float64((y-m)*math.Log(w*s.r/(x1*s.q))) +
		stirling(f1) + stirling(z) + stirling(x1) + stirling(w)
	return logV <= limit
}

// stirling is the correction to Stirling's formula for log x!.
func stirling(x float64) float64 {
	square := x * x
	return (13680. - (462.-(132.-(99.-140./square)/square)/square)/square) / x / 166320.
}
