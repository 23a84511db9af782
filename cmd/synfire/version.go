package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"synfire/internal/notebook"
	"synfire/internal/platform"
)

// release is the version of the source.
const release = "0.1.0"

// version names the release and, where it is known, the revision that the binary was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	revision, changed := "", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value[:min(len(s.Value), 10)]
		case "vcs.modified":
			if s.Value == "true" {
				changed = ", changed"
			}
		}
	}
	if revision == "" {
		return release
	}
	return fmt.Sprintf("%s (%s%s)", release, revision, changed)
}

func versionCommand(stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say what this is and what it runs on",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(stdout, "synfire %s\ngo       %s\nsystem   %s/%s, %d processors\nexecutor %s\ncpu      %s\n",
				version(), strings.TrimPrefix(runtime.Version(), "go"), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(),
				notebook.ExecutorName(), strings.Join(cpuFeatures(), " "))
			return err
		},
	}
}

// cpuFeatures lists the extensions of the instruction set that matter for simulations.
func cpuFeatures() []string {
	var names []string
	for _, f := range platform.Features() {
		if f.Has {
			names = append(names, f.Name)
		}
	}
	if names == nil {
		names = []string{"no special features"}
	}
	return names
}
