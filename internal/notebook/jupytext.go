package notebook

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// readMarkdown reads jupytext's Markdown: fences of Python are cells of code, everything between them is
// narrative (https://jupytext.readthedocs.io, "Markdown and R Markdown"). MyST's {code-cell} is understood too.
func (d *Document) readMarkdown(text string) {
	lines := &lineCutter{name: d.Name(), rest: text}
	d.skipHeader(lines, "")
	var narrative []string
	first := lines.line + 1
	flush := func() {
		kept, skipped := trimBlank(narrative)
		if len(kept) > 0 {
			d.Cells = append(d.Cells, &Cell{Kind: MarkdownCell, Source: lines.source(first+skipped, kept)})
		}
		narrative = nil
	}
	for {
		line, ok := lines.next()
		if !ok {
			flush()
			return
		}
		fence, info := openingFence(line)
		switch {
		case fence == "":
			narrative = append(narrative, line)
		case !isPython(info):
			// Another language, or a listing: narrative up to its end, so that a fence within it opens nothing.
			narrative = append(narrative, line)
			for {
				line, ok := lines.next()
				if !ok {
					break
				}
				narrative = append(narrative, line)
				if closes(line, fence) {
					break
				}
			}
		default:
			flush()
			cell := &Cell{Kind: CodeCell}
			_, options, _ := strings.Cut(info, " ")
			if strings.HasPrefix(info, "{code-cell}") {
				options = ""
			}
			cell.apply(options)
			var code []string
			begin := lines.line + 1
			for {
				line, ok := lines.next()
				if !ok || closes(line, fence) {
					break
				}
				if strings.HasPrefix(info, "{code-cell}") && len(code) == 0 && strings.HasPrefix(line, ":") {
					cell.tag(mystTags(line)...)
					begin = lines.line + 1
					continue
				}
				code = append(code, line)
			}
			cell.Source = lines.source(begin, code)
			d.Cells = append(d.Cells, cell)
			first = lines.line + 1
		}
	}
}

// openingFence returns the fence with which a line opens a listing, and what stands behind it. Fences of cells
// stand at the beginning of their line.
func openingFence(line string) (fence, info string) {
	n := 0
	for n < len(line) && (line[n] == '`' || line[n] == '~') && line[n] == line[0] {
		n++
	}
	if n < 3 || line[0] == '`' && strings.Contains(line[n:], "`") {
		return "", ""
	}
	return line[:n], strings.TrimSpace(line[n:])
}

// closes reports whether a line ends the listing that a fence has opened.
func closes(line, fence string) bool {
	line = strings.TrimRight(line, " \t")
	return strings.HasPrefix(line, fence) && strings.Trim(line, fence[:1]) == ""
}

// isPython reports whether the line behind a fence says that what follows is a cell.
func isPython(info string) bool {
	language, rest, _ := strings.Cut(info, " ")
	language = strings.ToLower(language)
	if language == "{code-cell}" {
		return true
	}
	python := []string{"python", "python3", "py", "py3", "ipython", "ipython3"}
	return slices.Contains(python, language) && !strings.HasPrefix(strings.TrimSpace(rest), ".noeval")
}

// mystTags reads the line `:tags: [a, b]` of a MyST cell.
func mystTags(line string) []string {
	list, ok := strings.CutPrefix(line, ":tags:")
	if !ok {
		return nil
	}
	var tags []string
	for _, tag := range strings.Split(strings.Trim(list, " []"), ",") {
		tags = append(tags, strings.Trim(tag, ` "'`))
	}
	return tags
}

var (
	languagePattern = regexp.MustCompile(`^\s+language:\s*(\S+)`)
	// A cell of the percent format: "# %%", "# %% title", "# %% [markdown] key=value".
	percentPattern = regexp.MustCompile(`^#\s?%%+(\s.*)?$`)
	// Commands of notebooks are comments in the percent format: "# %pylab inline", "# !pip install x".
	commandPattern = regexp.MustCompile(`^#\s?((%%?[A-Za-z]|!\s?[A-Za-z]).*)$`)
	cellTypePatten = regexp.MustCompile(`\[(\w+)\]`)
)

// skipHeader skips a YAML header between two lines "---", each behind the prefix of a comment, and takes the
// language of the kernel from it.
func (d *Document) skipHeader(lines *lineCutter, prefix string) {
	saved := *lines
	line, ok := lines.next()
	for ok && strings.TrimSpace(line) == "" {
		line, ok = lines.next()
	}
	if !ok || strings.TrimSpace(strings.TrimPrefix(line, prefix)) != "---" || !strings.HasPrefix(line, prefix) {
		*lines = saved
		return
	}
	kernel := false
	for {
		line, ok := lines.next()
		if !ok || !strings.HasPrefix(line, strings.TrimSpace(prefix)) {
			*lines = saved // not closed: a ruler, not a header
			d.Language = ""
			return
		}
		line = strings.TrimPrefix(line, prefix)
		if strings.TrimSpace(line) == "---" {
			return
		}
		kernel = kernel || strings.TrimSpace(line) == "kernelspec:"
		if m := languagePattern.FindStringSubmatch(line); m != nil && kernel {
			d.Language = strings.ToLower(m[1])
		}
	}
}

// readPython reads a plain script as one cell, and one in percent format as several.
func (d *Document) readPython(text string) {
	lines := &lineCutter{name: d.Name(), rest: text}
	if !hasPercentCells(text) {
		d.Kind = Script
		source := lines.source(1, nil)
		source.Text = text
		d.Cells = []*Cell{{Kind: CodeCell, Source: source}}
		return
	}
	d.Kind = Percent
	d.skipHeader(lines, "# ")
	cell, first := &Cell{Kind: CodeCell}, lines.line+1
	var body []string
	flush := func() {
		body, skipped := trimBlank(body)
		if len(body) == 0 {
			return
		}
		if cell.Kind == MarkdownCell {
			body = uncomment(body)
		} else {
			for i, line := range body {
				if m := commandPattern.FindStringSubmatch(line); m != nil {
					body[i] = m[1]
				}
			}
		}
		cell.Source = lines.source(first+skipped, body)
		d.Cells = append(d.Cells, cell)
	}
	for {
		line, ok := lines.next()
		if !ok {
			flush()
			return
		}
		m := percentPattern.FindStringSubmatch(line)
		if m == nil {
			body = append(body, line)
			continue
		}
		flush()
		cell, body, first = &Cell{Kind: CodeCell}, nil, lines.line+1
		cell.apply(m[1])
		if kind := cellTypePatten.FindStringSubmatch(m[1]); kind != nil {
			switch kind[1] {
			case "markdown", "md":
				cell.Kind = MarkdownCell
			case "raw":
				cell.Kind = RawCell
			}
		}
	}
}

func hasPercentCells(text string) bool {
	for line := range strings.Lines(text) {
		if percentPattern.MatchString(strings.TrimRight(line, "\r\n")) {
			return true
		}
	}
	return false
}

// uncomment turns the comments or the string of a Markdown cell in percent format into its text.
func uncomment(lines []string) []string {
	if quote := strings.TrimSpace(lines[0]); strings.HasPrefix(quote, `"""`) || strings.HasPrefix(quote, "'''") {
		out := slices.Clone(lines)
		out[0] = strings.Replace(out[0], quote[:3], "", 1)
		last := len(out) - 1
		out[last] = strings.Replace(out[last], quote[:3], "", 1)
		return out
	}
	out := make([]string, len(lines))
	for i, line := range lines {
		line = strings.TrimPrefix(line, "#")
		out[i] = strings.TrimPrefix(line, " ")
	}
	return out
}

// apply reads the options of a cell: jupyter={"outputs_hidden": true} tags=["a", "b"] .noeval
func (c *Cell) apply(options string) {
	for _, word := range strings.Fields(options) {
		if word == ".noeval" {
			c.Frozen = true
		}
	}
	if value := optionValue(options, "jupyter"); value != "" {
		var hidden jupyterMetadata
		if json.Unmarshal([]byte(value), &hidden) == nil {
			c.OutputsHidden, c.SourceHidden = hidden.OutputsHidden, hidden.SourceHidden
		}
	}
	if value := optionValue(options, "tags"); value != "" {
		var tags []string
		if json.Unmarshal([]byte(value), &tags) == nil {
			c.tag(tags...)
		}
	}
}

// optionValue returns the text behind key=, a JSON value, or "".
func optionValue(options, key string) string {
	at := strings.Index(options, key+"=")
	if at < 0 || at > 0 && options[at-1] != ' ' {
		return ""
	}
	decoder := json.NewDecoder(strings.NewReader(options[at+len(key)+1:]))
	var value json.RawMessage
	if decoder.Decode(&value) != nil {
		return ""
	}
	return string(value)
}

// tag adds tags and does what those that Jupyter's tools know ask for.
func (c *Cell) tag(tags ...string) {
	for _, tag := range tags {
		c.Tags = append(c.Tags, tag)
		switch strings.ReplaceAll(tag, "_", "-") {
		case "hide-output", "remove-output":
			c.OutputsHidden = true
		case "hide-input", "remove-input":
			c.SourceHidden = true
		case "hide-cell", "remove-cell":
			c.OutputsHidden, c.SourceHidden = true, true
		case "skip-execution":
			c.Frozen = true
		}
	}
}

// jupyterMetadata is the part of a cell's metadata that Jupyter itself reads.
type jupyterMetadata struct {
	OutputsHidden bool `json:"outputs_hidden"`
	SourceHidden  bool `json:"source_hidden"`
}
