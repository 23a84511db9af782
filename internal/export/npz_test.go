package export

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestNPYHeader(t *testing.T) {
	var out bytes.Buffer
	if err := WriteNPY(&out, Floats("v", []float64{1.5, math.Inf(-1), 3, 4, 5, 6}, 2, 3)); err != nil {
		t.Fatal(err)
	}
	got := out.Bytes()
	if !bytes.HasPrefix(got, []byte("\x93NUMPY\x01\x00")) {
		t.Fatalf("wrong magic: %q", got[:8])
	}
	length := int(binary.LittleEndian.Uint16(got[8:]))
	if (10+length)%64 != 0 {
		t.Errorf("the data begins at byte %d, not at a multiple of 64", 10+length)
	}
	header := string(got[10 : 10+length])
	if want := "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"; strings.TrimRight(header, " \n") != want || !strings.HasSuffix(header, "\n") {
		t.Errorf("header %q, want %q", header, want)
	}
	if data := got[10+length:]; len(data) != 48 || math.Float64frombits(binary.LittleEndian.Uint64(data[8:])) != math.Inf(-1) {
		t.Errorf("wrong data %v", data)
	}
}

func TestRefusals(t *testing.T) {
	for _, arrays := range [][]Array{
		{Floats("v", []float64{1, 2, 3}, 2, 2)},
		{Floats("v", nil), Floats("v", nil)},
		{Floats("", nil)},
		{{Name: "v", Type: "<f16", Write: func(io.Writer) error { return nil }}},
	} {
		if err := WriteNPZ(io.Discard, arrays...); err == nil {
			t.Errorf("%v was written", arrays)
		}
	}
}

func TestSaveNPZLeavesNothingHalf(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m.npz")
	if err := SaveNPZ(path, Floats("v", []float64{1}, 2)); err == nil {
		t.Fatal("a broken array was saved")
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("left behind: %v", files)
	}
	if err := SaveNPZ(path, Floats("t", []float64{0, 1}), Int64s("n", []int64{1 << 40})); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	if len(archive.File) != 2 || archive.File[0].Name != "t.npy" || archive.File[0].Method != zip.Store {
		t.Errorf("wrong entries in %v", archive.File)
	}
}

// TestNumPyReads hands a file to NumPy itself, where there is one.
func TestNumPyReads(t *testing.T) {
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import numpy").Run() != nil {
		t.Skip("no NumPy here")
	}
	path := filepath.Join(t.TempDir(), "m.npz")
	rows := Rows("v", 3, 2, func(row int, into []float64) error {
		into[0], into[1] = float64(row), -float64(row)
		return nil
	})
	scalar := Int32s("one", []int32{7})
	scalar.Shape = []int{}
	if err := SaveNPZ(path, rows, Int32s("i", []int32{-1, 2}), Int64s("n", []int64{1 << 40}), scalar, Floats("none", nil)); err != nil {
		t.Fatal(err)
	}
	const program = `import numpy, sys
f = numpy.load(sys.argv[1])
print(sorted(f.files), f['v'].tolist(), f['i'].tolist(), f['i'].dtype, f['n'].tolist(), f['one'], f['none'].shape)`
	out, err := exec.Command(python, "-c", program, path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := "['i', 'n', 'none', 'one', 'v'] [[0.0, -0.0], [1.0, -1.0], [2.0, -2.0]] [-1, 2] int32 [1099511627776] 7 (0,)\n"
	if string(out) != want {
		t.Errorf("NumPy reads %swant %s", out, want)
	}
}
