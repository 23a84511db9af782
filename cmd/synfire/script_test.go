package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"synfire/internal/platform"
)

var update = flag.Bool("update", false, "rewrite the transcripts of testdata with what the command says now")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"synfire": main, "forbid-machine-code": forbidMachineCode})
}

// TestCommand runs the transcripts in testdata. Each is a script of commands with the files that they need; see
// the documentation of testscript.
func TestCommand(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TZ", "UTC")
			return nil
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "avx2":
				return platform.HasAVX2(), nil
			case "avx512":
				return platform.MissingForAVX512() == nil, nil
			case "forbidding":
				return canForbidMachineCode(), nil
			}
			return false, fmt.Errorf("there is no condition %s", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"waitfor": waitFor,
		},
	})
}

// waitFor waits until a file contains a text: waitfor FILE TEXT.
func waitFor(ts *testscript.TestScript, not bool, args []string) {
	if not || len(args) != 2 {
		ts.Fatalf("usage: waitfor FILE TEXT")
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && strings.Contains(string(text), args[1]) {
			return
		}
	}
	ts.Fatalf("%s has no %q after 20 s", args[0], args[1])
}
