package sim

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"synfire/internal/exec/portable"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/plan"
)

// emitsAll is a program that emits all its elements.
func emitsAll(t interface{ Fatal(...any) }, elements int) *plan.Bound {
	b := ir.NewBuilder("emit")
	b.Emit(b.Bool(true))
	program, err := plan.Compile(&lower.Code{Kernel: b.Kernel()}, portable.Executor{}, plan.KeepNothing)
	if err != nil {
		t.Fatal(err)
	}
	return program.Bind(plan.Memory{Elements: elements})
}

// wiredNetwork is a group of neurons that spike at given steps, with synapses among them.
type wiredNetwork struct {
	spikes       [][]int32 // of each step, ascending
	source, post []int32   // of each synapse
	delays       []int32
	n            int
}

func drawWired(t *rapid.T) wiredNetwork {
	w := wiredNetwork{n: rapid.IntRange(1, 9).Draw(t, "neurons")}
	neuron := rapid.Int32Range(0, int32(w.n-1))
	for range rapid.IntRange(1, 2*MostSteps).Draw(t, "steps") {
		var spikes []int32
		for k := range int32(w.n) {
			if rapid.IntRange(0, 9).Draw(t, "spike") == 0 {
				spikes = append(spikes, k)
			}
		}
		w.spikes = append(w.spikes, spikes)
	}
	shortest := rapid.Int32Range(0, 5).Draw(t, "shortest delay")
	for range rapid.IntRange(0, 60).Draw(t, "synapses") {
		w.source = append(w.source, neuron.Draw(t, "source"))
		w.post = append(w.post, neuron.Draw(t, "target"))
		w.delays = append(w.delays, shortest+rapid.Int32Range(0, 9).Draw(t, "delay"))
	}
	return w
}

// delivered runs the network in parts and in several runs, and returns the synapses that each part's code ran for.
func (w wiredNetwork) delivered(t *rapid.T, parts int, cuts []int, onPost, ahead bool) (perStep [][][]int32, pending [][]int32) {
	clock := NewClock("clock", 1)
	owner := make([]uint16, w.n)
	bounds := make([]int, parts+1)
	for p := range parts {
		bounds[p+1] = w.n * (p + 1) / parts
		for k := bounds[p]; k < bounds[p+1]; k++ {
			owner[k] = uint16(p)
		}
	}
	wiring := Wiring{Neurons: w.n, Neuron: w.source, Delays: w.delays, Owner: owner, Owned: w.post}
	if onPost {
		wiring.Neuron = w.post
	}
	fans := wiring.Fans(parts)
	for range w.spikes {
		perStep = append(perStep, make([][]int32, parts))
	}
	began := 0
	for _, end := range append(slices.Clone(cuts), len(w.spikes)) {
		if end <= began {
			continue
		}
		spikes := &Spikes{}
		spikes.Reset(parts)
		d := NewDelivery(DeliveryOptions{
			Clock: clock, Began: int64(began), Spikes: spikes, Stop: w.n, Fans: fans, Longest: wiring.Longest(), Inside: onPost,
			Bound: emitsAll(t, len(w.source)), Columns: clock.Columns, Carried: pending, Owner: func(s int32) int { return int(owner[w.post[s]]) },
		})
		team := NewTeam(min(parts, 2))
		loop := &Loop{Team: team, Parts: parts, Entries: []Entry{
			{Name: "thresholds", Clock: clock, Emits: spikes, Ahead: ahead, Local: func(part int, step int64) {
				spikes.Emit(part, step, w.spikes[step], bounds[part], bounds[part+1])
			}},
			{Name: "synapses", Clock: clock, Delivers: d, Delay: wiring.Shortest(), Local: func(part int, step int64) {
				d.Local(part, step)
				way := d.ways[part]
				perStep[step][part] = append(way.list.Binding.Emitted, way.row.Binding.Emitted...)
				way.list.Binding.Emitted, way.row.Binding.Emitted = nil, nil
			}},
		}}
		outcome, err := loop.Run(context.Background(), float64(began), float64(end-began))
		team.Close()
		if err != nil || outcome.Epochs.Steps != int64(end-began) {
			t.Fatalf("%+v, %v", outcome, err)
		}
		if longest := int64(wiring.Shortest() + 1); parts > 1 && !onPost && !ahead && len(w.source) > 0 && outcome.Epochs.Steps > outcome.Epochs.Meetings*longest {
			t.Fatalf("epochs of %s with a shortest delay of %d steps", outcome.Epochs, wiring.Shortest())
		}
		pending = d.Pending()
		began = end
	}
	return perStep, pending
}

// Whatever the parts and the runs, each synapse acts at its delay after each spike, in delivery order within its part,
// and what has not arrived is pending.
func TestDelivery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWired(t)
		parts := rapid.IntRange(1, 4).Draw(t, "parts")
		onPost := rapid.Bool().Draw(t, "on_post")
		// Neurons that synapses reach do not go ahead.
		ahead := !onPost && rapid.Bool().Draw(t, "ahead")
		cuts := []int{rapid.IntRange(0, len(w.spikes)).Draw(t, "cut")}
		got, pending := w.delivered(t, parts, cuts, onPost, ahead)
		side := w.source
		if onPost {
			side = w.post
		}
		arrivals := map[int][]int32{}
		for step, spikes := range w.spikes {
			for _, neuron := range spikes {
				for s := range w.source {
					if side[s] == neuron {
						at := step + int(w.delays[s])
						arrivals[at] = append(arrivals[at], int32(s))
					}
				}
			}
		}
		for step := range w.spikes {
			for part := range parts {
				var want []int32
				for _, s := range arrivals[step] {
					if int(w.post[s]) >= w.n*part/parts && int(w.post[s]) < w.n*(part+1)/parts {
						want = append(want, s)
					}
				}
				if !slices.Equal(got[step][part], want) {
					t.Fatalf("step %d, part %d of %d: %v, want %v", step, part, parts, got[step][part], want)
				}
			}
		}
		for ahead := range 20 {
			var list []int32
			if ahead < len(pending) {
				list = pending[ahead]
			}
			if want := arrivals[len(w.spikes)+ahead]; !slices.Equal(list, want) {
				t.Fatalf("pending in %d steps: %v, want %v", ahead, list, want)
			}
		}
	})
}

func ExampleEpochs_String() {
	fmt.Println(Epochs{Steps: 1000, Meetings: 10, Bound: "the delays of 'synapses_pre', which begin at 99 steps"})
	// Output: 100 steps, bounded by the delays of 'synapses_pre', which begin at 99 steps
}

// Whoever hears the spikes may fail, as a recording without memory does. Then parts do not go on.
func TestFailureOfAnObserverEndsTheRun(t *testing.T) {
	const delay = 2 * farDelay
	clock, failure := NewClock("clock", 1), errors.New("no memory")
	spikes := &Spikes{}
	spikes.Reset(2)
	wiring := Wiring{Neurons: 2, Neuron: []int32{0, 1}, Common: delay, Owner: []uint16{0, 1}, Owned: []int32{1, 0}}
	program := emitsAll(t, 2)
	d := NewDelivery(DeliveryOptions{Clock: clock, Spikes: spikes, Stop: 2, Fans: wiring.Fans(2), Longest: delay, Bound: program, Columns: clock.Columns})
	var last [2]int64
	loop := &Loop{Parts: 2, Heard: []func() error{func() error { return failure }}, Entries: []Entry{
		{Name: "thresholds", Clock: clock, Emits: spikes, Local: func(part int, step int64) {
			last[part] = step
			spikes.Emit(part, step, []int32{int32(part)}, 0, 2)
		}},
		{Name: "synapses", Clock: clock, Delivers: d, Delay: delay, Local: d.Local},
	}}
	outcome, err := loop.Run(context.Background(), 0, 10*delay)
	if !errors.Is(err, failure) || last != [2]int64{MostSteps/2 - 1, MostSteps/2 - 1} || outcome.Reached != MostSteps/2 {
		t.Errorf("it ends with %v at %g, after steps %v", err, outcome.Reached, last)
	}
}
