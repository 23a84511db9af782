package notebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"synfire/internal/diag"
)

// jupyterFile is what we read of an .ipynb file (https://nbformat.readthedocs.io, version 4).
type jupyterFile struct {
	Format     int               `json:"nbformat"`
	Cells      []jupyterCell     `json:"cells"`
	Worksheets []json.RawMessage `json:"worksheets"`
	Metadata   struct {
		KernelSpec struct {
			Language string `json:"language"`
		} `json:"kernelspec"`
		LanguageInfo struct {
			Name string `json:"name"`
		} `json:"language_info"`
	} `json:"metadata"`
}

type jupyterCell struct {
	Type     string         `json:"cell_type"`
	Source   multilineText  `json:"source"`
	Metadata jupyterCellTag `json:"metadata"`
}

type jupyterCellTag struct {
	Jupyter   jupyterMetadata `json:"jupyter"`
	Tags      []string        `json:"tags"`
	Collapsed bool            `json:"collapsed"`
}

// multilineText is a string, or a list of strings that are joined.
type multilineText string

// UnmarshalJSON reads either form.
func (m *multilineText) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*m = multilineText(text)
		return nil
	}
	var lines []string
	if err := json.Unmarshal(data, &lines); err != nil {
		return errors.New("the source of a cell is neither a string nor a list of strings")
	}
	*m = multilineText(strings.Join(lines, ""))
	return nil
}

// readJupyter reads an .ipynb file.
func (d *Document) readJupyter(text string) error {
	source := &diag.Source{Name: d.Name(), Text: text}
	var file jupyterFile
	if err := json.Unmarshal([]byte(text), &file); err != nil {
		var syntax *json.SyntaxError
		var wrongType *json.UnmarshalTypeError
		at := int64(0)
		switch {
		case errors.As(err, &syntax):
			at = syntax.Offset - 1
		case errors.As(err, &wrongType):
			at = wrongType.Offset - 1
		default:
			return diag.Errorf(diag.Span{}, "ValueError", "%s is not a Jupyter notebook: %v", d.Name(), err)
		}
		at = max(0, min(at, int64(len(text))))
		where := diag.Span{Source: source, Start: int32(at), End: int32(min(at+1, int64(len(text))))}
		message := diag.Errorf(where, "ValueError", "%s is not a Jupyter notebook: %s", d.Name(), strings.TrimPrefix(err.Error(), "json: "))
		if longLine(text, int(at)) {
			// Notebooks are often written on one line, which would fill the screen.
			line, column := where.Line()
			message.Where = diag.Span{}
			message.Text += fmt.Sprintf(" (line %d, column %d)", line, column)
		}
		return message.WithHint("a merge or an interrupted download may have damaged the file")
	}
	if file.Format != 4 {
		m := diag.Errorf(diag.Span{}, "ValueError", "%s has the notebook format %d; version 4 can be read", d.Name(), file.Format)
		if file.Format == 0 {
			m = diag.Errorf(diag.Span{}, "ValueError", "%s is not a Jupyter notebook: it does not say its nbformat", d.Name())
		}
		return m.WithHint("jupyter nbconvert --to notebook writes version 4")
	}
	d.Language = strings.ToLower(file.Metadata.KernelSpec.Language)
	if d.Language == "" {
		d.Language = strings.ToLower(file.Metadata.LanguageInfo.Name)
	}
	if d.Language == "ipython" {
		d.Language = "python"
	}
	for _, c := range file.Cells {
		cell := &Cell{Source: &diag.Source{Name: d.Name(), Text: string(c.Source)},
			OutputsHidden: c.Metadata.Jupyter.OutputsHidden || c.Metadata.Collapsed,
			SourceHidden:  c.Metadata.Jupyter.SourceHidden}
		cell.tag(c.Metadata.Tags...)
		switch c.Type {
		case "code":
			cell.Kind = CodeCell
		case "markdown":
			cell.Kind = MarkdownCell
		default:
			cell.Kind = RawCell
		}
		d.Cells = append(d.Cells, cell)
	}
	return nil
}

// longLine reports whether the line around a place is too long to be shown.
func longLine(text string, at int) bool {
	from := strings.LastIndexByte(text[:at], '\n') + 1
	to := strings.IndexByte(text[at:], '\n')
	if to < 0 {
		to = len(text) - at
	}
	return at+to-from > 200
}
