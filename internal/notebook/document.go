package notebook

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"synfire/internal/diag"
)

// Kind is the form in which a document is written.
type Kind string

// The forms that Read understands.
const (
	Markdown Kind = "markdown" // jupytext Markdown
	Jupyter  Kind = "ipynb"    // Jupyter's own JSON, version 4
	Percent  Kind = "percent"  // Python with cells that begin with # %%
	Script   Kind = "script"   // plain Python
)

// Notebook reports whether the form is that of a notebook: its lines may be commands (%pylab, !pip), the last
// expression of a cell is shown, and figures appear at the end of the cell.
func (k Kind) Notebook() bool { return k != Script }

// Document is a text for readers with code in it.
type Document struct {
	// Path is where the document was read from.
	Path string
	Kind Kind
	// Title is the text of the first heading, or the name of the file without its ending.
	Title string
	// Language is the kernel's language, in lower case; "" if the document does not say.
	Language string
	Cells    []*Cell
}

// Name is the name of the document's file.
func (d *Document) Name() string { return filepath.Base(d.Path) }

// CellKind tells narrative from code.
type CellKind uint8

// A cell is narrative in Markdown, code, or raw text that is neither shown nor run.
const (
	MarkdownCell CellKind = iota
	CodeCell
	RawCell
)

// Cell is one piece of a document.
type Cell struct {
	Kind CellKind
	// Number counts the cells of code that are not empty, from 1, as Jupyter does when it runs all cells. Other
	// cells have number 0.
	Number int
	// Source is the text, with the lines that it has in the file; a cell of an .ipynb has lines of its own and is
	// named by its number.
	Source *diag.Source
	// OutputsHidden asks that what the cell shows is left out of the page.
	OutputsHidden bool
	// SourceHidden asks that the code is left out of the page.
	SourceHidden bool
	// Frozen cells are shown and not run.
	Frozen bool
	Tags   []string
}

// Text returns the text of the cell.
func (c *Cell) Text() string { return c.Source.Text }

// Empty reports whether the cell has nothing to run or to read.
func (c *Cell) Empty() bool { return strings.TrimSpace(c.Source.Text) == "" }

// Read reads a document. The form is that of the file's ending. Errors are *diag.Message.
func Read(path string) (*Document, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return Parse(path, string(text))
}

// unreadable says why a file cannot be read, and which file beside it may be meant.
func unreadable(path string, err error) error {
	info, statErr := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		m := diag.Errorf(diag.Span{}, "FileNotFoundError", "there is no file %s", path)
		if near := nearFile(path); near != "" {
			m = m.WithHint("did you mean %s?", near)
		}
		return m
	case statErr == nil && info.IsDir():
		return diag.Errorf(diag.Span{}, "IsADirectoryError", "%s is a folder", path).
			WithHint("name one document: a .py, .ipynb or .md file")
	case errors.Is(err, fs.ErrPermission):
		return diag.Errorf(diag.Span{}, "PermissionError", "%s may not be read", path)
	}
	return diag.Errorf(diag.Span{}, "OSError", "%s cannot be read: %v", path, errors.Unwrap(err))
}

// nearFile returns the document whose name is closest to a path that does not exist, in the folder that it names.
func nearFile(path string) string {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return ""
	}
	var names []string
	for _, entry := range entries {
		if !entry.IsDir() && slices.Contains(endings, strings.ToLower(filepath.Ext(entry.Name()))) {
			names = append(names, entry.Name())
		}
	}
	wanted := filepath.Base(path)
	near := diag.Nearest(wanted, names)
	// The same name with another ending, or without one, is what people mean too.
	for _, name := range names {
		if stem(name) == stem(wanted) || stem(name) == wanted {
			near = name
		}
	}
	if near == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(path), near)
}

// endings are those of the files that Read understands.
var endings = []string{".py", ".ipynb", ".md", ".markdown"}

func stem(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

// Parse reads a document from its text. Errors are *diag.Message.
func Parse(path, text string) (*Document, error) {
	name := filepath.Base(path)
	ending := strings.ToLower(filepath.Ext(path))
	if !slices.Contains(endings, ending) {
		return nil, diag.Errorf(diag.Span{}, "ValueError", "%s: cannot tell from '%s' how the file is to be read", name, filepath.Ext(path)).
			WithHint("documents end in .py, .ipynb or .md")
	}
	if !utf8.ValidString(text) {
		return nil, notUnicode(name, text)
	}
	text = strings.TrimPrefix(text, "\ufeff")
	d := &Document{Path: path}
	var err error
	switch ending {
	case ".ipynb":
		d.Kind = Jupyter
		err = d.readJupyter(text)
	case ".py":
		d.readPython(text)
	default:
		d.Kind = Markdown
		d.readMarkdown(text)
	}
	if err != nil {
		return nil, err
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	d.finish()
	return d, nil
}

func notUnicode(name, text string) error {
	at := 0
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return diag.Errorf(diag.Span{}, "UnicodeDecodeError", "%s: line %d is not UTF-8 text (byte 0x%02x)",
		name, strings.Count(text[:at], "\n")+1, text[at]).WithHint("save the file as UTF-8")
}

// check refuses documents that hold nothing for us.
func (d *Document) check() error {
	if d.Language != "" && d.Language != "python" {
		return diag.Errorf(diag.Span{}, "ValueError", "%s is written in %s; only Python can be run", d.Name(), d.Language)
	}
	for _, c := range d.Cells {
		if c.Kind == CodeCell {
			return nil
		}
	}
	m := diag.Errorf(diag.Span{}, "ValueError", "%s has no cell of Python code", d.Name())
	if d.Kind == Markdown {
		m = m.WithHint("code stands between a line ```python and a line ```")
	}
	return m
}

// finish numbers the cells and finds the title.
func (d *Document) finish() {
	number := 0
	for i, c := range d.Cells {
		if c.Kind == CodeCell && !c.Empty() {
			number++
			c.Number = number
		}
		if d.Kind == Jupyter {
			c.Source.Name = fmt.Sprintf("%s, cell %d", d.Name(), i+1)
			if c.Number > 0 {
				c.Source.Name = fmt.Sprintf("%s, cell %d", d.Name(), c.Number)
			}
		}
	}
	for _, c := range d.Cells {
		if c.Kind != MarkdownCell {
			continue
		}
		for _, h := range headings(c.Text()) {
			d.Title = h.text
			return
		}
	}
	d.Title = stem(d.Name())
}

// lineCutter cuts a text into lines and remembers their numbers.
type lineCutter struct {
	name string
	rest string
	line int // number of the next line
}

// next returns the next line without its break; false at the end of the text.
func (l *lineCutter) next() (string, bool) {
	if l.rest == "" {
		return "", false
	}
	line, rest, _ := strings.Cut(l.rest, "\n")
	l.rest = rest
	l.line++
	return strings.TrimSuffix(line, "\r"), true
}

// source returns the given lines as a text that begins at a line of the file.
func (l *lineCutter) source(first int, lines []string) *diag.Source {
	text := strings.Join(lines, "\n")
	if text != "" {
		text += "\n"
	}
	return &diag.Source{Name: l.name, Text: text, FirstLine: first}
}

// trimBlank takes empty lines away from both ends and returns how many were taken from the beginning.
func trimBlank(lines []string) (kept []string, skipped int) {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
		skipped++
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines, skipped
}
