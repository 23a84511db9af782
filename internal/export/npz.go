package export

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Array is an array that goes into a file. Its numbers may be produced while they are written, so recordings that
// are larger than the memory left can be saved.
type Array struct {
	// Name is that of the array in the file: "t", "v".
	Name  string
	Shape []int
	// Type is NumPy's name of the little-endian type: "<f8", "<i8", "<i4", "|b1", "<c16".
	Type string
	// Write writes the elements in row-major order.
	Write func(w io.Writer) error
}

// Floats describes an array of float64 that is in memory. Without a shape it has one axis.
func Floats(name string, values []float64, shape ...int) Array {
	return numbers(name, "<f8", values, shape, func(b []byte, x float64) []byte {
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	})
}

// Int32s describes an array of int32 that is in memory. Without a shape it has one axis.
func Int32s(name string, values []int32, shape ...int) Array {
	return numbers(name, "<i4", values, shape, func(b []byte, x int32) []byte {
		return binary.LittleEndian.AppendUint32(b, uint32(x))
	})
}

// Int64s describes an array of int64 that is in memory. Without a shape it has one axis.
func Int64s(name string, values []int64, shape ...int) Array {
	return numbers(name, "<i8", values, shape, func(b []byte, x int64) []byte {
		return binary.LittleEndian.AppendUint64(b, uint64(x))
	})
}

// Rows describes a matrix of float64 whose rows are read one after the other, for recordings: read fills the row.
func Rows(name string, rows, columns int, read func(row int, into []float64) error) Array {
	return Array{Name: name, Shape: []int{rows, columns}, Type: "<f8", Write: func(w io.Writer) error {
		values, bytes := make([]float64, columns), make([]byte, 0, 8*columns)
		for row := range rows {
			if err := read(row, values); err != nil {
				return err
			}
			bytes = bytes[:0]
			for _, x := range values {
				bytes = binary.LittleEndian.AppendUint64(bytes, math.Float64bits(x))
			}
			if _, err := w.Write(bytes); err != nil {
				return err
			}
		}
		return nil
	}}
}

func numbers[T any](name, kind string, values []T, shape []int, put func([]byte, T) []byte) Array {
	if shape == nil {
		shape = []int{len(values)}
	}
	return Array{Name: name, Shape: shape, Type: kind, Write: func(w io.Writer) error {
		const block = 8192
		var bytes []byte
		for at := 0; at < len(values); at += block {
			bytes = bytes[:0]
			for _, x := range values[at:min(at+block, len(values))] {
				bytes = put(bytes, x)
			}
			if _, err := w.Write(bytes); err != nil {
				return err
			}
		}
		return nil
	}}
}

// WriteNPY writes an array in NumPy's format, version 1.0 (numpy.lib.format): the magic, a header that is a Python
// literal padded so that the data begins at a multiple of 64 bytes, the elements. It refuses data that does not have
// the size that the shape promises.
func WriteNPY(w io.Writer, a Array) error {
	size, err := elementSize(a.Type)
	if err != nil {
		return fmt.Errorf("array %s: %w", a.Name, err)
	}
	var shape strings.Builder
	total := int64(size)
	for i, n := range a.Shape {
		if i > 0 {
			shape.WriteString(", ")
		}
		fmt.Fprint(&shape, n)
		total *= int64(n)
	}
	if len(a.Shape) == 1 {
		shape.WriteString(",")
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", a.Type, shape.String())
	const preamble = 10
	header += strings.Repeat(" ", 63-(preamble+len(header))%64) + "\n"
	if len(header) > math.MaxUint16 {
		return fmt.Errorf("array %s has too many axes", a.Name)
	}
	start := append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), byte(len(header)>>8))
	if _, err := w.Write(append(start, header...)); err != nil {
		return err
	}
	counted := &counter{w: w}
	if err := a.Write(counted); err != nil {
		return err
	}
	if counted.n != total {
		return fmt.Errorf("array %s has %d bytes, its shape %v needs %d", a.Name, counted.n, a.Shape, total)
	}
	return nil
}

func elementSize(kind string) (int, error) {
	if len(kind) > 2 {
		if size, err := strconv.Atoi(kind[2:]); err == nil && size > 0 {
			return size, nil
		}
	}
	return 0, fmt.Errorf("unknown type %q", kind)
}

// counter counts what passes.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// WriteNPZ writes arrays as numpy.savez does: a zip archive of NPY files, not compressed, so that they can be mapped.
func WriteNPZ(w io.Writer, arrays ...Array) error {
	archive := zip.NewWriter(w)
	names := map[string]bool{}
	for _, a := range arrays {
		if a.Name == "" || names[a.Name] {
			return fmt.Errorf("the name %q of an array is empty or not its own", a.Name)
		}
		names[a.Name] = true
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: a.Name + ".npy", Method: zip.Store})
		if err != nil {
			return err
		}
		if err := WriteNPY(entry, a); err != nil {
			return err
		}
	}
	return archive.Close()
}

// SaveNPZ writes arrays to a file. The file appears only when it is complete.
func SaveNPZ(path string, arrays ...Array) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".npz-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // gone already if all went well
	buffered := bufio.NewWriterSize(file, 1<<20)
	err = WriteNPZ(buffered, arrays...)
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil {
		err = file.Chmod(0o644)
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return os.Rename(file.Name(), path)
}
