package notebook

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// heading is one line of the table of contents.
type heading struct {
	level    int
	text, id string
	html     string // the text with its mathematics
}

// newMarkdown returns the renderer of narrative: GitHub's Markdown with mathematics. HTML in it is left out, so
// that a page does nothing but show.
func newMarkdown() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, mathExtension{}),
	)
}

// headings lists the headings of a Markdown text.
func headings(markdown string) []heading {
	source := []byte(markdown)
	var all []heading
	document := newMarkdown().Parser().Parse(text.NewReader(source))
	for node := document.FirstChild(); node != nil; node = node.NextSibling() {
		if h, ok := node.(*ast.Heading); ok {
			if text := strings.TrimSpace(plain(h, source)); text != "" {
				all = append(all, heading{level: h.Level, text: text})
			}
		}
	}
	return all
}

// plain returns the text of a node without markup.
func plain(n ast.Node, source []byte) string {
	return inline(n, source, plainMath, func(text string) string { return text })
}

// inline returns the text of a node: its mathematics and its other text as the functions write them.
func inline(n ast.Node, source []byte, mathematics, text func(string) string) string {
	var b strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			b.WriteString(text(string(child.Segment.Value(source))))
			if child.SoftLineBreak() || child.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.WriteString(text(string(child.Value)))
		case *mathNode:
			b.WriteString(mathematics(child.latex))
		default:
			b.WriteString(inline(child, source, mathematics, text))
		}
	}
	return b.String()
}

// plainMath writes simple mathematics without markup, for titles: \tau_m becomes τ_m.
func plainMath(latex string) string {
	return commandName.ReplaceAllStringFunc(latex, func(command string) string {
		name := command[1:]
		if letter, ok := latexLetters[name]; ok {
			return letter
		}
		if operator, ok := latexOperators[name]; ok {
			return operator
		}
		return name
	})
}

var commandName = regexp.MustCompile(`\\[A-Za-z]+`)

// narrative renders a Markdown text. taken holds the anchors that headings have used before; the new ones are added.
func narrative(markdown string, taken map[string]bool) (page string, all []heading, err error) {
	md, source := newMarkdown(), []byte(markdown)
	document := md.Parser().Parse(text.NewReader(source))
	for node := document.FirstChild(); node != nil; node = node.NextSibling() {
		h, ok := node.(*ast.Heading)
		if !ok {
			continue
		}
		text := strings.TrimSpace(plain(h, source))
		if text == "" {
			continue
		}
		id := anchor(text, taken)
		h.SetAttributeString("id", []byte(id))
		all = append(all, heading{h.Level, text, id,
			inline(h, source, func(latex string) string { return mathML(latex, false) }, html.EscapeString)})
	}
	var out bytes.Buffer
	err = md.Renderer().Render(&out, source, document)
	return out.String(), all, err
}

// anchor makes a name for a heading that no other has.
func anchor(text string, taken map[string]bool) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	base := strings.Trim(b.String(), "-")
	if base == "" {
		base = "section"
	}
	id := base
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	taken[id] = true
	return id
}

// mathExtension makes goldmark read $...$ and $$...$$ as mathematics, before anything else can read the underscores.
type mathExtension struct{}

// Extend adds the parser and the renderer.
func (mathExtension) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(mathParser{}, 150)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(mathRenderer{}, 150)))
}

var mathKind = ast.NewNodeKind("Math")

// mathNode is a piece of mathematics.
type mathNode struct {
	ast.BaseInline
	latex string
	block bool
}

// Kind implements ast.Node.
func (n *mathNode) Kind() ast.NodeKind { return mathKind }

// Dump implements ast.Node.
func (n *mathNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"LaTeX": n.latex}, nil)
}

type mathParser struct{}

// Trigger implements parser.InlineParser.
func (mathParser) Trigger() []byte { return []byte{'$', '\\'} }

// Parse reads $...$, $$...$$, \(...\) and \[...\] and \begin{...}...\end{...} that may go on over several lines of a
// paragraph. As in Pandoc a single dollar opens mathematics only before, and closes only behind, what is not a blank;
// and a digit behind the closing one makes it money.
func (mathParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	var open, end string
	switch {
	case bytes.HasPrefix(line, []byte("$$")):
		open, end = "$$", "$$"
	case bytes.HasPrefix(line, []byte("$")):
		open, end = "$", "$"
		if len(line) < 2 || line[1] == ' ' || line[1] == '\n' || line[1] == '\t' {
			return nil
		}
	case bytes.HasPrefix(line, []byte(`\begin{`)):
		name, _, closed := bytes.Cut(line[len(`\begin{`):], []byte("}"))
		if !closed {
			return nil
		}
		end = `\end{` + string(name) + "}"
	case bytes.HasPrefix(line, []byte(`\\(`)), bytes.HasPrefix(line, []byte(`\\[`)):
		open, end = string(line[:3]), `\\)`
		if line[2] == '[' {
			end = `\\]`
		}
	default:
		return nil
	}
	savedLine, savedPosition := block.Position()
	var latex strings.Builder
	rest := line[len(open):]
	block.Advance(len(open))
	for {
		if at := closing(rest, end); at >= 0 {
			latex.Write(rest[:at])
			block.Advance(at + len(end))
			if open == "" {
				latex.WriteString(end)
			}
			return &mathNode{latex: latex.String(), block: end != "$" && end != `\\)`}
		}
		latex.Write(rest)
		block.AdvanceLine()
		if rest, _ = block.PeekLine(); rest == nil {
			block.SetPosition(savedLine, savedPosition)
			return nil
		}
	}
}

// closing finds the end of mathematics in a line, or returns -1.
func closing(line []byte, end string) int {
	for at := 0; at < len(line); at++ {
		switch {
		case !bytes.HasPrefix(line[at:], []byte(end)):
			if line[at] == '\\' && end[0] == '$' {
				at++
			}
		case end != "$":
			return at
		case at > 0 && (line[at-1] == ' ' || line[at-1] == '\t'), at+1 < len(line) && line[at+1] >= '0' && line[at+1] <= '9':
		default:
			return at
		}
	}
	return -1
}

type mathRenderer struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (mathRenderer) RegisterFuncs(registerer renderer.NodeRendererFuncRegisterer) {
	registerer.Register(mathKind, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			m := n.(*mathNode)
			_, err := w.WriteString(mathML(m.latex, m.block))
			return ast.WalkSkipChildren, err
		}
		return ast.WalkContinue, nil
	})
}
