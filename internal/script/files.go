package script

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// fileValue is an open text file.
type fileValue struct {
	name   string
	file   *os.File
	reader *bufio.Reader
	closed bool
	// output is where writing goes, unbuffered: a script that forgets to close a file loses nothing.
	output io.Writer
}

// TypeName is Python's name of an open text file.
func (f *fileValue) TypeName() string { return "TextIOWrapper" }

// Repr shows the file's name.
func (f *fileValue) Repr() string { return "<file " + Repr(f.name) + ">" }

func fileError(err error, path string) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Exception{Instance: Instance{Class: exceptionClasses["FileNotFoundError"]}, Args: []Value{"[Errno 2] No such file or directory: " + Repr(path)}}
	case errors.Is(err, fs.ErrPermission):
		return Raise("PermissionError", "[Errno 13] Permission denied: %s", Repr(path))
	}
	return Raise("OSError", "%v", err)
}

// OpenRead opens a file that a script names: relative to the script's directory.
func (in *Interp) OpenRead(path string) (*os.File, error) {
	f, err := os.Open(in.resolvePath(path))
	if err != nil && in.config.OutputDir != "" && !filepath.IsAbs(path) {
		// What the script itself has written lies in the output folder.
		if written, e := os.Open(filepath.Join(in.config.OutputDir, path)); e == nil {
			return written, nil
		}
	}
	if err != nil {
		return nil, fileError(err, path)
	}
	return f, nil
}

func (in *Interp) resolvePath(path string) string {
	if filepath.IsAbs(path) || in.config.Dir == "" {
		return path
	}
	return filepath.Join(in.config.Dir, path)
}

// PathToWrite returns the path of a file that a script may write, which must lie in the output directory; relative names
// are taken from there. The folder in which the file lies is made.
func (in *Interp) PathToWrite(path string) (string, error) {
	out := in.config.OutputDir
	if out == "" {
		return "", Raise("PermissionError", "this script may not write files: there is no output directory for %s", Repr(path))
	}
	full := path
	if !filepath.IsAbs(path) {
		full = filepath.Join(out, path)
	}
	relative, err := filepath.Rel(out, full)
	if err != nil || relative == ".." || strings.HasPrefix(relative, ".."+string(filepath.Separator)) {
		return "", Raise("PermissionError", "a script may write only below its output directory, and %s is outside", Repr(path))
	}
	if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
		return "", fileError(err, path)
	}
	return full, nil
}

// CreateFile creates a file at a path that PathToWrite allows.
func (in *Interp) CreateFile(path string, appendTo bool) (*os.File, error) {
	full, err := in.PathToWrite(path)
	if err != nil {
		return nil, err
	}
	flags := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	if appendTo {
		flags = os.O_CREATE | os.O_WRONLY | os.O_APPEND
	}
	f, err := os.OpenFile(full, flags, 0o666)
	if err != nil {
		return nil, fileError(err, path)
	}
	return f, nil
}

func openFile(c *Call) (Value, error) {
	path, err := c.String("file")
	if err != nil {
		return nil, err
	}
	mode, err := c.String("mode")
	if err != nil {
		return nil, err
	}
	switch strings.ReplaceAll(mode, "t", "") {
	case "r", "":
		file, err := c.Interp.OpenRead(path)
		if err != nil {
			return nil, err
		}
		return &fileValue{name: path, file: file, reader: bufio.NewReader(file)}, nil
	case "w", "a":
		file, err := c.Interp.CreateFile(path, mode[0] == 'a')
		if err != nil {
			return nil, err
		}
		return &fileValue{name: path, file: file, output: file}, nil
	}
	return nil, Raise("ValueError", "open() knows the modes 'r', 'w' and 'a' of text files, not %s", Repr(mode))
}

func (f *fileValue) check(reading bool) error {
	switch {
	case f.closed:
		return Raise("ValueError", "I/O operation on closed file.")
	case reading && f.reader == nil:
		return Raise("OSError", "not readable")
	case !reading && f.output == nil:
		return Raise("OSError", "not writable")
	}
	return nil
}

func (f *fileValue) nextLine() (Value, bool, error) {
	if err := f.check(true); err != nil {
		return nil, false, err
	}
	line, err := f.reader.ReadString('\n')
	if line == "" {
		if err != nil && err != io.EOF {
			return nil, false, fileError(err, f.name)
		}
		return nil, false, nil
	}
	if strings.HasSuffix(line, "\r\n") {
		line = line[:len(line)-2] + "\n"
	}
	return line, true, nil
}

func (f *fileValue) write(text string) error {
	if err := f.check(false); err != nil {
		return err
	}
	if _, err := io.WriteString(f.output, text); err != nil {
		return Raise("OSError", "%v", err)
	}
	return nil
}

func (f *fileValue) close() error {
	if f.closed || f.file == nil {
		return nil
	}
	f.closed = true
	if err := f.file.Close(); err != nil {
		return Raise("OSError", "%v", err)
	}
	return nil
}

func fileMethods() *Methods {
	self := func(c *Call) *fileValue { return c.Self.(*fileValue) }
	return NewMethods(
		Entry{Signature: "read(size=-1, /)", Func: func(c *Call) (Value, error) {
			if err := self(c).check(true); err != nil {
				return nil, err
			}
			n, err := c.Int("size")
			if err != nil {
				return nil, err
			}
			var r io.Reader = self(c).reader
			if n >= 0 {
				r = io.LimitReader(r, n)
			}
			text, err := io.ReadAll(r)
			if err != nil {
				return nil, fileError(err, self(c).name)
			}
			return strings.ReplaceAll(string(text), "\r\n", "\n"), nil
		}},
		Entry{Signature: "readline()", Func: func(c *Call) (Value, error) {
			v, more, err := self(c).nextLine()
			if !more && err == nil {
				v = ""
			}
			return v, err
		}},
		Entry{Signature: "readlines()", Func: func(c *Call) (Value, error) {
			elts, err := Elements(c.Self)
			return &List{Elts: elts}, err
		}},
		Entry{Signature: "write(text, /)", Func: func(c *Call) (Value, error) {
			text, err := c.String("text")
			if err != nil {
				return nil, Raise("TypeError", "write() argument must be str, not %s", TypeName(c.Arg("text")))
			}
			return int64(len([]rune(text))), self(c).write(text)
		}},
		Entry{Signature: "writelines(lines, /)", Func: func(c *Call) (Value, error) {
			elts, err := Elements(c.Arg("lines"))
			if err != nil {
				return nil, err
			}
			for _, e := range elts {
				if err := self(c).write(Str(e)); err != nil {
					return nil, err
				}
			}
			return None, nil
		}},
		Entry{Signature: "flush()", Func: func(c *Call) (Value, error) { return None, nil }},
		Entry{Signature: "close()", Func: func(c *Call) (Value, error) { return None, self(c).close() }},
		Entry{Signature: "isatty()", Func: func(*Call) (Value, error) { return false, nil }},
		Entry{Signature: "__enter__()", Func: func(c *Call) (Value, error) { return c.Self, nil }},
		Entry{Signature: "__exit__(*args)", Func: func(c *Call) (Value, error) { return None, self(c).close() }},
	)
}
