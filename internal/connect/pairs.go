package connect

import "synfire/internal/exec"

// Pairs are candidates for synapses, in the order of their rows.
type Pairs struct {
	// Row is the number of the neuron that each row begins with, the source of most rules; Partner that of the neuron at
	// the other end, nil before it is known. They are relative to their groups.
	Row, Partner []int32
	// Iterated holds the values of the variable that a rule iterates over; nil for rules without one.
	Iterated []int32
	// Number addresses the random numbers of each candidate, beside its row; nil: what Draws says.
	Number []int32
}

// Draws returns what addresses the random numbers of each candidate beside its row.
func (p *Pairs) Draws() []int32 {
	switch {
	case p.Number != nil:
		return p.Number
	case p.Iterated != nil:
		return p.Iterated
	}
	return p.Partner
}

func (p *Pairs) reset() {
	p.Row, p.Partner, p.Iterated, p.Number = p.Row[:0], p.Partner[:0], p.Iterated[:0], p.Number[:0]
}

// keep drops the candidates for which the mask is false.
func (p *Pairs) keep(mask []bool) {
	for _, list := range []*[]int32{&p.Row, &p.Partner, &p.Iterated, &p.Number} {
		if len(*list) > 0 {
			*list = compact(*list, mask)
		}
	}
}

func compact(list []int32, mask []bool) []int32 {
	n := 0
	mask = mask[:len(list)]
	for k, x := range list {
		list[n] = x
		if mask[k] {
			n++
		}
	}
	return list[:n]
}

// repeat appends a number n times.
func repeat(list []int32, number int32, n int) []int32 {
	at := len(list)
	list = append(list, make([]int32, n)...)
	for k := range list[at:] {
		list[at+k] = number
	}
	return list
}

// count appends the numbers from lo to hi-1.
func count(list []int32, lo, hi int) []int32 {
	at := len(list)
	list = append(list, make([]int32, hi-lo)...)
	for k := range list[at:] {
		list[at+k] = int32(lo + k)
	}
	return list
}

// integer is value k of a column of integers.
func integer(c exec.Column, k int) int64 {
	if c.I32 != nil {
		return int64(c.I32[k])
	}
	return c.I64[k]
}

// chunk is what neighbouring rows have made. Its parts are kept in pieces, so that nothing has to be moved while they
// grow.
type chunk struct {
	first    int     // number of the first row
	counts   []int32 // how many pairs each row has
	partners [][]int32
	everyone bool      // instead of partners: each row has all of them
	rows     [][]int32 // instead of counts: the row of each partner
	n        int
}

// Made is the list of pairs that a rule has made.
type Made struct {
	bySource bool
	chunks   []chunk
	n        int
}

func (p *program) made(chunks []chunk) (*Made, error) {
	m := &Made{bySource: p.bySource, chunks: chunks}
	for k := range chunks {
		c := &chunks[k]
		c.n = 0
		for _, count := range c.counts {
			c.n += int(count)
		}
		for _, rows := range c.rows {
			c.n += len(rows)
		}
		m.n += c.n
	}
	if m.n > MostSynapses-p.rule.Existing {
		return nil, tooMany()
	}
	return m, nil
}

// Len returns the number of pairs.
func (m *Made) Len() int { return m.n }

// Fill writes the numbers of sources and targets, Len of each.
func (m *Made) Fill(sources, targets []int32, workers int) {
	rows, partners := sources[:m.n], targets[:m.n]
	if !m.bySource {
		rows, partners = partners, rows
	}
	starts := make([]int, len(m.chunks))
	for k, at := 1, 0; k < len(starts); k++ {
		at += m.chunks[k-1].n
		starts[k] = at
	}
	share(len(m.chunks), workers, func(int) func(int) error {
		return func(k int) error {
			c := &m.chunks[k]
			c.fill(rows[starts[k]:starts[k]+c.n], partners[starts[k]:starts[k]+c.n])
			return nil
		}
	})
}

func (c *chunk) fill(rows, partners []int32) {
	at := 0
	for _, piece := range c.rows {
		at += copy(rows[at:], piece)
	}
	at = 0
	for k, n := range c.counts {
		row := rows[at : at+int(n)]
		for j := range row {
			row[j] = int32(c.first + k)
		}
		if c.everyone {
			everyone := partners[at : at+int(n)]
			for j := range everyone {
				everyone[j] = int32(j)
			}
		}
		at += int(n)
	}
	at = 0
	for _, piece := range c.partners {
		at += copy(partners[at:], piece)
	}
}
