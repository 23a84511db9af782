package docs

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is a line of the list of packages in architecture.md.
var room = regexp.MustCompile(`(?m)^(\S+) +\S`)

// TestRooms checks that the list names all packages and that each imports only what stands below it.
func TestRooms(t *testing.T) {
	page, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(page), "\n## Rooms\n")
	_, text, _ = strings.Cut(text, "```\n")
	text, _, _ = strings.Cut(text, "```\n")
	var rooms []string
	for _, m := range room.FindAllStringSubmatch(text, -1) {
		rooms = append(rooms, m[1])
	}
	if len(rooms) == 0 {
		t.Fatal("architecture.md has no list of packages")
	}
	imports := packages(t)
	for name := range imports {
		if !slices.Contains(rooms, name) {
			t.Errorf("the package %s is not in the list of architecture.md", name)
		}
	}
	for k, name := range rooms {
		imported, exists := imports[name]
		if !exists {
			t.Errorf("architecture.md lists %s, which is no package", name)
		}
		for _, other := range imported {
			if !slices.Contains(rooms[k+1:], other) {
				t.Errorf("%s imports %s, which does not stand below it", name, other)
			}
		}
	}
}

// packages returns the packages of the program, by their paths within it, and which others they import. Tests are
// free to import what they like; examples and tools are not part of the program.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	const module = "synfire"
	found := map[string][]string{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			hidden := strings.HasPrefix(entry.Name(), ".") && path != ".."
			if hidden || slices.Contains([]string{"testdata", "examples", "tools", "shared"}, entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), ".."+string(filepath.Separator)))
		if name == ".." {
			name = module
		}
		if found[name] == nil {
			found[name] = []string{}
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if imported == module || strings.HasPrefix(imported, module+"/") {
				other := strings.TrimPrefix(imported, module+"/")
				if !slices.Contains(found[name], other) {
					found[name] = append(found[name], other)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
