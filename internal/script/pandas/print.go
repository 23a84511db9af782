package pandas

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"synfire/internal/script"
)

// The limits of pandas' display.* options in a notebook.
const (
	maxRows    = 60
	shownRows  = 10
	maxColumns = 20
	maxWidth   = 80
	maxCell    = 50
	digits     = 6
)

// signed writes a float with a blank in the place of a plus sign, as Python's "% .6f" and "% .6e" do.
func signed(x float64, format byte) string {
	s := strconv.FormatFloat(x, format, digits, 64)
	if math.IsInf(x, 1) {
		s = "inf"
	} else if math.IsInf(x, -1) {
		s = "-inf"
	}
	if !strings.HasPrefix(s, "-") {
		s = " " + s
	}
	return s
}

// decimal reports whether a text is a number with a decimal point and nothing else.
func decimal(s string) bool {
	s = strings.TrimLeft(s, " ")
	s = strings.TrimLeft(s, "+-")
	whole, rest, ok := strings.Cut(s, ".")
	return ok && whole != "" && strings.Trim(whole, "0123456789") == "" && strings.Trim(rest, "0123456789") == ""
}

// trimZeros takes away zeros that all numbers have at their ends, but leaves one digit.
func trimZeros(texts []string) []string {
	for {
		numbers, all := 0, true
		for _, s := range texts {
			if decimal(s) {
				numbers++
				all = all && strings.HasSuffix(s, "0")
			}
		}
		if numbers == 0 || !all {
			break
		}
		for i, s := range texts {
			if decimal(s) {
				texts[i] = s[:len(s)-1]
			}
		}
	}
	for i, s := range texts {
		if decimal(s) && strings.HasSuffix(s, ".") {
			texts[i] = s + "0"
		}
	}
	return texts
}

// formatFloats writes a column of floats.
func formatFloats(values []float64) []string {
	write := func(format byte) []string {
		texts := make([]string, len(values))
		for i, x := range values {
			texts[i] = "NaN"
			if x == x {
				texts[i] = signed(x, format)
			}
		}
		return trimZeros(texts)
	}
	texts := write('f')
	longest, large, small := 0, false, false
	for i, x := range values {
		longest = max(longest, len(texts[i]))
		a := math.Abs(x)
		large = large || a > 1e6
		small = small || a < 1e-6 && a > 0
	}
	if small || longest > digits+6 && large {
		return write('e')
	}
	return texts
}

// formatColumn writes values as they stand in a table, not yet padded to one width.
func (c *column) format() []string {
	texts := make([]string, len(c.values))
	switch c.kind {
	case floatType:
		values := make([]float64, len(c.values))
		for i, v := range c.values {
			values[i], _ = v.(float64)
		}
		return formatFloats(values)
	case intType:
		for i, v := range c.values {
			n, _ := v.(int64)
			texts[i] = fmt.Sprintf("% d", n)
		}
		return texts
	}
	for i, v := range c.values {
		switch v := v.(type) {
		case float64:
			texts[i] = "NaN"
			if v == v {
				texts[i] = trimZeros([]string{signed(v, 'f')})[0]
			} else {
				texts[i] = " NaN"
			}
		case script.NoneType:
			texts[i] = " None"
		default:
			texts[i] = " " + short(cell(v))
		}
	}
	return texts
}

// cell writes one value of a column of objects.
func cell(v script.Value) string {
	return strings.NewReplacer("\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(script.Str(v))
}

func short(s string) string {
	if utf8.RuneCountInString(s) <= maxCell {
		return s
	}
	return string([]rune(s)[:maxCell-4]) + "..."
}

// format writes labels; numbers are aligned at their signs.
func (x *Index) format() []string {
	texts := make([]string, len(x.values))
	if x.kind == objectType || x.kind == boolType {
		for i, v := range x.values {
			texts[i] = cell(v)
			if missing(v) {
				texts[i] = "NaN"
			}
		}
		return texts
	}
	texts = x.column.format()
	for len(texts) > 0 && !slices.ContainsFunc(texts, func(s string) bool { return !strings.HasPrefix(s, " ") }) {
		for i := range texts {
			texts[i] = texts[i][1:]
		}
	}
	return texts
}

func width(s string) int { return utf8.RuneCountInString(s) }

func padLeft(s string, n int) string  { return strings.Repeat(" ", max(0, n-width(s))) + s }
func padRight(s string, n int) string { return s + strings.Repeat(" ", max(0, n-width(s))) }

func widest(texts []string) int {
	w := 0
	for _, s := range texts {
		w = max(w, width(s))
	}
	return w
}

// adjoin sets columns of text side by side.
func adjoin(space int, columns ...[]string) string {
	rows := 0
	for _, c := range columns {
		rows = max(rows, len(c))
	}
	lines := make([]string, rows)
	for k, c := range columns {
		w := widest(c)
		if k < len(columns)-1 {
			w += space
		}
		for i := range lines {
			s := ""
			if i < len(c) {
				s = c[i]
			}
			lines[i] += padRight(s, w)
		}
	}
	return strings.Join(lines, "\n")
}

// shownPlaces returns which of n rows are shown, and where the gap is (-1 for none).
func shownPlaces(n, most, kept int) (places []int, gap int) {
	if n <= most {
		return whole(n), -1
	}
	half := kept / 2
	return append(whole(half), shifted(whole(kept-half), n-(kept-half))...), half
}

func whole(n int) []int { return shifted(make([]int, n), 0) }

func shifted(places []int, by int) []int {
	for i := range places {
		places[i] = i + by
	}
	return places
}

func dots(w int) string {
	if w > 3 {
		return "..."
	}
	return ".."
}

// text writes a series.
func (s *Series) text() string {
	if s.len() == 0 {
		name := ""
		if !script.IsNone(s.name) {
			name = "Name: " + script.Str(s.name) + ", "
		}
		return "Series([], " + name + "dtype: " + string(s.kind) + ")"
	}
	places, gap := shownPlaces(s.len(), maxRows, shownRows)
	labels := s.index.pick(places).format()
	values := s.column.pick(places).format()
	w := widest(values)
	for i := range values {
		values[i] = padLeft(values[i], w)
	}
	length := ""
	if gap >= 0 {
		d := dots(w)
		left := (w - len(d)) / 2
		values = slices.Insert(values, gap, padRight(strings.Repeat(" ", left)+d, w))
		labels = slices.Insert(labels, gap, "")
		length = fmt.Sprintf("Length: %d", s.len())
	}
	text := adjoin(3, labels, values)
	if !script.IsNone(s.index.name) {
		text = script.Str(s.index.name) + "\n" + text
	}
	var footer []string
	if !script.IsNone(s.name) {
		footer = append(footer, "Name: "+script.Str(s.name))
	}
	if length != "" {
		footer = append(footer, length)
	}
	return text + "\n" + strings.Join(append(footer, "dtype: "+string(s.kind)), ", ")
}

// text writes a table.
func (f *DataFrame) text() string {
	if len(f.columns) == 0 || f.index.len() == 0 {
		names := make([]string, len(f.columns))
		for i, label := range f.labels.values {
			names[i] = script.Str(label)
		}
		rows := f.index.format()
		return "Empty DataFrame\nColumns: [" + strings.Join(names, ", ") + "]\nIndex: [" + strings.Join(rows, ", ") + "]"
	}
	places, gap := shownPlaces(f.index.len(), maxRows, shownRows)
	across, hole := shownPlaces(len(f.columns), maxColumns, maxColumns)
	named := !script.IsNone(f.index.name) || !script.IsNone(f.labels.name)
	headers := 1
	labels := f.index.pick(places).format()
	if named && !script.IsNone(f.index.name) {
		labels = append([]string{script.Str(f.index.name)}, labels...)
		headers = 2
	}
	w := widest(labels)
	for i := range labels {
		labels[i] = padRight(labels[i], w)
	}
	corner := ""
	if !script.IsNone(f.labels.name) {
		corner = script.Str(f.labels.name)
	}
	columns := [][]string{append([]string{corner}, labels...)}
	for _, k := range across {
		column := f.columns[k]
		head := script.Str(f.labels.values[k])
		if column.numeric() {
			head = " " + head
		}
		header := []string{head}
		if headers == 2 {
			header = append(header, "")
		}
		values := column.pick(places).format()
		w := max(width(head), widest(values))
		for i := range header {
			header[i] = padLeft(header[i], w)
		}
		for i := range values {
			values[i] = padLeft(values[i], w)
		}
		columns = append(columns, append(header, values...))
	}
	if hole >= 0 {
		column := make([]string, len(columns[0]))
		for i := range column {
			column[i] = " ..."
		}
		if headers == 2 {
			column[1] = "    "
		}
		columns = slices.Insert(columns, hole+1, column)
	}
	if gap >= 0 {
		for k := range columns {
			if k == 0 {
				w := widest(columns[k])
				columns[k] = slices.Insert(columns[k], gap+headers, padRight(dots(w), w))
				continue
			}
			w := width(columns[k][headers+gap-1])
			columns[k] = slices.Insert(columns[k], gap+headers, padLeft(dots(w), w))
		}
	}
	text := wrapped(columns)
	if gap >= 0 || hole >= 0 {
		text += fmt.Sprintf("\n\n[%d rows x %d columns]", f.index.len(), len(f.columns))
	}
	return text
}

// wrapped sets columns side by side, in several blocks if they are wider than a line.
func wrapped(columns [][]string) string {
	room := maxWidth - widest(columns[0]) - 1
	var ends []int
	used := 0
	for i, c := range columns[1:] {
		w := widest(c) + 1
		used += w
		reserve := 2
		if i == len(columns)-2 {
			reserve = 1
		}
		if used+reserve > room && i > 0 {
			ends = append(ends, i)
			used = w
		}
	}
	ends = append(ends, len(columns)-1)
	var blocks []string
	start := 0
	for i, end := range ends {
		block := append([][]string{columns[0]}, columns[1+start:1+end]...)
		if len(ends) > 1 {
			last := make([]string, len(columns[0]))
			for k := range last {
				switch {
				case i == len(ends)-1:
					last[k] = " "
				case k == 0:
					last[k] = ` \`
				default:
					last[k] = "  "
				}
			}
			block = append(block, last)
		}
		blocks = append(blocks, adjoin(1, block...))
		start = end
	}
	return strings.Join(blocks, "\n\n")
}

// html writes a table for a notebook.
func (f *DataFrame) html() string {
	places, gap := shownPlaces(f.index.len(), maxRows, shownRows)
	across, hole := shownPlaces(len(f.columns), maxColumns, maxColumns)
	var b strings.Builder
	row := func(indent string, cells []string, heads int, style string) {
		b.WriteString(indent + "<tr" + style + ">\n")
		for i, c := range cells {
			tag := "td"
			if i < heads {
				tag = "th"
			}
			fmt.Fprintf(&b, "%s  <%s>%s</%s>\n", indent, tag, html.EscapeString(strings.TrimSpace(c)), tag)
		}
		b.WriteString(indent + "</tr>\n")
	}
	withGap := func(cells []string, at int) []string {
		if at < 0 {
			return cells
		}
		return slices.Insert(cells, at, "...")
	}
	b.WriteString("<div>\n<table border=\"1\" class=\"dataframe\">\n  <thead>\n")
	head := []string{}
	for _, k := range across {
		head = append(head, script.Str(f.labels.values[k]))
	}
	corner := ""
	if !script.IsNone(f.labels.name) {
		corner = script.Str(f.labels.name)
	}
	head = append([]string{corner}, withGap(head, hole)...)
	row("    ", head, len(head), ` style="text-align: right;"`)
	if !script.IsNone(f.index.name) {
		names := make([]string, len(head))
		names[0] = script.Str(f.index.name)
		row("    ", names, len(names), "")
	}
	b.WriteString("  </thead>\n  <tbody>\n")
	labels := f.index.pick(places).format()
	values := make([][]string, len(across))
	for i, k := range across {
		values[i] = f.columns[k].pick(places).format()
	}
	for i := range places {
		if i == gap {
			cells := make([]string, len(head))
			for k := range cells {
				cells[k] = "..."
			}
			row("    ", cells, 1, "")
		}
		cells := make([]string, len(across))
		for k := range across {
			cells[k] = values[k][i]
		}
		row("    ", append([]string{labels[i]}, withGap(cells, hole)...), 1, "")
	}
	b.WriteString("  </tbody>\n</table>\n")
	if gap >= 0 || hole >= 0 {
		fmt.Fprintf(&b, "<p>%d rows × %d columns</p>\n", f.index.len(), len(f.columns))
	}
	b.WriteString("</div>")
	return b.String()
}
