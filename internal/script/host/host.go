// Package host is what the modules of a session (numpy, pylab, brian, pandas) and whoever runs the session
// (the notebook runner, the command) agree on: settings that go in, reports that come out.
//
// It does not know notebooks, cells, terminals or pages, and it does not know how a module does its work.
package host

import (
	"time"

	"synfire"
	"synfire/internal/diag"
	"synfire/internal/plot"
	"synfire/internal/rng"
)

// Host is what a session's modules are given when they are made. The functions may be nil. They are called on
// the goroutine that executes the script, except Progress, which may come from any one goroutine at a time.
type Host struct {
	// Seed is the seed of all random numbers until the script sets one; nil takes one from the system.
	Seed *uint64
	// Threads is how many threads simulate; 0 means one for each processor.
	Threads int
	// StatePerSynapse gives every synapse all its variables, see synfire.Config.
	StatePerSynapse bool
	// Memory is how many bytes what is recorded of variables may take; more goes to a temporary file. 0 means most of what
	// is available.
	Memory int64
	// Limit ends every simulation after that much biological time, in seconds; 0 sets no limit.
	Limit float64
	// Check reduces every run to its preparation; recorded data and drawn results are then *script.Unknown.
	Check bool
	// Dir is the folder of the script, for files that it reads; OutputDir is the folder for files that it writes.
	Dir, OutputDir string
	// Random is the stream of numpy.random, shared by all modules. It is never nil.
	Random *rng.RandomState

	// Progress is called a few times a second while a network runs, and at its end.
	Progress func(Progress)
	// OnRun is called after each run of a network, also one that failed or was interrupted.
	OnRun func(RunReport)
	// OnPrepare is called in the place of OnRun in check mode.
	OnPrepare func(Prepared)
	// Show takes a finished figure: the script has called show() or display(fig). The receiver may keep it.
	Show func(*plot.Figure)
	// Warn takes warnings; they are shown in the cell that is running.
	Warn func(*diag.Message)
	// Note takes a remark for users who ask for many: "prefs.codegen.target has no effect".
	Note func(text string)
}

// Progress says how far a run is.
type Progress struct {
	// Done is the fraction of the run that is done, from 0 to 1.
	Done float64
	// Biological is the simulated time of this run so far, Duration the time that it will simulate, in seconds.
	Biological, Duration float64
	// Elapsed is the wall-clock time since the run began.
	Elapsed time.Duration
}

// Left estimates the wall-clock time to the end of the run; 0 when nothing is known yet.
func (p Progress) Left() time.Duration {
	if p.Done <= 0 || p.Done >= 1 {
		return 0
	}
	return time.Duration(float64(p.Elapsed) * (1 - p.Done) / p.Done)
}

// Speed returns how many seconds of biological time pass in a second; 0 when nothing is known yet.
func (p Progress) Speed() float64 {
	if p.Elapsed <= 0 {
		return 0
	}
	return p.Biological / p.Elapsed.Seconds()
}

// RunReport says what a run of a network did.
type RunReport struct {
	// Duration is the biological time that the script asked for, Simulated what was simulated, Reached the
	// network's time at the end, in seconds.
	Duration, Simulated, Reached float64
	// Limited is true if Host.Limit cut the run short; Interrupted if its context ended it.
	Limited, Interrupted bool
	// Wall is the time from the call to its end, Preparation the part of it before the first step.
	Wall, Preparation time.Duration
	// Neurons, Synapses and Spikes count what the network has and how often its neurons spiked in this run.
	Neurons, Synapses, Spikes int64
	// Details are further lines for -v: "neurongroup: 100 neurons, 1.6 MB, 16 bytes each".
	Details []string
	// Network is what ran.
	Network *synfire.Network
}

// Prepared is a network that check mode has prepared in the place of a run.
type Prepared struct {
	Network *synfire.Network
	// Where is the place of the run's call, Made tells where an object of the network was made.
	Where diag.Span
	Made  func(synfire.Object) diag.Span
}

// Setting describes a simulator for the head of a report.
type Setting struct {
	// Seed is the seed in force; SeedChosen is true if a user or script chose it, false if the system did.
	Seed       uint64
	SeedChosen bool
	Threads    int
	// Executor names what runs compiled kernels: "portable", "amd64 (AVX-512)".
	Executor string
}

// Drawn marks values that name a part of a figure (lines, axes, texts, figures). A cell does not show them as
// its last expression: the figure shows them already.
type Drawn interface{ Drawn() }

// FigureValue is a script's figure as a value; display(fig) shows it.
type FigureValue interface {
	Drawn
	PlotFigure() *plot.Figure
}
