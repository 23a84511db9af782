package script

import "synfire/internal/syntax"

// The interfaces below are what a foreign value (array, group, monitor, figure, data frame) may implement to
// take part in the language. All are optional. Those that mention only Go's own types and syntax.Op can be
// met by packages that do not import this one.
//
// A (nil, nil) result always means "I do not do this": the evaluator then tries the other operand or raises
// the exception that Python would. Errors should be *diag.Message (see Raise): Kind becomes the exception's
// class, and the evaluator adds the place and the traceback. Any other error becomes a RuntimeError.
type (
	// Named gives the name that type(x).__name__ and messages use.
	Named interface{ TypeName() string }

	// Classed gives the class itself, for type(x) and isinstance.
	Classed interface{ ScriptClass() *Class }

	// Operand implements arithmetic, comparisons and shifts: it computes `x op other`, or `other op x` when
	// reflected. Comparisons are never reflected: the evaluator mirrors the operator (Lt becomes Gt) instead.
	Operand interface {
		Binary(op syntax.Op, other any, reflected bool) (any, error)
	}

	// InPlaceOperand implements `x op= other` and returns what the target is bound to afterwards (usually x).
	// Without it, or on (nil, nil), the evaluator uses Binary.
	InPlaceOperand interface {
		InPlace(op syntax.Op, other any) (any, error)
	}

	// UnaryOperand implements Neg, Pos and Invert (Not goes through Truther).
	UnaryOperand interface {
		Unary(op syntax.Op) (any, error)
	}

	// Attributed returns the attribute of the given name, or (nil, nil) if there is none. Methods are
	// *Builtin values, made by NewMethod or Methods.Bind.
	Attributed interface {
		Attr(name string) (any, error)
	}

	// AttrSetter implements x.name = value.
	AttrSetter interface {
		SetAttr(name string, value any) error
	}

	// AttrDeleter implements del x.name.
	AttrDeleter interface{ DelAttr(name string) error }

	// AttrLister lists attributes for dir() and for "did you mean".
	AttrLister interface{ AttrNames() []string }

	// Indexed implements x[index]. The index is int64, bool, *Slice, EllipsisType, NoneType, string, *List,
	// *Tuple of these, or a foreign value such as an array.
	Indexed interface{ Index(index any) (any, error) }

	// IndexSetter implements x[index] = value.
	IndexSetter interface {
		SetIndex(index, value any) error
	}

	// IndexInPlace implements x[index] op= value in one step. Without it the evaluator reads, operates and
	// writes back.
	IndexInPlace interface {
		IndexInPlace(op syntax.Op, index, value any) (done bool, err error)
	}

	// IndexDeleter implements del x[index].
	IndexDeleter interface{ DelIndex(index any) error }

	// Sized implements len(x).
	Sized interface{ Len() (int, error) }

	// Iterable starts an iteration; next returns false when there is nothing left.
	Iterable interface {
		Iterate() (next func() (any, bool, error), err error)
	}

	// Container implements `y in x`; without it the evaluator iterates.
	Container interface{ Contains(y any) (bool, error) }

	// Truther implements truth; without it Len decides, and without that everything is true.
	Truther interface{ Bool() (bool, error) }

	// Stringer gives str(x). Without it Representer is used.
	Stringer interface{ Str() string }

	// Representer gives repr(x).
	Representer interface{ Repr() string }

	// RichRepresenter gives what a notebook cell shows for x as its last expression: text for the terminal, and HTML
	// for the page ("" for none).
	RichRepresenter interface{ RichRepr() (text, html string) }

	// Formatter implements format(x, spec) and f"{x:spec}"; without it only the empty spec is accepted.
	Formatter interface {
		Format(spec string) (string, error)
	}

	// Hashable gives a comparable Go value that equals that of every equal value.
	Hashable interface{ HashKey() any }

	// Floater implements float(x); and x stands for a number wherever one is wanted.
	Floater interface{ Float() (float64, error) }

	// Integer implements int(x) and, if exact is true, the use of x as an index (np.int64 is exact, np.float64 is not).
	Integer interface {
		Int() (n int64, exact bool, err error)
	}

	// Rounder implements round(x, digits).
	Rounder interface {
		Round(digits int64) (any, error)
	}

	// Callable implements x(...). The call's arguments are those written, not yet bound to names.
	Callable interface {
		CallScript(call *Call) (Value, error)
	}

	// BoundInClass marks a callable that becomes a method where it stands in a class, as functions do.
	BoundInClass interface{ BoundInClass() }
)

// Absoluter implements abs(x).
type Absoluter interface{ Abs() (any, error) }
