package numpy

import (
	"encoding/binary"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"synfire/internal/array"
	"synfire/internal/export"
	"synfire/internal/script"
)

// The NPY format is described in NumPy's documentation (numpy.lib.format): a magic string, a version, the
// length of a header, the header as a Python dictionary, and the elements.
const npyMagic = "\x93NUMPY"

// WriteNPY writes an array in NumPy's NPY format.
func WriteNPY(w io.Writer, a *array.Array) error {
	out := export.Array{Name: "array", Shape: a.Shape(), Type: npyTypes[a.DType()]}
	out.Write = func(w io.Writer) error {
		switch a.DType() {
		case array.Bool:
			return binary.Write(w, binary.LittleEndian, a.Bools())
		case array.Int64:
			return binary.Write(w, binary.LittleEndian, a.Ints())
		case array.Float64:
			return binary.Write(w, binary.LittleEndian, a.Floats())
		}
		return binary.Write(w, binary.LittleEndian, a.Complexes())
	}
	return export.WriteNPY(w, out)
}

var npyTypes = map[array.DType]string{array.Bool: "|b1", array.Int64: "<i8", array.Float64: "<f8", array.Complex128: "<c16"}

var (
	npyKind    = regexp.MustCompile(`'descr':\s*'([<>|=]?)([a-zA-Z])(\d+)'`)
	npyFortran = regexp.MustCompile(`'fortran_order':\s*True`)
	npyShape   = regexp.MustCompile(`'shape':\s*\(([\d,\s]*)\)`)
)

// ReadNPY reads an array in NumPy's NPY format. Narrower types are widened.
func ReadNPY(r io.Reader) (*array.Array, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	broken := func(what string) (*array.Array, error) {
		return nil, script.Raise("ValueError", "this is no NPY file that can be read: %s", what)
	}
	if len(data) < 12 || string(data[:6]) != npyMagic {
		return broken("the first bytes are not those of the format")
	}
	length, start := int(binary.LittleEndian.Uint16(data[8:])), 10
	if data[6] >= 2 {
		length, start = int(binary.LittleEndian.Uint32(data[8:])), 12
	}
	if length < 0 || start+length > len(data) {
		return broken("the header is cut off")
	}
	header := string(data[start : start+length])
	data = data[start+length:]
	kind, extents := npyKind.FindStringSubmatch(header), npyShape.FindStringSubmatch(header)
	if kind == nil || extents == nil {
		return broken("the header " + strconv.Quote(strings.TrimSpace(header)) + " is not understood")
	}
	shape, n := []int{}, 1
	for _, text := range strings.Split(extents[1], ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		extent, err := strconv.Atoi(text)
		if err != nil || extent > 0 && n > math.MaxInt32*64/max(extent, 1) {
			return broken("the shape is too large")
		}
		shape = append(shape, extent)
		n *= extent
	}
	width, _ := strconv.Atoi(kind[3])
	if width <= 0 || width > 16 || n*width > len(data) {
		return broken("the elements are cut off")
	}
	if npyFortran.MatchString(header) {
		for i, j := 0, len(shape)-1; i < j; i, j = i+1, j-1 {
			shape[i], shape[j] = shape[j], shape[i]
		}
	}
	var order binary.ByteOrder = binary.LittleEndian
	if kind[1] == ">" {
		order = binary.BigEndian
	}
	a, err := decode(kind[2]+kind[3], order, data, n, width, shape)
	if err != nil {
		return nil, err
	}
	if npyFortran.MatchString(header) {
		return a.Transpose()
	}
	return a, nil
}

func decode(kind string, order binary.ByteOrder, data []byte, n, width int, shape []int) (*array.Array, error) {
	floats := func(f func([]byte) float64) (*array.Array, error) {
		out := make([]float64, n)
		for i := range out {
			out[i] = f(data[i*width:])
		}
		return array.FromFloats(out, plain, shape...), nil
	}
	ints := func(f func([]byte) int64) (*array.Array, error) {
		out := make([]int64, n)
		for i := range out {
			out[i] = f(data[i*width:])
		}
		return array.FromInts(out, shape...), nil
	}
	switch kind {
	case "f8":
		return floats(func(b []byte) float64 { return math.Float64frombits(order.Uint64(b)) })
	case "f4":
		return floats(func(b []byte) float64 { return float64(math.Float32frombits(order.Uint32(b))) })
	case "i8", "u8":
		return ints(func(b []byte) int64 { return int64(order.Uint64(b)) })
	case "i4":
		return ints(func(b []byte) int64 { return int64(int32(order.Uint32(b))) })
	case "u4":
		return ints(func(b []byte) int64 { return int64(order.Uint32(b)) })
	case "i2":
		return ints(func(b []byte) int64 { return int64(int16(order.Uint16(b))) })
	case "u2":
		return ints(func(b []byte) int64 { return int64(order.Uint16(b)) })
	case "i1":
		return ints(func(b []byte) int64 { return int64(int8(b[0])) })
	case "u1":
		return ints(func(b []byte) int64 { return int64(b[0]) })
	case "b1":
		out := make([]bool, n)
		for i := range out {
			out[i] = data[i] != 0
		}
		return array.FromBools(out, shape...), nil
	case "c16":
		out := make([]complex128, n)
		for i := range out {
			b := data[i*16:]
			out[i] = complex(math.Float64frombits(order.Uint64(b)), math.Float64frombits(order.Uint64(b[8:])))
		}
		return array.FromComplex(out, shape...), nil
	}
	return nil, script.Raise("NotImplementedError", "elements of type %q cannot be read", kind)
}
