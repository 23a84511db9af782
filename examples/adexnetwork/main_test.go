package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"synfire"
)

func newStudy(t *testing.T) *study {
	return &study{
		sim:    synfire.New(synfire.Config{Seed: synfire.SeedOf(1), Threads: 1}),
		random: rand.New(rand.NewPCG(1, 0)),
		folder: filepath.Join(t.TempDir(), "figures"),
	}
}

// The whole study, with short scenarios and few candidates, in both variants of release.
func TestStudy(t *testing.T) {
	for _, vesicles := range []bool{false, true} {
		s := newStudy(t)
		if err := s.all(t.Context(), ms(20), vesicles, 200); err != nil {
			t.Fatal(err)
		}
		figures, err := os.ReadDir(s.folder)
		if err != nil {
			t.Fatal(err)
		}
		if len(figures) < 11 {
			t.Errorf("%d figures, want 11 or 12: %v", len(figures), figures)
		}
	}
}

// A study that is interrupted says so.
func TestInterruptedStudy(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := newStudy(t).all(ctx, ms(50), false, 10)
	var interrupted *synfire.Interrupted
	if !errors.As(err, &interrupted) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
