package plot

import (
	"strings"
	"unicode/utf8"

	"synfire/internal/diag"
)

// Mathtext is parsed into a tree and then set. A node is one of the types below.
type mathNode interface{}

type (
	// mathChar is one character; operators get space on both sides, punctuation after.
	mathChar struct {
		char     rune
		face     face
		operator bool
	}
	mathSpace struct{ width float64 }
	mathWord  struct {
		text     string
		face     face
		function bool
	}
	mathList    struct{ nodes []mathNode }
	mathScripts struct{ base, sub, sup mathNode }
	mathFrac    struct {
		top, bottom mathNode
		bare        bool
	}
	mathRoot   struct{ body, index mathNode }
	mathAccent struct {
		char rune
		body mathNode
	}
	mathOver struct {
		body  mathNode
		under bool
	}
)

// textPiece is plain text or a formula.
type textPiece struct {
	plain   string
	formula mathNode
}

// parseText splits one line at its dollar signs. An odd number of dollars is plain text, as in matplotlib; "\$" is a
// dollar.
func parseText(text string) ([]textPiece, error) {
	if dollars(text)%2 == 1 || dollars(text) == 0 {
		return []textPiece{{plain: strings.ReplaceAll(text, `\$`, "$")}}, nil
	}
	var pieces []textPiece
	inside := false
	for text != "" {
		end := nextDollar(text)
		part := text[:end]
		text = strings.TrimPrefix(text[end:], "$")
		if inside {
			parser := mathParser{text: part, face: obliqueFace}
			formula, err := parser.parse()
			if err != nil {
				return nil, err
			}
			pieces = append(pieces, textPiece{formula: formula})
		} else if part != "" {
			pieces = append(pieces, textPiece{plain: strings.ReplaceAll(part, `\$`, "$")})
		}
		inside = !inside
	}
	return pieces, nil
}

func dollars(text string) int {
	return strings.Count(text, "$") - strings.Count(text, `\$`)
}

func nextDollar(text string) int {
	for i := 0; i < len(text); i++ {
		if text[i] == '$' && (i == 0 || text[i-1] != '\\') {
			return i
		}
	}
	return len(text)
}

// mathDepth bounds nesting, so that no input can exhaust the stack.
const mathDepth = 50

type mathParser struct {
	text  string
	pos   int
	face  face
	depth int
}

func (p *mathParser) fail(why string) error {
	return diag.Errorf(diag.Span{}, "ValueError", "cannot set the formula %q: %s", p.text, why).
		WithHint("Formulas stand between dollar signs and know Greek letters, _ and ^, \\frac, \\sqrt, \\mathrm and the usual symbols.")
}

func (p *mathParser) parse() (mathNode, error) {
	list, err := p.list(false)
	if err == nil && p.pos < len(p.text) {
		return nil, p.fail("unexpected }")
	}
	return list, err
}

// list reads nodes up to the end of the text or of a group.
func (p *mathParser) list(group bool) (mathNode, error) {
	if p.depth++; p.depth > mathDepth {
		return nil, p.fail("it is nested too deeply")
	}
	defer func() { p.depth-- }()
	outer := p.face
	defer func() { p.face = outer }()
	var nodes []mathNode
	for {
		if p.pos >= len(p.text) {
			if group {
				return nil, p.fail("a } is missing")
			}
			return mathList{nodes}, nil
		}
		if p.text[p.pos] == '}' {
			if !group {
				return mathList{nodes}, nil
			}
			p.pos++
			return mathList{nodes}, nil
		}
		node, err := p.node()
		if err != nil {
			return nil, err
		}
		if node != nil {
			nodes = append(nodes, node)
		}
	}
}

// node reads one thing with its sub- and superscripts.
func (p *mathParser) node() (mathNode, error) {
	var base mathNode = mathList{}
	if c := p.text[p.pos]; c != '_' && c != '^' && c != '\'' {
		atom, err := p.atom()
		if err != nil || atom == nil {
			return nil, err
		}
		base = atom
	}
	var sub, sup mathNode
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		switch {
		case c == '\'':
			p.pos++
			// A prime is high by itself.
			base = mathList{[]mathNode{base, mathChar{char: '′'}}}
			continue
		case c == '_' || c == '^':
			p.pos++
			script, err := p.argument()
			if err != nil {
				return nil, err
			}
			if c == '_' && sub == nil {
				sub = script
			} else if c == '^' && sup == nil {
				sup = script
			} else if c == '_' {
				return nil, p.fail("double subscript")
			} else {
				return nil, p.fail("double superscript")
			}
			continue
		}
		break
	}
	if sub == nil && sup == nil {
		return base, nil
	}
	return mathScripts{base, sub, sup}, nil
}

// argument reads a group or a single thing.
func (p *mathParser) argument() (mathNode, error) {
	p.skipSpace()
	if p.pos >= len(p.text) {
		return nil, p.fail("something is missing at its end")
	}
	switch p.text[p.pos] {
	case '_', '^', '}':
		return nil, p.fail("unexpected " + p.text[p.pos:p.pos+1])
	}
	if p.depth++; p.depth > mathDepth {
		return nil, p.fail("it is nested too deeply")
	}
	defer func() { p.depth-- }()
	node, err := p.atom()
	if err == nil && node == nil {
		node = mathList{}
	}
	return node, err
}

func (p *mathParser) skipSpace() {
	for p.pos < len(p.text) && p.text[p.pos] == ' ' {
		p.pos++
	}
}

// atom reads one character, group or command; nil is nothing to draw.
func (p *mathParser) atom() (mathNode, error) {
	char, size := utf8.DecodeRuneInString(p.text[p.pos:])
	switch char {
	case '{':
		p.pos++
		return p.list(true)
	case '\\':
		return p.command()
	case ' ':
		p.pos++
		return nil, nil
	case '~':
		p.pos++
		return mathSpace{0.33333}, nil
	}
	p.pos += size
	if char == '-' {
		char = '−'
	}
	return p.char(char), nil
}

func (p *mathParser) char(char rune) mathNode {
	c := mathChar{char: char, face: p.face, operator: mathOperators[char]}
	letter := char >= 'a' && char <= 'z' || char >= 'A' && char <= 'Z' || char >= 'α' && char <= 'ω' || char == 'ϵ' || char == 'ϕ' ||
		char == 'ϑ' || char == 'ϖ' || char == 'ϱ' || char == 'ϰ'
	if !letter && p.face == obliqueFace {
		c.face = regularFace
	}
	return c
}

func (p *mathParser) command() (mathNode, error) {
	p.pos++
	start := p.pos
	for p.pos < len(p.text) && (p.text[p.pos] >= 'a' && p.text[p.pos] <= 'z' || p.text[p.pos] >= 'A' && p.text[p.pos] <= 'Z') {
		p.pos++
	}
	if p.pos == start {
		if p.pos >= len(p.text) {
			return nil, p.fail("a lone backslash at its end")
		}
		char, size := utf8.DecodeRuneInString(p.text[p.pos:])
		p.pos += size
		if width, ok := mathSpaces[string(char)]; ok {
			return mathSpace{width}, nil
		}
		switch char {
		case '|':
			return p.char('‖'), nil
		case '\\':
			return mathSpace{0.33333}, nil
		}
		if strings.ContainsRune("{}$%&#_", char) {
			return p.char(char), nil
		}
		return nil, p.fail("unknown symbol \\" + string(char))
	}
	name := p.text[start:p.pos]
	if char, ok := mathSymbols[name]; ok {
		p.skipSpace()
		c := p.char(char).(mathChar)
		if char >= 'Α' && char <= 'Ω' && p.face == obliqueFace {
			c.face = regularFace
		}
		return c, nil
	}
	if width, ok := mathSpaces[name]; ok {
		return mathSpace{width}, nil
	}
	if mathFunctions[name] {
		p.skipSpace()
		return mathWord{name, regularFace, true}, nil
	}
	if of, ok := mathFaces[name]; ok {
		return p.faced(name, of)
	}
	if ignoredMath[name] {
		p.skipSpace()
		if p.pos < len(p.text) && p.text[p.pos] == '.' && (name == "left" || name == "right") {
			p.pos++
		}
		return nil, nil
	}
	if char, ok := mathAccents[name]; ok {
		body, err := p.argument()
		return mathAccent{char, body}, err
	}
	switch name {
	case "frac", "dfrac", "tfrac", "binom":
		top, err := p.argument()
		if err != nil {
			return nil, err
		}
		bottom, err := p.argument()
		if err != nil {
			return nil, err
		}
		if name == "binom" {
			return mathList{[]mathNode{mathChar{char: '('}, mathFrac{top, bottom, true}, mathChar{char: ')'}}}, nil
		}
		return mathFrac{top, bottom, false}, nil
	case "sqrt":
		var index mathNode
		if p.pos < len(p.text) && p.text[p.pos] == '[' {
			end := strings.IndexByte(p.text[p.pos:], ']')
			if end < 0 {
				return nil, p.fail("a ] is missing")
			}
			index = mathWord{text: p.text[p.pos+1 : p.pos+end], face: regularFace}
			p.pos += end + 1
		}
		body, err := p.argument()
		return mathRoot{body, index}, err
	case "overline", "underline":
		body, err := p.argument()
		return mathOver{body, name == "underline"}, err
	}
	return nil, p.fail("unknown symbol \\" + name)
}

// faced reads the argument of \mathrm and the like. \text keeps its spaces; \rm has no argument and holds to the end of
// its group.
func (p *mathParser) faced(name string, of face) (mathNode, error) {
	if name == "rm" || name == "it" || name == "bf" {
		p.skipSpace()
		p.face = of
		return nil, nil
	}
	p.skipSpace()
	if strings.HasPrefix(name, "text") || name == "mbox" {
		if p.pos < len(p.text) && p.text[p.pos] == '{' {
			end := strings.IndexByte(p.text[p.pos:], '}')
			if end < 0 {
				return nil, p.fail("a } is missing")
			}
			word := p.text[p.pos+1 : p.pos+end]
			p.pos += end + 1
			return mathWord{text: word, face: of}, nil
		}
	}
	outer := p.face
	p.face = of
	node, err := p.argument()
	p.face = outer
	return node, err
}
