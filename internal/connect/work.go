package connect

import (
	"math"
	"sync"
	"sync/atomic"

	"synfire/internal/diag"
)

const (
	// batch is how many candidates are evaluated together: enough for the cost of a call to vanish, few enough for
	// their columns to stay in the cache.
	batch = 1 << 13
	// pieces is how many numbers a piece of a chunk's lists can hold.
	pieces = 1 << 16
	// tasksPerWorker is into how many tasks rows are cut for each worker, so that all end at about the same time.
	tasksPerWorker = 16
	// mostRows is how many rows a task has at most.
	mostRows = 1 << 14
)

// share has workers do tasks 0 to n-1, each taking the next that nobody has. begin makes a worker. The error returned is
// that of the first task that failed, however many workers there are.
func share(n, workers int, begin func(worker int) func(task int) error) error {
	workers = max(1, min(workers, n))
	errors := make([]error, n)
	var next atomic.Int64
	var failed atomic.Bool
	work := func(worker int) {
		do := begin(worker)
		// Tasks are taken in order: before the first that fails all have been.
		for !failed.Load() {
			task := int(next.Add(1)) - 1
			if task >= n {
				return
			}
			if errors[task] = do(task); errors[task] != nil {
				failed.Store(true)
			}
		}
	}
	var others sync.WaitGroup
	for k := 1; k < workers; k++ {
		others.Go(func() { work(k) })
	}
	work(0)
	others.Wait()
	for _, err := range errors {
		if err != nil {
			return err
		}
	}
	return nil
}

// run makes the pairs of all rows.
func (p *program) run(workers int) ([]chunk, error) {
	perTask := min(max(1, p.rows/(max(workers, 1)*tasksPerWorker)), mostRows)
	chunks := make([]chunk, (p.rows+perTask-1)/perTask)
	var total atomic.Int64
	err := share(len(chunks), workers, func(int) func(int) error {
		w := &worker{program: p.worker(), total: &total}
		return func(task int) error {
			from := task * perTask
			to := min(from+perTask, p.rows)
			w.chunk = chunk{first: from}
			if !p.rule.Listed {
				w.chunk.counts = make([]int32, to-from)
			}
			if err := w.collect(w, from, to); err != nil {
				return err
			}
			err := w.flush()
			chunks[task] = w.chunk
			return err
		}
	})
	return chunks, err
}

// worker makes the pairs of some rows: it collects candidates, keeps those that are chosen, and repeats them.
type worker struct {
	program
	total *atomic.Int64 // pairs that all workers have made

	pairs Pairs // candidates
	chunk chunk // what the task at hand has made

	rows, partners []int32 // the rest of the pieces that are being filled
	repeated       Pairs
	rowsOf         Pairs // one for each row of a task
	draws          Pairs
	sampling       []row
	spare          [][]int32
	members        []uint64
}

func (w *worker) full() bool { return len(w.pairs.Row) >= batch }

// flush keeps those of the candidates that the rule chooses.
func (w *worker) flush() error {
	p := &w.pairs
	defer p.reset()
	if len(p.Row) == 0 {
		return nil
	}
	if w.element != nil {
		partners := w.element.Evaluate(p)
		p.Partner = p.Partner[:0]
		for k := range p.Row {
			p.Partner = append(p.Partner, int32(integer(partners, k)))
		}
		if w.condition != nil && !w.looks {
			p.keep(w.condition.Evaluate(p).Bool)
		}
		if err := w.existing(p); err != nil {
			return err
		}
	}
	if w.condition != nil && (w.element == nil || w.looks) && len(p.Row) > 0 {
		p.keep(w.condition.Evaluate(p).Bool)
	}
	if w.chosen != nil && len(p.Row) > 0 {
		p.keep(w.chosen.Evaluate(p).Bool)
	}
	if w.copies != nil && len(p.Row) > 0 {
		return w.repeat(p)
	}
	return w.emit(p.Row, p.Partner)
}

// existing drops the candidates whose partner does not exist, or refuses them.
func (w *worker) existing(p *Pairs) error {
	var mask []bool
	for k, row := range p.Row {
		i, j := row, p.Partner[k]
		if !w.bySource {
			i, j = j, i
		}
		if w.rule.exists(i, j) {
			continue
		}
		if !w.rule.SkipInvalid {
			return outside(i, j, w.rule)
		}
		if mask == nil {
			mask = make([]bool, len(p.Row))
			for n := range mask {
				mask[n] = true
			}
		}
		mask[k] = false
	}
	if mask != nil {
		p.keep(mask)
	}
	return nil
}

// repeat emits each pair as often as the rule says.
func (w *worker) repeat(p *Pairs) error {
	copies := w.copies.Evaluate(p)
	w.repeated.reset()
	for k, row := range p.Row {
		times := copies.Float(k)
		i, j := row, p.Partner[k]
		if !w.bySource {
			i, j = j, i
		}
		if !(times >= 0) || times != math.Trunc(times) {
			return diag.Errorf(w.rule.Copies.Span(), "ValueError", "n says how often a pair is connected and has to be a whole number that is not negative, but is %g for (i=%d, j=%d).",
				times, i, j)
		}
		if times > MostSynapses {
			return diag.Errorf(w.rule.Copies.Span(), "ValueError", "A group of synapses can have at most %d synapses, but (i=%d, j=%d) alone is connected %g times.",
				MostSynapses, i, j, times)
		}
		for left := int(times); left > 0; {
			n := min(left, batch)
			w.repeated.Row = repeat(w.repeated.Row, row, n)
			w.repeated.Partner = repeat(w.repeated.Partner, p.Partner[k], n)
			if left -= n; len(w.repeated.Row) >= batch {
				if err := w.emit(w.repeated.Row, w.repeated.Partner); err != nil {
					return err
				}
				w.repeated.reset()
			}
		}
	}
	return w.emit(w.repeated.Row, w.repeated.Partner)
}

// emit adds pairs to what the task has made.
func (w *worker) emit(rows, partners []int32) error {
	if w.total.Add(int64(len(rows))) > int64(MostSynapses-w.rule.Existing) {
		return tooMany()
	}
	c := &w.chunk
	if c.counts == nil {
		c.rows = store(c.rows, &w.rows, rows)
	} else {
		for _, row := range rows {
			c.counts[int(row)-c.first]++
		}
	}
	c.partners = store(c.partners, &w.partners, partners)
	return nil
}

// store copies numbers to the end of a list that is kept in pieces; rest is what is left of the last piece.
func store(list [][]int32, rest *[]int32, numbers []int32) [][]int32 {
	for len(numbers) > 0 {
		if len(*rest) == 0 {
			*rest = make([]int32, pieces)
		}
		n := copy(*rest, numbers)
		list = append(list, (*rest)[:n:n])
		*rest, numbers = (*rest)[n:], numbers[n:]
	}
	return list
}

// allPairs takes all pairs of some sources with all targets.
func (w *worker) allPairs(from, to int) error {
	targets := w.rule.Targets
	if w.condition == nil && w.chosen == nil && w.copies == nil {
		if w.total.Add(int64(to-from)*int64(targets)) > int64(MostSynapses-w.rule.Existing) {
			return tooMany()
		}
		w.chunk.everyone = true
		for k := range w.chunk.counts {
			w.chunk.counts[k] = int32(targets)
		}
		return nil
	}
	for i := from; i < to; i++ {
		for lo := 0; lo < targets; {
			hi := min(targets, lo+batch-len(w.pairs.Row))
			w.pairs.Row = repeat(w.pairs.Row, int32(i), hi-lo)
			w.pairs.Partner = count(w.pairs.Partner, lo, hi)
			lo = hi
			if w.full() {
				if err := w.flush(); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// listed takes pairs from a list.
func (w *worker) listed(from, to int) error {
	for lo := from; lo < to; lo += batch {
		hi := min(to, lo+batch)
		w.pairs.Row = append(w.pairs.Row, w.rule.I[lo:hi]...)
		w.pairs.Partner = append(w.pairs.Partner, w.rule.J[lo:hi]...)
		w.pairs.Number = count(w.pairs.Number, lo, hi)
		if err := w.flush(); err != nil {
			return err
		}
	}
	return nil
}
