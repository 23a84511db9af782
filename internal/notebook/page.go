package notebook

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"

	"synfire/internal/diag"
)

//go:embed page.css
var pageStyle string

// page writes report.html and the figures' files into a folder. Cells are rendered once, when they have ended.
type page struct {
	folder    string
	style     string
	rendered  map[*CellResult]string
	narrative map[*CellResult]string
	contents  []heading
	lexer     chroma.Lexer
	formatter *chromahtml.Formatter
}

// newPage makes the folder and takes the figures of an earlier run out of it.
func newPage(folder string) (*page, error) {
	figures := filepath.Join(folder, "figures")
	if err := os.MkdirAll(figures, 0o777); err != nil {
		return nil, fmt.Errorf("the folder for results cannot be made: %w", err)
	}
	for _, pattern := range []string{"cell-*-*.png", "cell-*-*.svg"} {
		old, _ := filepath.Glob(filepath.Join(figures, pattern)) // the pattern is well formed
		for _, file := range old {
			if err := os.Remove(file); err != nil {
				return nil, fmt.Errorf("a figure of an earlier run cannot be replaced: %w", err)
			}
		}
	}
	p := &page{folder: folder, rendered: map[*CellResult]string{}, lexer: chroma.Coalesce(lexers.Get("python")),
		formatter: chromahtml.New(chromahtml.WithClasses(true), chromahtml.PreventSurroundingPre(true), chromahtml.ClassPrefix("c-"))}
	style, err := p.codeColors()
	p.style = pageStyle + style
	return p, err
}

// codeColors returns the rules that colour code, for light and dark screens.
func (p *page) codeColors() (string, error) {
	var light, dark strings.Builder
	if err := p.formatter.WriteCSS(&light, styles.Get("github")); err != nil {
		return "", err
	}
	if err := p.formatter.WriteCSS(&dark, styles.Get("github-dark")); err != nil {
		return "", err
	}
	return "@media print, (prefers-color-scheme: light) {\n" + codeRules(light.String()) + "}\n" +
		"@media screen and (prefers-color-scheme: dark) {\n" + codeRules(dark.String()) + "}\n", nil
}

// codeRules keeps the rules that colour tokens: backgrounds are the page's own, and what the lexer takes for a
// mistake (the commands of notebooks) is not marked as one.
func codeRules(css string) string {
	var out strings.Builder
	for line := range strings.Lines(css) {
		if strings.Contains(line, ".c-chroma .c-") && !strings.Contains(line, ".c-err ") && !strings.Contains(line, ".c-ln") &&
			!strings.Contains(line, ".c-hl") {
			rule := line[strings.Index(line, ".c-chroma"):]
			out.WriteString("  " + strings.ReplaceAll(rule, ".c-chroma", ".code"))
		}
	}
	return out.String()
}

// writeFigure writes the files of a figure.
func (p *page) writeFigure(f *Figure) error {
	base := filepath.Join(p.folder, "figures", f.Name)
	if err := os.WriteFile(base+".png", f.PNG, 0o666); err != nil {
		return err
	}
	return os.WriteFile(base+".svg", f.SVG, 0o666)
}

// forget makes a cell be rendered again.
func (p *page) forget(c *CellResult) { delete(p.rendered, c) }

// write brings report.html up to date: a new file takes the place of the old one in one step, so a page is whole
// at every moment.
func (p *page) write(r *Result) error {
	file, err := os.CreateTemp(p.folder, ".report-*.html")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // gone already if all went well
	if err := p.render(file, r); err != nil {
		file.Close()
		return err
	}
	if err := file.Chmod(0o644); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), filepath.Join(p.folder, "report.html"))
}

// render writes the page.
func (p *page) render(w interface{ WriteString(string) (int, error) }, r *Result) error {
	if p.narrative == nil {
		if err := p.renderNarrative(r); err != nil {
			return err
		}
	}
	var err error
	put := func(text string) {
		if err == nil {
			_, err = w.WriteString(text)
		}
	}
	put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
	put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	put("<meta name=\"color-scheme\" content=\"light dark\">\n")
	put("<meta name=\"generator\" content=\"Synfire " + html.EscapeString(r.Options.Version) + "\">\n")
	put("<title>" + html.EscapeString(r.Document.Title) + "</title>\n<style>\n" + p.style + "</style>\n</head>\n<body>\n")
	put(p.table())
	put("<main>\n" + p.head(r))
	for _, cell := range r.Cells {
		switch {
		case cell.Kind == MarkdownCell:
			put("<section class=\"text\">\n" + p.narrative[cell] + "</section>\n")
		case cell.Kind == CodeCell && !cell.Empty():
			text, ok := p.rendered[cell]
			if !ok {
				text = p.cell(r, cell)
				p.rendered[cell] = text
			}
			put(text)
		}
	}
	put("</main>\n</body>\n</html>\n")
	return err
}

// renderNarrative renders all Markdown once; it does not change.
func (p *page) renderNarrative(r *Result) error {
	p.narrative = map[*CellResult]string{}
	taken := map[string]bool{}
	for _, cell := range r.Cells {
		if cell.Kind != MarkdownCell {
			continue
		}
		text, found, err := narrative(cell.Text(), taken)
		if err != nil {
			return fmt.Errorf("%s: %w", cell.Source.Name, err)
		}
		p.narrative[cell] = text
		p.contents = append(p.contents, found...)
	}
	return nil
}

// table returns the table of contents, if there is enough to list.
func (p *page) table() string {
	if len(p.contents) < 3 {
		return ""
	}
	top := p.contents[0].level
	for _, h := range p.contents {
		top = min(top, h.level)
	}
	var b strings.Builder
	b.WriteString("<nav aria-label=\"Contents\"><details open><summary>Contents</summary>\n<ol>\n")
	for _, h := range p.contents {
		if h.level > top+2 {
			continue
		}
		fmt.Fprintf(&b, "<li class=\"level-%d\"><a href=\"#%s\">%s</a></li>\n", h.level-top+1, html.EscapeString(h.id), h.html)
	}
	b.WriteString("</ol></details></nav>\n")
	return b.String()
}

// head returns the head of the page: what ran, how, and how it ended.
func (p *page) head(r *Result) string {
	var b strings.Builder
	b.WriteString("<header>\n")
	if !p.startsWithTitle(r) {
		fmt.Fprintf(&b, "<h1>%s</h1>\n", html.EscapeString(r.Document.Title))
	}
	class, text := outcome(r)
	fmt.Fprintf(&b, "<p class=\"outcome %s\">%s</p>\n<dl>\n", class, text)
	fact := func(name, value string) {
		fmt.Fprintf(&b, "<div><dt>%s</dt><dd>%s</dd></div>\n", name, html.EscapeString(value))
	}
	fact("file", r.Document.Name())
	fact("date", r.Started.Format("2 January 2006, 15:04"))
	if s := r.Setting; s.Executor != "" {
		seed := fmt.Sprint(s.Seed)
		if !s.SeedChosen {
			seed += " (from the system)"
		}
		fact("seed", seed)
		fact("executor", s.Executor)
		fact("threads", fmt.Sprint(s.Threads))
	}
	if r.Options.Limit > 0 {
		fact("limit", seconds(r.Options.Limit)+" for each simulation")
	}
	fact("Synfire", r.Options.Version)
	b.WriteString("</dl>\n")
	if len(r.Warnings) > 0 {
		b.WriteString("<details class=\"warnings\"><summary>" + count(int64(len(r.Warnings)), "remark") + " on the document</summary>\n")
		for _, m := range r.Warnings {
			b.WriteString(messageHTML("warning", m))
		}
		b.WriteString("</details>\n")
	}
	for _, m := range r.Problems {
		if m.Where.IsZero() {
			b.WriteString(messageHTML("failure", m))
		}
	}
	b.WriteString("</header>\n")
	return b.String()
}

// startsWithTitle reports whether the document itself begins with a heading of the first level.
func (p *page) startsWithTitle(r *Result) bool {
	for _, cell := range r.Cells {
		if cell.Kind == MarkdownCell {
			return strings.HasPrefix(p.narrative[cell], "<h1")
		}
		if cell.Kind == CodeCell && !cell.Empty() {
			return false
		}
	}
	return false
}

// outcome says how the document ended, in HTML.
func outcome(r *Result) (class, text string) {
	ran, total := 0, 0
	link := func(c *CellResult) string { return fmt.Sprintf("<a href=\"#cell-%d\">cell %d</a>", c.Number, c.Number) }
	var failed, interrupted *CellResult
	for _, c := range r.Cells {
		if c.Number == 0 || c.State == Frozen {
			continue
		}
		total++
		switch c.State {
		case Done:
			ran++
		case Failed:
			if failed == nil {
				failed = c
			}
		case Interrupted:
			interrupted = c
		}
	}
	cells := count(int64(total), "cell")
	switch {
	case interrupted != nil:
		return "interrupted", fmt.Sprintf("Interrupted in %s after %s; %d of %s ran.", link(interrupted), wall(r.Wall), ran, cells)
	case r.Cancelled:
		return "interrupted", fmt.Sprintf("Interrupted after %s; %d of %s ran.", wall(r.Wall), ran, cells)
	case failed != nil && len(r.Problems) > 0:
		return "failed", fmt.Sprintf("%s found before the start, the first in %s; %d of %s ran.",
			count(int64(len(r.Problems)), "error"), link(failed), ran, cells)
	case failed != nil:
		return "failed", fmt.Sprintf("An error ended %s after %s; %d of %s ran.", link(failed), wall(r.Wall), ran, cells)
	case len(r.Problems) > 0:
		return "failed", fmt.Sprintf("%s found before the start.", count(int64(len(r.Problems)), "error"))
	case ran < total:
		return "running", fmt.Sprintf("%d of %s have run.", ran, cells)
	case total == 1:
		return "done", fmt.Sprintf("Ran in %s.", wall(r.Wall))
	}
	return "done", fmt.Sprintf("All %s ran in %s.", cells, wall(r.Wall))
}

// cell returns a cell of code with what it has shown.
func (p *page) cell(r *Result, c *CellResult) string {
	var b strings.Builder
	state := strings.ReplaceAll(c.State.String(), " ", "-")
	fmt.Fprintf(&b, "<section class=\"cell %s\" id=\"cell-%d\">\n<div class=\"gutter\"><a href=\"#cell-%d\">%d</a>", state, c.Number, c.Number, c.Number)
	switch c.State {
	case Done, Failed, Interrupted:
		if c.Wall >= time.Millisecond {
			fmt.Fprintf(&b, "<span class=\"time\">%s</span>", wall(c.Wall))
		}
	default:
		fmt.Fprintf(&b, "<span class=\"time\">%s</span>", c.State)
	}
	b.WriteString("</div>\n<div class=\"body\">\n")
	if !c.SourceHidden {
		b.WriteString("<pre class=\"code\">" + p.highlight(strings.TrimRight(c.Text(), "\n")) + "</pre>\n")
	}
	hidden := 0
	for _, out := range c.Outputs {
		_, failure := out.(*Failure)
		if c.OutputsHidden && !failure {
			hidden++
			continue
		}
		b.WriteString(outputHTML(out))
	}
	if hidden > 0 {
		b.WriteString("<p class=\"note\">The document asks that the output of this cell is not shown.</p>\n")
	}
	b.WriteString("</div>\n</section>\n")
	return b.String()
}

func outputHTML(out Output) string {
	switch out := out.(type) {
	case *Text:
		class := "printed"
		if out.Stderr {
			class = "printed stderr"
		}
		return "<pre class=\"" + class + "\">" + html.EscapeString(strings.TrimRight(plainText(out.String()), "\n")) + "</pre>\n"
	case *Display:
		if out.HTML != "" {
			return "<div class=\"shown\">" + out.HTML + "</div>\n"
		}
		return "<pre class=\"shown\">" + html.EscapeString(strings.TrimRight(out.Text, "\n")) + "</pre>\n"
	case *Figure:
		alt := "Figure " + out.Name
		if out.Caption != "" {
			alt += ": " + out.Caption
		}
		return fmt.Sprintf("<figure><img src=\"%s\" width=\"%.0f\" height=\"%.0f\" alt=\"%s\"></figure>\n",
			out.address(), out.Width, out.Height, html.EscapeString(alt))
	case *Warning:
		return messageHTML("warning", out.Message)
	case *Failure:
		return messageHTML("failure", out.Message)
	case *Simulation:
		text := html.EscapeString(describeRun(out.Report))
		return "<p class=\"run\">" + strings.ToUpper(text[:1]) + text[1:] + ".</p>\n"
	}
	return "" // notes are for the terminal
}

// address returns the figure as a data URL: as SVG or PNG, whichever is shorter.
func (f *Figure) address() string {
	png := "data:image/png;base64," + base64.StdEncoding.EncodeToString(f.PNG)
	if svg := "data:image/svg+xml," + escapeSVG(f.SVG); len(svg) <= len(png) {
		return svg
	}
	return png
}

// escapeSVG writes an SVG document into a URL between double quotes. Only what would end the attribute or be read as
// another part of a URL is escaped, which is far shorter than base64.
func escapeSVG(svg []byte) string {
	return strings.NewReplacer("%", "%25", "#", "%23", `"`, "'", "'", "%27", "<", "%3C", ">", "%3E", "&", "%26",
		"\n", "%0A", "\r", "", "\t", "%09").Replace(string(svg))
}

// messageHTML renders a message as the terminal shows it.
func messageHTML(class string, m *diag.Message) string {
	var text strings.Builder
	_ = diag.Render(&text, m, diag.Options{Color: true, Width: 100}) // a Builder never fails
	out := html.EscapeString(strings.TrimRight(text.String(), "\n"))
	for code, color := range map[string]string{"1;31": "red", "1;33": "yellow", "1;36": "cyan", "1;34": "blue", "1;32": "green"} {
		out = strings.ReplaceAll(out, "\x1b["+code+"m", "<b class=\"ink-"+color+"\">")
	}
	return "<pre class=\"" + class + "\">" + strings.ReplaceAll(out, "\x1b[0m", "</b>") + "</pre>\n"
}

// highlight colours Python. If that fails the code stays black.
func (p *page) highlight(code string) string {
	tokens, err := p.lexer.Tokenise(nil, code)
	if err != nil {
		return html.EscapeString(code)
	}
	var b strings.Builder
	if err := p.formatter.Format(&b, styles.Get("github"), tokens); err != nil {
		return html.EscapeString(code)
	}
	return strings.TrimRight(b.String(), "\n")
}
