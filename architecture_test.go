package synfire_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sourceFiles parses the Go files of all packages, without tests, by the package's folder.
func sourceFiles(t *testing.T) map[string][]*ast.File {
	t.Helper()
	files := map[string][]*ast.File{}
	must(t, filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != "." && (strings.HasPrefix(entry.Name(), ".") || slices.Contains([]string{"testdata", "examples", "tools", "shared"}, entry.Name())) {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		folder := filepath.ToSlash(filepath.Dir(path))
		files[folder] = append(files[folder], file)
		return err
	}))
	return files
}

func importsOf(t *testing.T, files []*ast.File) []string {
	t.Helper()
	var paths []string
	for _, file := range files {
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			must(t, err)
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// TestIgnorance checks what packages must not know; their order is checked in docs.
func TestIgnorance(t *testing.T) {
	files := sourceFiles(t)
	imports := map[string][]string{}
	for folder, parsed := range files {
		imports[folder] = importsOf(t, parsed)
	}
	engine := []string{"adaptive", "algebra", "checkpoint", "connect", "exec", "integrate", "ir", "lower", "model", "placement", "plan", "record", "sim"}
	for _, c := range []struct {
		rule      string
		folders   []string
		forbidden []string // prefixes of import paths
	}{
		{"the middle knows neither text nor scripts", []string{"internal/ir", "internal/plan", "internal/exec", "internal/exec/portable", "internal/sim"}, []string{"synfire/internal/syntax", "synfire/internal/script"}},
		{"kernels and executors know no models", []string{"internal/ir", "internal/exec", "internal/exec/portable"}, []string{"synfire/internal/model", "synfire/internal/lower", "synfire/internal/diag", "synfire/units"}},
		{"the text knows no neurons", []string{"internal/syntax"}, []string{"synfire/internal/model", "synfire/units"}},
		{"the engine knows no scripts, no figures, no files of others", []string{".", "internal/*"}, []string{"synfire/internal/script", "synfire/internal/notebook", "synfire/internal/plot", "synfire/internal/export", "gonum.org/v1/plot", "github.com/"}},
		{"script modules use the public API only", []string{"internal/script", "internal/script/*"}, func() []string {
			var paths []string
			for _, room := range engine {
				paths = append(paths, "synfire/internal/"+room)
			}
			return paths
		}()},
		{"the language knows neither arrays, nor simulations, nor figures", []string{"internal/script"}, []string{"synfire/internal/array", "synfire/internal/plot", "synfire/internal/script/", "synfire/internal/export"}},
		{"figures know no script", []string{"internal/plot"}, []string{"synfire/internal/script", "synfire/internal/syntax", "synfire/internal/array"}},
	} {
		checked := 0
		for folder, paths := range imports {
			if !slices.ContainsFunc(c.folders, func(pattern string) bool {
				if pattern == "internal/*" {
					return slices.ContainsFunc(append(engine, "platform", "array", "syntax", "diag", "rng"), func(room string) bool {
						return folder == "internal/"+room || strings.HasPrefix(folder, "internal/"+room+"/")
					})
				}
				match, _ := filepath.Match(pattern, folder)
				return match
			}) || folder == "internal/exec/exectest" {
				continue
			}
			checked++
			for _, path := range paths {
				if path == "synfire" && c.rule != "script modules use the public API only" {
					t.Errorf("%s, but %s imports the public API", c.rule, folder)
				}
				for _, prefix := range c.forbidden {
					if path == prefix || strings.HasPrefix(path, strings.TrimSuffix(prefix, "/")+"/") {
						t.Errorf("%s, but %s imports %s", c.rule, folder, path)
					}
				}
			}
		}
		if checked < len(c.folders) {
			t.Errorf("%s: only %d packages of %v were found", c.rule, checked, c.folders)
		}
	}
}

// TestSimulatedNumbers checks that the rooms which compute simulated numbers take nothing from Go's math that rounds in
// its own way.
func TestSimulatedNumbers(t *testing.T) {
	exact := []string{"Sqrt", "FMA", "Floor", "Ceil", "Trunc", "RoundToEven", "Abs", "Copysign", "Float64bits", "Float32bits", "Float32frombits", "Float64frombits", "Signbit", "NaN", "Inf", "IsNaN", "IsInf",
		"Frexp", "Ldexp", "Max", "Min", "Pi", "Ln2", "E", "Sqrt2", "MaxInt64", "MinInt64", "MaxInt32", "MinInt32", "MaxFloat64", "MaxUint32"}
	files := sourceFiles(t)
	for _, folder := range []string{"internal/ir", "internal/exec", "internal/exec/portable", "internal/adaptive", "internal/lower", "internal/placement", "internal/plan", "internal/sim", "internal/connect", "internal/record"} {
		if len(files[folder]) == 0 {
			t.Errorf("%s has no files", folder)
		}
		for _, file := range files[folder] {
			ast.Inspect(file, func(node ast.Node) bool {
				if selector, ok := node.(*ast.SelectorExpr); ok {
					if x, ok := selector.X.(*ast.Ident); ok && x.Name == "math" && !slices.Contains(exact, selector.Sel.Name) {
						t.Errorf("%s uses math.%s", folder, selector.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

// TestNoWorkBeforeMain checks that no package runs anything when it is imported.
func TestNoWorkBeforeMain(t *testing.T) {
	for folder, files := range sourceFiles(t) {
		for _, file := range files {
			for _, declaration := range file.Decls {
				if f, ok := declaration.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
					t.Errorf("%s has an init function", folder)
				}
			}
		}
	}
}
