package array

// foldTiles folds the values of the expression into acc: one element if both axes are reduced, else one per
// row or per column.
func (d *deferred) foldTiles(f fold, acc []float64, reduced []bool) {
	overRows, overColumns := reduced[0], reduced[1]
	d.visit(func(t Tile) {
		outer, inner, outerAt, innerAt := t.Rows, t.Columns, t.Row, t.Column
		overOuter, overInner := overRows, overColumns
		if t.ColumnMajor {
			outer, inner, outerAt, innerAt = t.Columns, t.Rows, t.Column, t.Row
			overOuter, overInner = overColumns, overRows
		}
		switch {
		case len(t.Data) == 1: // an expression of numbers only
			for range outer * inner {
				acc[0] = f.run(acc[0], t.Data)
			}
		case overOuter && overInner:
			acc[0] = f.run(acc[0], t.Data[:outer*inner])
		case overOuter:
			for k := range outer {
				f.into(acc[innerAt:innerAt+inner], t.Data[k*inner:(k+1)*inner])
			}
		case overInner:
			for k := range outer {
				acc[outerAt+k] = f.run(acc[outerAt+k], t.Data[k*inner:(k+1)*inner])
			}
		default:
			columns := d.columns
			for k := range outer {
				for i, v := range t.Data[k*inner : (k+1)*inner] {
					row, column := outerAt+k, innerAt+i
					if t.ColumnMajor {
						row, column = column, row
					}
					acc[row*columns+column] = f.run(acc[row*columns+column], []float64{v})
				}
			}
		}
	})
}

// extremes finds the first place of the largest (sign 1) or smallest (sign -1) value along an axis, in one pass.
func (d *deferred) extremes(axis int, sign float64) []int64 {
	lines := []int{d.columns, d.rows}[axis]
	best, places := make([]float64, lines), make([]int64, lines)
	for i := range places {
		places[i] = -1
	}
	d.visit(func(t Tile) {
		for r := range t.Rows {
			for c := range t.Columns {
				at := r*t.Columns + c
				if t.ColumnMajor {
					at = c*t.Rows + r
				}
				line, place := t.Column+c, int64(t.Row+r)
				if axis == 1 {
					line, place = t.Row+r, int64(t.Column+c)
				}
				v := sign * t.Data[at]
				switch was := best[line]; {
				case places[line] < 0, v > was, v != v && was == was, (v == was || v != v && was != was) && place < places[line]:
					best[line], places[line] = v, place
				}
			}
		}
	})
	return places
}
