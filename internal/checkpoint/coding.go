package checkpoint

import (
	"encoding/binary"
	"io"
	"math"

	"synfire/internal/diag"
)

// Encoder writes the content of a state. After an error it writes nothing more.
type Encoder struct {
	to      io.Writer
	buffer  []byte
	written int64
	err     error
}

func (e *Encoder) flush() {
	if e.err == nil {
		_, e.err = e.to.Write(e.buffer)
		e.written += int64(len(e.buffer))
	}
	e.buffer = e.buffer[:0]
}

// Fail ends the writing with an error.
func (e *Encoder) Fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// Uint writes a number.
func (e *Encoder) Uint(x uint64) {
	e.buffer = binary.LittleEndian.AppendUint64(e.buffer, x)
	e.flush()
}

// Int writes a number.
func (e *Encoder) Int(x int) { e.Uint(uint64(x)) }

// Float writes a number.
func (e *Encoder) Float(x float64) { e.Uint(math.Float64bits(x)) }

// Bool writes a truth.
func (e *Encoder) Bool(x bool) {
	if x {
		e.Uint(1)
	} else {
		e.Uint(0)
	}
}

// String writes a text.
func (e *Encoder) String(s string) {
	e.Int(len(s))
	e.buffer = append(e.buffer, s...)
	e.flush()
}

// number is what lists consist of.
type number interface {
	bool | int32 | int64 | float32 | float64
}

// width is the number of bytes of an element.
func width[T number]() int {
	var x T
	switch any(x).(type) {
	case bool:
		return 1
	case int32, float32:
		return 4
	}
	return 8
}

// Put writes a list of numbers.
func Put[T number](e *Encoder, list []T) {
	e.Int(len(list))
	for len(list) > 0 && e.err == nil {
		n := min(len(list), 8192)
		for _, x := range list[:n] {
			switch x := any(x).(type) {
			case bool:
				b := byte(0)
				if x {
					b = 1
				}
				e.buffer = append(e.buffer, b)
			case int32:
				e.buffer = binary.LittleEndian.AppendUint32(e.buffer, uint32(x))
			case int64:
				e.buffer = binary.LittleEndian.AppendUint64(e.buffer, uint64(x))
			case float32:
				e.buffer = binary.LittleEndian.AppendUint32(e.buffer, math.Float32bits(x))
			case float64:
				e.buffer = binary.LittleEndian.AppendUint64(e.buffer, math.Float64bits(x))
			}
		}
		list = list[n:]
		e.flush()
	}
}

// Decoder reads the content of a state in the order in which it was written. After an error it gives zeros.
type Decoder struct {
	from   io.Reader
	buffer []byte
	left   int64
	err    error
}

// Err returns the first error.
func (d *Decoder) Err() error { return d.err }

// Fail ends the reading with an error.
func (d *Decoder) Fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// bytes reads n bytes, which are valid until the next call.
func (d *Decoder) bytes(n int) []byte {
	if d.err == nil && int64(n) > d.left {
		d.err = diag.Errorf(diag.Span{}, "ValueError", "The stored state is not what this program expects.").
			WithHint("was it stored by another version of Synfire?")
	}
	if cap(d.buffer) < n {
		d.buffer = make([]byte, n)
	}
	d.buffer = d.buffer[:n]
	if d.err == nil {
		_, d.err = io.ReadFull(d.from, d.buffer)
		d.left -= int64(n)
	}
	if d.err != nil {
		clear(d.buffer)
	}
	return d.buffer
}

// Uint reads a number.
func (d *Decoder) Uint() uint64 { return binary.LittleEndian.Uint64(d.bytes(8)) }

// Int reads a number.
func (d *Decoder) Int() int { return int(d.Uint()) }

// Float reads a number.
func (d *Decoder) Float() float64 { return math.Float64frombits(d.Uint()) }

// Bool reads a truth.
func (d *Decoder) Bool() bool { return d.Uint() != 0 }

// Count reads how many things follow that take at least so many bytes each; it is not more than there can be.
func (d *Decoder) Count(size int) int {
	n := d.Uint()
	if d.err == nil && n > uint64(d.left)/uint64(size) {
		d.err = diag.Errorf(diag.Span{}, "ValueError", "The stored state is not what this program expects.").
			WithHint("was it stored by another version of Synfire?")
	}
	if d.err != nil {
		return 0
	}
	return int(n)
}

// String reads a text.
func (d *Decoder) String() string { return string(d.bytes(d.Count(1))) }

// Take reads a list of numbers; an empty one is nil.
func Take[T number](d *Decoder) []T {
	size := width[T]()
	n := d.Count(size)
	if n == 0 {
		return nil
	}
	list := make([]T, n)
	for at := 0; at < n && d.err == nil; {
		part := list[at:min(at+8192, n)]
		raw := d.bytes(len(part) * size)
		for k := range part {
			switch x := any(&part[k]).(type) {
			case *bool:
				*x = raw[k] != 0
			case *int32:
				*x = int32(binary.LittleEndian.Uint32(raw[4*k:]))
			case *int64:
				*x = int64(binary.LittleEndian.Uint64(raw[8*k:]))
			case *float32:
				*x = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*k:]))
			case *float64:
				*x = math.Float64frombits(binary.LittleEndian.Uint64(raw[8*k:]))
			}
		}
		at += len(part)
	}
	return list
}
