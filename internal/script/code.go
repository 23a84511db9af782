package script

import (
	"fmt"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// opcode is one operation of the stack machine. The comment of each shows the stack, top at the right, before
// and after it; a and b are the instruction's numbers.
type opcode uint8

const (
	opConst        opcode = iota //                 -> consts[a]
	opPop                        // x               ->
	opDup                        // x               -> x x
	opSwap                       // x y             -> y x
	opLoadLocal                  //                 -> locals[a]
	opStoreLocal                 // x               ->             locals[a] = x
	opDelLocal                   //                 ->
	opLoadCell                   //                 -> cells[a]
	opStoreCell                  // x               ->
	opDelCell                    //                 ->
	opLoadGlobal                 //                 -> globals[a], else the built-in of that name
	opStoreGlobal                // x               ->
	opDelGlobal                  //                 ->
	opLoadName                   //                 -> names[a] of a class body, else cells[b-1], else the global
	opStoreName                  // x               ->
	opDelName                    //                 ->
	opLoadAttr                   // x               -> x.names[a]
	opStoreAttr                  // v x             ->             x.names[a] = v
	opDelAttr                    // x               ->
	opLoadIndex                  // x i             -> x[i]
	opStoreIndex                 // v x i           ->             x[i] = v
	opDelIndex                   // x i             ->
	opReadInPlace                // x i             -> x i x[i]    or x i deferred, if x does it in one step
	opInPlaceIndex               // x i old v       ->             x[i] = old a= v
	opBuildSlice                 // low high step   -> slice
	opBinary                     // x y             -> x a y
	opInPlace                    // x y             -> x a= y
	opCompare                    // x y             -> x a y
	opUnary                      // x               -> a x
	opNot                        // x               -> not x
	opJump                       //                 ->             to a
	opLoop                       //                 ->             back to a; interruption is checked here
	opBranch                     // c               ->             to a if c is false, to b if unknown
	opBranchValue                // c               -> / unknown   to a if c is false, to b with an unknown value if unknown
	opAndElse                    // x               -> x /         to a, keeping x, if x is false or unknown
	opOrElse                     // x               -> x /         to a, keeping x, if x is true or unknown
	opChain                      // x y             -> y (x a y)   a link of a chained comparison
	opIter                       // x               -> iterator    to a if x is unknown (b = 1: leaving the unknown value)
	opNext                       // it              -> it v        to a, dropping it, when there is nothing left
	opUnpack                     // x               -> xn ... x1   exactly a values
	opUnpackStar                 // x               -> ...         a before the star, b after it
	opBuildTuple                 // x1 ... xa       -> tuple
	opBuildList                  // x1 ... xa       -> list
	opBuildSet                   // x1 ... xa       -> set
	opBuildDict                  // k1 v1 ... ka va -> dict
	opBuildString                // s1 ... sa       -> string
	opListAppend                 // list ... x      -> list ...    the list is a below
	opListExtend                 // list x          -> list
	opSetAdd                     // set ... x       -> set ...
	opSetExtend                  // set x           -> set
	opDictAdd                    // dict ... k v    -> dict ...
	opDictExtend                 // dict x          -> dict
	opDictMerge                  // f args dict x   -> f args dict keyword arguments: a repeated one is an error
	opListToTuple                // list            -> tuple
	opFormat                     // x [spec]        -> string      a = conversion, b = 1 with a spec
	opCall                       // f x1 ... xa     -> result      the last len(keywords[b-1]) of them are keyword arguments
	opCallSpread                 // f list dict     -> result
	opFunction                   // defaults kwonly -> function    children[a]
	opClass                      // b1 ... bb       -> class       children[a]
	opReturn                     // x               ->
	opYield                      // x               -> sent value
	opYieldFrom                  // it sent         -> result
	opTry                        //                 ->             handler at a
	opPopBlock                   //                 ->
	opMatch                      // exc class       -> exc bool
	opPopHandling                //                 ->             the exception being handled is done with
	opReraise                    //                 ->
	opRaise                      // [exc [cause]]   ->             a = how many
	opAssert                     // c               -> / c         to a if c is true or unknown
	opWith                       // manager         -> exit value  handler at a
	opWithLeave                  // exit            ->
	opWithRaise                  // exit exc        ->             to a if exit wants the exception forgotten
	opImport                     //                 -> module      names[a]; b = 1 gives the first package of a dotted name
	opImportFrom                 // m               -> m value     names[a]
	opImportStar                 // m               ->
	opMagic                      //                 -> value       magics[a]
	opTimeStart                  //                 -> clock
	opTimeStop                   // clock           ->             a = 1 for a cell
	opTimeIt                     // function        ->
)

var opcodeNames = [...]string{"const", "pop", "dup", "swap", "load-local", "store-local", "del-local",
	"load-cell", "store-cell", "del-cell", "load-global", "store-global", "del-global", "load-name", "store-name",
	"del-name", "load-attr", "store-attr", "del-attr", "load-index", "store-index", "del-index", "read-inplace", "inplace-index",
	"build-slice", "binary", "inplace", "compare", "unary", "not", "jump", "loop", "branch", "branch-value", "and-else",
	"or-else", "chain", "iter", "next", "unpack", "unpack-star", "build-tuple", "build-list", "build-set", "build-dict",
	"build-string", "list-append", "list-extend", "set-add", "set-extend", "dict-add", "dict-extend", "dict-merge",
	"list-to-tuple", "format", "call", "call-spread", "function", "class", "return", "yield", "yield-from", "try",
	"pop-block", "match", "pop-handling", "reraise", "raise", "assert", "with", "with-leave", "with-raise", "import",
	"import-from", "import-star", "magic", "time-start", "time-stop", "timeit"}

// instruction is one step of compiled code.
type instruction struct {
	op   opcode
	a, b int32
}

// place is the range of source bytes that an instruction stands for.
type place struct{ start, end int32 }

// code is a compiled module, function, class body or comprehension.
type code struct {
	name, qualname string
	doc            string
	source         *diag.Source
	instructions   []instruction
	places         []place // one per instruction
	consts         []Value
	names          []string
	globals        []*Variable
	children       []*code
	keywords       [][]string
	magics         []*syntax.Magic

	// Parameters come first among the locals: plain, keyword-only, *args, **kwargs.
	plain, posOnly, kwOnly int
	star, doubleStar       bool
	localNames             []string
	cellNames              []string // own captured variables, then free ones
	free                   []int32  // for each free variable, its position among the enclosing code's cells
	captured               []capturedParameter
	generator              bool
	classBody              bool
}

// capturedParameter is a parameter that lives in a cell because an inner function uses it.
type capturedParameter struct{ local, cell int }

// cell holds a variable that several functions share.
type cell struct{ value Value }

func (c *code) span(pc int) diag.Span {
	if pc < 0 || pc >= len(c.places) || c.source == nil {
		return diag.Span{}
	}
	return diag.Span{Source: c.source, Start: c.places[pc].start, End: c.places[pc].end}
}

// String lists the instructions, those of inner functions after them.
func (c *code) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:\n", c.qualname)
	for i, ins := range c.instructions {
		line := fmt.Sprintf("%4d  %-13s %s", i, opcodeNames[ins.op], c.operands(ins))
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	for _, child := range c.children {
		b.WriteString(child.String())
	}
	return b.String()
}

func (c *code) operands(i instruction) string {
	switch i.op {
	case opConst:
		return Repr(c.consts[i.a])
	case opLoadLocal, opStoreLocal, opDelLocal:
		return c.localNames[i.a]
	case opLoadCell, opStoreCell, opDelCell:
		return c.cellNames[i.a]
	case opLoadGlobal, opStoreGlobal, opDelGlobal:
		return c.globals[i.a].Name
	case opLoadName, opStoreName, opDelName, opLoadAttr, opStoreAttr, opDelAttr, opImport, opImportFrom:
		return c.names[i.a]
	case opBinary, opInPlace, opCompare, opUnary, opChain, opInPlaceIndex:
		return syntax.Op(i.a).String()
	case opFunction, opClass:
		return c.children[i.a].name
	case opBranch, opBranchValue, opUnpackStar, opFormat, opIter:
		return fmt.Sprint(i.a, i.b)
	case opCall:
		if i.b > 0 {
			return fmt.Sprint(i.a, c.keywords[i.b-1])
		}
		return fmt.Sprint(i.a)
	case opJump, opLoop, opNext, opUnpack, opBuildTuple, opBuildList, opBuildSet, opBuildDict, opBuildString, opListAppend,
		opSetAdd, opDictAdd, opTry, opRaise, opAssert, opWith, opWithRaise, opAndElse, opOrElse:
		return fmt.Sprint(i.a)
	}
	return ""
}
