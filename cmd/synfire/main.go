// Command synfire runs Brian2 scripts and notebooks.
//
//	synfire run FILE      run a .py, .ipynb or .md document and write a page with its results
//	synfire check FILE    look for mistakes without simulating
//	synfire show FILE     show what models become: equations, code, kernels, instructions
//	synfire bench         measure known networks
//	synfire version       say what this is
//
// The package knows flags, signals and exit statuses, and what bench measures; the work is done in internal/notebook.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"

	"synfire/internal/diag"
	"synfire/internal/notebook"
	"synfire/internal/platform"
)

// Exit statuses.
const (
	exitDone        = 0
	exitFailed      = 1
	exitInterrupted = 130 // 128 + SIGINT, as shells have it
)

// heapFloor is the size to which the Go heap grows before it is collected.
const heapFloor = 64 << 20

func main() {
	platform.CollectAbove(heapFloor)
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// status is the error of a command that has told the user everything already.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// run executes the command line and returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	stop := interruptible(cancel, stderr)
	defer stop()
	root := newCommand(stdout, stderr)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var code status
	var message *diag.Message
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &message):
		newTerminal(stdout, stderr).Message(message)
	default:
		newTerminal(stdout, stderr).Message(diag.Errorf(diag.Span{}, "", "%v", err))
	}
	return exitFailed
}

// interruptible makes the first interruption cancel the run, so that everything so far is saved, and the second one
// end the process at once.
func interruptible(cancel func(), stderr io.Writer) (stop func()) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		for first := true; ; first = false {
			select {
			case <-signals:
				if !first {
					os.Exit(exitInterrupted)
				}
				cancel()
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// newTerminal returns the watcher for two streams, which may or may not be screens.
func newTerminal(stdout, stderr io.Writer) *notebook.Terminal {
	t := &notebook.Terminal{Out: stdout, Err: stderr}
	if file, ok := stderr.(*os.File); ok && term.IsTerminal(int(file.Fd())) && os.Getenv("TERM") != "dumb" {
		t.Live, t.Color = true, os.Getenv("NO_COLOR") == ""
		t.Width = func() int {
			width, _, err := term.GetSize(int(file.Fd()))
			if err != nil {
				return 0
			}
			return width
		}
	}
	return t
}
