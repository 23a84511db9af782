package sim

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// naiveQueue is a list of arrivals: step and synapse, in the order in which they were pushed.
type naiveQueue struct {
	now      int
	arrivals [][2]int
}

func (q *naiveQueue) current() []int32 {
	var list []int32
	for _, a := range q.arrivals {
		if a[0] == q.now {
			list = append(list, int32(a[1]))
		}
	}
	return list
}

func (q *naiveQueue) pending() [][]int32 {
	var lists [][]int32
	for _, a := range q.arrivals {
		if a[0] >= q.now {
			for len(lists) <= a[0]-q.now {
				lists = append(lists, nil)
			}
			lists[a[0]-q.now] = append(lists[a[0]-q.now], int32(a[1]))
		}
	}
	return lists
}

// A queue in which anything is done delivers what a list of arrivals would.
func TestQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var q Queue
		naive, longest := &naiveQueue{}, -1
		type moment struct {
			pending [][]int32
			naive   naiveQueue
		}
		var kept []moment
		check := func() {
			if got, want := q.Current(), naive.current(); !slices.Equal(got, want) {
				t.Fatalf("step %d: current %v, want %v", naive.now, got, want)
			}
			got, want := q.Pending(), naive.pending()
			if !slices.EqualFunc(got, want, func(a, b []int32) bool { return slices.Equal(a, b) }) {
				t.Fatalf("step %d: pending %v, want %v", naive.now, got, want)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"": func(*rapid.T) { check() },
			"reserve": func(t *rapid.T) {
				delay := rapid.IntRange(0, 9).Draw(t, "delay")
				q.Reserve(delay)
				longest = max(longest, delay)
			},
			"push": func(t *rapid.T) {
				if longest < 0 {
					t.Skip("no room")
				}
				delay := rapid.IntRange(0, longest).Draw(t, "delay")
				list := rapid.SliceOfN(rapid.Int32Range(0, 99), 0, 4).Draw(t, "synapses")
				q.Push(delay, list)
				for _, s := range list {
					naive.arrivals = append(naive.arrivals, [2]int{naive.now + delay, int(s)})
				}
			},
			"advance": func(*rapid.T) { q.Advance(); naive.now++ },
			"keep": func(*rapid.T) {
				kept = append(kept, moment{q.Pending(), naiveQueue{naive.now, slices.Clone(naive.arrivals)}})
			},
			"restore": func(t *rapid.T) {
				if len(kept) == 0 {
					t.Skip("nothing kept")
				}
				m := rapid.SampledFrom(kept).Draw(t, "moment")
				q.SetPending(m.pending)
				*naive = naiveQueue{m.naive.now, slices.Clone(m.naive.arrivals)}
			},
		})
	})
}

// What Pending returned does not change with the queue, nor the queue with what SetPending was given.
func TestPendingIsACopy(t *testing.T) {
	var q Queue
	q.Reserve(2)
	q.Push(0, []int32{1, 2})
	q.Push(2, []int32{3})
	pending := q.Pending()
	q.Push(0, []int32{4})
	q.Advance()
	if len(pending) != 3 || !slices.Equal(pending[0], []int32{1, 2}) || !slices.Equal(pending[2], []int32{3}) {
		t.Errorf("pending became %v", pending)
	}
	q.SetPending(pending)
	pending[0][0] = 99
	if got := q.Current(); !slices.Equal(got, []int32{1, 2}) {
		t.Errorf("current became %v", got)
	}
}

// Rows of synapses by neuron deliver what a search through all synapses would, in the same order.
func TestFan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "neurons")
		neuron := rapid.SliceOfN(rapid.Int32Range(0, int32(n-1)), 0, 40).Draw(t, "neuron of each synapse")
		common := rapid.Int32Range(0, 5).Draw(t, "common delay")
		var delays []int32
		longest := int(common)
		if rapid.Bool().Draw(t, "own delays") {
			delays = rapid.SliceOfN(rapid.Int32Range(0, 7), len(neuron), len(neuron)).Draw(t, "delays")
			longest = 0
			for _, d := range delays {
				longest = max(longest, int(d))
			}
		}
		fan := NewFan(n, neuron, delays, common)
		if fan.Longest != longest {
			t.Fatalf("longest delay %d, want %d", fan.Longest, longest)
		}
		var fanned, searched Queue
		fanned.Reserve(fan.Longest)
		searched.Reserve(fan.Longest)
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			for _, spike := range rapid.SliceOfN(rapid.Int32Range(0, int32(n-1)), 0, 3).Draw(t, "spikes") {
				fan.Push(&fanned, spike)
				for s, k := range neuron {
					d := common
					if delays != nil {
						d = delays[s]
					}
					if k == spike {
						searched.Push(int(d), []int32{int32(s)})
					}
				}
			}
			if got, want := fanned.Pending(), searched.Pending(); !slices.EqualFunc(got, want, func(a, b []int32) bool { return slices.Equal(a, b) }) {
				t.Fatalf("pending %v, want %v", got, want)
			}
			fanned.Advance()
			searched.Advance()
		}
	})
}
