package script

import "context"

// Call is one call of a function written in Go. After binding, the arguments are found under the names of
// the signature; Args and Keywords hold those of *args and **kwargs (all of them in an unbound call).
type Call struct {
	Interp *Interp
	// Context ends when the script is interrupted. Functions that take long watch it and return its error.
	Context context.Context
	// Frame is the script's frame that made the call; nil when Go did.
	Frame *Frame
	// Name is the function's name, for messages.
	Name string
	// Self is the receiver of a method.
	Self Value
	// Args are positional arguments beyond the named ones.
	Args []Value
	// Keywords are keyword arguments beyond the named ones, in the order written.
	Keywords []KeywordArg

	signature *signature
	bound     []Value
	given     uint64
}

// KeywordArg is a keyword argument of a call.
type KeywordArg struct {
	Name  string
	Value Value
}

// Arg returns the argument bound to a name of the signature: the default if it was not given, nil if the
// default is `...`. It panics on a name that the signature lacks: a programmer's error.
func (c *Call) Arg(name string) Value { return c.bound[c.parameter(name)] }

// Given reports whether the caller wrote the argument.
func (c *Call) Given(name string) bool { return c.given&(1<<uint(c.parameter(name))) != 0 }

func (c *Call) parameter(name string) int {
	for i := range c.signature.params {
		if c.signature.params[i].name == name {
			return i
		}
	}
	panic("BUG: " + c.Name + " has no parameter " + name)
}

// Keyword returns the value of a keyword that landed in **kwargs.
func (c *Call) Keyword(name string) (Value, bool) {
	for _, k := range c.Keywords {
		if k.Name == name {
			return k.Value, true
		}
	}
	return nil, false
}

// Float returns an argument as a float64. Int, String, Bool likewise; each raises TypeError naming the function
// and the argument.
func (c *Call) Float(name string) (float64, error) {
	x, err := AsFloat(c.Arg(name))
	if err != nil {
		return 0, c.wrong(name, "a number")
	}
	return x, nil
}

// Int returns an argument as a whole number.
func (c *Call) Int(name string) (int64, error) {
	n, err := AsIndex(c.Arg(name))
	if err != nil {
		return 0, c.wrong(name, "a whole number")
	}
	return n, nil
}

// String returns a string argument.
func (c *Call) String(name string) (string, error) {
	s, ok := c.Arg(name).(string)
	if !ok {
		return "", c.wrong(name, "a string")
	}
	return s, nil
}

// Bool returns the truth of an argument.
func (c *Call) Bool(name string) (bool, error) { return Truth(c.Arg(name)) }

func (c *Call) wrong(name, want string) error {
	return Raise("TypeError", "%s() argument '%s' must be %s, not %s", c.Name, name, want, TypeName(c.Arg(name)))
}
