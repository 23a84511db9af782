package script

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"synfire/internal/diag"
)

// Exception is an exception as a value.
type Exception struct {
	Instance
	Args []Value
	// Cause is that of `raise ... from cause`; Context is the exception that was being handled.
	Cause, Context *Exception
	suppress       bool
	// Hint and Notes are ours: what to do about it.
	Hint  string
	Notes []diag.Note
	// Where is the place that the message itself points to (inside an equation, say), if it is more exact than
	// the statement that raised it.
	Where diag.Span
	// trace is what the exception has passed through, innermost first.
	trace []TraceEntry
	goErr error
}

// TraceEntry is one line of a traceback: the function ("<module>" at the top level) and the place in it.
type TraceEntry struct {
	Function string
	Where    diag.Span
}

// Error is what a failing script returns: an exception that nothing caught.
type Error struct {
	Exception *Exception
	// Trace is the traceback, outermost first.
	Trace []TraceEntry
}

// Raise returns an error that becomes an exception of the named class where a function returns it. The class is
// one of Python's, or of Brian's own (DimensionMismatchError, MagicError ...).
func Raise(class, format string, args ...any) *diag.Message {
	return &diag.Message{Kind: class, Text: fmt.Sprintf(format, args...)}
}

// NewException returns an exception value of a class.
func NewException(class *Class, args ...Value) *Exception {
	return &Exception{Instance: Instance{Class: class}, Args: args}
}

// Message returns what str(exception) is.
func (e *Exception) Message() string {
	switch len(e.Args) {
	case 0:
		return ""
	case 1:
		if e.Class.IsSubclass(exceptionClasses["KeyError"]) && e.goErr == nil {
			return Repr(e.Args[0])
		}
		return Str(e.Args[0])
	}
	return Repr(&Tuple{Elts: e.Args})
}

// Error makes an exception an error, so that Go code can return one.
func (e *Exception) Error() string {
	if m := e.Message(); m != "" {
		return e.Class.Name + ": " + m
	}
	return e.Class.Name
}

// Error returns the last line of the traceback.
func (e *Error) Error() string { return e.Exception.Error() }

// Unwrap gives the Go error that became the exception, if one did.
func (e *Error) Unwrap() error { return e.Exception.goErr }

// Diag returns the error as a message: kind, text, the innermost place, the hint.
func (e *Error) Diag() *diag.Message {
	m := &diag.Message{Kind: e.Exception.Class.Name, Text: e.Exception.Message(), Hint: e.Exception.Hint,
		Notes: e.Exception.Notes, Where: e.Exception.Where, Cause: e}
	if m.Where.IsZero() && len(e.Trace) > 0 {
		m.Where = e.Trace[len(e.Trace)-1].Where
	}
	return m
}

// toException turns an error that Go code has returned into an exception.
func toException(err error) *Exception {
	var exception *Exception
	var scriptError *Error
	var message *diag.Message
	switch {
	case errors.As(err, &exception):
		return exception
	case errors.As(err, &scriptError):
		return scriptError.Exception
	case errors.As(err, &message):
		class := exceptionClasses[message.Kind]
		if class == nil {
			class = &Class{Name: message.Kind, Base: exceptionClasses["Exception"], exception: true}
			if message.Kind == "" {
				class = exceptionClasses["RuntimeError"]
			}
		}
		e := NewException(class, message.Text)
		e.Hint, e.Notes, e.Where, e.goErr = message.Hint, message.Notes, message.Where, err
		return e
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		e := NewException(exceptionClasses["KeyboardInterrupt"])
		e.goErr = err
		return e
	}
	e := NewException(exceptionClasses["RuntimeError"], err.Error())
	e.goErr = err
	return e
}

// ExceptionClass returns the exception class of the given name, or nil.
func ExceptionClass(name string) *Class { return exceptionClasses[name] }

// exceptionTree is the hierarchy: each line names a base and the classes derived from it.
const exceptionTree = `
BaseException: Exception KeyboardInterrupt SystemExit GeneratorExit
Exception: ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError
Exception: MemoryError NameError OSError ReferenceError RuntimeError StopIteration SyntaxError TypeError ValueError Warning
ArithmeticError: FloatingPointError OverflowError ZeroDivisionError
ImportError: ModuleNotFoundError
LookupError: IndexError KeyError
NameError: UnboundLocalError
OSError: FileExistsError FileNotFoundError IsADirectoryError NotADirectoryError PermissionError TimeoutError
RuntimeError: NotImplementedError RecursionError
SyntaxError: IndentationError
ValueError: UnicodeError
UnicodeError: UnicodeDecodeError UnicodeEncodeError
Warning: DeprecationWarning FutureWarning RuntimeWarning SyntaxWarning UserWarning
Exception: DimensionMismatchError BrianObjectException MagicError TooManySteps
Exception: EquationError UnsupportedEquationsException
BrianObjectException: IntegrationError
`

// exceptionClasses are never changed after they have been made.
var exceptionClasses = func() map[string]*Class {
	classes := map[string]*Class{"BaseException": {Name: "BaseException", Module: "builtins", Base: objectClass, exception: true}}
	for _, line := range strings.Split(strings.TrimSpace(exceptionTree), "\n") {
		base, derived, _ := strings.Cut(line, ":")
		for _, name := range strings.Fields(derived) {
			classes[name] = &Class{Name: name, Module: "builtins", Base: classes[base], exception: true}
		}
	}
	return classes
}()
