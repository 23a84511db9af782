// Command adexnetwork is the study of examples/adex-network.md as a Go program: seven classes of adaptive exponential
// neurons, a plastic network of 2500 of them in four scenarios, and a search for interneurons and pyramidal cells among
// random neurons. Figures go to a folder as they are made.
//
//	go run ./examples/adexnetwork -o figures
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"synfire"
	"synfire/figure"
	"synfire/units"
)

// study holds what all its parts have in common.
type study struct {
	sim    *synfire.Simulation
	random *rand.Rand // draws parameters; the simulation has random numbers of its own
	folder string
}

func main() {
	folder := flag.String("o", "adexnetwork.out", "folder for the figures")
	duration := flag.Duration("duration", 7*time.Second, "biological time of each scenario")
	candidates := flag.Int("candidates", 10000, "random neurons to choose from")
	vesicles := flag.Bool("vesicles", false, "release single vesicles at random, instead of their average")
	seed := flag.Uint64("seed", 2026, "seed of all random numbers")
	threads := flag.Int("threads", 0, "threads; 0 means one per processor")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	s := &study{
		sim:    synfire.New(synfire.Config{Seed: seed, Threads: *threads}),
		random: rand.New(rand.NewPCG(*seed, 0)),
		folder: *folder,
	}
	err := s.all(ctx, seconds(duration.Seconds()), *vesicles, *candidates)
	if err != nil {
		fmt.Fprintln(os.Stderr, "adexnetwork:", err)
		if errors.Is(err, context.Canceled) {
			os.Exit(130)
		}
		os.Exit(1)
	}
}

// all does the three parts of the study. It ends at the first error, or when the context ends.
func (s *study) all(ctx context.Context, duration units.Quantity, vesicles bool, candidates int) error {
	if err := os.MkdirAll(s.folder, 0o755); err != nil {
		return err
	}
	if err := s.showClasses(ctx); err != nil {
		return err
	}
	if err := s.compareScenarios(ctx, duration, vesicles); err != nil {
		return err
	}
	return s.chooseCells(ctx, candidates)
}

// run runs a network and shows how far it is.
func (s *study) run(ctx context.Context, what string, network *synfire.Network, duration units.Quantity) error {
	err := network.Run(ctx, duration, synfire.RunOptions{
		Period: 200 * time.Millisecond,
		Report: func(p synfire.Progress) {
			fmt.Fprintf(os.Stderr, "\r%-45s %3.0f %% of %g s in %.1f s ", what, 100*p.Done, duration.In(units.Second), p.Elapsed.Seconds())
		},
	})
	fmt.Fprintln(os.Stderr)
	return err
}

// save writes a figure and says so.
func (s *study) save(name string, f figure.Figure) error {
	path := filepath.Join(s.folder, name+".png")
	if err := f.Save(path); err != nil {
		return err
	}
	fmt.Println("  ", path)
	return nil
}
