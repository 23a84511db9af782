package numpy

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/syntax"
	"synfire/units"
)

// fileEntries read and write files: relative to the script, or below its output directory.
func fileEntries() []script.Entry {
	return []script.Entry{
		{Signature: "save(file, arr)", Doc: "Writes an array to an .npy file; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "arr")
			if err != nil {
				return nil, err
			}
			return script.None, writeFile(c, ".npy", func(w io.Writer) error { return WriteNPY(w, a) })
		}},
		{Signature: "savez(file, *args, **kwds)", Doc: "Writes several arrays to an .npz file; units are dropped.", Func: func(c *script.Call) (script.Value, error) { return saveArchive(c, zip.Store) }},
		{Signature: "savez_compressed(file, *args, **kwds)", Doc: "Writes several arrays to a compressed .npz file; units are dropped.", Func: func(c *script.Call) (script.Value, error) { return saveArchive(c, zip.Deflate) }},
		{Signature: "load(file, mmap_mode=None, allow_pickle=False)", Doc: "Reads an .npy or .npz file.", Func: load},
		{Signature: "savetxt(fname, X, fmt='%.18e', delimiter=' ', newline='\\n', header='', footer='', comments='# ')", Doc: "Writes a table as text; units are dropped.", Func: saveText},
		{Signature: "loadtxt(fname, dtype=None, comments='#', delimiter=None, converters=None, skiprows=0, usecols=None, unpack=False, ndmin=0, max_rows=None)",
			Doc: "Reads a table of numbers from a text.", Func: func(c *script.Call) (script.Value, error) { return loadText(c, "skiprows", false) }},
		{Signature: "genfromtxt(fname, dtype=None, comments='#', delimiter=None, skip_header=0, skip_footer=0, usecols=None, names=None, unpack=False, filling_values=None, missing_values=None, max_rows=None)",
			Doc: "Reads a table of numbers from a text with gaps.", Func: func(c *script.Call) (script.Value, error) { return loadText(c, "skip_header", true) }},
	}
}

// fileName reads the name of a file.
func fileName(c *script.Call, parameter string) (string, error) {
	if s, ok := c.Arg(parameter).(string); ok {
		return s, nil
	}
	if s, ok := c.Arg(parameter).(script.Stringer); ok && strings.HasSuffix(script.TypeName(c.Arg(parameter)), "Path") {
		return s.Str(), nil
	}
	return "", script.Raise("TypeError", "%s() needs the name of a file, not %s", c.Name, script.TypeName(c.Arg(parameter)))
}

func writeFile(c *script.Call, suffix string, write func(io.Writer) error) error {
	name, err := fileName(c, "file")
	if err != nil {
		return err
	}
	if !strings.HasSuffix(name, suffix) {
		name += suffix
	}
	return create(c, name, write)
}

func create(c *script.Call, name string, write func(io.Writer) error) error {
	file, err := c.Interp.CreateFile(name, false)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<16)
	err = write(w)
	if e := w.Flush(); err == nil {
		err = e
	}
	if e := file.Close(); err == nil {
		err = e
	}
	var path *os.PathError
	if errors.As(err, &path) {
		return script.Raise("OSError", "%s cannot be written: %v", name, path.Err)
	}
	return err
}

func saveArchive(c *script.Call, method uint16) (script.Value, error) {
	var names []string
	var arrays []*array.Array
	for i, v := range c.Args {
		a, err := FromValue(v)
		if err != nil {
			return nil, err
		}
		names, arrays = append(names, "arr_"+strconv.Itoa(i)), append(arrays, a)
	}
	for _, k := range c.Keywords {
		a, err := FromValue(k.Value)
		if err != nil {
			return nil, err
		}
		if slices.Contains(names, k.Name) {
			return nil, script.Raise("ValueError", "Cannot use un-named variables and keyword %s", k.Name)
		}
		names, arrays = append(names, k.Name), append(arrays, a)
	}
	return script.None, writeFile(c, ".npz", func(w io.Writer) error {
		z := zip.NewWriter(w)
		for i, a := range arrays {
			entry, err := z.CreateHeader(&zip.FileHeader{Name: names[i] + ".npy", Method: method})
			if err != nil {
				return err
			}
			if err := WriteNPY(entry, a); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

// archive is what load returns for an .npz file: a mapping from names to arrays.
type archive struct {
	names  []string
	arrays map[string]*array.Array
}

func (a *archive) TypeName() string { return "NpzFile" }

// Index returns an array by its name.
func (a *archive) Index(index any) (any, error) {
	name, _ := index.(string)
	if x, ok := a.arrays[strings.TrimSuffix(name, ".npy")]; ok {
		return New(x), nil
	}
	return nil, script.Raise("KeyError", "%s is not a file in the archive", name)
}

// Len is the number of arrays.
func (a *archive) Len() (int, error) { return len(a.names), nil }

// Iterate goes through the names.
func (a *archive) Iterate() (next func() (any, bool, error), err error) {
	i := 0
	return func() (any, bool, error) {
		if i == len(a.names) {
			return nil, false, nil
		}
		i++
		return a.names[i-1], true, nil
	}, nil
}

// Contains tells whether there is an array of a name.
func (a *archive) Contains(y any) (bool, error) {
	name, _ := y.(string)
	_, ok := a.arrays[name]
	return ok, nil
}

// Attr implements files, keys, values, items and close.
func (a *archive) Attr(name string) (any, error) {
	list := func(f func(name string) script.Value) script.Value {
		out := &script.List{}
		for _, n := range a.names {
			out.Elts = append(out.Elts, f(n))
		}
		return out
	}
	var f func(string) script.Value
	switch name {
	case "files":
		return list(func(n string) script.Value { return n }), nil
	case "keys":
		f = func(n string) script.Value { return n }
	case "values":
		f = func(n string) script.Value { return New(a.arrays[n]) }
	case "items":
		f = func(n string) script.Value { return script.NewTuple(n, New(a.arrays[n])) }
	case "close", "__exit__":
		return script.NewBuiltin(script.Entry{Signature: name + "(*args)", Func: func(*script.Call) (script.Value, error) { return script.None, nil }}), nil
	case "__enter__":
		return script.NewBuiltin(script.Entry{Signature: name + "(*args)", Func: func(*script.Call) (script.Value, error) { return a, nil }}), nil
	default:
		return nil, nil
	}
	return script.NewBuiltin(script.Entry{Signature: name + "()", Func: func(*script.Call) (script.Value, error) { return list(f), nil }}), nil
}

func load(c *script.Call) (script.Value, error) {
	name, err := fileName(c, "file")
	if err != nil {
		return nil, err
	}
	file, err := c.Interp.OpenRead(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, script.Raise("OSError", "%s cannot be read: %v", name, err)
	}
	if !bytes.HasPrefix(data, []byte("PK")) {
		a, err := ReadNPY(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		return New(a), nil
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, script.Raise("ValueError", "%s is no .npz file that can be read: %v", name, err)
	}
	out := &archive{arrays: map[string]*array.Array{}}
	for _, entry := range z.File {
		r, err := entry.Open()
		if err != nil {
			return nil, script.Raise("ValueError", "%s in %s cannot be read: %v", entry.Name, name, err)
		}
		a, err := ReadNPY(r)
		r.Close()
		if err != nil {
			return nil, err
		}
		key := strings.TrimSuffix(entry.Name, ".npy")
		out.names = append(out.names, key)
		out.arrays[key] = a
	}
	return out, nil
}

func saveText(c *script.Call) (script.Value, error) {
	name, err := fileName(c, "fname")
	if err != nil {
		return nil, err
	}
	x, err := arrayArg(c, "X")
	if err != nil {
		return nil, err
	}
	if x.NDim() > 2 {
		return nil, script.Raise("ValueError", "Expected 1D or 2D array, got %dD array instead", x.NDim())
	}
	if x.NDim() < 2 {
		if x, err = x.Reshape(-1, 1); err != nil {
			return nil, err
		}
	}
	texts := map[string]string{}
	for _, key := range []string{"delimiter", "newline", "header", "footer", "comments"} {
		if texts[key], err = c.String(key); err != nil {
			return nil, err
		}
	}
	columns := x.Shape()[1]
	formats := make([]string, columns)
	switch v := c.Arg("fmt").(type) {
	case string:
		for i := range formats {
			formats[i] = v
		}
		if strings.Count(v, "%") == columns && columns > 1 {
			formats = []string{v}
		}
	default:
		list, err := script.Elements(v)
		if err != nil || len(list) != columns {
			return nil, script.Raise("AttributeError", "fmt has wrong shape.  %s", script.Repr(v))
		}
		for i, f := range list {
			formats[i], _ = f.(string)
		}
	}
	comment := func(text string) string {
		return texts["comments"] + strings.ReplaceAll(text, "\n", "\n"+texts["comments"]) + texts["newline"]
	}
	x = x.WithDim(units.Dimension{})
	return script.None, create(c, name, func(w io.Writer) error {
		if texts["header"] != "" {
			fmt.Fprint(w, comment(texts["header"]))
		}
		for row := range x.Len() {
			cells := make([]string, len(formats))
			for i, format := range formats {
				values := make([]script.Value, 0, columns)
				if len(formats) == 1 {
					for k := range columns {
						values = append(values, element(x, row*columns+k))
					}
				} else {
					values = append(values, element(x, row*columns+i))
				}
				text, err := script.Binary(syntax.Mod, format, script.NewTuple(values...))
				if err != nil {
					return err
				}
				cells[i], _ = text.(string)
			}
			if _, err := fmt.Fprint(w, strings.Join(cells, texts["delimiter"])+texts["newline"]); err != nil {
				return err
			}
		}
		if texts["footer"] != "" {
			fmt.Fprint(w, comment(texts["footer"]))
		}
		return nil
	})
}

// loadText reads a table; with gaps, what is no number becomes NaN.
func loadText(c *script.Call, skip string, gaps bool) (script.Value, error) {
	var lines []string
	if list, ok := c.Arg("fname").(*script.List); ok {
		for _, v := range list.Elts {
			line, ok := v.(string)
			if !ok {
				return nil, script.Raise("TypeError", "%s() reads lines of text, not %s", c.Name, script.TypeName(v))
			}
			lines = append(lines, line)
		}
	} else {
		name, err := fileName(c, "fname")
		if err != nil {
			return nil, err
		}
		file, err := c.Interp.OpenRead(name)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(file)
		file.Close()
		if err != nil {
			return nil, script.Raise("OSError", "%s cannot be read: %v", name, err)
		}
		lines = strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	}
	skipped, err := c.Int(skip)
	if err != nil {
		return nil, err
	}
	lines = lines[min(max(0, int(skipped)), len(lines)):]
	comments, _ := c.Arg("comments").(string)
	delimiter, _ := c.Arg("delimiter").(string)
	if gaps && !script.IsNone(c.Arg("names")) {
		return nil, script.Raise("NotImplementedError", "genfromtxt(names=) is not supported").WithHint("pandas.read_csv reads tables with named columns")
	}
	fill := math.NaN()
	if gaps {
		if footer, err := c.Int("skip_footer"); err != nil {
			return nil, err
		} else if footer > 0 {
			for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
				lines = lines[:len(lines)-1]
			}
			lines = lines[:max(0, len(lines)-int(footer))]
		}
		if !script.IsNone(c.Arg("filling_values")) {
			if fill, err = floatOf(c.Arg("filling_values")); err != nil {
				return nil, err
			}
		}
	} else if !script.IsNone(c.Arg("converters")) {
		return nil, script.Raise("NotImplementedError", "loadtxt(converters=) is not supported")
	}
	var columns []int
	if !script.IsNone(c.Arg("usecols")) {
		if columns, err = wholes(c.Arg("usecols")); err != nil {
			return nil, err
		}
	}
	most := math.MaxInt
	if !script.IsNone(c.Arg("max_rows")) {
		n, err := c.Int("max_rows")
		if err != nil {
			return nil, err
		}
		most = int(n)
	}
	var values []float64
	rows, width := 0, -1
	for number, line := range lines {
		if comments != "" {
			line, _, _ = strings.Cut(line, comments)
		}
		if strings.TrimSpace(line) == "" || rows == most {
			continue
		}
		cells := strings.Fields(line)
		if delimiter != "" {
			cells = strings.Split(line, delimiter)
		}
		if width >= 0 && len(cells) != width {
			return nil, script.Raise("ValueError", "the number of columns changed from %d to %d at row %d; use `usecols` to select a subset and avoid this error", width, len(cells), rows+1)
		}
		width = len(cells)
		chosen := cells
		if columns != nil {
			chosen = nil
			for _, k := range columns {
				if k < 0 {
					k += len(cells)
				}
				if k < 0 || k >= len(cells) {
					return nil, script.Raise("ValueError", "invalid column index %d at row %d with %d columns", k, rows+1, len(cells))
				}
				chosen = append(chosen, cells[k])
			}
		}
		for k, cell := range chosen {
			x, err := strconv.ParseFloat(strings.TrimSpace(cell), 64)
			if err != nil && !errors.Is(err, strconv.ErrRange) {
				if !gaps {
					return nil, script.Raise("ValueError", "could not convert string '%s' to float64 at row %d, column %d.", strings.TrimSpace(cell), number, k+1)
				}
				x = fill
			}
			values = append(values, x)
		}
		rows++
	}
	out := array.FromFloats(values, plain, rows, len(values)/max(rows, 1))
	if out, err = converted(c, out); err != nil {
		return nil, err
	}
	if unpack, err := c.Bool("unpack"); err != nil {
		return nil, err
	} else if unpack {
		if out, err = out.Transpose(); err != nil {
			return nil, err
		}
	}
	atLeast := int64(0)
	if !gaps {
		if atLeast, err = c.Int("ndmin"); err != nil {
			return nil, err
		}
	}
	if atLeast < 2 {
		if out, err = out.Squeeze(); err != nil {
			return nil, err
		}
		out = out.AtLeast(int(atLeast))
	}
	return New(out), nil
}
