package script

import (
	"context"
	"fmt"
	"strings"
	"time"

	"synfire/internal/diag"
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
		case opNop:
		case opConst:
			stack = append(stack, k.consts[i.a])
		case opPop:
			stack[len(stack)-1] = nil
			stack = stack[:len(stack)-1]
		case opDup:
			stack = append(stack, stack[len(stack)-1])
		case opDup2:
			stack = append(stack, stack[len(stack)-2], stack[len(stack)-1])
		case opSwap:
			n := len(stack)
			stack[n-1], stack[n-2] = stack[n-2], stack[n-1]
		case opRotate:
			n := len(stack)
			stack[n-3], stack[n-2], stack[n-1] = stack[n-1], stack[n-3], stack[n-2]
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
			f.pc = pc
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

// step executes the less frequent instructions; it returns where to go on.
func (in *Interp) step(f *Frame, i instruction, pc int) (int, error) {
	k := f.code
	stack := f.stack
	n := len(stack)
	// replace puts a result in the place of the top `count` values.
	replace := func(count int, v Value, err error) (int, error) {
		if err != nil {
			return pc, err
		}
		clear(stack[n-count:])
		f.stack = append(stack[:n-count], v)
		return pc, nil
	}
	drop := func(count int, err error) (int, error) {
		clear(stack[n-count:])
		f.stack = stack[:n-count]
		return pc, err
	}
	switch i.op {
	case opLoadCell:
		v := f.cells[i.a].value
		if v == nil {
			name := k.cellNames[i.a]
			if int(i.a) >= len(k.cellNames)-len(k.free) {
				return pc, Raise("NameError", "cannot access free variable '%s' where it is not associated with a value in enclosing scope", name)
			}
			return pc, unboundLocal(name)
		}
		f.stack = append(stack, v)
	case opStoreCell:
		f.cells[i.a].value = stack[n-1]
		return drop(1, nil)
	case opDelCell:
		if f.cells[i.a].value == nil {
			return pc, unboundLocal(k.cellNames[i.a])
		}
		f.cells[i.a].value = nil
	case opDelGlobal:
		if k.globals[i.a].Value == nil {
			return pc, f.undefined(k.globals[i.a].Name)
		}
		k.globals[i.a].Value = nil
	case opLoadName:
		name := k.names[i.a]
		v, ok := f.names.GetString(name)
		if !ok && i.b > 0 {
			v = f.cells[i.b-1].value
			ok = v != nil
		}
		if !ok {
			global := f.module.Variable(name)
			if v = global.Value; v == nil {
				v = global.builtin
			}
			if v == nil {
				return pc, f.undefined(name)
			}
		}
		f.stack = append(stack, v)
	case opStoreName:
		f.names.SetString(k.names[i.a], stack[n-1])
		return drop(1, nil)
	case opDelName:
		if found, _ := f.names.Delete(k.names[i.a]); !found {
			return pc, f.undefined(k.names[i.a])
		}
	case opLoadAttr:
		v, err := in.attr(stack[n-1], k.names[i.a])
		return replace(1, v, err)
	case opStoreAttr:
		return drop(2, in.setAttr(stack[n-1], k.names[i.a], stack[n-2]))
	case opDelAttr:
		return drop(1, in.delAttr(stack[n-1], k.names[i.a]))
	case opLoadIndex:
		v, err := index(stack[n-2], stack[n-1])
		return replace(2, v, err)
	case opStoreIndex:
		return drop(3, setIndex(stack[n-2], stack[n-1], stack[n-3]))
	case opDelIndex:
		return drop(2, delIndex(stack[n-2], stack[n-1]))
	case opInPlaceIndex:
		return drop(3, inPlaceIndex(syntax.Op(i.a), stack[n-3], stack[n-2], stack[n-1]))
	case opBuildSlice:
		return replace(3, &Slice{stack[n-3], stack[n-2], stack[n-1]}, nil)
	case opUnary:
		v, err := unary(syntax.Op(i.a), stack[n-1])
		return replace(1, v, err)
	case opNot:
		if u, ok := stack[n-1].(*Unknown); ok {
			return replace(1, &Unknown{What: u.What}, nil)
		}
		truth, err := Truth(stack[n-1])
		return replace(1, !truth, err)
	case opBranchValue:
		if u, ok := stack[n-1].(*Unknown); ok {
			in.unknownBranch(f, u)
			stack[n-1] = &Unknown{What: u.What}
			return int(i.b), nil
		}
		truth, err := Truth(stack[n-1])
		if err == nil && !truth {
			pc = int(i.a)
		}
		return drop(1, err)
	case opAndElse, opOrElse:
		if _, ok := stack[n-1].(*Unknown); ok {
			return int(i.a), nil
		}
		truth, err := Truth(stack[n-1])
		if err != nil {
			return pc, err
		}
		if truth == (i.op == opOrElse) {
			return int(i.a), nil
		}
		return drop(1, nil)
	case opChain:
		v, err := binary(syntax.Op(i.a), stack[n-2], stack[n-1])
		if err != nil {
			return pc, err
		}
		stack[n-2], stack[n-1] = stack[n-1], v
	case opIter:
		if u, ok := stack[n-1].(*Unknown); ok && i.b < 2 {
			in.unknownBranch(f, u)
			if i.b == 0 {
				f.stack = stack[:n-1]
			} else {
				stack[n-1] = &Unknown{What: u.What}
			}
			return int(i.a), nil
		}
		v, err := iterator(stack[n-1])
		return replace(1, v, err)
	case opUnpack, opUnpackStar:
		return pc, f.unpack(i)
	case opBuildTuple:
		return replace(int(i.a), &Tuple{Elts: append([]Value(nil), stack[n-int(i.a):]...)}, nil)
	case opBuildList:
		return replace(int(i.a), &List{Elts: append([]Value(nil), stack[n-int(i.a):]...)}, nil)
	case opBuildSet:
		s := NewSet()
		for _, v := range stack[n-int(i.a):] {
			if err := s.Add(v); err != nil {
				return pc, err
			}
		}
		return replace(int(i.a), s, nil)
	case opBuildDict:
		d := NewDict()
		for at := n - 2*int(i.a); at < n; at += 2 {
			if err := d.Set(stack[at], stack[at+1]); err != nil {
				return pc, err
			}
		}
		return replace(2*int(i.a), d, nil)
	case opBuildString:
		var b strings.Builder
		for _, v := range stack[n-int(i.a):] {
			b.WriteString(v.(string))
		}
		return replace(int(i.a), b.String(), nil)
	case opListAppend:
		list := stack[n-1-int(i.a)].(*List)
		list.Elts = append(list.Elts, stack[n-1])
		return drop(1, nil)
	case opListExtend:
		list := stack[n-2].(*List)
		elts, err := Elements(stack[n-1])
		if err != nil {
			if i.a == 1 {
				err = Raise("TypeError", "%s argument after * must be an iterable, not %s", callableName(stack[n-3]), TypeName(stack[n-1]))
			}
			return pc, err
		}
		list.Elts = append(list.Elts, elts...)
		return drop(1, nil)
	case opSetAdd:
		return drop(1, stack[n-1-int(i.a)].(*Set).Add(stack[n-1]))
	case opSetExtend:
		return drop(1, extendSet(stack[n-2].(*Set), stack[n-1]))
	case opDictAdd:
		return drop(2, stack[n-2-int(i.a)].(*Dict).Set(stack[n-2], stack[n-1]))
	case opDictExtend:
		other, ok := stack[n-1].(*Dict)
		if !ok {
			return pc, Raise("TypeError", "'%s' object is not a mapping", TypeName(stack[n-1]))
		}
		stack[n-2].(*Dict).update(other)
		return drop(1, nil)
	case opDictMerge:
		return drop(1, mergeKeywords(stack[n-4], stack[n-2].(*Dict), stack[n-1]))
	case opListToTuple:
		return replace(1, &Tuple{Elts: stack[n-1].(*List).Elts}, nil)
	case opFormat:
		return in.formatStep(f, i, pc)
	case opCallSpread:
		args := stack[n-2].(*List).Elts
		var keywords []KeywordArg
		for key, v := range stack[n-1].(*Dict).All() {
			keywords = append(keywords, KeywordArg{key.(string), v})
		}
		v, err := in.call(f, stack[n-3], args, keywords)
		return replace(3, v, err)
	case opFunction:
		return replace(2, f.makeFunction(k.children[i.a], stack[n-2].(*Tuple), stack[n-1].(*Dict)), nil)
	case opClass:
		v, err := in.makeClass(f, k.children[i.a], stack[n-int(i.b):])
		return replace(int(i.b), v, err)
	case opMatch:
		matched, err := matchException(stack[n-2].(*Exception), stack[n-1])
		return replace(1, matched, err)
	case opPopHandling:
		f.handling = f.handling[:len(f.handling)-1]
	case opReraise:
		return pc, f.handling[len(f.handling)-1]
	case opRaise:
		return pc, in.raise(f, int(i.a))
	case opAssert:
		if u, ok := stack[n-1].(*Unknown); ok {
			in.unknownBranch(f, u)
			pc = int(i.a)
			return drop(1, nil)
		}
		truth, err := Truth(stack[n-1])
		if truth {
			pc = int(i.a)
		}
		return drop(1, err)
	case opWith:
		return pc, in.enterWith(f, i)
	case opWithLeave:
		_, err := in.call(f, stack[n-1], []Value{None, None, None}, nil)
		return drop(1, err)
	case opWithRaise:
		e := stack[n-1].(*Exception)
		v, err := in.call(f, stack[n-2], []Value{e.Class, e, None}, nil)
		if err != nil {
			return pc, err
		}
		forgive, err := Truth(v)
		if forgive {
			f.handling = f.handling[:len(f.handling)-1]
			pc = int(i.a)
			return drop(2, err)
		}
		return pc, err
	case opImport:
		v, err := in.importModule(k.names[i.a], i.b == 1)
		if err != nil {
			return pc, err
		}
		f.stack = append(stack, v)
	case opImportFrom:
		v, err := in.importName(stack[n-1].(*Module), k.names[i.a])
		if err != nil {
			return pc, err
		}
		f.stack = append(stack, v)
	case opImportStar:
		return drop(1, in.importStar(stack[n-1].(*Module), f.module))
	case opMagic:
		v, err := in.runMagic(f, k.magics[i.a])
		if err != nil {
			return pc, err
		}
		f.stack = append(stack, v)
	case opTimeStart:
		f.stack = append(stack, newStopwatch())
	case opTimeStop:
		stack[n-1].(*stopwatch).report(in.stdout)
		return drop(1, nil)
	case opTimeIt:
		err := in.timeIt(f, stack[n-1])
		return drop(1, err)
	default:
		panic("BUG: no such instruction: " + opcodeNames[i.op])
	}
	return pc, nil
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

// raise executes a raise statement with n operands, or -1 and -2 for an assertion without and with a message.
func (in *Interp) raise(f *Frame, n int) error {
	top := len(f.stack)
	switch n {
	case 0:
		for g := f; g != nil; g = g.caller {
			if len(g.handling) > 0 {
				return g.handling[len(g.handling)-1]
			}
		}
		return Raise("RuntimeError", "No active exception to reraise")
	case -1:
		return NewException(exceptionClasses["AssertionError"])
	case -2:
		return NewException(exceptionClasses["AssertionError"], f.stack[top-1])
	}
	e, err := in.exceptionOf(f, f.stack[top-n])
	if err != nil {
		return err
	}
	if n == 2 {
		e.suppress = true
		if !IsNone(f.stack[top-1]) {
			if e.Cause, err = in.exceptionOf(f, f.stack[top-1]); err != nil {
				return Raise("TypeError", "exception causes must derive from BaseException")
			}
		}
	}
	return e
}

// exceptionOf returns the exception that `raise v` raises.
func (in *Interp) exceptionOf(f *Frame, v Value) (*Exception, error) {
	switch v := v.(type) {
	case *Exception:
		return v, nil
	case *Class:
		if v.exception {
			made, err := in.call(f, v, nil, nil)
			if err != nil {
				return nil, err
			}
			if e, ok := made.(*Exception); ok {
				return e, nil
			}
		}
	}
	return nil, Raise("TypeError", "exceptions must derive from BaseException")
}

// matchException reports whether an except clause with the given class or tuple of classes catches an exception.
func matchException(e *Exception, v Value) (bool, error) {
	switch v := v.(type) {
	case *Class:
		if v.exception {
			return e.Class.IsSubclass(v), nil
		}
	case *Tuple:
		for _, c := range v.Elts {
			if matched, err := matchException(e, c); matched || err != nil {
				return matched, err
			}
		}
		return false, nil
	}
	return false, Raise("TypeError", "catching classes that do not inherit from BaseException is not allowed")
}

// enterWith starts a with statement: the manager on the stack is replaced by its exit method and what it gave.
func (in *Interp) enterWith(f *Frame, i instruction) error {
	n := len(f.stack)
	manager := f.stack[n-1]
	if u, ok := manager.(*Unknown); ok {
		exit := NewBuiltin(Entry{Signature: "__exit__(*args)", TakesUnknown: true, Func: func(*Call) (Value, error) { return None, nil }})
		f.stack[n-1] = exit
		f.blocks = append(f.blocks, block{i.a, int32(n), int32(len(f.handling))})
		f.stack = append(f.stack, &Unknown{What: u.What})
		return nil
	}
	enter, err := in.attr(manager, "__enter__")
	var exit Value
	if err == nil {
		exit, err = in.attr(manager, "__exit__")
	}
	if err != nil {
		return Raise("TypeError", "'%s' object does not support the context manager protocol", TypeName(manager))
	}
	v, err := in.call(f, enter, nil, nil)
	if err != nil {
		return err
	}
	f.stack[n-1] = exit
	f.blocks = append(f.blocks, block{i.a, int32(n), int32(len(f.handling))})
	f.stack = append(f.stack, v)
	return nil
}

// mergeKeywords adds a **mapping to the keyword arguments of a call.
func mergeKeywords(f Value, keywords *Dict, more Value) error {
	mapping, ok := more.(*Dict)
	if !ok {
		return Raise("TypeError", "%s argument after ** must be a mapping, not %s", callableName(f), TypeName(more))
	}
	for key, v := range mapping.All() {
		name, ok := key.(string)
		if !ok {
			return Raise("TypeError", "keywords must be strings")
		}
		if _, repeated := keywords.GetString(name); repeated {
			return Raise("TypeError", "%s got multiple values for keyword argument '%s'", callableName(f), name)
		}
		keywords.SetString(name, v)
	}
	return nil
}

// runMagic hands a notebook line to the notebook.
func (in *Interp) runMagic(f *Frame, m *syntax.Magic) (Value, error) {
	if in.config.Magic == nil {
		return nil, diag.Errorf(m.Span(), "SyntaxError", "%s%s works only in a notebook", m.Kind, m.Name)
	}
	call := &Call{Interp: in, Context: in.ctx, Frame: f, Name: m.Kind + m.Name}
	v, err := in.config.Magic(call, m)
	if v == nil {
		v = None
	}
	return v, err
}

// timeIt runs the function of a %timeit line and prints its mean time.
func (in *Interp) timeIt(f *Frame, function Value) error {
	const budget = 200 * time.Millisecond
	loops, start := 0, time.Now()
	for loops == 0 || time.Since(start) < budget {
		if _, err := in.call(f, function, nil, nil); err != nil {
			return err
		}
		loops++
		if err := in.check(); err != nil {
			return err
		}
	}
	each := time.Since(start) / time.Duration(loops)
	fmt.Fprintf(in.stdout, "%s per loop (mean of 1 run, %d loops)\n", showDuration(each), loops)
	return nil
}
