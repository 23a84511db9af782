package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"synfire/internal/diag"
	"synfire/internal/notebook"
	"synfire/units"
)

// newCommand builds the command line.
func newCommand(stdout, stderr io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:           "synfire",
		Short:         "Run Brian2 notebooks and scripts, in one binary",
		Long:          "Synfire runs Brian2 notebooks and scripts: no Python, no compiler, one binary.",
		SilenceErrors: true, SilenceUsage: true,
		Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(unknownFlag)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(runCommand(stdout, stderr), checkCommand(stdout, stderr), showCommand(stdout, stderr), benchCommand(stdout), versionCommand(stdout))
	return root
}

// knownCommand refuses what is not a command.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	message := diag.Errorf(diag.Span{}, "", "there is no command '%s'", args[0])
	var known []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			known = append(known, c.Name())
		}
	}
	if _, err := os.Stat(args[0]); err == nil {
		return message.WithHint("synfire run %s", args[0])
	}
	if near := diag.Nearest(args[0], known); near != "" {
		return message.WithHint("did you mean 'synfire %s'?", near)
	}
	return message.WithHint("synfire --help lists the commands")
}

// unknownFlag adds the nearest flag to the complaint about one that does not exist.
func unknownFlag(cmd *cobra.Command, err error) error {
	message := diag.Errorf(diag.Span{}, "", "%v", err)
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return message
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	if near := diag.Nearest(missing.GetSpecifiedName(), known); near != "" {
		return message.WithHint("did you mean --%s?", near)
	}
	return message.WithHint("%s --help lists the flags", cmd.CommandPath())
}

// shared are the flags of commands that execute a document.
type shared struct {
	seed, limit, memory string
	threads             int
	quiet, verbose      bool
	allowShell          bool
	// perSynapse gives every synapse all its variables.
	perSynapse bool
}

func (f *shared) options() (notebook.Options, error) {
	o := notebook.Options{Threads: f.threads, StatePerSynapse: f.perSynapse, AllowShell: f.allowShell, Version: version()}
	if f.threads < 0 {
		return o, wrongFlag("threads", strconv.Itoa(f.threads), "a number of threads, or 0 for all processors")
	}
	if f.seed != "" {
		seed, err := strconv.ParseUint(f.seed, 0, 64)
		if err != nil {
			return o, wrongFlag("seed", f.seed, "a whole number, not negative")
		}
		o.Seed = &seed
	}
	if f.limit != "" {
		limit, err := units.ParseQuantity(f.limit)
		if err != nil || limit.Dim != units.Time || !(limit.Value > 0) {
			return o, wrongFlag("limit", f.limit, "a time, such as 200ms or 1.5s")
		}
		o.Limit = limit.Value
	}
	if f.memory != "" {
		var ok bool
		if o.Memory, ok = parseBytes(f.memory); !ok {
			return o, wrongFlag("memory", f.memory, "a size, such as 500MB, 4GB or 4GiB")
		}
	}
	return o, nil
}

// parseBytes reads a size: a number with one of the units of memory.
func parseBytes(text string) (bytes int64, ok bool) {
	digits := strings.TrimRight(text, "kKMGTiB ")
	number, err := strconv.ParseFloat(digits, 64)
	unit, known := map[string]float64{
		"B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
	}[strings.TrimSpace(text[len(digits):])]
	if err != nil || !known || !(number*unit >= 1 && number*unit < 1<<62) {
		return 0, false
	}
	return int64(number * unit), true
}

func wrongFlag(name, value, want string) error {
	return diag.Errorf(diag.Span{}, "", "--%s %s: expected %s", name, value, want)
}

func runCommand(stdout, stderr io.Writer) *cobra.Command {
	var flags shared
	var folder string
	var allowErrors bool
	cmd := &cobra.Command{
		Use:   "run FILE",
		Short: "Run a document and write a page with its results",
		Long: `Run executes a document cell by cell: a script (.py, with or without # %% cells), a Jupyter notebook
(.ipynb) or Markdown in jupytext form (.md). What cells print is printed. The folder for results receives
report.html, one page with everything, and figures/ with each figure as PNG and SVG.

The exit status is 0 only if every cell ran, 1 if something is wrong, 130 after an interruption. The first
Ctrl-C ends the run and saves everything so far; the second one ends the program at once.`,
		Example: "  synfire run examples/adex-network.md\n  synfire run model.py --limit 200ms --seed 1",
		Args:    oneDocument,
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := flags.options()
			if err != nil {
				return err
			}
			document, err := notebook.Read(args[0])
			if err != nil {
				return err
			}
			o.AllowErrors = allowErrors
			terminal := newTerminal(stdout, stderr)
			terminal.Quiet, terminal.Verbose = flags.quiet, flags.verbose
			if o.Folder, err = resultFolder(folder, args[0]); err != nil {
				return err
			}
			terminal.Folder, o.Watcher = o.Folder, terminal
			result, err := notebook.Run(cmd.Context(), document, o)
			if err != nil {
				return err
			}
			terminal.Conclude(result)
			return exit(result)
		},
	}
	cmd.Flags().StringVarP(&folder, "out", "o", "", "`folder` for results (default FILE.out beside the file, or here if that cannot be written)")
	cmd.Flags().BoolVar(&allowErrors, "allow-errors", false, "go on with the next cell when one fails, as for cells with the tag raises-exception")
	cmd.Flags().StringVar(&flags.seed, "seed", "", "seed of all random numbers, as long as the script sets none (default from the system)")
	cmd.Flags().BoolVar(&flags.perSynapse, "state-per-synapse", false, "keep variables that are equal for many synapses (traces, short-term plasticity) in each of them; values differ by rounding")
	cmd.Flags().IntVar(&flags.threads, "threads", 0, "number of threads; results do not depend on it (default all processors)")
	cmd.Flags().StringVar(&flags.memory, "memory", "", "what recordings may take, such as `4GB`; more goes to a temporary file (default 70% of what is available)")
	cmd.Flags().StringVar(&flags.limit, "limit", "", "end every simulation after this much biological `time`, such as 200ms")
	cmd.Flags().BoolVarP(&flags.quiet, "quiet", "q", false, "print only what cells print, warnings and errors")
	cmd.Flags().BoolVarP(&flags.verbose, "verbose", "v", false, "tell more: what has no effect here, times, simulations")
	cmd.Flags().BoolVar(&flags.allowShell, "allow-shell", false, "let lines such as !ls run in a shell")
	return cmd
}

func checkCommand(stdout, stderr io.Writer) *cobra.Command {
	var flags shared
	cmd := &cobra.Command{
		Use:   "check FILE",
		Short: "Look for mistakes in a document without simulating",
		Long: `Check executes a document with every run reduced to its preparation: names, units, methods and code are
checked, nothing is simulated, drawn or written. What only a run can decide is listed as not checked. The exit
status is 0 if nothing is wrong.`,
		Args: oneDocument,
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := flags.options()
			if err != nil {
				return err
			}
			document, err := notebook.Read(args[0])
			if err != nil {
				return err
			}
			terminal := newTerminal(io.Discard, stderr)
			terminal.Quiet, terminal.Verbose = flags.quiet, flags.verbose
			o.Check, o.Watcher = true, terminal
			result, err := notebook.Run(cmd.Context(), document, o)
			if err != nil {
				return err
			}
			terminal.ConcludeCheck(result)
			return exit(result)
		},
	}
	cmd.Flags().BoolVarP(&flags.quiet, "quiet", "q", false, "print only warnings and errors")
	cmd.Flags().BoolVarP(&flags.verbose, "verbose", "v", false, "tell more")
	return cmd
}

// exit turns the end of a document into an exit status.
func exit(r *notebook.Result) error {
	switch {
	case r.Interrupted():
		return status(exitInterrupted)
	case r.Failed():
		return status(exitFailed)
	}
	return nil
}

// oneDocument asks for exactly one file.
func oneDocument(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	message := diag.Errorf(diag.Span{}, "", "'synfire %s' takes one document, not %d", cmd.Name(), len(args))
	if len(args) == 0 {
		message = diag.Errorf(diag.Span{}, "", "'synfire %s' needs a document", cmd.Name())
	}
	return message.WithHint("synfire %s notebook.ipynb", cmd.Name())
}

// resultFolder returns the folder for results and makes sure that it can be written to. Without a choice it is
// FILE.out beside the file, or in the working directory if that place cannot be written to.
func resultFolder(chosen, path string) (string, error) {
	if chosen != "" {
		return chosen, writable(chosen)
	}
	folder := path + ".out"
	err := writable(folder)
	if err == nil {
		return folder, nil
	}
	here := filepath.Base(path) + ".out"
	if here != filepath.Clean(folder) && writable(here) == nil {
		return here, nil
	}
	return "", err
}

// writable makes a folder and checks that files can be made in it.
func writable(folder string) error {
	err := os.MkdirAll(folder, 0o777)
	if err == nil {
		var probe *os.File
		if probe, err = os.CreateTemp(folder, ".writable-*"); err == nil {
			probe.Close()
			return os.Remove(probe.Name())
		}
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return diag.Errorf(diag.Span{}, "OSError", "results cannot be written to %s: %v", folder, err).
		WithHint("choose another folder with -o")
}
