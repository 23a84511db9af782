package notebook

import (
	"fmt"
	"html"
	"strings"
	"unicode"
)

// mathML returns LaTeX mathematics as MathML, which browsers set without scripts. What the small translator does
// not know is shown as it was written, in a box of code.
func mathML(latex string, block bool) string {
	t := &latexParser{rest: []rune(latex)}
	row, err := t.row(func() bool { return t.done() })
	display := ""
	if block {
		display = ` display="block"`
	}
	if err != nil {
		tag := "span"
		if block {
			tag = "div"
		}
		return fmt.Sprintf(`<%s class="tex">%s</%s>`, tag, html.EscapeString(strings.TrimSpace(latex)), tag)
	}
	return fmt.Sprintf(`<math%s>%s</math>`, display, row)
}

// latexParser is a recursive-descent translator of LaTeX's math mode.
type latexParser struct {
	rest  []rune
	depth int
}

type latexError string

func (e latexError) Error() string { return string(e) }

func (t *latexParser) done() bool {
	t.blanks()
	return len(t.rest) == 0
}

func (t *latexParser) blanks() {
	for len(t.rest) > 0 && unicode.IsSpace(t.rest[0]) {
		t.rest = t.rest[1:]
	}
}

// at consumes a text if it comes next.
func (t *latexParser) at(text string) bool {
	t.blanks()
	r := []rune(text)
	if len(t.rest) < len(r) || string(t.rest[:len(r)]) != text {
		return false
	}
	// A command ends where its letters end.
	if len(r) > 1 && r[0] == '\\' && unicode.IsLetter(r[len(r)-1]) && len(t.rest) > len(r) && unicode.IsLetter(t.rest[len(r)]) {
		return false
	}
	t.rest = t.rest[len(r):]
	return true
}

// row translates up to where end says, and returns one element.
func (t *latexParser) row(end func() bool) (string, error) {
	if t.depth++; t.depth > 60 {
		return "", latexError("too deep")
	}
	defer func() { t.depth-- }()
	var items []string
	for !end() {
		if len(t.rest) == 0 {
			return "", latexError("unexpected end")
		}
		item, err := t.scripted()
		if err != nil {
			return "", err
		}
		if item != "" {
			items = append(items, item)
		}
	}
	if len(items) == 1 {
		return items[0], nil
	}
	return "<mrow>" + strings.Join(items, "") + "</mrow>", nil
}

// scripted translates one thing with its subscript and superscript.
func (t *latexParser) scripted() (string, error) {
	t.blanks()
	large := false
	for _, name := range []string{`\sum`, `\prod`, `\lim`, `\max`, `\min`} {
		large = large || strings.HasPrefix(string(t.rest[:min(len(t.rest), 6)]), name)
	}
	base := "<mrow></mrow>"
	if t.rest[0] != '_' && t.rest[0] != '^' {
		var err error
		if base, err = t.atom(); err != nil {
			return "", err
		}
	}
	var sub, sup, primes string
	for {
		t.blanks()
		switch {
		case len(t.rest) > 0 && t.rest[0] == '\'':
			t.rest = t.rest[1:]
			primes += "′"
			continue
		case sub == "" && t.at("_"), sup == "" && t.lookingAt('^'):
			isSub := !t.at("^")
			if t.done() {
				return "", latexError("nothing behind a script")
			}
			script, err := t.atom()
			if err != nil {
				return "", err
			}
			if isSub {
				sub = script
			} else {
				sup = script
			}
			continue
		}
		break
	}
	if primes != "" {
		sup = "<mrow><mo>" + primes + "</mo>" + sup + "</mrow>"
	}
	tags := [3]string{"msub", "msup", "msubsup"}
	if large {
		tags = [3]string{"munder", "mover", "munderover"}
	}
	switch {
	case sub != "" && sup != "":
		return fmt.Sprintf("<%s>%s%s%s</%s>", tags[2], base, sub, sup, tags[2]), nil
	case sub != "":
		return fmt.Sprintf("<%s>%s%s</%s>", tags[0], base, sub, tags[0]), nil
	case sup != "":
		return fmt.Sprintf("<%s>%s%s</%s>", tags[1], base, sup, tags[1]), nil
	}
	return base, nil
}

func (t *latexParser) lookingAt(r rune) bool { return len(t.rest) > 0 && t.rest[0] == r }

// atom translates one letter, number, group or command.
func (t *latexParser) atom() (string, error) {
	t.blanks()
	if len(t.rest) == 0 {
		return "", latexError("unexpected end")
	}
	r := t.rest[0]
	switch {
	case r == '{':
		t.rest = t.rest[1:]
		return t.row(func() bool { return t.at("}") })
	case r == '}' || r == '&' || r == '$' || r == '#' || r == '%':
		return "", latexError("unexpected " + string(r))
	case r == '\\':
		return t.command()
	case r == '~':
		t.rest = t.rest[1:]
		return `<mspace width="0.3em"/>`, nil
	case unicode.IsDigit(r):
		n := 1
		for n < len(t.rest) && (unicode.IsDigit(t.rest[n]) || t.rest[n] == '.' && n+1 < len(t.rest) && unicode.IsDigit(t.rest[n+1])) {
			n++
		}
		number := string(t.rest[:n])
		t.rest = t.rest[n:]
		return "<mn>" + number + "</mn>", nil
	case unicode.IsLetter(r):
		t.rest = t.rest[1:]
		return "<mi>" + html.EscapeString(string(r)) + "</mi>", nil
	}
	t.rest = t.rest[1:]
	if r == '-' {
		r = '−'
	}
	if strings.ContainsRune("()[]|", r) {
		return `<mo stretchy="false">` + string(r) + "</mo>", nil
	}
	return "<mo>" + html.EscapeString(string(r)) + "</mo>", nil
}

// word reads the letters of a command, or its one sign.
func (t *latexParser) word() string {
	n := 1
	for n < len(t.rest) && unicode.IsLetter(t.rest[n]) {
		n++
	}
	if n == 1 && len(t.rest) > 1 {
		n = 2
	}
	word := string(t.rest[1:n])
	t.rest = t.rest[n:]
	return word
}

// braced reads the raw text between braces.
func (t *latexParser) braced() (string, error) {
	if !t.at("{") {
		return "", latexError("a brace is missing")
	}
	depth := 1
	for n, r := range t.rest {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 {
			text := string(t.rest[:n])
			t.rest = t.rest[n+1:]
			return text, nil
		}
	}
	return "", latexError("a brace is not closed")
}

func (t *latexParser) command() (string, error) {
	name := t.word()
	if symbol, ok := latexLetters[name]; ok {
		return "<mi>" + symbol + "</mi>", nil
	}
	if symbol, ok := latexOperators[name]; ok {
		return "<mo>" + html.EscapeString(symbol) + "</mo>", nil
	}
	if width, ok := latexSpaces[name]; ok {
		return fmt.Sprintf(`<mspace width="%s"/>`, width), nil
	}
	if strings.Contains(latexFunctions, " "+name+" ") {
		return "<mi>" + name + "</mi>", nil
	}
	if accent, ok := latexAccents[name]; ok {
		body, err := t.atom()
		return fmt.Sprintf(`<mover accent="true">%s<mo stretchy="false">%s</mo></mover>`, body, accent), err
	}
	switch name {
	case "frac", "dfrac", "tfrac", "cfrac":
		above, err := t.atom()
		if err != nil {
			return "", err
		}
		below, err := t.atom()
		return "<mfrac>" + above + below + "</mfrac>", err
	case "sqrt":
		if t.at("[") {
			degree, err := t.row(func() bool { return t.at("]") })
			if err != nil {
				return "", err
			}
			body, err := t.atom()
			return "<mroot>" + body + degree + "</mroot>", err
		}
		body, err := t.atom()
		return "<msqrt>" + body + "</msqrt>", err
	case "text", "mathrm", "textrm", "mathit", "textit", "operatorname", "mathtt", "texttt", "mathsf":
		text, err := t.braced()
		if strings.ContainsAny(text, `\^_`) && err == nil {
			inner := &latexParser{rest: []rune(text), depth: t.depth + 1}
			return inner.row(inner.done)
		}
		return `<mtext>` + strings.ReplaceAll(html.EscapeString(text), " ", "\u00a0") + "</mtext>", err
	case "mathbf", "boldsymbol", "bm", "textbf":
		body, err := t.atom()
		return `<mrow style="font-weight:bold">` + body + "</mrow>", err
	case "mathcal", "mathbb", "mathfrak":
		return t.atom()
	case "left", "bigl", "big", "Big", "Bigl", "bigg", "biggl", "right", "bigr", "Bigr", "biggr", "middle":
		return t.fence()
	case "limits", "nolimits", "displaystyle", "textstyle", "nonumber":
		return "", nil
	case "label", "tag":
		_, err := t.braced()
		return "", err
	case "begin":
		return t.environment()
	case "overline", "bar":
		body, err := t.atom()
		return "<mover>" + body + "<mo>¯</mo></mover>", err
	case "underline":
		body, err := t.atom()
		return "<munder>" + body + "<mo>_</mo></munder>", err
	}
	return "", latexError("unknown command " + name)
}

// fence reads the sign behind \left or \right.
func (t *latexParser) fence() (string, error) {
	t.blanks()
	if len(t.rest) == 0 {
		return "", latexError("a fence is missing")
	}
	if t.rest[0] == '\\' {
		name := t.word()
		if symbol, ok := latexOperators[name]; ok {
			return "<mo>" + html.EscapeString(symbol) + "</mo>", nil
		}
		return "", latexError("unknown fence " + name)
	}
	r := t.rest[0]
	t.rest = t.rest[1:]
	if r == '.' {
		return "", nil
	}
	return "<mo>" + html.EscapeString(string(r)) + "</mo>", nil
}

// environment translates \begin{...} ... \end{...}: rows and columns.
func (t *latexParser) environment() (string, error) {
	name, err := t.braced()
	if err != nil {
		return "", err
	}
	fences := map[string][2]string{"cases": {"{", ""}, "pmatrix": {"(", ")"}, "bmatrix": {"[", "]"}, "vmatrix": {"|", "|"},
		"matrix": {}, "aligned": {}, "align": {}, "align*": {}, "split": {}, "equation": {}, "equation*": {}, "gather": {},
		"gather*": {}, "eqnarray": {}, "eqnarray*": {}, "array": {}}
	fence, known := fences[name]
	if !known {
		return "", latexError("unknown environment " + name)
	}
	if name == "array" {
		if _, err := t.braced(); err != nil {
			return "", err
		}
	}
	var table strings.Builder
	table.WriteString(`<mtable displaystyle="true"><mtr><mtd>`)
	for finished := false; !finished; {
		separator := ""
		cell, err := t.row(func() bool {
			switch {
			case len(t.rest) == 0:
				return false
			case t.at(`\\`):
				separator = "</mtd></mtr><mtr><mtd>"
			case t.at("&"):
				separator = "</mtd><mtd>"
			case t.at(`\end{` + name + `}`):
				finished = true
			default:
				return false
			}
			return true
		})
		if err != nil {
			return "", err
		}
		table.WriteString(cell + separator)
	}
	table.WriteString("</mtd></mtr></mtable>")
	body := table.String()
	if strings.HasPrefix(name, "align") || name == "split" || strings.HasPrefix(name, "eqnarray") {
		body = strings.Replace(body, "<mtable ", `<mtable class="align" `, 1)
	}
	if name == "cases" {
		body = strings.Replace(body, "<mtable ", `<mtable class="cases" `, 1)
	}
	out := body
	if fence[0] != "" {
		out = "<mo>" + fence[0] + "</mo>" + out
	}
	if fence[1] != "" {
		out += "<mo>" + fence[1] + "</mo>"
	}
	return "<mrow>" + out + "</mrow>", nil
}

// The tables are read only.
var (
	latexLetters = map[string]string{
		"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
		"theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
		"rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ",
		"chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
		"Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "hbar": "ℏ", "infty": "∞", "partial": "∂",
		"nabla": "∇", "emptyset": "∅", "Re": "ℜ", "Im": "ℑ", "prime": "′", "dots": "…", "ldots": "…", "cdots": "⋯", "degree": "°",
		"_": "_", "%": "%", "$": "$", "#": "#", "&": "&amp;",
	}
	latexOperators = map[string]string{
		"cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆", "circ": "∘", "bullet": "•",
		"leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "ll": "≪", "gg": "≫", "approx": "≈", "equiv": "≡",
		"sim": "∼", "simeq": "≃", "propto": "∝", "to": "→", "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒",
		"Leftarrow": "⇐", "leftrightarrow": "↔", "Leftrightarrow": "⇔", "mapsto": "↦", "uparrow": "↑", "downarrow": "↓",
		"in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "forall": "∀", "exists": "∃",
		"land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨", "neg": "¬", "sum": "∑", "prod": "∏", "int": "∫", "oint": "∮",
		"langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "{": "{", "}": "}", "|": "‖",
		"mid": "|", "vert": "|", "Vert": "‖", "otimes": "⊗", "oplus": "⊕", "perp": "⊥", "parallel": "∥",
	}
	latexSpaces = map[string]string{",": "0.17em", ":": "0.22em", ";": "0.28em", "!": "-0.17em", " ": "0.25em",
		"quad": "1em", "qquad": "2em", "\n": "0.25em"}
	latexAccents   = map[string]string{"hat": "^", "widehat": "^", "tilde": "~", "widetilde": "~", "dot": "˙", "ddot": "¨", "vec": "→"}
	latexFunctions = " sin cos tan cot sinh cosh tanh arcsin arccos arctan exp log ln lim max min sup inf det dim ker arg gcd mod Pr "
)
