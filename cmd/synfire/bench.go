package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"synfire"
	"synfire/bench"
	"synfire/internal/diag"
	"synfire/internal/notebook"
	"synfire/internal/platform"
	"synfire/internal/script/host"
)

// measurement is what a workload took. The names of its fields in JSON are for scripts such as bench/compare.sh.
type measurement struct {
	Workload string  `json:"workload"`
	Seconds  float64 `json:"seconds"` // of biological time
	Executor string  `json:"executor"`
	Threads  int     `json:"threads"`

	Compile float64   `json:"compile_ms"`
	Build   float64   `json:"build_ms"`
	Run     float64   `json:"run_s"`
	CPU     float64   `json:"cpu_s"`
	Runs    []float64 `json:"runs_s,omitempty"` // of each repetition

	NeuronSteps      int64   `json:"neuron_steps"`
	SynapticEvents   int64   `json:"synaptic_events"`
	PerNeuronStep    float64 `json:"ns_per_neuron_step"`
	PerSynapticEvent float64 `json:"ns_per_synaptic_event"`
	RealTime         float64 `json:"real_time_factor"` // biological time per time

	PeakMemory      float64            `json:"peak_mb"`
	BytesPerSynapse map[string]float64 `json:"bytes_per_synapse,omitempty"`
	Epoch           string             `json:"epoch"`
	Spikes          int64              `json:"spikes"`
	Checksum        string             `json:"checksum"`
}

// benchFlags are the flags of synfire bench.
type benchFlags struct {
	threads, repeat int
	seconds         float64
	json, list      bool
	perSynapse      bool
	here            bool
}

func benchCommand(stdout io.Writer) *cobra.Command {
	var flags benchFlags
	command := &cobra.Command{
		Use:   "bench [NAME...]",
		Short: "Measure how fast this machine simulates known networks",
		Long: `Bench runs workloads that are built in, by default all of them, each in a process of its own, and prints what
they took: the time to compile the model, to build the network, and to run it; the time of the run divided by its
neuron-steps and by its synaptic events; how many seconds of biological time pass in a second; the most memory that the
process has had; and the number of spikes with a checksum of them, which depends neither on threads nor on the executor.
With --repeat the line is that of the median run. --list says what the workloads are.`,
		Example: "  synfire bench coba cuba --threads 1 --repeat 5",
		RunE: func(cmd *cobra.Command, args []string) error {
			workloads, err := flags.chosen(args)
			switch {
			case err != nil:
				return err
			case flags.list:
				return flags.listWorkloads(stdout, workloads)
			case flags.here:
				m, err := flags.measureHere(cmd.Context(), workloads[0], workloads[0].Script())
				if err != nil {
					return err
				}
				return json.NewEncoder(stdout).Encode(m)
			}
			return flags.measure(cmd.Context(), stdout, workloads)
		},
	}
	command.Flags().IntVar(&flags.threads, "threads", 0, "number of threads (default all processors)")
	command.Flags().IntVar(&flags.repeat, "repeat", 1, "run each workload so many `times`, and report the median")
	command.Flags().Float64Var(&flags.seconds, "seconds", 0, "biological time to simulate (default that of the workload)")
	command.Flags().BoolVar(&flags.json, "json", false, "print the list as JSON")
	command.Flags().BoolVar(&flags.list, "list", false, "only list the workloads")
	command.Flags().BoolVar(&flags.perSynapse, "state-per-synapse", false, "keep variables that are equal for many synapses in each of them")
	command.Flags().BoolVar(&flags.here, "here", false, "measure the first workload in this process")
	_ = command.Flags().MarkHidden("here") // it exists
	return command
}

// chosen checks the flags and finds the workloads of the given names, all if there are none.
func (f *benchFlags) chosen(names []string) ([]bench.Workload, error) {
	switch {
	case f.threads < 0:
		return nil, wrongFlag("threads", strconv.Itoa(f.threads), "a number of threads, or 0 for all processors")
	case f.repeat < 1:
		return nil, wrongFlag("repeat", strconv.Itoa(f.repeat), "a number of runs")
	case !(f.seconds >= 0) || math.IsInf(f.seconds, 0):
		return nil, wrongFlag("seconds", fmt.Sprint(f.seconds), "a time in seconds")
	}
	all := bench.Workloads()
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	for _, w := range all {
		known = append(known, w.Name)
	}
	var workloads []bench.Workload
	for _, name := range names {
		at := slices.Index(known, name)
		if at < 0 {
			message := diag.Errorf(diag.Span{}, "", "there is no workload '%s'", name)
			if near := diag.Nearest(name, known); near != "" {
				return nil, message.WithHint("did you mean '%s'?", near)
			}
			return nil, message.WithHint("synfire bench --list lists them")
		}
		workloads = append(workloads, all[at])
	}
	return workloads, nil
}

func (f *benchFlags) listWorkloads(stdout io.Writer, workloads []bench.Workload) error {
	if f.json {
		return printJSON(stdout, workloads)
	}
	for _, w := range workloads {
		if _, err := fmt.Fprintf(stdout, "%-25s %-6s %s\n", w.Name, fmt.Sprintf("%g s", w.Seconds), w.About); err != nil {
			return err
		}
	}
	return nil
}

// measure runs each workload in processes of its own and prints what came of it.
func (f *benchFlags) measure(ctx context.Context, stdout io.Writer, workloads []bench.Workload) error {
	var all []measurement
	for k, w := range workloads {
		var runs []measurement
		for range f.repeat {
			m, err := f.measureApart(ctx, w)
			if err != nil {
				return err
			}
			if len(runs) > 0 && m.Checksum != runs[0].Checksum {
				return diag.Errorf(diag.Span{}, "", "two runs of '%s' gave different spikes: checksums %s and %s", w.Name, runs[0].Checksum, m.Checksum).
					WithHint("this is a mistake in Synfire, or the machine is faulty")
			}
			runs = append(runs, m)
		}
		m := median(runs)
		all = append(all, m)
		if !f.json {
			if k == 0 {
				fmt.Fprintf(stdout, "synfire %s, %s, %s\n\n%s\n", version(), m.Executor, threadsText(f.threads), tableHead())
			}
			fmt.Fprintln(stdout, m.row())
		}
	}
	if f.json {
		return printJSON(stdout, all)
	}
	return nil
}

func printJSON(w io.Writer, list any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(list)
}

func threadsText(n int) string {
	switch n {
	case 0:
		return "as many threads as processors"
	case 1:
		return "1 thread"
	}
	return fmt.Sprintf("%d threads", n)
}

// median returns the run that took as long as half of the others.
func median(runs []measurement) measurement {
	order := slices.Clone(runs)
	slices.SortStableFunc(order, func(a, b measurement) int { return cmp.Compare(a.Run, b.Run) })
	m := order[len(order)/2]
	for _, r := range runs {
		m.Runs = append(m.Runs, r.Run)
	}
	return m
}

const columns = "%-25s %6s %10s %9s %8s %8s %9s %9s %8s %9s  %s"

func tableHead() string {
	return fmt.Sprintf(columns, "workload", "time", "compile ms", "build ms", "run s", "ns/step", "ns/event", "real time", "peak MB", "spikes", "checksum")
}

func (m measurement) row() string {
	short := func(x float64) string { return strconv.FormatFloat(x, 'g', 3, 64) }
	event := "-"
	if m.SynapticEvents > 0 {
		event = strconv.FormatFloat(m.PerSynapticEvent, 'f', 1, 64)
	}
	return fmt.Sprintf(columns, m.Workload, short(m.Seconds)+" s", fmt.Sprintf("%.1f", m.Compile), fmt.Sprintf("%.0f", m.Build),
		fmt.Sprintf("%.3f", m.Run), fmt.Sprintf("%.2f", m.PerNeuronStep), event, fmt.Sprintf("%.2f ×", m.RealTime),
		fmt.Sprintf("%.0f", m.PeakMemory), strconv.FormatInt(m.Spikes, 10), m.Checksum)
}

// measureApart measures a workload in a process of its own, so that memory is its own and everything is cold.
func (f *benchFlags) measureApart(ctx context.Context, w bench.Workload) (measurement, error) {
	var m measurement
	program, err := os.Executable()
	if err != nil {
		return m, err
	}
	child := exec.CommandContext(ctx, program, "bench", w.Name, "--here", "--threads", strconv.Itoa(f.threads), "--seconds", fmt.Sprint(f.seconds),
		fmt.Sprintf("--state-per-synapse=%t", f.perSynapse))
	var out, complaints bytes.Buffer
	child.Stdout, child.Stderr = &out, &complaints
	if err := child.Run(); err != nil {
		if ctx.Err() != nil {
			return m, status(exitInterrupted)
		}
		return m, diag.Errorf(diag.Span{}, "", "the workload '%s' failed: %v\n%s", w.Name, err, bytes.TrimSpace(complaints.Bytes()))
	}
	return m, json.Unmarshal(out.Bytes(), &m)
}

// measureHere runs a workload with the given text in this process. It returns no measurement but an error where the text fails.
func (f *benchFlags) measureHere(ctx context.Context, w bench.Workload, text string) (measurement, error) {
	m := measurement{Workload: w.Name}
	seconds := f.seconds
	if seconds == 0 {
		seconds = w.Seconds
	}
	for _, setting := range append(slices.Clone(w.Settings), fmt.Sprintf("BENCH_SECONDS=%g", seconds)) {
		name, value, _ := strings.Cut(setting, "=")
		if err := os.Setenv(name, value); err != nil {
			return m, err
		}
	}
	document, err := notebook.Parse(w.File, text)
	if err != nil {
		return m, err
	}
	runs := 0
	var inRuns time.Duration // all but what belongs to building
	open := func(h *host.Host) (notebook.Session, error) {
		h.OnRun = func(r host.RunReport) {
			runs++
			report := r.Network.Report()
			m.take(report)
			inRuns += report.Compile + r.Wall - r.Preparation
			m.Spikes, m.Checksum = checksum(r.Network)
		}
		return notebook.OpenSession(h)
	}
	begun := time.Now()
	result, err := notebook.Run(ctx, document, notebook.Options{Threads: f.threads, StatePerSynapse: f.perSynapse, Open: open,
		Watcher: &notebook.Terminal{Out: io.Discard, Err: os.Stderr, Quiet: true}})
	if err != nil {
		return m, err
	}
	if result.Failed() || result.Interrupted() {
		return m, exit(result)
	}
	if runs != 1 {
		panic(fmt.Sprintf("BUG: the workload %s runs %d networks", w.Name, runs))
	}
	m.Build = 1e3 * (time.Since(begun) - inRuns).Seconds()
	m.PeakMemory = float64(platform.PeakMemory()) / 1e6
	return m, nil
}

// take takes over what a report says.
func (m *measurement) take(r *synfire.Report) {
	m.Seconds, m.Executor, m.Threads = r.Simulated.Value, r.Executor, r.Threads
	m.Compile, m.Run, m.CPU = 1e3*r.Compile.Seconds(), r.Run.Seconds(), r.CPU.Seconds()
	m.NeuronSteps, m.SynapticEvents = r.NeuronSteps, r.SynapticEvents
	m.PerNeuronStep, m.PerSynapticEvent = r.PerNeuronStep(), r.PerSynapticEvent()
	m.RealTime = m.Seconds / m.Run
	m.Epoch = r.Epoch
	m.BytesPerSynapse = map[string]float64{}
	for _, o := range r.Objects {
		if o.Kind == "synapses" {
			m.BytesPerSynapse[o.Name] = o.PerElement()
		}
	}
}

// checksum is a checksum of the spikes that a network's monitors have seen: of step and neuron of each, as 32-bit numbers.
func checksum(n *synfire.Network) (spikes int64, sum string) {
	hash := crc32.NewIEEE()
	for _, o := range n.Objects() {
		monitor, ok := o.(*synfire.SpikeMonitor)
		if !ok {
			continue
		}
		dt := monitor.DT().Value
		neurons := monitor.Neurons()
		buffer := make([]byte, 0, 1<<16)
		for k, t := range monitor.Times() {
			for _, x := range [2]uint32{uint32(math.RoundToEven(t / dt)), uint32(neurons[k])} {
				buffer = append(buffer, byte(x), byte(x>>8), byte(x>>16), byte(x>>24))
			}
			if len(buffer) == cap(buffer) {
				hash.Write(buffer)
				buffer = buffer[:0]
			}
		}
		hash.Write(buffer)
		spikes += int64(monitor.Len())
	}
	return spikes, fmt.Sprintf("%08x", hash.Sum32())
}
