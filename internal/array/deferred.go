package array

import (
	"synfire/units"
)

// BlockReader gives the values of a table that is too large to copy: a recording, one row per neuron and one
// column per sample. Values never change while a reader is in use.
type BlockReader interface {
	// Shape returns the number of rows and columns.
	Shape() (rows, columns int)
	// ReadRows writes rows lo to hi-1 to dst, one row after the other.
	ReadRows(lo, hi int, dst []float64)
}

// RectangleReader is a BlockReader that reads parts of rows without reading the rest.
type RectangleReader interface {
	BlockReader
	// ReadRectangle writes the columns columnLo to columnHi-1 of rows rowLo to rowHi-1 to dst, row by row.
	ReadRectangle(rowLo, rowHi, columnLo, columnHi int, dst []float64)
}

// TileVisitor is a BlockReader that can hand out its values in the order in which they are stored.
type TileVisitor interface {
	BlockReader
	// VisitTiles calls visit for rectangles that together cover the table once. For each row, tiles must come
	// in the order of their columns. The data of a tile are only valid during the call and must not be changed.
	VisitTiles(visit func(Tile))
}

// Tile is a rectangle of a table. Value (Row+r, Column+c) is Data[r*Columns+c], or Data[c*Rows+r] if ColumnMajor.
type Tile struct {
	Row, Rows, Column, Columns int
	Data                       []float64
	ColumnMajor                bool
}

// Deferred returns an array over the values of a reader, read when they are needed. Elementwise operations
// with numbers, rows or columns give deferred arrays again; reductions stream. Indexing with numbers and short slices reads
// what is asked for and gives a copy, not a view; anything else reads the whole table into memory first.
func Deferred(reader BlockReader, dim units.Dimension) *Array {
	rows, columns := reader.Shape()
	return deferredArray(&deferred{rows: rows, columns: columns, reader: reader, root: &node{kind: leafNode}}, Float64, dim)
}

func deferredArray(source *deferred, dtype DType, dim units.Dimension) *Array {
	shape := []int{source.rows, source.columns}
	return &Array{dtype: dtype, dim: dim, shape: shape, strides: rowMajor(shape), buf: &buffer{source: source}}
}

// IsDeferred reports whether the values are still to be read.
func (a *Array) IsDeferred() bool { return a.buf.source != nil }

// deferred is an expression over one table.
type deferred struct {
	rows, columns int
	reader        BlockReader
	root          *node
}

// node is an operation of an expression. Truth values are 0 and 1.
type node struct {
	kind        nodeKind
	unary       func(dst, x []float64)
	binary      func(dst, x, y []float64)
	left, right *node
	operand     operand
	truth       bool // the values are 0 and 1
}

type nodeKind uint8

const (
	leafNode    nodeKind = iota
	operandNode          // a number, a row or a column
	unaryNode
	binaryNode
)

// operand is a number, a row that repeats for all rows, or a column that repeats for all columns.
type operand struct {
	values      []float64
	row, column bool
}

// whole returns the expression if the array is all of it, in its own order.
func (a *Array) whole() *deferred {
	source := a.buf.source
	if source == nil || len(a.shape) != 2 || a.shape[0] != source.rows || a.shape[1] != source.columns || a.offset != 0 || !a.compact() {
		return nil
	}
	return source
}

// materialise reads a deferred array into memory.
func (b *buffer) materialise() {
	source := b.source
	if source == nil {
		return
	}
	b.source = nil
	values := make([]float64, source.rows*source.columns)
	source.visit(func(t Tile) {
		if t.ColumnMajor {
			for c := range t.Columns {
				at := t.Row*source.columns + t.Column + c
				for _, x := range t.Data[c*t.Rows : (c+1)*t.Rows] {
					values[at] = x
					at += source.columns
				}
			}
			return
		}
		for r := range t.Rows {
			copy(values[(t.Row+r)*source.columns+t.Column:], t.Data[r*t.Columns:(r+1)*t.Columns])
		}
	})
	if source.root.isBool() {
		b.bools = convert(values, func(x float64) bool { return x != 0 })
		return
	}
	b.floats = values
}
