package script

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"synfire/internal/diag"
	"synfire/internal/platform"
)

func timeModule() *Module {
	start := time.Now()
	clock := func(name string) Entry {
		return Entry{Signature: name + "()", Func: func(*Call) (Value, error) { return time.Since(start).Seconds(), nil }}
	}
	return &Module{Name: "time", Entries: []Entry{
		{Signature: "time()", Func: func(*Call) (Value, error) { return float64(time.Now().UnixNano()) / 1e9, nil }},
		clock("perf_counter"), clock("monotonic"),
		{Signature: "process_time()", Func: func(*Call) (Value, error) {
			user, system := platform.ProcessTime()
			return (user + system).Seconds(), nil
		}},
		{Signature: "sleep(secs, /)", Func: func(c *Call) (Value, error) {
			x, err := c.Float("secs")
			if err != nil {
				return nil, err
			}
			if !(x >= 0) {
				return nil, Raise("ValueError", "sleep length must be non-negative")
			}
			timer := time.NewTimer(time.Duration(min(x, 1e9) * 1e9))
			defer timer.Stop()
			if c.Context == nil {
				<-timer.C
				return None, nil
			}
			select {
			case <-timer.C:
			case <-c.Context.Done():
				return nil, c.Context.Err()
			}
			return None, nil
		}},
		{Signature: "strftime(format, t=None, /)", Func: func(c *Call) (Value, error) {
			format, err := c.String("format")
			return strftime(format, time.Now()), err
		}},
		{Signature: "ctime()", Func: func(*Call) (Value, error) { return time.Now().Format("Mon Jan _2 15:04:05 2006"), nil }},
	}}
}

// strftime formats a time by the usual letters.
func strftime(format string, t time.Time) string {
	layouts := map[byte]string{'Y': "2006", 'm': "01", 'd': "02", 'H': "15", 'M': "04", 'S': "05", 'y': "06", 'b': "Jan", 'B': "January",
		'a': "Mon", 'A': "Monday", 'I': "03", 'p': "PM", 'F': "2006-01-02", 'T': "15:04:05", 'j': "002", 'Z': "MST", 'z': "-0700"}
	text := ""
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			text += format[i : i+1]
			continue
		}
		i++
		if layout, ok := layouts[format[i]]; ok {
			text += t.Format(layout)
		} else if format[i] == '%' {
			text += "%"
		} else {
			text += format[i-1 : i+1]
		}
	}
	return text
}

func osModule(in *Interp) *Module {
	onPath := func(signature string, f func(path string) Value) Entry {
		return Entry{Signature: signature, Func: func(c *Call) (Value, error) {
			p, err := c.String("path")
			return f(p), err
		}}
	}
	stat := func(path string, want func(os.FileInfo) bool) Value {
		info, err := os.Stat(in.resolvePath(path))
		if err != nil {
			if info, err = os.Stat(filepath.Join(in.config.OutputDir, path)); err != nil || in.config.OutputDir == "" {
				return false
			}
		}
		return want(info)
	}
	path := &Module{Name: "os.path", Entries: []Entry{
		{Signature: "join(path, *paths)", Func: func(c *Call) (Value, error) {
			joined, err := c.String("path")
			for _, a := range c.Args {
				s, ok := a.(string)
				if !ok {
					return nil, Raise("TypeError", "join() argument must be str, not '%s'", TypeName(a))
				}
				switch {
				case filepath.IsAbs(s):
					joined = s
				case joined == "" || joined[len(joined)-1] == '/':
					joined += s
				default:
					joined += "/" + s
				}
			}
			return joined, err
		}},
		onPath("exists(path)", func(p string) Value { return stat(p, func(os.FileInfo) bool { return true }) }),
		onPath("isfile(path)", func(p string) Value { return stat(p, func(i os.FileInfo) bool { return i.Mode().IsRegular() }) }),
		onPath("isdir(path)", func(p string) Value { return stat(p, func(i os.FileInfo) bool { return i.IsDir() }) }),
		onPath("basename(path)", func(p string) Value { _, name := filepath.Split(p); return name }),
		onPath("dirname(path)", func(p string) Value {
			if dir := filepath.Dir(p); dir != "." {
				return dir
			}
			return ""
		}),
		onPath("abspath(path)", func(p string) Value {
			full, err := filepath.Abs(in.resolvePath(p))
			if err != nil {
				return p
			}
			return full
		}),
		onPath("splitext(path)", func(p string) Value {
			ext := filepath.Ext(p)
			if ext == filepath.Base(p) {
				ext = ""
			}
			return NewTuple(p[:len(p)-len(ext)], ext)
		}),
		onPath("split(path)", func(p string) Value {
			dir, name := filepath.Split(p)
			if len(dir) > 1 {
				dir = filepath.Clean(dir)
			}
			return NewTuple(dir, name)
		}),
		onPath("expanduser(path)", func(p string) Value { return p }),
	}}
	return &Module{Name: "os", Modules: []*Module{path}, Entries: []Entry{
		{Name: "sep", Value: "/"}, {Name: "linesep", Value: "\n"}, {Name: "name", Value: "posix"},
		{Signature: "getcwd()", Func: func(*Call) (Value, error) {
			if in.config.Dir != "" {
				full, err := filepath.Abs(in.config.Dir)
				return full, err
			}
			return os.Getwd()
		}},
		{Signature: "listdir(path='.')", Func: func(c *Call) (Value, error) {
			p, err := c.String("path")
			if err != nil {
				return nil, err
			}
			entries, err := os.ReadDir(in.resolvePath(p))
			if err != nil {
				return nil, fileError(err, p)
			}
			l := &List{}
			for _, e := range entries {
				l.Elts = append(l.Elts, e.Name())
			}
			return l, nil
		}},
		{Signature: "makedirs(name, mode=511, exist_ok=False)", Func: func(c *Call) (Value, error) { return None, makeDirectory(c, in, "name") }},
		{Signature: "mkdir(path, mode=511)", Func: func(c *Call) (Value, error) { return None, makeDirectory(c, in, "path") }},
		{Signature: "getpid()", Func: func(*Call) (Value, error) { return int64(os.Getpid()), nil }},
		{Signature: "system(command)", Func: func(*Call) (Value, error) {
			return nil, Raise("PermissionError", "scripts may not run commands of the system")
		}},
		{Signature: "cpu_count()", Func: func(*Call) (Value, error) { return int64(runtime.NumCPU()), nil }},
		{Signature: "getenv(key, default=None)", Func: func(c *Call) (Value, error) {
			key, err := c.String("key")
			if v, ok := os.LookupEnv(key); ok {
				return v, err
			}
			return c.Arg("default"), err
		}},
	}}
}

func makeDirectory(c *Call, in *Interp, parameter string) error {
	path, err := c.String(parameter)
	if err != nil {
		return err
	}
	probe, err := in.CreateFile(filepath.Join(path, ".synfire"), false)
	if err != nil {
		return err
	}
	name := probe.Name()
	if err := probe.Close(); err != nil {
		return fileError(err, path)
	}
	if err := os.Remove(name); err != nil {
		return fileError(err, path)
	}
	return nil
}

func sysModule(in *Interp) *Module {
	argv := stringList(in.config.Argv)
	m := &Module{Name: "sys", Entries: []Entry{
		{Name: "argv", Value: argv}, {Name: "version", Value: "3.11 (Synfire)"}, {Name: "platform", Value: runtime.GOOS},
		{Name: "version_info", Value: NewTuple(int64(3), int64(11), int64(0), "final", int64(0))},
		{Name: "maxsize", Value: int64(1<<63 - 1)}, {Name: "byteorder", Value: "little"}, {Name: "path", Value: NewList()},
		{Name: "stdout", Value: &fileValue{name: "<stdout>", output: writerFunc(func(p []byte) (int, error) { return in.stdout.Write(p) })}},
		{Name: "stderr", Value: &fileValue{name: "<stderr>", output: writerFunc(func(p []byte) (int, error) { return in.stderr.Write(p) })}},
		{Signature: "exit(code=None, /)", Func: exitScript},
		{Signature: "getrecursionlimit()", Func: func(*Call) (Value, error) { return int64(maxDepth), nil }},
		{Signature: "getsizeof(object, default=0)", Func: func(*Call) (Value, error) { return int64(64), nil }},
		{Signature: "exc_info()", Func: func(c *Call) (Value, error) {
			for f := c.Frame; f != nil; f = f.caller {
				if n := len(f.handling); n > 0 {
					return NewTuple(f.handling[n-1].Class, f.handling[n-1], None), nil
				}
			}
			return NewTuple(None, None, None), nil
		}},
	}}
	m.Attr = func(in *Interp, name string) (Value, error) {
		if name != "modules" {
			return nil, nil
		}
		d := NewDict()
		var names []string
		for n := range in.loaded {
			names = append(names, n)
		}
		slices.Sort(names)
		for _, n := range names {
			d.SetString(n, in.modules[n])
		}
		return d, nil
	}
	return m
}

// writerFunc is a function as an io.Writer.
type writerFunc func([]byte) (int, error)

// Write calls the function.
func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func warningsModule() *Module {
	nothing := func(*Call) (Value, error) { return None, nil }
	quiet := false
	return &Module{Name: "warnings", Entries: []Entry{
		{Signature: "warn(message, category=None, stacklevel=1, source=None)", Func: func(c *Call) (Value, error) {
			kind, text := "UserWarning", ""
			switch v := c.Arg("message").(type) {
			case *Exception:
				kind, text = v.Class.Name, v.Message()
			default:
				text = Str(v)
			}
			if class, ok := c.Arg("category").(*Class); ok {
				kind = class.Name
			}
			if !quiet {
				c.Interp.Warn(&diag.Message{Kind: kind, Text: text})
			}
			return None, nil
		}},
		{Signature: "simplefilter(action, category=None, lineno=0, append=False)", Func: func(c *Call) (Value, error) {
			quiet = c.Arg("action") == "ignore"
			return None, nil
		}},
		{Signature: "filterwarnings(action, message='', category=None, module='', lineno=0, append=False)", Func: func(c *Call) (Value, error) {
			quiet = c.Arg("action") == "ignore"
			return None, nil
		}},
		{Signature: "resetwarnings()", Func: func(*Call) (Value, error) { quiet = false; return None, nil }},
		{Signature: "catch_warnings(*, record=False)", Func: func(c *Call) (Value, error) {
			return &savedWarnings{restore: func(was bool) { quiet = was }, was: quiet}, nil
		}},
		{Signature: "showwarning(*args, **kwargs)", Func: nothing},
	}}
}

// savedWarnings is the context manager of warnings.catch_warnings.
type savedWarnings struct {
	restore func(bool)
	was     bool
}

// TypeName is Python's name of the class.
func (s *savedWarnings) TypeName() string { return "catch_warnings" }

// Attr gives the context manager's two methods.
func (s *savedWarnings) Attr(name string) (any, error) {
	switch name {
	case "__enter__":
		return NewBuiltin(Entry{Signature: "__enter__()", Func: func(*Call) (Value, error) { return None, nil }}), nil
	case "__exit__":
		return NewBuiltin(Entry{Signature: "__exit__(*args)", Func: func(*Call) (Value, error) {
			s.restore(s.was)
			return None, nil
		}}), nil
	}
	return nil, nil
}

func copyModule() *Module {
	return &Module{Name: "copy", Entries: []Entry{
		{Signature: "copy(x)", Func: func(c *Call) (Value, error) { return shallowCopy(c.Interp, c.Arg("x")) }},
		{Signature: "deepcopy(x, memo=None)", Func: func(c *Call) (Value, error) {
			return deepCopy(c.Interp, c.Arg("x"), map[any]Value{}, 0)
		}},
	}}
}

func shallowCopy(in *Interp, v Value) (Value, error) {
	switch v := v.(type) {
	case *List:
		return NewList(slices.Clone(v.Elts)...), nil
	case *Dict:
		return v.Copy(), nil
	case *Set:
		return &Set{dict: *v.dict.Copy(), Frozen: v.Frozen}, nil
	case *Instance:
		if r, err := callDunder(v, "__copy__"); r != nil || err != nil {
			return r, err
		}
		return &Instance{Class: v.Class, attrs: v.attrs.Copy()}, nil
	case Attributed:
		method, err := v.Attr("copy")
		if method != nil && err == nil {
			return in.Call(method, nil, nil)
		}
	}
	return v, nil
}

func deepCopy(in *Interp, v Value, done map[any]Value, depth int) (Value, error) {
	switch v.(type) {
	case *List, *Dict, *Set, *Tuple, *Instance:
		if c, ok := done[v]; ok {
			return c, nil
		}
	}
	elements := func(elts []Value) ([]Value, error) {
		result := make([]Value, len(elts))
		for i, e := range elts {
			var err error
			if result[i], err = deepCopy(in, e, done, depth+1); err != nil {
				return nil, err
			}
		}
		return result, nil
	}
	if depth > maxDepth {
		return nil, Raise("RecursionError", "maximum recursion depth exceeded while copying")
	}
	switch v := v.(type) {
	case *List:
		l := &List{}
		done[v] = l
		var err error
		l.Elts, err = elements(v.Elts)
		return l, err
	case *Tuple:
		elts, err := elements(v.Elts)
		return &Tuple{Elts: elts, class: v.class, fields: v.fields}, err
	case *Dict:
		d := &Dict{index: map[any]int{}, class: v.class, factory: v.factory}
		done[v] = d
		for _, e := range v.entries {
			if e.key == nil {
				continue
			}
			value, err := deepCopy(in, e.value, done, depth+1)
			if err != nil {
				return nil, err
			}
			d.set(e.hash, e.key, value)
		}
		return d, nil
	case *Instance:
		if r, err := callDunder(v, "__deepcopy__", NewDict()); r != nil || err != nil {
			return r, err
		}
		o := &Instance{Class: v.Class}
		done[v] = o
		attrs, err := deepCopy(in, v.attrs, done, depth+1)
		if err == nil {
			o.attrs = attrs.(*Dict)
		}
		return o, err
	}
	return shallowCopy(in, v)
}

func stringModule() *Module {
	const lower, upper, digits = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
	return &Module{Name: "string", Entries: []Entry{
		{Name: "ascii_lowercase", Value: lower}, {Name: "ascii_uppercase", Value: upper}, {Name: "ascii_letters", Value: lower + upper},
		{Name: "digits", Value: digits}, {Name: "hexdigits", Value: digits + "abcdefABCDEF"},
		{Name: "punctuation", Value: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}, {Name: "whitespace", Value: " \t\n\r\x0b\x0c"},
	}}
}
