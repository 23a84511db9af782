package checkpoint

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What is written is read again, by name; a state of the same name takes the place of the first.
func TestStatesOfAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "states")
	floats := make([]float64, 20000)
	for k := range floats {
		floats[k] = math.Sqrt(float64(k))
	}
	for _, name := range []string{"a", "b", "a"} {
		if err := Write(path, name, func(e *Encoder) {
			e.String("state " + name)
			e.Float(math.Inf(-1))
			e.Bool(true)
			Put(e, floats)
			Put(e, []bool{true, false})
			Put(e, []int32{-1, 7})
			Put(e, []float32{0.5})
			Put(e, []int64(nil))
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a", "b"} {
		if err := Read(path, name, func(d *Decoder) {
			if s := d.String(); s != "state "+name {
				t.Errorf("read %q", s)
			}
			if x := d.Float(); !math.IsInf(x, -1) || !d.Bool() {
				t.Errorf("read %v", x)
			}
			if !slices.Equal(Take[float64](d), floats) || !slices.Equal(Take[bool](d), []bool{true, false}) ||
				!slices.Equal(Take[int32](d), []int32{-1, 7}) || !slices.Equal(Take[float32](d), []float32{0.5}) || Take[int64](d) != nil {
				t.Error("the lists are others")
			}
		}); err != nil {
			t.Error(err)
		}
	}
	if err := Read(path, "a", func(*Decoder) {}); err == nil {
		t.Error("nobody has read the state, and nobody complains")
	}
	if err := Read(path, "a", func(d *Decoder) { _ = d.String(); Take[float64](d); Take[float64](d) }); err == nil {
		t.Error("something else was read, and nobody complains")
	}
}

// No content of a file makes reading panic or take memory that the file does not have.
func FuzzRead(f *testing.F) {
	path := filepath.Join(f.TempDir(), "states")
	if err := Write(path, "a", func(e *Encoder) { Put(e, []float64{1, 2}) }); err != nil {
		f.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add(content[:20])
	f.Add([]byte(magic + "\x01\x00\x00\x00\xff\xff\xff\xffa"))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "states")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_ = Read(path, "a", func(d *Decoder) { Take[float64](d) })
	})
}
