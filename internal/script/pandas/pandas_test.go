package pandas

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/internal/syntax"
)

// run executes a script in testdata and returns what it prints, the error last.
func run(t testing.TB, text string) (printed string, value script.Value, failure *diag.Message) {
	t.Helper()
	var out bytes.Buffer
	in := script.New(script.Config{Stdout: &out, Dir: "testdata", OutputDir: t.TempDir(), OnWarning: func(*diag.Message) {},
		Modules: []*script.Module{Module(), numpy.Module(numpy.Config{})}})
	module, err := syntax.ParseModule(&diag.Source{Name: "case.py", Text: "import pandas as pd, numpy as np\n" + text}, syntax.Options{})
	if err != nil {
		t.Fatal(err)
	}
	value, err = in.ExecCell(context.Background(), module)
	if err != nil {
		var e *script.Error
		if !errors.As(err, &e) {
			t.Fatalf("not an error of the script: %v", err)
		}
		failure = e.Diag()
		out.WriteString(failure.Kind + ": " + failure.Text + "\n")
	}
	return strings.TrimRight(out.String(), "\n"), value, failure
}

// TestRecorded compares what scripts print with what pandas has printed (testdata/record.py).
func TestRecorded(t *testing.T) {
	stored, err := os.ReadFile("testdata/recorded.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(stored), "\n")
	for _, block := range strings.Split(strings.TrimSuffix(text, "\n"), "\n====\n") {
		code, want, _ := strings.Cut(block, "\n----\n")
		name, _, _ := strings.Cut(code, "\n")
		t.Run(name, func(t *testing.T) {
			got, _, _ := run(t, code)
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s\npandas (-) and this module (+) differ:\n%s", code, diff)
			}
		})
	}
}

// TestHints checks what errors advise.
func TestHints(t *testing.T) {
	for _, c := range []struct{ code, kind, text, hint string }{
		{"pd.read_csv('classes.csv')['tau_m [mss]']", "KeyError", "'tau_m [mss]'", "Did you mean 'tau_m [ms]'?"},
		{"pd.read_csv('classes.csv').loc[0]['b [nA]']", "KeyError", "'b [nA]'", "Did you mean 'b [pA]'?"},
		{"pd.read_csv('classes.csv', index_col='type').loc['regulr']", "KeyError", "'regulr'", "Did you mean 'regular'?"},
		{"pd.read_csv('class.csv')", "FileNotFoundError", "[Errno 2] No such file or directory: 'class.csv'", "Did you mean 'classes.csv'?"},
		{"pd.read_csv('classes.csv', index_col='typ')", "ValueError", "Index typ invalid", "Did you mean 'type'?"},
		{"pd.read_csv('classes.csv', index_column='type')", "TypeError", "read_csv() got an unexpected keyword argument 'index_column'", "Did you mean 'index_col'?"},
		{"pd.read_csv('https://example.org/a.csv')", "PermissionError", "read_csv() reads local files only, not 'https://example.org/a.csv'", "download the file and put it beside the script"},
		{"pd.DataFrame({'a': [1]}).plot()", "NotImplementedError", "DataFrame.plot is not supported", "use plot(df.index, df['column']) of pylab"},
	} {
		_, _, m := run(t, c.code)
		if m == nil || m.Kind != c.kind || m.Text != c.text || m.Hint != c.hint {
			t.Errorf("%s: %+v", c.code, m)
		}
	}
}

// TestHTML checks the table that a notebook shows.
func TestHTML(t *testing.T) {
	_, v, _ := run(t, "pd.DataFrame({'a<b': [1.5, 2], 's': ['x', '&']}, index=pd.Series(['r', 't'], name='n'))")
	_, html := script.DisplayText(v)
	want := `<div>
<table border="1" class="dataframe">
  <thead>
    <tr style="text-align: right;">
      <th></th>
      <th>a&lt;b</th>
      <th>s</th>
    </tr>
  </thead>
  <tbody>
    <tr>
      <th>r</th>
      <td>1.5</td>
      <td>x</td>
    </tr>
    <tr>
      <th>t</th>
      <td>2.0</td>
      <td>&amp;</td>
    </tr>
  </tbody>
</table>
</div>`
	if diff := cmp.Diff(want, html); diff != "" {
		t.Error(diff)
	}
}

// source is an open file with a text.
type source string

func (s source) Attr(name string) (any, error) {
	if name != "read" {
		return nil, nil
	}
	return script.NewBuiltin(script.Entry{Signature: "read()", Func: func(*script.Call) (script.Value, error) { return string(s), nil }}), nil
}

// FuzzReadCSV looks for texts on which read_csv fails in a way that is not an error of the script.
func FuzzReadCSV(f *testing.F) {
	f.Add("a,b\n1,2\n", ",")
	f.Add("# c\na;b\n\"x;y\";1,5\n\n;NA\n", ";")
	f.Add("a b\n1  2\n", `\s+`)
	f.Add("\"open", ",")
	f.Add("a\n1,2,3\n4,5\n", ",")
	f.Fuzz(func(t *testing.T, text, separator string) {
		in := script.New(script.Config{Modules: []*script.Module{Module()}, OnWarning: func(*diag.Message) {}})
		in.Globals().Set("source", source(text))
		in.Globals().Set("separator", separator)
		module, err := syntax.ParseModule(&diag.Source{Name: "case.py", Text: "import pandas as pd\nt = pd.read_csv(source, sep=separator, comment='#')\nstr(t), t.to_csv(), t.describe()"}, syntax.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := in.ExecCell(context.Background(), module); err != nil {
			var e *script.Error
			if !errors.As(err, &e) {
				t.Fatal(err)
			}
		}
	})
}
