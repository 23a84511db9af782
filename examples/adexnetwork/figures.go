package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"synfire"
	"synfire/figure"
)

// scaled returns x multiplied by a factor, to go from SI units to those of an axis.
func scaled(x []float64, factor float64) []float64 {
	y := make([]float64, len(x))
	for k := range x {
		y[k] = x[k] * factor
	}
	return y
}

// potential returns the recorded potential of a neuron in millivolts, with its spikes, which the model does not draw.
func potential(trace *synfire.StateMonitor, spikes *synfire.SpikeMonitor, neuron int) []float64 {
	v := scaled(synfire.Must(trace.Trace("v", neuron)), 1e3)
	times := trace.Times()
	for _, t := range spikes.Train(neuron) {
		at, found := slices.BinarySearch(times, t)
		if found {
			v[at] = 20
		}
	}
	return v
}

func classesFigure(trace *synfire.StateMonitor, spikes *synfire.SpikeMonitor) figure.Figure {
	page := figure.New(10, 12)
	axes := page.Subplots(len(classes()), 1, figure.Grid{ShareX: figure.All, ShareY: figure.All})
	for k, class := range classes() {
		axes[k].Title, axes[k].TitleLoc = fmt.Sprintf("%s: %d spikes", class.Name, spikes.Counts()[k]), "left"
		axes[k].Y.SetLimits(-90, 30)
		line := figure.Plot(trace.Times(), potential(trace, spikes, k), fmt.Sprintf("C%d-", k))
		line.Width = 0.9
		axes[k].Add(&figure.Span{Vertical: true, Low: 1, High: 2, Color: figure.Paint("0.93")}, line)
	}
	axes[len(axes)/2].Y.Label = "v (mV)"
	axes[len(axes)-1].X.Label = "time (s)"
	return page
}

// neuronNumbers returns the numbers of the neurons of all spikes, for a plot.
func neuronNumbers(spikes *synfire.SpikeMonitor) []float64 {
	numbers := make([]float64, spikes.Len())
	for k, neuron := range spikes.Neurons() {
		numbers[k] = float64(neuron)
	}
	return numbers
}

// rasterFigure shows all spikes of the network and of its input, and the rates of the two populations.
func (n *plasticNetwork) rasterFigure(title string) figure.Figure {
	page := figure.New(13, 9)
	axes := page.Subplots(3, 1, figure.Grid{ShareX: figure.All, HeightRatios: []float64{5, 1, 2}})
	var times, numbers [2][]float64 // of pyramidal cells and interneurons
	for k, neuron := range n.spikes.Neurons() {
		kind := 0
		if neuron >= pyramidalCount {
			kind = 1
		}
		times[kind] = append(times[kind], n.spikes.Times()[k])
		numbers[kind] = append(numbers[kind], float64(neuron))
	}
	axes[0].Title, axes[0].Y.Label = title, "neuron"
	axes[0].Y.SetLimits(0, pyramidalCount+interneuronCount)
	axes[0].Add(figure.Plot(times[0], numbers[0], "C0,"), figure.Plot(times[1], numbers[1], "C3,"))

	input := figure.Plot(n.input.Times(), neuronNumbers(n.input), "C2|")
	input.MarkerSize = 4
	axes[1].Y.Label = "source"
	axes[1].Add(input)

	for _, population := range []struct {
		rate          *synfire.PopulationRateMonitor
		format, label string
	}{{n.pyramidalRate, "C0-", "pyramidal cells"}, {n.interneuronRate, "C3-", "interneurons"}} {
		line := figure.Plot(population.rate.Times(), synfire.Must(population.rate.Smooth("flat", ms(20.1))), population.format)
		line.Label = population.label
		axes[2].Add(line)
	}
	axes[2].X.SetLimits(0, n.Time().Value)
	axes[2].X.Label, axes[2].Y.Label, axes[2].Legend = "time (s)", "rate (Hz)", &figure.Legend{Loc: "upper right"}
	return page
}

// insideFigure shows the potential and the conductances of the recorded cell.
func (n *plasticNetwork) insideFigure(title string) figure.Figure {
	page := figure.New(13, 6)
	axes := page.Subplots(2, 1, figure.Grid{ShareX: figure.All})
	v := figure.Plot(n.trace.Times(), potential(n.trace, n.spikes, n.example), "k-")
	v.Width = 0.8
	axes[0].Add(v)
	axes[0].Title, axes[0].Y.Label = fmt.Sprintf("%s: pyramidal cell %d", title, n.example), "v (mV)"
	for _, conductance := range []struct{ variable, format, label string }{{"g_e", "C0-", "excitation"}, {"g_i", "C3-", "inhibition"}} {
		line := figure.Plot(n.trace.Times(), scaled(synfire.Must(n.trace.Trace(conductance.variable, n.example)), 1e9), conductance.format)
		line.Label = conductance.label
		axes[1].Add(line)
	}
	axes[1].X.Label, axes[1].Y.Label, axes[1].Legend = "time (s)", "conductance (nS)", &figure.Legend{Loc: "upper right"}
	return page
}

// candidatesFigure shows the spikes of all random cells, sorted by the number of their spikes.
func candidatesFigure(trials []trial, spikes *synfire.SpikeMonitor) figure.Figure {
	order, rank := make([]int, len(trials)), make([]float64, len(trials))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(trials[a].count, trials[b].count) })
	for place, k := range order {
		rank[k] = float64(place)
	}
	numbers := neuronNumbers(spikes)
	for k, neuron := range spikes.Neurons() {
		numbers[k] = rank[neuron]
	}
	page := figure.New(13, 6)
	axes := page.Axes()
	axes.Add(&figure.Span{Vertical: true, Low: 0.5, High: 1.5, Color: figure.Paint("0.93")}, figure.Plot(spikes.Times(), numbers, "k,"))
	axes.Title = fmt.Sprintf("%d random neurons, 100 pA for one second", len(trials))
	axes.X.Label, axes.Y.Label = "time (s)", "neurons, from the slowest to the fastest"
	axes.X.SetLimits(0.3, 1.9)
	axes.Y.SetLimits(0, float64(len(trials)))
	return page
}

// selectionFigure shows where the chosen cells lie, and the border between those that ring and those that do not.
func selectionFigure(interneurons, pyramidal []Cell) figure.Figure {
	page := figure.New(9, 6)
	axes := page.Axes()
	points := func(cells []Cell, format, label string, alpha float64) {
		var x, y []float64
		for _, cell := range cells {
			x, y = append(x, cell.ratio()), append(y, cell.aR())
		}
		dots := figure.Plot(x, y, format)
		dots.Label, dots.Alpha = label, figure.Opacity(alpha)
		axes.Add(dots)
	}
	points(pyramidal, "C0.", "pyramidal cells", 0.25)
	points(interneurons, "C3.", "interneurons", 1)
	var x, y []float64
	for k := range 400 {
		x = append(x, 0.1+6.5*float64(k)/399)
		y = append(y, ringingBorder(x[k]))
	}
	border := figure.Plot(x, y, "k--")
	border.Label = "ringing above this line"
	axes.Add(border)
	axes.X.SetLimits(0, 6.8)
	axes.Y.SetLimits(-0.6, 1.6)
	axes.X.Label, axes.Y.Label, axes.Legend = `$\tau_m/\tau_w$`, "$aR$", &figure.Legend{}
	return page
}

// chosenFigure shows chosen interneurons, which come first, on the left and pyramidal cells on the right.
func chosenFigure(trace *synfire.StateMonitor, spikes *synfire.SpikeMonitor, interneurons int) figure.Figure {
	rows := max(interneurons, len(trace.Elements())-interneurons)
	page := figure.New(13, 7)
	axes := page.Subplots(rows, 2, figure.Grid{ShareX: figure.All, ShareY: figure.All})
	for k := range trace.Elements() {
		row, column, format := k, 0, "C3-"
		if k >= interneurons {
			row, column, format = k-interneurons, 1, "C0-"
		}
		line := figure.Plot(trace.Times(), potential(trace, spikes, k), format)
		line.Width = 0.7
		axes[2*row+column].Add(line)
	}
	axes[0].Title, axes[1].Title = "interneurons", "pyramidal cells"
	axes[2*int(math.Floor(float64(rows)/2))].Y.Label = "v (mV)"
	axes[2*rows-2].X.Label, axes[2*rows-1].X.Label = "time (s)", "time (s)"
	return page
}
