package numpy

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"synfire/internal/array"
	"synfire/internal/rng"
	"synfire/internal/script"
	"synfire/internal/syntax"
	"synfire/units"
)

// answers runs a snippet in a fresh session and returns its transcript.
func answers(t *testing.T, code string) string {
	t.Helper()
	in, out := testSession(t, t.TempDir())
	_, text := run(in, out, code)
	return text
}

// variable is a group's state variable: it behaves like an array without being one.
type variable struct{ values *array.Array }

func (v variable) AsArray() (*array.Array, error) { return v.values, nil }

func (v variable) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	return New(v.values).Binary(op, other, reflected)
}

// TestArrayLike gives a value that stands for an array to functions and operators.
func TestArrayLike(t *testing.T) {
	in, out := testSession(t, t.TempDir())
	in.Globals().Set("v", variable{array.FromFloats([]float64{0.001, 0.003}, units.Voltage)})
	for _, c := range []struct{ code, want string }{
		{"np.mean(v)", "2. * mvolt"},
		{"v + 1*mV, 1*mV + v, np.ones(2) * v", "(array([2., 4.]) * mvolt, array([2., 4.]) * mvolt, array([1., 3.]) * mvolt)"},
		{"np.array(v), np.arange(4)[v / mV > 2] if False else np.array([v, v]).shape", "(array([0.001, 0.003]), (2, 2))"},
		{"v > 2*mV", "array([False,  True])"},
		{"x = np.zeros(2)*mV; x[:] = v; x", "array([1., 3.]) * mvolt"},
	} {
		if _, got := run(in, out, c.code); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.code, got, c.want)
		}
	}
}

// TestQuantityAndList is the operator that the evaluator leaves to arrays.
func TestQuantityAndList(t *testing.T) {
	list := script.NewList(int64(1), 2.5)
	q := units.Quantity{Value: 1e-3, Dim: units.Voltage}
	for _, pair := range [][2]script.Value{{list, q}, {q, list}} {
		v, err := BinaryArray(syntax.Mul, pair[0], pair[1])
		if err != nil {
			t.Fatal(err)
		}
		if got := script.Repr(v); got != "array([1. , 2.5]) * mvolt" {
			t.Errorf("got %s", got)
		}
	}
}

// TestFiles writes and reads files of all kinds.
func TestFiles(t *testing.T) {
	got := answers(t, `
a = np.arange(6.0).reshape(2, 3)
np.save('a', a)
print(np.load('a.npy'))
np.savez('b', a, flags=np.array([True, False]), n=np.array([1+2j]))
z = np.load('b.npz')
print(z.files, z['flags'], z['arr_0'].shape, 'n' in z, len(z))
np.savez_compressed('c.npz', x=np.array(3))
print(np.load('c.npz')['x'] + 1)
np.savetxt('t.csv', a, delimiter=',', header='x,y,z', fmt='%.2f')
print(open('t.csv').read())
print(np.loadtxt('t.csv', delimiter=','))
print(np.loadtxt('t.csv', delimiter=',', usecols=(0, 2), unpack=True))
with open('gaps.csv', 'w') as f:
    f.write('x,y\n1,2\n,4\n')
print(np.genfromtxt('gaps.csv', delimiter=',', skip_header=1))
print(np.loadtxt(['1 2', '3 4']))
`)
	want := `[[0. 1. 2.]
 [3. 4. 5.]]
['arr_0', 'flags', 'n'] [ True False] (2, 3) True 3
4
# x,y,z
0.00,1.00,2.00
3.00,4.00,5.00

[[0. 1. 2.]
 [3. 4. 5.]]
[[0. 3.]
 [2. 5.]]
[[ 1.  2.]
 [nan  4.]]
[[1. 2.]
 [3. 4.]]`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestRecordedNPY reads what NumPy has written (testdata/write_npy.py).
func TestRecordedNPY(t *testing.T) {
	files, err := filepath.Glob("testdata/*.npy")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	want := map[string]string{
		"int32.npy": "[[1 2]\n [3 4]]", "float32.npy": "[0.5 1.5]", "fortran.npy": "[[0. 1. 2.]\n [3. 4. 5.]]",
		"bigendian.npy": "[1 2 3]", "bool.npy": "[ True False]", "scalar.npy": "2.5", "empty.npy": "[]",
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a, err := ReadNPY(bytes.NewReader(data))
		if err != nil {
			t.Error(file, err)
			continue
		}
		if got := a.String(); got != want[filepath.Base(file)] {
			t.Errorf("%s: %s", file, got)
		}
	}
}

// FuzzReadNPY checks that no file makes the reader panic, and that what was read can be written and read again.
func FuzzReadNPY(f *testing.F) {
	for _, a := range []*array.Array{array.FromInts([]int64{1, 2}), array.FromBools([]bool{true}), array.Scalar(math.Pi, plain),
		array.FromComplex([]complex128{1i}, 1, 1)} {
		var data bytes.Buffer
		if err := WriteNPY(&data, a); err != nil {
			f.Fatal(err)
		}
		f.Add(data.Bytes())
	}
	f.Add([]byte(npyMagic + "\x01\x00\x10\x00{'descr': '<f8'}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := ReadNPY(bytes.NewReader(data))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := WriteNPY(&again, a); err != nil {
			t.Fatal(err)
		}
		b, err := ReadNPY(&again)
		if err != nil || !array.Equal(a, b, true) {
			t.Errorf("%v became %v (%v)", a, b, err)
		}
	})
}

// TestSeed shares the seed of the module with the simulator, and not that of a stream of its own.
func TestSeed(t *testing.T) {
	var seeds []uint32
	stream := rng.NewRandomState(1)
	var out bytes.Buffer
	in := script.New(script.Config{Stdout: &out, Modules: []*script.Module{Module(Config{Random: stream, OnSeed: func(seed uint32) error {
		seeds = append(seeds, seed)
		return nil
	}})}})
	if _, text := run(in, &out, "import numpy as np\nnp.random.seed(4022)\nr = np.random.RandomState(7)\nr.seed(8)\nprint(np.random.rand())"); text == "" {
		t.Fatal("nothing printed")
	}
	if len(seeds) != 1 || seeds[0] != 4022 {
		t.Errorf("seeds %v", seeds)
	}
	fresh := rng.NewRandomState(4022)
	fresh.Float64()
	if fresh.Float64() != stream.Float64() {
		t.Error("the stream that was handed in is not the one that scripts use")
	}
}

// TestRefused gives arguments that make no sense.
func TestRefused(t *testing.T) {
	for _, c := range []struct{ code, want string }{
		{"np.array(['a', 'b'])", "!! TypeError: arrays of text are not supported: 'a' is not a number"},
		{"np.all(x > 1 for x in [2])", "!! TypeError: NumPy does not look into a generator"},
		{"np.zeros(-1)", "!! ValueError: negative dimensions are not allowed"},
		{"np.zeros(10**12)", "!! MemoryError: Unable to allocate an array with shape (1000000000000,)"},
		{"np.zeros(3, dtype='text')", "!! TypeError: data type 'text' not understood"},
		{"np.mean([1, 2], axes=1)", "!! TypeError: mean() got an unexpected keyword argument 'axes'"},
		{"np.random.default_rng(1)", "!! NotImplementedError: numpy.random.default_rng is not supported"},
		{"np.zeros(3).nope", "!! AttributeError: 'ndarray' object has no attribute 'nope'"},
		{"np.load('missing.npy')", "!! FileNotFoundError: [Errno 2] No such file or directory: 'missing.npy'"},
		{"np.save('../x', [1])", "!! PermissionError: a script may write only below its output directory, and '../x.npy' is outside"},
		{"np.linspace(0, 1, 2.5)", "!! TypeError: 'float' object cannot be interpreted as an integer"},
		{"np.interp(0, [1, 2], [1])", "!! ValueError: fp and xp are not of the same length."},
		{"np.arange(0, 1, 0)", "!! ZeroDivisionError: division by zero"},
	} {
		got := answers(t, c.code)
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%s\ngot  %s\nwant %s", c.code, got, c.want)
		}
	}
}

// TestStar checks which names `from numpy import *` leaves to Python.
func TestStar(t *testing.T) {
	got := answers(t, "from numpy import *\nprint(max([1, 2]), abs(-1.5), round(2.6), sum([[1, 2]], axis=1), any([0, 1]), random.__name__ if False else 0)")
	if got != "2 1.5 3 [3] True 0" {
		t.Error(got)
	}
}

// rowsOf is a recording that can only be read row by row.
type rowsOf struct{ rows, columns int }

func (r rowsOf) Shape() (rows, columns int) { return r.rows, r.columns }

func (r rowsOf) ReadRows(lo, hi int, dst []float64) {
	for i := range (hi - lo) * r.columns {
		row, column := lo+i/r.columns, i%r.columns
		dst[i] = float64(row-r.rows/2) * float64(column) * 1e-6
		if row == 7 && column == 5 {
			dst[i] = math.NaN()
		}
	}
}

// TestRecording works with a recording in a script: nothing of its size is made, and answers are those of an array in memory.
func TestRecording(t *testing.T) {
	const code = `
invalid = np.any(abs(v[:,:]) > 200*mV, axis=1) + np.isnan(v.sum(1))
print(v.shape, len(v), np.sum(invalid), np.where(~invalid)[0][:3], np.isnan(v).sum())
print(v[3][:4], v[3, 5], v[:2, -3:], v[[1, 2], 4], v.dtype)
print(np.nanmax(v), v[8:].max(axis=0)[:3], (v[8:] / mV).mean(), v[8:].std(axis=1)[:2], np.argmax(v[9]))
w = v[3][:]; w[0] = 20*mV; print(w[:2], v[3][:2])
print(v)`
	in, out := testSession(t, t.TempDir())
	lazy := array.Deferred(rowsOf{400, 2000}, units.Voltage)
	in.Globals().Set("v", New(lazy))
	_, got := run(in, out, code)
	in.Globals().Set("v", New(array.Deferred(rowsOf{400, 2000}, units.Voltage).Copy()))
	if _, want := run(in, out, code); got != want || strings.Contains(got, "!!") {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
