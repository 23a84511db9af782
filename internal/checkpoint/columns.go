package checkpoint

import (
	"maps"
	"slices"

	"synfire/internal/exec"
	"synfire/internal/ir"
)

// columnTypes are the types of columns by the numbers that they have in files.
var columnTypes = [...]ir.Type{0: ir.None, 1: ir.F64, 2: ir.F32, 3: ir.I64, 4: ir.I32, 5: ir.Bool}

// PutColumn writes a column.
func PutColumn(e *Encoder, c exec.Column) {
	e.Int(slices.Index(columnTypes[:], c.Type()))
	switch c.Type() {
	case ir.F64:
		Put(e, c.F64)
	case ir.F32:
		Put(e, c.F32)
	case ir.I64:
		Put(e, c.I64)
	case ir.I32:
		Put(e, c.I32)
	case ir.Bool:
		Put(e, c.Bool)
	}
}

// TakeColumn reads a column that PutColumn has written.
func TakeColumn(d *Decoder) exec.Column {
	kind := d.Int()
	if kind <= 0 || kind >= len(columnTypes) {
		return exec.Column{}
	}
	var c exec.Column
	switch columnTypes[kind] {
	case ir.F64:
		c.F64 = Take[float64](d)
	case ir.F32:
		c.F32 = Take[float32](d)
	case ir.I64:
		c.I64 = Take[int64](d)
	case ir.I32:
		c.I32 = Take[int32](d)
	case ir.Bool:
		c.Bool = Take[bool](d)
	}
	if c.Len() == 0 {
		return exec.NewColumn(columnTypes[kind], 0)
	}
	return c
}

// PutNamed writes numbers that have names.
func PutNamed(e *Encoder, values map[string]float64) {
	e.Int(len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		e.String(name)
		e.Float(values[name])
	}
}

// TakeNamed reads numbers that PutNamed has written.
func TakeNamed(d *Decoder) map[string]float64 {
	values := map[string]float64{}
	for range d.Count(16) {
		name := d.String()
		values[name] = d.Float()
	}
	return values
}
