// Package docs holds the pages about Synfire. Its tests keep the lists in them true to the program.
//
// It knows pages and the tables of modules, and nothing of what the functions do.
package docs

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"synfire/internal/diag"
	"synfire/internal/integrate"
	"synfire/internal/model"
	"synfire/internal/notebook"
	"synfire/internal/rng"
	"synfire/internal/script"
	"synfire/internal/script/host"
	"synfire/internal/syntax"
)

var update = flag.Bool("update", false, "rewrite the lists in the pages")

// list is a part of a page that is made from the program: what stands between its two comments. The first names
// the kind of list and what it is about:
//
//	<!-- names: numpy.linalg -->        the public names of a value, as dir() lists them
//	<!-- builtins -->                   the built-in names of Python that exist here
//	<!-- missing builtins -->           those of CPython 3.11 that do not
//	<!-- brian2 -->                     names of brian2 that are no units and that work
//	<!-- refused by brian2 -->          names of brian2 that exist only to be refused
//	<!-- functions of equations -->     what equations can call
//	<!-- update methods -->             the names of the update methods
var list = regexp.MustCompile(`(?ms)^<!-- (names: ([\w.\[\]()"' ]+)|builtins|missing builtins|brian2|refused by brian2|functions of equations|update methods) -->\n.*?^<!-- end -->$`)

// TestLists compares the lists in all pages with the program.
func TestLists(t *testing.T) {
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	session, err := notebook.OpenSession(&host.Host{Random: rng.NewRandomState(0), OutputDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	p := &probe{t: t, config: script.Config{Modules: session.Modules()}}
	lists := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		made := list.ReplaceAllStringFunc(string(text), func(old string) string {
			lists++
			m := list.FindStringSubmatch(old)
			return fmt.Sprintf("<!-- %s -->\n%s<!-- end -->", m[1], wrapped(p.names(m[1], m[2])))
		})
		switch {
		case made == string(text):
		case *update:
			if err := os.WriteFile(page, []byte(made), 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("the lists in %s are out of date; run go test ./docs -update\n%s", page, cmp.Diff(string(text), made))
		}
	}
	if lists == 0 {
		t.Error("no page has a list")
	}
}

// example is a row of a table of examples: an expression and what it gives, in its last two columns.
var example = regexp.MustCompile("(?m)^\\|.*\\| `([^`|]+)` \\| `([^`|]+)` \\|$")

// table returns the rows of the table of examples that begins with the comment.
func table(t *testing.T, page, begin string) [][]string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _ := strings.Cut(string(text), "\n<!-- "+begin+" -->\n")
	rows, _, _ = strings.Cut(rows, "\n<!-- end -->")
	examples := example.FindAllStringSubmatch(rows, -1)
	if len(examples) == 0 {
		t.Fatalf("%s has no table of examples", page)
	}
	return examples
}

// TestRefused runs what the table of compatibility.md says is refused.
func TestRefused(t *testing.T) {
	for _, row := range table(t, "compatibility.md", "refused") {
		document, err := notebook.Parse("refused.py", "from brian2 import *\n"+
			"G = NeuronGroup(4, 'v : 1', threshold='v > 1', reset='v = 0')\n"+
			"S = Synapses(G, G, 'w : 1', on_pre='v_post += w')\nS.connect()\n"+row[1]+"\n")
		if err != nil {
			t.Fatal(err)
		}
		result, err := notebook.Run(t.Context(), document, notebook.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, out := range result.Cells[0].Outputs {
			if failure, ok := out.(*notebook.Failure); ok {
				got = failure.Message.Text
			}
		}
		if got != row[2] {
			t.Errorf("%s is refused with %q, want %q", row[1], got, row[2])
		}
	}
}

// TestExamples runs the examples of the table that says whose name is whose.
func TestExamples(t *testing.T) {
	rows := table(t, "language.md", "examples")
	for _, start := range []string{"%pylab inline\nfrom brian2 import *\n", "from brian2 import *\n"} {
		text := "# %%\n" + start
		for _, row := range rows {
			text += "# %%\nprint(repr(" + row[1] + "))\n"
		}
		document, err := notebook.Parse("examples.py", text)
		if err != nil {
			t.Fatal(err)
		}
		result, err := notebook.Run(t.Context(), document, notebook.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if result.Failed() {
			t.Errorf("after %q: %v", start, result.Problems)
		}
		for k, cell := range result.Cells[1:] {
			printed := ""
			for _, out := range cell.Outputs {
				if text, ok := out.(*notebook.Text); ok {
					printed += text.String()
				}
			}
			if got := strings.TrimSuffix(printed, "\n"); got != rows[k][2] {
				t.Errorf("after %q: %s gives %q, want %q", start, rows[k][1], got, rows[k][2])
			}
		}
	}
}

// probe asks the script language what it has.
type probe struct {
	t      *testing.T
	config script.Config
}

// run executes a text and returns what it prints.
func (p *probe) run(text string) (string, error) {
	var out bytes.Buffer
	config := p.config
	config.Stdout = &out
	module, err := syntax.ParseModule(&diag.Source{Name: "probe", Text: text}, syntax.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	err = script.New(config).ExecModule(context.Background(), module)
	return out.String(), err
}

// names returns the names of a list.
func (p *probe) names(kind, about string) []string {
	switch kind {
	case "builtins", "missing builtins":
		stored, err := os.ReadFile("testdata/builtins.txt")
		if err != nil {
			p.t.Fatal(err)
		}
		var names []string
		for _, name := range strings.Fields(string(stored)) {
			if _, err := p.run(name); (err == nil) == (kind == "builtins") {
				names = append(names, name)
			}
		}
		return names
	case "functions of equations":
		var names []string
		for name := range model.Functions {
			names = append(names, name)
		}
		for name := range model.Constants {
			names = append(names, name)
		}
		slices.Sort(names)
		return names
	case "update methods":
		return integrate.Methods()
	}
	condition := "not n.startswith('_')"
	if about == "" {
		about = "brian2.only"
		condition += " and not isinstance(getattr(brian2.only, n), brian2.Unit)"
		refused := "repr(getattr(brian2.only, n)).endswith('which Synfire does not support yet>')"
		if kind == "brian2" {
			refused = "not " + refused
		}
		condition += " and " + refused
	}
	// The module that the value belongs to is imported; values of Python itself need none.
	text := ""
	path, _, _ := strings.Cut(about, "(")
	for parts := strings.Split(path, "."); len(parts) > 0; parts = parts[:len(parts)-1] {
		name := strings.Join(parts, ".")
		if _, err := script.New(p.config).Module(name); err == nil {
			text = "import " + name + "\n"
			break
		}
	}
	printed, err := p.run(text + "print(*[n for n in dir(" + about + ") if " + condition + "])")
	if err != nil {
		p.t.Errorf("dir(%s): %v", about, err)
	}
	return strings.Fields(printed)
}

// wrapped returns names as code, in lines of at most 110 characters.
func wrapped(names []string) string {
	var b strings.Builder
	column := 0
	if len(names) == 0 {
		return ""
	}
	for k, name := range names {
		word := "`" + name + "`"
		if k < len(names)-1 {
			word += ","
		}
		switch {
		case column == 0:
		case column+1+len(word) > 110:
			b.WriteString("\n")
			column = 0
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	b.WriteString("\n")
	return b.String()
}
