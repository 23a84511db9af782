package pandas

import (
	"bufio"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"synfire/internal/script"
)

func nan() float64 { return math.NaN() }

// naTexts are the texts that read_csv takes for a missing value.
var naTexts = []string{"", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "n/a", "nan", "null"}

func parseFloat(text, point string) (float64, bool) {
	t := strings.TrimSpace(text)
	if point != "." {
		t = strings.Replace(t, point, ".", 1)
	}
	switch strings.ToLower(strings.TrimLeft(t, "+-")) {
	case "inf", "infinity":
		if strings.HasPrefix(t, "-") {
			return math.Inf(-1), true
		}
		return math.Inf(1), true
	}
	if t == "" || strings.Trim(t, "0123456789.eE+-") != "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(t, 64)
	return x, err == nil || math.IsInf(x, 0)
}

func parseInt(text string) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimPrefix(strings.TrimSpace(text), "+"), 10, 64)
	return n, err == nil
}

// csvOptions are the arguments of read_csv.
type csvOptions struct {
	separator        string // "" for runs of white space
	comment, point   string
	thousands, quote string
	skipBlank        bool
	skipInitial      bool
	header           int // -1 for none
	skip             map[int]bool
	skipped, rows    int
	na               []string
}

func (l *library) readCSV(c *script.Call) (script.Value, error) {
	if _, unknown := c.Arg("filepath_or_buffer").(*script.Unknown); unknown {
		return &script.Unknown{What: "a table"}, nil
	}
	text, name, err := readAll(c)
	if err != nil {
		return nil, err
	}
	o, err := optionsOf(c)
	if err != nil {
		return nil, err
	}
	records, err := o.records(text)
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, script.Raise("EmptyDataError", "No columns to parse from file").WithHint("%s is empty", name)
	}
	var labels []script.Value
	if o.header >= 0 {
		if o.header >= len(records) {
			return nil, script.Raise("EmptyDataError", "No columns to parse from file")
		}
		labels = headLabels(records[o.header])
		records = records[o.header+1:]
	}
	if v := c.Arg("names"); !script.IsNone(v) {
		if labels, err = script.Elements(v); err != nil {
			return nil, err
		}
	}
	width := len(labels)
	for i, r := range records {
		if o.header < 0 && len(labels) == 0 {
			width = max(width, len(r))
			continue
		}
		if len(r) > width && i > 0 && len(r) > len(records[0]) {
			return nil, script.Raise("ParserError", "Error tokenizing data. C error: Expected %d fields in line %d, saw %d", width, i+o.header+2, len(r))
		}
	}
	implicit := o.header >= 0 && len(records) > 0 && len(records[0]) == width+1 // the first column has no name: it is the index
	if implicit {
		width++
		labels = append([]script.Value{script.None}, labels...)
	}
	for i := len(labels); i < width; i++ {
		labels = append(labels, int64(i))
	}
	if o.rows >= 0 && len(records) > o.rows {
		records = records[:o.rows]
	}
	columns := make([]*column, width)
	types := c.Arg("dtype")
	for k := range columns {
		texts := make([]string, len(records))
		for i, r := range records {
			if k < len(r) {
				texts[i] = r[k]
			}
		}
		columns[k] = o.infer(texts)
		want := types
		if d, ok := types.(*script.Dict); ok {
			v, has, err := d.Get(labels[k])
			if err != nil {
				return nil, err
			}
			if want = v; !has {
				want = script.None
			}
		}
		if !script.IsNone(want) {
			kind, ok := typeOf(want)
			if !ok {
				return nil, script.Raise("TypeError", "data type %s not understood", script.Repr(want))
			}
			if kind == objectType {
				columns[k] = o.texts(texts)
			} else if columns[k], err = columns[k].as(kind); err != nil {
				return nil, err
			}
		}
	}
	f := l.frame(columns, l.index(labels, script.None), l.counting(len(records)))
	if v := c.Arg("usecols"); !script.IsNone(v) {
		if f, err = f.use(v); err != nil {
			return nil, err
		}
	}
	if implicit {
		f = f.indexed([]int{0}, true)
		f.index.name = script.None
	}
	switch v := c.Arg("index_col").(type) {
	case nil, script.NoneType:
	case bool:
	default:
		k, err := f.columnNumber(v, "index_col")
		if err != nil {
			return nil, err
		}
		f = f.indexed([]int{k}, true)
		if name, ok := f.index.name.(string); ok && strings.HasPrefix(name, "Unnamed: ") {
			f.index.name = script.None
		}
	}
	if v := c.Arg("squeeze"); v == script.Value(true) && len(f.columns) == 1 {
		return f.column(0), nil
	}
	return f, nil
}

// readAll reads the file that a script names, or an object with read().
func readAll(c *script.Call) (text, name string, err error) {
	source := c.Arg("filepath_or_buffer")
	path, ok := source.(string)
	if !ok {
		if read, err := c.Interp.Attr(source, "read"); err == nil && read != nil {
			v, err := c.Interp.Call(read, nil, nil)
			if err != nil {
				return "", "", err
			}
			text, _ := v.(string)
			return text, "the file", nil
		}
		path = script.Str(source)
	}
	if strings.HasPrefix(path, "http://") || strings.HasPrefix(path, "https://") {
		return "", "", script.Raise("PermissionError", "read_csv() reads local files only, not %s", script.Repr(path)).
			WithHint("download the file and put it beside the script")
	}
	file, err := c.Interp.OpenRead(path)
	if err != nil {
		var e *script.Exception
		if errors.As(err, &e) && e.Class.Name == "FileNotFoundError" {
			e.Hint = nearFile(c.Interp.Config().Dir, path)
		}
		return "", "", err
	}
	defer file.Close()
	data, err := io.ReadAll(bufio.NewReader(file))
	if err != nil {
		return "", "", script.Raise("OSError", "%s cannot be read: %v", path, err)
	}
	return strings.TrimPrefix(string(data), "\ufeff"), path, nil
}

// nearFile names a file in the same folder that a wrong name most likely stands for.
func nearFile(dir, path string) string {
	full := path
	if !filepath.IsAbs(full) {
		full = filepath.Join(dir, path)
	}
	entries, err := os.ReadDir(filepath.Dir(full))
	if err != nil {
		return "There is no folder " + filepath.Dir(path) + "."
	}
	var names, tables []string
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		names = append(names, e.Name())
		if ext := filepath.Ext(e.Name()); ext == ".csv" || ext == ".tsv" || ext == ".txt" {
			tables = append(tables, e.Name())
		}
	}
	if near := script.Nearest(filepath.Base(path), names); near != "" {
		return "Did you mean '" + filepath.Join(filepath.Dir(path), near) + "'?"
	}
	if len(tables) > 0 && len(tables) <= 8 {
		return "The folder has " + strings.Join(tables, ", ") + "."
	}
	return "Paths count from the folder of the script."
}

func optionsOf(c *script.Call) (csvOptions, error) {
	o := csvOptions{separator: ",", point: ".", quote: `"`, skipBlank: true, rows: -1, na: slices.Clone(naTexts), skip: map[int]bool{}}
	for _, name := range []string{"sep", "delimiter"} {
		if v, ok := c.Arg(name).(string); ok {
			o.separator = v
		}
	}
	if c.Arg("delim_whitespace") == script.Value(true) {
		o.separator = ""
	}
	switch o.separator {
	case `\s+`, " +", `\s*`:
		o.separator = ""
	default:
		if len(o.separator) > 1 && strings.ContainsAny(o.separator, `\[]+*|?`) {
			return o, script.Raise("NotImplementedError", "sep=%s is a regular expression; only '\\s+' is supported", script.Repr(o.separator))
		}
	}
	for name, field := range map[string]*string{"comment": &o.comment, "decimal": &o.point, "thousands": &o.thousands, "quotechar": &o.quote} {
		if v, ok := c.Arg(name).(string); ok {
			*field = v
		}
	}
	o.skipInitial = c.Arg("skipinitialspace") == script.Value(true)
	o.skipBlank = c.Arg("skip_blank_lines") != script.Value(false)
	if v := c.Arg("nrows"); !script.IsNone(v) {
		n, err := c.Int("nrows")
		if err != nil {
			return o, err
		}
		o.rows = int(n)
	}
	switch v := c.Arg("skiprows").(type) {
	case nil, script.NoneType:
	case int64:
		o.skipped = int(v)
	default:
		elements, err := script.Elements(v)
		if err != nil {
			return o, err
		}
		for _, e := range elements {
			n, err := script.AsIndex(e)
			if err != nil {
				return o, err
			}
			o.skip[int(n)] = true
		}
	}
	switch v := c.Arg("header").(type) {
	case script.NoneType:
		o.header = -1
	case int64:
		o.header = int(v)
	case string:
		if !script.IsNone(c.Arg("names")) {
			o.header = -1
		}
	default:
		return o, script.Raise("NotImplementedError", "header=%s is not supported: a whole number or None is", script.Repr(v))
	}
	switch v := c.Arg("na_values").(type) {
	case nil, script.NoneType:
	case string:
		o.na = append(o.na, v)
	default:
		elements, err := script.Elements(v)
		if err != nil {
			return o, err
		}
		for _, e := range elements {
			o.na = append(o.na, script.Str(e))
		}
	}
	return o, nil
}

// records splits a text into rows of fields. Quoted fields may hold separators, line ends and doubled quotes.
func (o csvOptions) records(text string) ([][]string, error) {
	var rows [][]string
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for number := 0; text != ""; number++ {
		row, rest, blank, err := o.record(text)
		if err != nil {
			return nil, err
		}
		text = rest
		if number < o.skipped || o.skip[number] || blank && o.skipBlank {
			continue
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (o csvOptions) record(text string) (row []string, rest string, blank bool, err error) {
	var field strings.Builder
	quoted, any := false, false
	end := func() {
		row = append(row, field.String())
		field.Reset()
		quoted = false
	}
	for i := 0; i < len(text); {
		switch {
		case o.comment != "" && strings.HasPrefix(text[i:], o.comment):
			stop := strings.IndexByte(text[i:], '\n')
			if stop < 0 {
				stop = len(text) - i
			}
			i += stop
			if !any {
				if i < len(text) {
					i++
				}
				return nil, text[i:], true, nil
			}
			continue
		case text[i] == '\n':
			if o.separator != "" || field.Len() > 0 || quoted {
				end()
			}
			return row, text[i+1:], !any, nil
		case o.quote != "" && strings.HasPrefix(text[i:], o.quote) && field.Len() == 0 && !quoted:
			quoted, any = true, true
			i += len(o.quote)
			for {
				stop := strings.Index(text[i:], o.quote)
				if stop < 0 {
					return nil, "", false, script.Raise("ParserError", "Error tokenizing data. C error: EOF inside string")
				}
				field.WriteString(text[i : i+stop])
				i += stop + len(o.quote)
				if !strings.HasPrefix(text[i:], o.quote) {
					break
				}
				field.WriteString(o.quote)
				i += len(o.quote)
			}
		case o.separator == "" && (text[i] == ' ' || text[i] == '\t'):
			if field.Len() > 0 || quoted {
				end()
			}
			i++
		case o.separator != "" && strings.HasPrefix(text[i:], o.separator):
			end()
			any = true
			i += len(o.separator)
		case o.skipInitial && field.Len() == 0 && text[i] == ' ':
			i++
		default:
			any = any || text[i] != ' ' && text[i] != '\t'
			field.WriteByte(text[i])
			i++
		}
	}
	if o.separator != "" || field.Len() > 0 || quoted {
		end()
	}
	return row, "", !any, nil
}

// headLabels names columns: empty ones "Unnamed: n", equal ones "a", "a.1", ...
func headLabels(row []string) []script.Value {
	labels := make([]script.Value, len(row))
	seen := map[string]int{}
	for i, name := range row {
		if name == "" {
			name = "Unnamed: " + strconv.Itoa(i)
		}
		n := seen[name]
		seen[name]++
		if n > 0 {
			name += "." + strconv.Itoa(n)
		}
		labels[i] = name
	}
	return labels
}

// infer finds the type that all texts of a column have: whole numbers, numbers, truth values, else texts.
func (o csvOptions) infer(texts []string) *column {
	values := make([]script.Value, len(texts))
	ints, numbers, bools, gaps := true, true, true, 0
	for i, text := range texts {
		if slices.Contains(o.na, strings.TrimSpace(text)) {
			values[i] = math.NaN()
			gaps++
			continue
		}
		plain := text
		if o.thousands != "" {
			plain = strings.ReplaceAll(text, o.thousands, "")
		}
		if _, ok := parseInt(plain); !ok {
			ints = false
		}
		if _, ok := parseFloat(plain, o.point); !ok {
			numbers = false
		}
		switch text {
		case "True", "TRUE", "true", "False", "FALSE", "false":
		default:
			bools = false
		}
	}
	c := &column{kind: objectType, values: values}
	for i, text := range texts {
		if values[i] != nil {
			continue
		}
		plain := text
		if o.thousands != "" {
			plain = strings.ReplaceAll(text, o.thousands, "")
		}
		switch {
		case ints && gaps == 0:
			n, _ := parseInt(plain)
			c.kind, values[i] = intType, n
		case numbers:
			x, _ := parseFloat(plain, o.point)
			c.kind, values[i] = floatType, x
		case bools:
			values[i] = strings.EqualFold(text, "true")
			if gaps == 0 {
				c.kind = boolType
			}
		default:
			values[i] = text
		}
	}
	if gaps == len(texts) && gaps > 0 {
		c.kind = floatType
	}
	return c
}

// texts keeps a column as it is written.
func (o csvOptions) texts(texts []string) *column {
	c := &column{kind: objectType, values: make([]script.Value, len(texts))}
	for i, text := range texts {
		c.values[i] = text
		if slices.Contains(o.na, text) {
			c.values[i] = math.NaN()
		}
	}
	return c
}

// columnNumber finds a column by its label or its number.
func (f *DataFrame) columnNumber(v script.Value, argument string) (int, error) {
	if list, ok := v.(*script.List); ok && len(list.Elts) == 1 {
		v = list.Elts[0]
	}
	switch v := v.(type) {
	case int64:
		if v < 0 || int(v) >= len(f.columns) {
			return 0, script.Raise("IndexError", "%s=%d, but there are %d columns", argument, v, len(f.columns))
		}
		return int(v), nil
	case string:
		if places := f.labels.find(v); len(places) > 0 {
			return places[0], nil
		}
		m := script.Raise("ValueError", "Index %s invalid", v)
		m.Hint = f.labels.hint(v)
		return 0, m
	}
	return 0, script.Raise("NotImplementedError", "%s=%s is not supported: one column is", argument, script.Repr(v))
}

// use keeps the columns that usecols names, in the order of the file.
func (f *DataFrame) use(v script.Value) (*DataFrame, error) {
	elements, err := script.Elements(v)
	if err != nil {
		return nil, script.Raise("NotImplementedError", "usecols must be a list of names or numbers")
	}
	keep := map[int]bool{}
	for _, e := range elements {
		if text, ok := e.(string); ok && len(f.labels.find(text)) == 0 {
			m := script.Raise("ValueError", "Usecols do not match columns, columns expected but not found: %s", script.Repr(script.NewList(text)))
			m.Hint = f.labels.hint(text)
			return nil, m
		}
		k, err := f.columnNumber(e, "usecols")
		if err != nil {
			return nil, err
		}
		keep[k] = true
	}
	var places []int
	for k := range f.columns {
		if keep[k] {
			places = append(places, k)
		}
	}
	return f.take(places), nil
}

// writeCSV is to_csv().
func (f *DataFrame) writeCSV(c *script.Call) (script.Value, error) {
	separator, err := c.String("sep")
	if err != nil {
		return nil, err
	}
	withIndex, err := c.Bool("index")
	if err != nil {
		return nil, err
	}
	withHeader, err := c.Bool("header")
	if err != nil {
		return nil, err
	}
	na := script.Str(c.Arg("na_rep"))
	format, _ := c.Arg("float_format").(string)
	write := func(v script.Value) (string, error) {
		if missing(v) {
			return na, nil
		}
		text := script.Str(v)
		if x, ok := v.(float64); ok && format != "" {
			formatted, err := script.Format(x, strings.TrimPrefix(format, "%"))
			if err != nil {
				return "", err
			}
			text = formatted
		}
		if strings.ContainsAny(text, "\"\n\r") || strings.Contains(text, separator) {
			text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
		return text, nil
	}
	var out strings.Builder
	line := func(values []script.Value) error {
		for i, v := range values {
			if i > 0 {
				out.WriteString(separator)
			}
			text, err := write(v)
			if err != nil {
				return err
			}
			out.WriteString(text)
		}
		out.WriteByte('\n')
		return nil
	}
	if withHeader {
		row := slices.Clone(f.labels.values)
		if withIndex {
			row = append([]script.Value{f.index.name}, row...)
		}
		if err := line(row); err != nil {
			return nil, err
		}
	}
	for i := range f.index.len() {
		var row []script.Value
		if withIndex {
			row = append(row, f.index.values[i])
		}
		for _, column := range f.columns {
			row = append(row, column.values[i])
		}
		if err := line(row); err != nil {
			return nil, err
		}
	}
	path, ok := c.Arg("path_or_buf").(string)
	if !ok {
		return out.String(), nil
	}
	file, err := c.Interp.CreateFile(path, false)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(file, out.String()); err != nil {
		file.Close()
		return nil, script.Raise("OSError", "%s cannot be written: %v", path, err)
	}
	if err := file.Close(); err != nil {
		return nil, script.Raise("OSError", "%s cannot be written: %v", path, err)
	}
	return script.None, nil
}
