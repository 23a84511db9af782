package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"synfire"
	"synfire/internal/diag"
	"synfire/internal/notebook"
	"synfire/internal/script/host"
)

// The stages of a model that show knows, and what they are.
var stages = []string{"equations", "code", "ir", "asm"}

func showCommand(stdout, stderr io.Writer) *cobra.Command {
	var stage, object string
	command := &cobra.Command{
		Use:   "show FILE",
		Short: "Show what a document's models become",
		Long: `Show executes a document without simulating, as check does, and prints for every network that it would run how its
objects are understood and compiled. --stage chooses what is shown:

  equations  equations with units and subexpressions written out, pathways, values of names from outside
  code       statements of update methods, thresholds, resets and pathways, with their lines
  ir         the kernels that they become: one IEEE operation a line
  asm        the instructions of the executor, with their bytes: machine code, or steps of the portable executor

What is the same in a later run is not shown again.`,
		Example: "  synfire show model.py --stage code\n  synfire show model.py --stage asm --object neurongroup_stateupdater",
		Args:    oneDocument,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(stages, stage) {
				return wrongFlag("stage", stage, "one of "+strings.Join(stages, ", "))
			}
			document, err := notebook.Read(args[0])
			if err != nil {
				return err
			}
			viewer := &viewer{out: stdout, stage: stage, object: object, shown: map[string]bool{}, known: map[string]bool{}}
			o := notebook.Options{Check: true, Version: version(), Watcher: quietTerminal(stderr), Open: viewer.open}
			result, err := notebook.Run(cmd.Context(), document, o)
			if err != nil {
				return err
			}
			if err := exit(result); err != nil {
				return err
			}
			return viewer.complaint()
		},
	}
	command.Flags().StringVar(&stage, "stage", stages[0], "what to show: "+strings.Join(stages, ", "))
	command.Flags().StringVar(&object, "object", "", "show only the object, or the piece of code, of this `name`")
	return command
}

func quietTerminal(stderr io.Writer) *notebook.Terminal {
	terminal := newTerminal(io.Discard, stderr)
	terminal.Quiet = true
	return terminal
}

// viewer prints the networks that a session prepares.
type viewer struct {
	out           io.Writer
	stage, object string
	networks      int
	shown         map[string]bool // texts under their titles
	known         map[string]bool // names that --object can have
	found         bool
}

func (v *viewer) open(h *host.Host) (notebook.Session, error) {
	h.OnPrepare = v.prepared
	return notebook.OpenSession(h)
}

func (v *viewer) prepared(p host.Prepared) {
	v.networks++
	head := "network that runs at " + p.Where.Place()
	for _, o := range p.Network.Objects() {
		title := fmt.Sprintf("%s, made at %s", o.Name(), p.Made(o).Place())
		if v.stage == "equations" {
			if text := p.Network.Report().Model(o); text != "" {
				v.known[o.Name()] = true
				v.show(&head, title, text, o.Name())
			}
			continue
		}
		for _, program := range p.Network.Report().Programs {
			if program.Object == o.Name() {
				v.known[o.Name()], v.known[program.Name] = true, true
				v.show(&head, program.Name+" of "+title, v.text(&program), o.Name(), program.Name)
			}
		}
	}
}

func (v *viewer) text(p *synfire.Program) string {
	switch v.stage {
	case "code":
		return p.Code()
	case "ir":
		return p.Kernels()
	}
	return p.Instructions()
}

// show prints a text under its title, if it has one of the names that are asked for and was not shown before; before the
// first text of a network its head.
func (v *viewer) show(head *string, title, text string, names ...string) {
	if v.object != "" && !slices.Contains(names, v.object) {
		return
	}
	v.found = true
	if v.shown[title+text] {
		return
	}
	v.shown[title+text] = true
	if *head != "" {
		if len(v.shown) > 1 {
			fmt.Fprintln(v.out)
		}
		fmt.Fprintf(v.out, "=== %s\n", *head)
		*head = ""
	}
	fmt.Fprintf(v.out, "\n--- %s\n%s", title, text)
}

// complaint says why nothing was shown.
func (v *viewer) complaint() error {
	switch {
	case v.networks == 0:
		return diag.Errorf(diag.Span{}, "", "the document runs no network")
	case v.object != "" && !v.found:
		message := diag.Errorf(diag.Span{}, "", "there is nothing named '%s' to show", v.object)
		var known []string
		for name := range v.known {
			known = append(known, name)
		}
		slices.Sort(known)
		if near := diag.Nearest(v.object, known); near != "" {
			return message.WithHint("did you mean '%s'?", near)
		}
		return message.WithHint("there are: %s", strings.Join(known, ", "))
	}
	return nil
}
