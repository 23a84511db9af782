package notebook

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"synfire/internal/diag"
)

// outline shows a document as a test can compare it: one line for each cell, with its first line in the file.
func outline(d *Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q\n", d.Kind, d.Title)
	for _, c := range d.Cells {
		line := max(c.Source.FirstLine, 1)
		fmt.Fprintf(&b, "%s:%d ", c.Source.Name, line)
		switch c.Kind {
		case MarkdownCell:
			b.WriteString("text")
		case CodeCell:
			fmt.Fprintf(&b, "code %d", c.Number)
		case RawCell:
			b.WriteString("raw")
		}
		if c.OutputsHidden {
			b.WriteString(" outputs-hidden")
		}
		if c.SourceHidden {
			b.WriteString(" source-hidden")
		}
		if c.Frozen {
			b.WriteString(" frozen")
		}
		if len(c.Tags) > 0 {
			fmt.Fprintf(&b, " %v", c.Tags)
		}
		fmt.Fprintf(&b, " %q\n", c.Text())
	}
	return b.String()
}

func TestReadDocuments(t *testing.T) {
	tests := []struct{ name, path, text, want string }{
		{"jupytext Markdown", "a.md", "---\njupyter:\n  kernelspec:\n    language: python\n---\n\n# A title\n\nSome text.\n\n```python\nx = 1\n\ny = 2\n```\n\n```python\n```\n```bash\nls\n```\n\n````python jupyter={\"outputs_hidden\": true} tags=[\"a\", \"b\"]\ns = '''\n```\n'''\n````\nmore\n",
			`markdown "A title"
a.md:7 text "# A title\n\nSome text.\n"
a.md:12 code 1 "x = 1\n\ny = 2\n"
a.md:18 code 0 ""
a.md:19 text "` + "```bash\\nls\\n```" + `\n"
a.md:24 code 2 outputs-hidden [a b] "s = '''\n` + "```" + `\n'''\n"
a.md:28 text "more\n"
`},
		{"a ruler is not a header", "a.md", "---\n\ntext\n\n```python\n1\n```\n", `markdown "a"
a.md:1 text "---\n\ntext\n"
a.md:6 code 1 "1\n"
`},
		{"Windows line ends, byte order mark, no last line end", "a.md", "\ufeff```python\r\nx = 1\r\n```\r\n# T\r\n```py\r\nx", `markdown "T"
a.md:2 code 1 "x = 1\n"
a.md:4 text "# T\n"
a.md:6 code 2 "x\n"
`},
		{"fences inside listings, and cells that are not run", "a.md", "~~~text\n```python\nno\n```\n~~~\n```python .noeval\nno\n```\n```python\nyes\n```\n", `markdown "a"
a.md:1 text "~~~text\n` + "```python\\nno\\n```\\n~~~\\n```python .noeval\\nno\\n```" + `\n"
a.md:10 code 1 "yes\n"
`},
		{"MyST", "a.md", "```{code-cell} ipython3\n:tags: [hide-output, x]\n\nx\n```\n", `markdown "a"
a.md:3 code 1 outputs-hidden [hide-output x] "\nx\n"
`},
		{"plain script", "dir/model.py", "\"\"\"Doc.\"\"\"\nx = 1\n", `script "model"
model.py:1 code 1 "\"\"\"Doc.\"\"\"\nx = 1\n"
`},
		{"percent", "p.py", "# ---\n# jupyter: x\n# ---\n\n# %% [markdown]\n# # Title\n#\n# text\n\n# %%\n# %pylab inline\nx = 1 # %% no\n\n# %% tags=[\"hide-input\"]\ny\n\n# %% [markdown]\n\"\"\"\n## Two\n\"\"\"\n", `percent "Title"
p.py:6 text "# Title\n\ntext\n"
p.py:11 code 1 "%pylab inline\nx = 1 # %% no\n"
p.py:15 code 2 source-hidden [hide-input] "y\n"
p.py:18 text "\n## Two\n\n"
`},
		{"Jupyter", "n.ipynb", `{"nbformat": 4, "metadata": {"kernelspec": {"language": "python"}}, "cells": [
 {"cell_type": "markdown", "metadata": {}, "source": ["# A *b*\n", "text"]},
 {"cell_type": "code", "metadata": {"jupyter": {"outputs_hidden": true}}, "outputs": [], "source": "x = 1\ny"},
 {"cell_type": "code", "metadata": {"tags": ["skip-execution"]}, "source": []},
 {"cell_type": "raw", "metadata": {}, "source": ["r"]},
 {"cell_type": "code", "metadata": {"collapsed": false}, "source": ["z"]}]}`,
			`ipynb "A b"
n.ipynb, cell 1:1 text "# A *b*\ntext"
n.ipynb, cell 1:1 code 1 outputs-hidden "x = 1\ny"
n.ipynb, cell 3:1 code 0 frozen [skip-execution] ""
n.ipynb, cell 4:1 raw "r"
n.ipynb, cell 2:1 code 2 "z"
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, err := Parse(test.path, test.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := outline(d); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}

func TestRefusedDocuments(t *testing.T) {
	tests := []struct{ path, text, want string }{
		{"a.txt", "x", "cannot tell from '.txt'"},
		{"a.md", "only text\n", "no cell of Python code"},
		{"a.md", "```python\nx = '\xff'\n```\n", "line 2 is not UTF-8 text (byte 0xff)"},
		{"a.ipynb", "{\"cells\": [}", "not a Jupyter notebook: invalid character '}'"},
		{"a.ipynb", "{\n\"cells\": [" + strings.Repeat(" ", 500) + "}", "looking for beginning of value (line 2, column 511)"},
		{"a.ipynb", "[]", "cannot unmarshal array"},
		{"a.ipynb", "{}", "does not say its nbformat"},
		{"a.ipynb", `{"nbformat": 3, "worksheets": []}`, "notebook format 3"},
		{"a.ipynb", `{"nbformat": 4, "cells": [{"cell_type": "code", "source": 3}]}`, "neither a string nor a list"},
		{"a.ipynb", `{"nbformat": 4, "metadata": {"kernelspec": {"language": "R"}}, "cells": [{"cell_type": "code", "source": "x"}]}`, "written in r"},
		{"a.md", "---\njupyter:\n  kernelspec:\n    language: julia\n---\n```python\nx\n```\n", "written in julia"},
	}
	for _, test := range tests {
		_, err := Parse(test.path, test.text)
		var m *diag.Message
		if !errors.As(err, &m) || !strings.Contains(m.String(), test.want) {
			t.Errorf("%s %.30q: got %v, want %q", test.path, test.text, err, test.want)
		}
	}
}

func TestMissingFilesHaveSuggestions(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"adex-network.md", "model.py", "data.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ name, want string }{
		{"adex-netwrok.md", "did you mean " + filepath.Join(dir, "adex-network.md") + "?"},
		{"adex-network.ipynb", "did you mean " + filepath.Join(dir, "adex-network.md") + "?"},
		{"model", "did you mean " + filepath.Join(dir, "model.py") + "?"},
		{"data.csx", ""},
	} {
		_, err := Read(filepath.Join(dir, test.name))
		var m *diag.Message
		if !errors.As(err, &m) || m.Hint != test.want {
			t.Errorf("%s: %v", test.name, m)
		}
	}
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder was read: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a.md", "---\na\n---\n```python\n1\n```\n$x$")
	f.Add("a.py", "# %% [markdown]\n# t\n# %%\n1")
	f.Add("a.ipynb", `{"nbformat":4,"cells":[{"cell_type":"code","source":["1"]}]}`)
	f.Fuzz(func(t *testing.T, path, text string) {
		d, err := Parse(path, text)
		if err != nil {
			_ = err.(*diag.Message).String()
			return
		}
		lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), "\n")
		for _, c := range d.Cells {
			if d.Kind != Markdown || c.Empty() {
				continue
			}
			first, _, _ := strings.Cut(c.Text(), "\n")
			if at := max(c.Source.FirstLine, 1); at > len(lines) || strings.TrimSuffix(lines[at-1], "\r") != strings.TrimSuffix(first, "\r") {
				t.Errorf("line %d of the file is not %q", at, first)
			}
		}
	})
}
