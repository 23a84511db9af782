package syntax

// kind is the kind of a token.
type kind uint8

// The kinds of token. Keywords stand between firstKeyword and lastKeyword.
const (
	eof kind = iota
	newline
	indent
	dedent
	name
	number
	stringLiteral
	magicLine

	leftParen
	rightParen
	leftBracket
	rightBracket
	leftBrace
	rightBrace
	comma
	colon
	colonEqual
	semicolon
	dot
	ellipsis
	arrow
	at
	exclamation
	assign
	plus
	minus
	star
	starStar
	slash
	slashSlash
	percent
	ampersand
	bar
	caret
	tilde
	shiftLeft
	shiftRight
	equal
	notEqual
	less
	lessEqual
	greater
	greaterEqual
	plusAssign
	minusAssign
	starAssign
	starStarAssign
	slashAssign
	slashSlashAssign
	percentAssign
	atAssign
	ampersandAssign
	barAssign
	caretAssign
	shiftLeftAssign
	shiftRightAssign

	firstKeyword
	kwFalse
	kwNone
	kwTrue
	kwAnd
	kwAs
	kwAssert
	kwAsync
	kwAwait
	kwBreak
	kwClass
	kwContinue
	kwDef
	kwDel
	kwElif
	kwElse
	kwExcept
	kwFinally
	kwFor
	kwFrom
	kwGlobal
	kwIf
	kwImport
	kwIn
	kwIs
	kwLambda
	kwNonlocal
	kwNot
	kwOr
	kwPass
	kwRaise
	kwReturn
	kwTry
	kwWhile
	kwWith
	kwYield
	lastKeyword
)

// token is a token and its place: bytes start up to end of the source.
type token struct {
	kind       kind
	start, end int
}

var kindText = [...]string{
	eof: "the end of the text", newline: "the end of the line", indent: "an indentation",
	dedent: "the end of the block", name: "a name", number: "a number", stringLiteral: "a string",
	magicLine: "a notebook command",
	leftParen: "(", rightParen: ")", leftBracket: "[", rightBracket: "]", leftBrace: "{", rightBrace: "}",
	comma: ",", colon: ":", colonEqual: ":=", semicolon: ";", dot: ".", ellipsis: "...", arrow: "->", at: "@",
	exclamation: "!", assign: "=", plus: "+", minus: "-", star: "*", starStar: "**", slash: "/",
	slashSlash: "//", percent: "%", ampersand: "&", bar: "|", caret: "^", tilde: "~", shiftLeft: "<<",
	shiftRight: ">>", equal: "==", notEqual: "!=", less: "<", lessEqual: "<=", greater: ">",
	greaterEqual: ">=", plusAssign: "+=", minusAssign: "-=", starAssign: "*=", starStarAssign: "**=",
	slashAssign: "/=", slashSlashAssign: "//=", percentAssign: "%=", atAssign: "@=", ampersandAssign: "&=",
	barAssign: "|=", caretAssign: "^=", shiftLeftAssign: "<<=", shiftRightAssign: ">>=",
	kwFalse: "False", kwNone: "None", kwTrue: "True", kwAnd: "and", kwAs: "as", kwAssert: "assert",
	kwAsync: "async", kwAwait: "await", kwBreak: "break", kwClass: "class", kwContinue: "continue",
	kwDef: "def", kwDel: "del", kwElif: "elif", kwElse: "else", kwExcept: "except", kwFinally: "finally",
	kwFor: "for", kwFrom: "from", kwGlobal: "global", kwIf: "if", kwImport: "import", kwIn: "in", kwIs: "is",
	kwLambda: "lambda", kwNonlocal: "nonlocal", kwNot: "not", kwOr: "or", kwPass: "pass", kwRaise: "raise",
	kwReturn: "return", kwTry: "try", kwWhile: "while", kwWith: "with", kwYield: "yield", lastKeyword: "",
}

// String returns the token's text if it has only one, else a description of the kind.
func (k kind) String() string { return kindText[k] }

// isKeyword reports whether the kind is a keyword.
func (k kind) isKeyword() bool { return firstKeyword < k && k < lastKeyword }

// keyword returns the keyword that the text is, or name.
func keyword(text string) kind {
	if len(text) < 2 || len(text) > 8 {
		return name
	}
	for k := firstKeyword + 1; k < lastKeyword; k++ {
		if kindText[k] == text {
			return k
		}
	}
	return name
}

// IsKeyword reports whether the text is a Python keyword, which cannot be the name of anything.
func IsKeyword(text string) bool { return keyword(text) != name }

// operatorAt returns the operator or punctuation with which the text begins, the longest that fits, and its
// length; the length is 0 if there is none.
func operatorAt(text string) (kind, int) {
	for n := min(3, len(text)); n > 0; n-- {
		if k := operator(text[:n]); k != eof {
			return k, n
		}
	}
	return eof, 0
}

func operator(text string) kind {
	switch text {
	case "(":
		return leftParen
	case ")":
		return rightParen
	case "[":
		return leftBracket
	case "]":
		return rightBracket
	case "{":
		return leftBrace
	case "}":
		return rightBrace
	case ",":
		return comma
	case ":":
		return colon
	case ":=":
		return colonEqual
	case ";":
		return semicolon
	case ".":
		return dot
	case "...":
		return ellipsis
	case "->":
		return arrow
	case "@":
		return at
	case "!":
		return exclamation
	case "=":
		return assign
	case "+":
		return plus
	case "-":
		return minus
	case "*":
		return star
	case "**":
		return starStar
	case "/":
		return slash
	case "//":
		return slashSlash
	case "%":
		return percent
	case "&":
		return ampersand
	case "|":
		return bar
	case "^":
		return caret
	case "~":
		return tilde
	case "<<":
		return shiftLeft
	case ">>":
		return shiftRight
	case "==":
		return equal
	case "!=":
		return notEqual
	case "<":
		return less
	case "<=":
		return lessEqual
	case ">":
		return greater
	case ">=":
		return greaterEqual
	case "+=":
		return plusAssign
	case "-=":
		return minusAssign
	case "*=":
		return starAssign
	case "**=":
		return starStarAssign
	case "/=":
		return slashAssign
	case "//=":
		return slashSlashAssign
	case "%=":
		return percentAssign
	case "@=":
		return atAssign
	case "&=":
		return ampersandAssign
	case "|=":
		return barAssign
	case "^=":
		return caretAssign
	case "<<=":
		return shiftLeftAssign
	case ">>=":
		return shiftRightAssign
	}
	return eof
}

// augmented returns the operator of an augmented assignment such as +=, or NoOp.
func augmented(k kind) Op {
	switch k {
	case plusAssign:
		return Add
	case minusAssign:
		return Sub
	case starAssign:
		return Mul
	case starStarAssign:
		return Pow
	case slashAssign:
		return Div
	case slashSlashAssign:
		return FloorDiv
	case percentAssign:
		return Mod
	case atAssign:
		return MatMul
	case ampersandAssign:
		return BitAnd
	case barAssign:
		return BitOr
	case caretAssign:
		return BitXor
	case shiftLeftAssign:
		return ShiftLeft
	case shiftRightAssign:
		return ShiftRight
	}
	return NoOp
}
