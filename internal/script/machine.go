package script

import (
	"context"
	"fmt"

	"synfire/internal/syntax"
)

// block is an entered try or with: where its handler is and how to restore the frame for it.
type block struct {
	handler  int32
	depth    int32 // of the stack
	handling int32 // how many exceptions were being handled
}

// maxDepth is Python's limit on nested calls.
const maxDepth = 1000

// ticksPerCheck is how many calls and backward jumps pass between two looks at the context.
const ticksPerCheck = 1 << 10

// exec compiles and runs a module in a namespace.
func (in *Interp) exec(ctx context.Context, module *syntax.Module, namespace *Namespace, lastValue bool) (Value, error) {
	k, err := compileModule(module, namespace, lastValue)
	if err != nil {
		return nil, &Error{Exception: toException(err)}
	}
	defer in.began(module)()
	savedContext, savedFrame, savedDepth := in.ctx, in.frame, in.depth
	in.ctx = ctx
	if savedFrame == nil {
		in.depth = 0
	}
	defer func() { in.ctx, in.frame, in.depth = savedContext, savedFrame, savedDepth }()
	f := &Frame{code: k, module: namespace, caller: savedFrame, stack: make([]Value, 0, 16)}
	v, err := in.run(f)
	if err != nil {
		e := toException(err)
		trace := make([]TraceEntry, len(e.trace))
		for i, entry := range e.trace {
			trace[len(trace)-1-i] = entry
		}
		if savedFrame != nil {
			return nil, e // the importing script goes on unwinding
		}
		return nil, &Error{Exception: e, Trace: trace}
	}
	if _, none := v.(NoneType); none {
		v = nil
	}
	return v, nil
}

// check returns the error of an interrupted context.
func (in *Interp) check() error {
	if in.ctx != nil && in.ctx.Err() != nil {
		return in.ctx.Err()
	}
	return nil
}

// run executes a frame until it returns, yields or fails. An error has passed all the frame's handlers and carries
// the frame's line in its trace.
func (in *Interp) run(f *Frame) (Value, error) {
	if in.depth >= maxDepth {
		return nil, Raise("RecursionError", "maximum recursion depth exceeded")
	}
	if err := in.tick(); err != nil {
		return nil, err
	}
	in.depth++
	saved := in.frame
	in.frame = f
	v, err := in.loop(f)
	in.frame = saved
	in.depth--
	return v, err
}

// loop is the stack machine.
func (in *Interp) loop(f *Frame) (Value, error) {
	k := f.code
	instructions := k.instructions
	stack := f.stack
	pc := f.pc
	var err error
	for {
		i := instructions[pc]
		pc++
		switch i.op {
		case opConst:
			stack = append(stack, k.consts[i.a])
		case opPop:
			stack[len(stack)-1] = nil
			stack = stack[:len(stack)-1]
		case opDup:
			stack = append(stack, stack[len(stack)-1])
		case opSwap:
			n := len(stack)
			stack[n-1], stack[n-2] = stack[n-2], stack[n-1]
		case opLoadLocal:
			v := f.locals[i.a]
			if v == nil {
				err = unboundLocal(k.localNames[i.a])
				goto failed
			}
			stack = append(stack, v)
		case opStoreLocal:
			f.locals[i.a] = stack[len(stack)-1]
			stack = stack[:len(stack)-1]
		case opDelLocal:
			if f.locals[i.a] == nil {
				err = unboundLocal(k.localNames[i.a])
				goto failed
			}
			f.locals[i.a] = nil
		case opLoadGlobal:
			v := k.globals[i.a].Value
			if v == nil {
				if v = k.globals[i.a].builtin; v == nil {
					err = f.undefined(k.globals[i.a].Name)
					goto failed
				}
			}
			stack = append(stack, v)
		case opStoreGlobal:
			k.globals[i.a].Value = stack[len(stack)-1]
			stack = stack[:len(stack)-1]
		case opBinary:
			n := len(stack)
			x, y := stack[n-2], stack[n-1]
			var v Value
			if a, ok := x.(int64); ok {
				if b, ok := y.(int64); ok {
					switch syntax.Op(i.a) {
					case syntax.Add:
						if c := a + b; (c > a) == (b > 0) {
							v = c
						}
					case syntax.Sub:
						if c := a - b; (c < a) == (b > 0) {
							v = c
						}
					case syntax.Mul:
						if a == int64(int32(a)) && b == int64(int32(b)) {
							v = a * b
						}
					}
				}
			} else if a, ok := x.(float64); ok {
				if b, ok := y.(float64); ok {
					switch syntax.Op(i.a) {
					case syntax.Add:
						v = a + b
					case syntax.Sub:
						v = a - b
					case syntax.Mul:
						v = float64(a * b)
					}
				}
			}
			if v == nil {
				f.pc = pc
				if v, err = in.binary(syntax.Op(i.a), x, y); err != nil {
					goto failed
				}
			}
			stack[n-1] = nil
			stack = stack[:n-1]
			stack[n-2] = v
		case opCompare:
			n := len(stack)
			x, y := stack[n-2], stack[n-1]
			var v Value
			if a, ok := x.(int64); ok {
				if b, ok := y.(int64); ok {
					switch syntax.Op(i.a) {
					case syntax.Lt:
						v = a < b
					case syntax.LtEq:
						v = a <= b
					case syntax.Gt:
						v = a > b
					case syntax.GtEq:
						v = a >= b
					case syntax.Eq:
						v = a == b
					case syntax.NotEq:
						v = a != b
					}
				}
			}
			if v == nil {
				f.pc = pc
				if v, err = in.binary(syntax.Op(i.a), x, y); err != nil {
					goto failed
				}
			}
			stack[n-1] = nil
			stack = stack[:n-1]
			stack[n-2] = v
		case opInPlace:
			n := len(stack)
			x, y := stack[n-2], stack[n-1]
			var v Value
			if a, ok := x.(int64); ok && syntax.Op(i.a) == syntax.Add {
				if b, ok := y.(int64); ok {
					if c := a + b; (c > a) == (b > 0) {
						v = c
					}
				}
			}
			if v == nil {
				f.pc = pc
				if v, err = in.inPlace(syntax.Op(i.a), x, y); err != nil {
					goto failed
				}
			}
			stack[n-1] = nil
			stack = stack[:n-1]
			stack[n-2] = v
		case opJump:
			pc = int(i.a)
		case opLoop:
			pc = int(i.a)
			if err = in.tick(); err != nil {
				goto failed
			}
		case opBranch:
			n := len(stack) - 1
			c := stack[n]
			stack[n] = nil
			stack = stack[:n]
			truth, ok := c.(bool)
			if !ok {
				f.pc = pc
				if u, unknown := c.(*Unknown); unknown {
					in.unknownBranch(f, u)
					pc = int(i.b)
					continue
				}
				if truth, err = Truth(c); err != nil {
					goto failed
				}
			}
			if !truth {
				pc = int(i.a)
			}
		case opNext:
			top := stack[len(stack)-1]
			var v Value
			switch it := top.(type) {
			case *rangeIterator:
				if it.left > 0 {
					it.left--
					v = it.next
					it.next += it.step
				}
			case *listIterator:
				if it.at < len(it.list.Elts) {
					v = it.list.Elts[it.at]
					it.at++
				}
			case *Iterator:
				f.pc = pc
				var more bool
				v, more, err = it.next()
				if err != nil {
					goto failed
				}
				if !more {
					v = nil
				}
			}
			if v == nil {
				stack[len(stack)-1] = nil
				stack = stack[:len(stack)-1]
				pc = int(i.a)
				continue
			}
			stack = append(stack, v)
		case opCall:
			n := len(stack) - int(i.a)
			f.pc, f.stack = pc, stack
			var names []string
			if i.b > 0 {
				names = k.keywords[i.b-1]
			}
			var v Value
			if v, err = in.callStack(f, stack[n-1], stack[n:], names); err != nil {
				goto failed
			}
			clear(stack[n-1:])
			stack = append(stack[:n-1], v)
		case opReturn:
			f.stack, f.pc = stack[:0], pc
			f.finished = true
			return stack[len(stack)-1], nil
		case opYield:
			v := stack[len(stack)-1]
			f.stack, f.pc = stack[:len(stack)-1], pc
			return v, nil
		case opYieldFrom:
			n := len(stack)
			f.pc = pc
			v, more, e := in.resumeDelegate(stack[n-2], stack[n-1])
			if err = e; err != nil {
				goto failed
			}
			stack = stack[:n-1]
			if !more {
				stack[n-2] = v
				continue
			}
			f.stack, f.pc = stack, pc-1
			return v, nil
		case opTry:
			f.blocks = append(f.blocks, block{i.a, int32(len(stack)), int32(len(f.handling))})
		case opPopBlock:
			f.blocks = f.blocks[:len(f.blocks)-1]
		default:
			f.pc, f.stack = pc, stack
			if pc, err = in.step(f, i, pc); err != nil {
				stack = f.stack
				goto failed
			}
			stack = f.stack
		}
		continue

	failed:
		f.pc = pc
		e := in.raised(f, err, i.op == opReraise || i.op == opRaise && i.a == 0)
		err = nil
		if len(f.blocks) == 0 {
			f.finished = true
			return nil, e
		}
		b := f.blocks[len(f.blocks)-1]
		f.blocks = f.blocks[:len(f.blocks)-1]
		clear(stack[b.depth:])
		stack = append(stack[:b.depth], e)
		f.handling = append(f.handling[:b.handling], e)
		pc = int(b.handler)
	}
}

// raised turns an error into the exception that propagates through the frame. Unless it is re-raised, the frame's
// line is added to its trace and the exception being handled becomes its context.
func (in *Interp) raised(f *Frame, err error, again bool) *Exception {
	e := toException(err)
	if again {
		return e
	}
	e.trace = append(e.trace, TraceEntry{f.code.name, f.code.span(f.pc - 1)})
	if n := len(f.handling); n > 0 && f.handling[n-1] != e && e.Context == nil {
		e.Context = f.handling[n-1]
	}
	return e
}

func unboundLocal(name string) error {
	return Raise("UnboundLocalError", "cannot access local variable '%s' where it is not associated with a value", name)
}

// undefined is the NameError of a name that nothing defines, with the nearest name that something does.
func (f *Frame) undefined(name string) error {
	m := Raise("NameError", "name '%s' is not defined", name)
	known := f.Names()
	for n := range f.module.builtins {
		known = append(known, n)
	}
	if near := Nearest(name, known); near != "" {
		m.Hint = fmt.Sprintf("Did you mean '%s'?", near)
	}
	return m
}

// unknownBranch reports a branch or loop that is not entered.
func (in *Interp) unknownBranch(f *Frame, u *Unknown) {
	if in.config.OnUnknownBranch != nil {
		in.config.OnUnknownBranch(f.Where(), u)
	}
}

// unpack spreads the value on the stack over the targets of an assignment.
func (f *Frame) unpack(i instruction) error {
	n := len(f.stack)
	x := f.stack[n-1]
	want := int(i.a)
	if i.op == opUnpackStar {
		want += int(i.b)
	}
	if u, ok := x.(*Unknown); ok {
		f.stack = f.stack[:n-1]
		if i.op == opUnpackStar {
			want++
		}
		for range want {
			f.stack = append(f.stack, &Unknown{What: u.What})
		}
		return nil
	}
	var elts []Value
	switch x := x.(type) {
	case *Tuple:
		elts = x.Elts
	case *List:
		elts = x.Elts
	default:
		next, err := Iterate(x)
		if err != nil {
			return Raise("TypeError", "cannot unpack non-iterable %s object", TypeName(x))
		}
		for i.op == opUnpackStar || len(elts) <= want {
			v, more, err := next()
			if err != nil {
				return err
			}
			if !more {
				break
			}
			elts = append(elts, v)
		}
	}
	f.stack = f.stack[:n-1]
	if i.op == opUnpack {
		if len(elts) < want {
			return Raise("ValueError", "not enough values to unpack (expected %d, got %d)", want, len(elts))
		}
		if len(elts) > want {
			return Raise("ValueError", "too many values to unpack (expected %d)", want)
		}
		for j := len(elts) - 1; j >= 0; j-- {
			f.stack = append(f.stack, elts[j])
		}
		return nil
	}
	if len(elts) < want {
		return Raise("ValueError", "not enough values to unpack (expected at least %d, got %d)", want, len(elts))
	}
	before, after := int(i.a), int(i.b)
	for j := len(elts) - 1; j >= len(elts)-after; j-- {
		f.stack = append(f.stack, elts[j])
	}
	f.stack = append(f.stack, NewList(append([]Value(nil), elts[before:len(elts)-after]...)...))
	for j := before - 1; j >= 0; j-- {
		f.stack = append(f.stack, elts[j])
	}
	return nil
}
