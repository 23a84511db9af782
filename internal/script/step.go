package script

import (
	"strings"

	"synfire/internal/syntax"
)

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
	case opReadInPlace:
		if _, ok := stack[n-2].(IndexInPlace); ok {
			f.stack = append(stack, deferredRead{})
			return pc, nil
		}
		old, err := index(stack[n-2], stack[n-1])
		if err != nil {
			return pc, err
		}
		f.stack = append(stack, old)
	case opInPlaceIndex:
		return drop(4, in.inPlaceIndex(syntax.Op(i.a), stack[n-4], stack[n-3], stack[n-2], stack[n-1]))
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
