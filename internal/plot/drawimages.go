package plot

import (
	"image"
	"math"
	"sort"
)

func newImage(width, height int) *image.NRGBA { return image.NewNRGBA(image.Rect(0, 0, width, height)) }

func setTexel(img *image.NRGBA, x, y int, c Color) {
	p := img.Pix[y*img.Stride+4*x:]
	p[0], p[1], p[2], p[3] = c.R, c.G, c.B, c.A
}

// extentOf returns left, right, bottom, top in data units.
func (m *Image) extentOf() [4]float64 {
	if m.Extent != nil {
		return *m.Extent
	}
	if m.LowerOrigin {
		return [4]float64{-0.5, float64(m.Cols) - 0.5, -0.5, float64(m.Rows) - 0.5}
	}
	return [4]float64{-0.5, float64(m.Cols) - 0.5, float64(m.Rows) - 0.5, -0.5}
}

func (m *Image) extend(e *extent) {
	x := m.extentOf()
	e.add(x[0], x[2])
	e.add(x[1], x[3])
	e.x.sticky = append(e.x.sticky, x[0], x[1])
	e.y.sticky = append(e.y.sticky, x[2], x[3])
	if x[2] > x[3] {
		e.turnedY = true
	}
}

// color returns the function from cells to colours.
func (m *Image) color(style *Style) func(row, col int) Color {
	if len(m.Colors) > 0 {
		return func(row, col int) Color {
			if i := row*m.Cols + col; i < len(m.Colors) {
				return m.Colors[i].WithAlpha(m.Alpha)
			}
			return Color{}
		}
	}
	n := m.Mapping.norm(rangeOf(m.Values), style.Colormap)
	return func(row, col int) Color {
		if i := row*m.Cols + col; i < len(m.Values) {
			return n.color(m.Values[i]).WithAlpha(m.Alpha)
		}
		return Color{}
	}
}

func (m *Image) draw(a *axesPainter) {
	if m.Rows < 1 || m.Cols < 1 {
		return
	}
	x := m.extentOf()
	p, q := a.place(x[0], x[3]), a.place(x[1], x[2]) // Row 0 is at the top of the extent, unless the origin is lower.
	color := m.color(&a.Style)
	flipX, flipY := p.x > q.x, p.y > q.y
	if m.LowerOrigin {
		flipY = !flipY
	}
	box := rect{min(p.x, q.x), min(p.y, q.y), max(p.x, q.x), max(p.y, q.y)}
	cell := func(row, col int) Color {
		if flipX {
			col = m.Cols - 1 - col
		}
		if flipY {
			row = m.Rows - 1 - row
		}
		return color(row, col)
	}
	a.drawCells(box, m.Rows, m.Cols, cell, m.Smooth)
}

// drawCells draws a matrix of colours, row 0 at the top, into a box. Matrices with many more cells than pixels are
// averaged first.
func (a *axesPainter) drawCells(box rect, rows, cols int, cell func(row, col int) Color, smooth bool) {
	if box.empty() || math.IsNaN(box.width()+box.height()) {
		return
	}
	reduced := func(cells int, length float64) int {
		pixels := int(math.Ceil(length * a.density()))
		if cells > pixels*3/2 && pixels > 0 {
			return pixels
		}
		return cells
	}
	height, width := reduced(rows, box.height()), reduced(cols, box.width())
	img := newImage(width, height)
	if height == rows && width == cols {
		for row := range rows {
			for col := range cols {
				setTexel(img, col, row, cell(row, col))
			}
		}
		a.picture(img, box, smooth)
		return
	}
	sums := make([][5]uint32, width)
	for y := range height {
		clear(sums)
		from, to := y*rows/height, max((y+1)*rows/height, y*rows/height+1)
		for row := from; row < to; row++ {
			for x := range width {
				for col := x * cols / width; col < max((x+1)*cols/width, x*cols/width+1); col++ {
					c := cell(row, col)
					s, w := &sums[x], uint32(c.A)
					s[0] += uint32(c.R) * w / 255
					s[1] += uint32(c.G) * w / 255
					s[2] += uint32(c.B) * w / 255
					s[3] += w
					s[4]++
				}
			}
		}
		for x, s := range sums {
			if s[3] == 0 {
				continue
			}
			mean := func(v uint32) uint8 { return uint8(min(255, (v*255+s[3]/2)/s[3])) }
			setTexel(img, x, y, Color{mean(s[0]), mean(s[1]), mean(s[2]), uint8(s[3] / s[4])})
		}
	}
	a.picture(img, box, false)
}

func (m *Image) drawKey(a *axesPainter, box rect) {
	a.drawPatchKey(box, a.keyColor(&m.Mapping, rangeOf(m.Values)), Color{}, 0, "")
}

// keyColor is the middle of a mapping.
func (a *axesPainter) keyColor(m *Mapping, data valueRange) Color {
	return m.norm(data, a.Style.Colormap).colors.At(0.5)
}

// edgesOf returns n+1 edges: as given, or halfway between n centres.
func edgesOf(v Values, n int) Values {
	switch {
	case len(v) > n:
		return v[:n+1]
	case len(v) < n || n == 0:
		edges := make(Values, n+1)
		for i := range edges {
			edges[i] = float64(i)
		}
		return edges
	case n == 1:
		return Values{v[0] - 0.5, v[0] + 0.5}
	}
	edges := make(Values, n+1)
	for i := 1; i < n; i++ {
		edges[i] = (v[i-1] + v[i]) / 2
	}
	edges[0], edges[n] = v[0]-(edges[1]-v[0]), v[n-1]+(v[n-1]-edges[n-1])
	return edges
}

func (m *Mesh) extend(e *extent) {
	x, y := edgesOf(m.X, m.Cols), edgesOf(m.Y, m.Rows)
	for _, v := range x {
		e.x.add(v)
	}
	for _, v := range y {
		e.y.add(v)
	}
	e.x.sticky = append(e.x.sticky, x[0], x[len(x)-1])
	e.y.sticky = append(e.y.sticky, y[0], y[len(y)-1])
}

func (m *Mesh) draw(a *axesPainter) {
	if m.Rows < 1 || m.Cols < 1 {
		return
	}
	n := m.Mapping.norm(rangeOf(m.Values), a.Style.Colormap)
	color := func(row, col int) Color {
		if i := row*m.Cols + col; i < len(m.Values) {
			return n.color(m.Values[i]).WithAlpha(m.Alpha)
		}
		return Color{}
	}
	place := func(edges Values, by axisMap) []float64 {
		out := make([]float64, len(edges))
		for i, v := range edges {
			out[i] = by.page(v)
		}
		return out
	}
	xs, ys := place(edgesOf(m.X, m.Cols), a.mapX), place(edgesOf(m.Y, m.Rows), a.mapY)
	reverse := func(v []float64) bool { return v[0] > v[len(v)-1] }
	flipX, flipY := reverse(xs), reverse(ys)
	sort.Float64s(xs)
	sort.Float64s(ys)
	box := rect{xs[0], ys[0], xs[len(xs)-1], ys[len(ys)-1]}
	cell := func(row, col int) Color {
		if flipX {
			col = m.Cols - 1 - col
		}
		if flipY {
			row = m.Rows - 1 - row
		}
		return color(row, col)
	}
	if even(xs) && even(ys) {
		a.drawCells(box, m.Rows, m.Cols, cell, false)
	} else {
		a.drawUneven(box, xs, ys, cell)
	}
	if !m.Edge.None() {
		var p path
		for _, x := range xs {
			p.move(x, box.top)
			p.line(x, box.bottom)
		}
		for _, y := range ys {
			p.move(box.left, y)
			p.line(box.right, y)
		}
		a.stroke(&p, pen{color: m.Edge.WithAlpha(m.Alpha), width: 0.5})
	}
}

func even(v []float64) bool {
	step := (v[len(v)-1] - v[0]) / float64(len(v)-1)
	for i := range v {
		if !(math.Abs(v[i]-v[0]-step*float64(i)) < 0.02) {
			return false
		}
	}
	return true
}

// drawUneven samples a matrix of uneven cells at the surface's pixels.
func (a *axesPainter) drawUneven(box rect, xs, ys []float64, cell func(row, col int) Color) {
	visible := box.intersect(a.box)
	if visible.empty() {
		return
	}
	width := max(int(math.Round(visible.width()*a.density())), 1)
	height := max(int(math.Round(visible.height()*a.density())), 1)
	find := func(edges []float64, v float64) int {
		return min(max(sort.SearchFloat64s(edges, v)-1, 0), len(edges)-2)
	}
	columns := make([]int, width)
	for x := range columns {
		columns[x] = find(xs, visible.left+(float64(x)+0.5)*visible.width()/float64(width))
	}
	img := newImage(width, height)
	for y := range height {
		row := find(ys, visible.top+(float64(y)+0.5)*visible.height()/float64(height))
		for x, col := range columns {
			setTexel(img, x, y, cell(row, col))
		}
	}
	a.picture(img, visible, false)
}

func (m *Mesh) drawKey(a *axesPainter, box rect) {
	a.drawPatchKey(box, a.keyColor(&m.Mapping, rangeOf(m.Values)), Color{}, 0, "")
}
