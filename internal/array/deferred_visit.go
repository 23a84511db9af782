package array

import "slices"

// stripLength is the number of elements in which tiles are worked through: an expression's temporaries for
// that many stay in the first or second cache.
const stripLength = 8192

// visit computes the expression and hands it out in tiles that together cover it once.
func (d *deferred) visit(f func(Tile)) {
	scratch := &scratch{}
	strips := func(t Tile) {
		eachStrip(t, func(s Tile) {
			scratch.reset()
			s.Data = d.root.evaluate(s, scratch)
			f(s)
		})
	}
	if tiles, ok := d.reader.(TileVisitor); ok {
		tiles.VisitTiles(strips)
		return
	}
	if d.rows == 0 || d.columns == 0 {
		return
	}
	rows := max(1, min(d.rows, 64*stripLength/d.columns))
	data := make([]float64, rows*d.columns)
	for lo := 0; lo < d.rows; lo += rows {
		hi := min(lo+rows, d.rows)
		block := data[:(hi-lo)*d.columns]
		d.reader.ReadRows(lo, hi, block)
		strips(Tile{Row: lo, Rows: hi - lo, Columns: d.columns, Data: block})
	}
}

// eachStrip cuts a tile along its storage order.
func eachStrip(t Tile, f func(Tile)) {
	if t.ColumnMajor {
		step := max(1, stripLength/max(1, t.Rows))
		for c := 0; c < t.Columns; c += step {
			n := min(step, t.Columns-c)
			f(Tile{Row: t.Row, Rows: t.Rows, Column: t.Column + c, Columns: n, ColumnMajor: true, Data: t.Data[c*t.Rows : (c+n)*t.Rows]})
		}
		return
	}
	if t.Columns > stripLength {
		for r := range t.Rows {
			for c := 0; c < t.Columns; c += stripLength {
				n := min(stripLength, t.Columns-c)
				f(Tile{Row: t.Row + r, Rows: 1, Column: t.Column + c, Columns: n, Data: t.Data[r*t.Columns+c:][:n]})
			}
		}
		return
	}
	step := max(1, stripLength/max(1, t.Columns))
	for r := 0; r < t.Rows; r += step {
		n := min(step, t.Rows-r)
		f(Tile{Row: t.Row + r, Rows: n, Column: t.Column, Columns: t.Columns, Data: t.Data[r*t.Columns : (r+n)*t.Columns]})
	}
}

// scratch lends slices for the temporaries of one strip.
type scratch struct {
	slices [][]float64
	used   int
}

func (s *scratch) reset() { s.used = 0 }

func (s *scratch) take(n int) []float64 {
	if s.used == len(s.slices) {
		s.slices = append(s.slices, nil)
	}
	if cap(s.slices[s.used]) < n {
		s.slices[s.used] = make([]float64, n)
	}
	s.used++
	return s.slices[s.used-1][:n]
}

// evaluate returns the values of the expression on a strip whose Data are those of the table. A number has
// one value.
func (n *node) evaluate(t Tile, scratch *scratch) []float64 {
	switch n.kind {
	case leafNode:
		return t.Data
	case operandNode:
		return n.operand.spread(t, scratch)
	case unaryNode:
		x := n.left.evaluate(t, scratch)
		out := scratch.take(len(x))
		n.unary(out, x)
		return out
	}
	x, y := n.left.evaluate(t, scratch), n.right.evaluate(t, scratch)
	out := scratch.take(max(len(x), len(y)))
	n.binary(out, x, y)
	return out
}

// spread lays an operand out in the order of a strip.
func (o operand) spread(t Tile, scratch *scratch) []float64 {
	if !o.row && !o.column {
		return o.values
	}
	out := scratch.take(t.Rows * t.Columns)
	outer, inner, first, repeats := t.Rows, t.Columns, t.Row, o.column
	if t.ColumnMajor {
		outer, inner, first, repeats = t.Columns, t.Rows, t.Column, o.row
	}
	for k := range outer {
		line := out[k*inner : (k+1)*inner]
		if repeats { // the operand varies along the outer direction only
			x := o.values[first+k]
			for i := range line {
				line[i] = x
			}
			continue
		}
		start := t.Column
		if t.ColumnMajor {
			start = t.Row
		}
		copy(line, o.values[start:start+inner])
	}
	return out
}

// read computes a rectangle of the expression, row by row.
func (d *deferred) read(rowLo, rowHi, columnLo, columnHi int) []float64 {
	rows, columns := rowHi-rowLo, columnHi-columnLo
	if rows <= 0 || columns <= 0 {
		return nil
	}
	out := make([]float64, rows*columns)
	switch reader := d.reader.(type) {
	case RectangleReader:
		reader.ReadRectangle(rowLo, rowHi, columnLo, columnHi, out)
	default:
		if columns == d.columns {
			reader.ReadRows(rowLo, rowHi, out)
			break
		}
		line := make([]float64, d.columns)
		for r := range rows {
			reader.ReadRows(rowLo+r, rowLo+r+1, line)
			copy(out[r*columns:], line[columnLo:columnHi])
		}
	}
	if d.root.kind == leafNode {
		return out
	}
	scratch := &scratch{}
	eachStrip(Tile{Row: rowLo, Rows: rows, Column: columnLo, Columns: columns, Data: out}, func(s Tile) {
		scratch.reset()
		copy(s.Data, d.root.evaluate(s, scratch))
	})
	return out
}

// collect reads the elements in the given rows and columns, in their order, in one pass over the table unless few
// rows are wanted.
func (d *deferred) collect(rows, columns []int) []float64 {
	out := make([]float64, len(rows)*len(columns))
	if len(out) == 0 {
		return out
	}
	if len(rows) <= 8 {
		first, last := slices.Min(columns), slices.Max(columns)
		for i, row := range rows {
			line := d.read(row, row+1, first, last+1)
			for k, column := range columns {
				out[i*len(columns)+k] = line[column-first]
			}
		}
		return out
	}
	targetsOf := func(wanted []int, extent int) [][]int {
		targets := make([][]int, extent)
		for i, at := range wanted {
			targets[at] = append(targets[at], i)
		}
		return targets
	}
	toRows, toColumns := targetsOf(rows, d.rows), targetsOf(columns, d.columns)
	d.visit(func(t Tile) {
		for c := range t.Columns {
			to := toColumns[t.Column+c]
			if to == nil {
				continue
			}
			for r := range t.Rows {
				at := r*t.Columns + c
				if t.ColumnMajor {
					at = c*t.Rows + r
				}
				for _, i := range toRows[t.Row+r] {
					for _, k := range to {
						out[i*len(columns)+k] = t.Data[at]
					}
				}
			}
		}
	})
	return out
}

func (d *deferred) at(row, column int) float64 {
	return d.read(row, row+1, column, column+1)[0]
}

// window is a rectangle of another table.
type window struct {
	BlockReader
	rowLo, rowHi, columnLo, columnHi int
}

func (w window) Shape() (rows, columns int) { return w.rowHi - w.rowLo, w.columnHi - w.columnLo }

func (w window) ReadRows(lo, hi int, dst []float64) {
	w.ReadRectangle(lo, hi, 0, w.columnHi-w.columnLo, dst)
}

func (w window) ReadRectangle(rowLo, rowHi, columnLo, columnHi int, dst []float64) {
	rows, columns := w.BlockReader.Shape()
	whole := &deferred{rows: rows, columns: columns, reader: w.BlockReader, root: &node{kind: leafNode}}
	copy(dst, whole.read(w.rowLo+rowLo, w.rowLo+rowHi, w.columnLo+columnLo, w.columnLo+columnHi))
}

// tiledWindow is a window that keeps the storage order.
type tiledWindow struct {
	window
	tiles TileVisitor
}

func (w tiledWindow) VisitTiles(visit func(Tile)) {
	var cut []float64
	w.tiles.VisitTiles(func(t Tile) {
		rowLo, rowHi := max(t.Row, w.rowLo), min(t.Row+t.Rows, w.rowHi)
		columnLo, columnHi := max(t.Column, w.columnLo), min(t.Column+t.Columns, w.columnHi)
		if rowLo >= rowHi || columnLo >= columnHi {
			return
		}
		out := Tile{Row: rowLo - w.rowLo, Rows: rowHi - rowLo, Column: columnLo - w.columnLo, Columns: columnHi - columnLo, ColumnMajor: t.ColumnMajor}
		outer, inner, lineLength := out.Rows, out.Columns, t.Columns
		start := (rowLo-t.Row)*t.Columns + columnLo - t.Column
		if t.ColumnMajor {
			outer, inner, lineLength = out.Columns, out.Rows, t.Rows
			start = (columnLo-t.Column)*t.Rows + rowLo - t.Row
		}
		if inner == lineLength {
			out.Data = t.Data[start : start+outer*inner]
		} else {
			cut = cut[:0]
			for k := range outer {
				at := start + k*lineLength
				cut = append(cut, t.Data[at:at+inner]...)
			}
			out.Data = cut
		}
		visit(out)
	})
}

// window returns the expression restricted to a rectangle.
func (d *deferred) window(rowLo, rowHi, columnLo, columnHi int) *deferred {
	w := window{d.reader, rowLo, rowHi, columnLo, columnHi}
	out := &deferred{rows: rowHi - rowLo, columns: columnHi - columnLo, reader: w, root: d.root.restrict(w)}
	if tiles, ok := d.reader.(TileVisitor); ok {
		out.reader = tiledWindow{w, tiles}
	}
	return out
}

// restrict returns the node for a rectangle of the table.
func (n *node) restrict(w window) *node {
	if n == nil || n.kind == leafNode {
		return n
	}
	out := *n
	switch {
	case n.operand.row:
		out.operand.values = n.operand.values[w.columnLo:w.columnHi]
	case n.operand.column:
		out.operand.values = n.operand.values[w.rowLo:w.rowHi]
	}
	out.left, out.right = n.left.restrict(w), n.right.restrict(w)
	return &out
}
