package plot

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"slices"
)

// canvas is a surface of pixels.
type canvas struct {
	img   *image.RGBA
	scale float64
	// origin is the page's position of the upper left pixel.
	origin point
	window image.Rectangle
	cover  coverage
	// masks are the markers drawn so far.
	masks map[maskKey]mask
}

// maskKey identifies a marker by the address of its shape, which callers keep while they draw.
type maskKey struct {
	shape *path
	fill  bool
	width float64
}

// newCanvas returns an empty canvas for an area of the page, at scale pixels per point.
func newCanvas(page rect, scale float64, background Color) *canvas {
	width := max(int(math.Round(page.width()*scale)), 1)
	height := max(int(math.Round(page.height()*scale)), 1)
	c := &canvas{img: image.NewRGBA(image.Rect(0, 0, width, height)), scale: scale, origin: point{page.left, page.top}}
	c.window = c.img.Rect
	if background.A > 0 {
		r, g, b, a := premultiplied(background)
		for i := 0; i < len(c.img.Pix); i += 4 {
			c.img.Pix[i], c.img.Pix[i+1], c.img.Pix[i+2], c.img.Pix[i+3] = r, g, b, a
		}
	}
	return c
}

func premultiplied(c Color) (r, g, b, a uint8) {
	p := color.RGBAModel.Convert(color.NRGBA(c)).(color.RGBA)
	return p.R, p.G, p.B, p.A
}

func (c *canvas) density() float64 { return c.scale }

func (c *canvas) group(string) {}

func (c *canvas) layer(_ rect, draw func(surface)) { draw(c) }

// toPixels is the map from the page to pixels.
func (c *canvas) toPixels() affine {
	return affine{a: c.scale, d: c.scale, e: -c.origin.x * c.scale, f: -c.origin.y * c.scale}
}

func (c *canvas) clip(r *rect) {
	c.window = c.img.Rect
	if r == nil {
		return
	}
	box := c.toPixels().bounds(*r)
	c.window = c.window.Intersect(image.Rect(int(math.Round(box.left)), int(math.Round(box.top)), int(math.Round(box.right)), int(math.Round(box.bottom))))
}

// begin prepares the coverage for shapes within a box of pixels; false if nothing of it is visible.
func (c *canvas) begin(box rect) bool {
	if math.IsNaN(box.left+box.right+box.top+box.bottom) || box.right < box.left {
		return false
	}
	limit := func(v float64) int { return int(min(max(v, -1e6), 1e6)) }
	area := image.Rect(limit(math.Floor(box.left)), limit(math.Floor(box.top)), limit(math.Ceil(box.right))+1, limit(math.Ceil(box.bottom))+1).Intersect(c.window)
	if area.Empty() {
		return false
	}
	c.cover.reset(area.Min.X, area.Min.Y, area.Max.X, area.Max.Y)
	return true
}

func (c *canvas) paint(with Color) {
	c.cover.spans(func(x, y int, alpha []uint8) { c.blend(x, y, alpha, with) })
}

// blend paints a row of pixels from x on, each with a coverage.
func (c *canvas) blend(x, y int, alpha []uint8, with Color) {
	offset := c.img.PixOffset(x, y)
	pixels := c.img.Pix[offset : offset+4*len(alpha)]
	r, g, b := uint32(with.R), uint32(with.G), uint32(with.B)
	opacity := uint32(with.A)
	for i, cover := range alpha {
		if cover == 0 {
			continue
		}
		p := pixels[4*i : 4*i+4 : 4*i+4]
		a := div255(uint32(cover) * opacity)
		if a == 255 {
			p[0], p[1], p[2], p[3] = with.R, with.G, with.B, 255
			continue
		}
		rest := 255 - a
		p[0] = uint8(div255(r*a + uint32(p[0])*rest))
		p[1] = uint8(div255(g*a + uint32(p[1])*rest))
		p[2] = uint8(div255(b*a + uint32(p[2])*rest))
		p[3] = uint8(a + div255(uint32(p[3])*rest))
	}
}

// div255 rounds v/255 for v up to 65025.
func div255(v uint32) uint32 {
	v += 128
	return (v + v>>8) >> 8
}

// flatness is how far flattened curves may be off, in pixels.
const flatness = 0.1

func (c *canvas) fill(p *path, with Color) {
	if with.None() || len(p.points) == 0 {
		return
	}
	q := p.transformed(c.toPixels())
	if q.rectilinear() {
		snap(q, 0)
	}
	if !c.begin(q.bounds()) {
		return
	}
	for _, s := range q.flatten(flatness) {
		c.cover.polygon(s.points)
	}
	c.paint(with)
}

// snap moves the points of a rectilinear path to pixel boundaries, or to pixel centres for strokes of odd width.
func snap(p *path, width float64) {
	shift := 0.0
	if int(math.Round(width))%2 == 1 {
		shift = 0.5
	}
	for i, q := range p.points {
		p.points[i] = point{math.Round(q.x-shift) + shift, math.Round(q.y-shift) + shift}
	}
}

func (c *canvas) stroke(p *path, with pen) {
	if with.color.None() || with.width <= 0 || len(p.points) == 0 {
		return
	}
	q := p.transformed(c.toPixels())
	scaled := with
	scaled.width *= c.scale
	if q.rectilinear() {
		scaled.width = max(scaled.width, 1)
		snap(q, scaled.width)
	}
	if len(with.dashes) > 0 {
		scaled.dashes = make([]float64, len(with.dashes))
		for i, d := range with.dashes {
			scaled.dashes[i] = d * c.scale
		}
	}
	if !c.begin(q.bounds().grow(scaled.width * 2)) {
		return
	}
	strokeOutline(q.flatten(flatness), scaled, &c.cover)
	c.paint(scaled.color)
}

// mask is the coverage of a small shape around a pixel.
type mask struct {
	box   image.Rectangle
	alpha []uint8
}

// masked renders a shape, filled or stroked or both, around the origin.
func (c *canvas) masked(shape *path, fill bool, strokes *pen) mask {
	key := maskKey{shape: shape, fill: fill}
	if strokes != nil {
		key.width = strokes.width
	}
	m, ok := c.masks[key]
	if !ok {
		if c.masks == nil {
			c.masks = map[maskKey]mask{}
		}
		m = c.renderMask(shape, fill, strokes)
		c.masks[key] = m
	}
	return m
}

func (c *canvas) renderMask(shape *path, fill bool, strokes *pen) mask {
	m := affine{a: c.scale, d: c.scale, e: 0.5, f: 0.5}
	q := shape.transformed(m)
	reach := 1.0
	if strokes != nil {
		reach += 2 * strokes.width * c.scale
	}
	box := q.bounds().grow(reach)
	area := image.Rect(int(math.Floor(box.left)), int(math.Floor(box.top)), int(math.Ceil(box.right)), int(math.Ceil(box.bottom)))
	if area.Dx() > 4096 || area.Dy() > 4096 || area.Empty() {
		return mask{}
	}
	c.cover.reset(area.Min.X, area.Min.Y, area.Max.X, area.Max.Y)
	flat := q.flatten(flatness)
	if fill {
		orient(flat)
		for _, s := range flat {
			c.cover.polygon(s.points)
		}
	}
	if strokes != nil {
		scaled := *strokes
		scaled.width *= c.scale
		if shape.rectilinear() {
			scaled.width = max(math.Round(scaled.width), 1)
		}
		strokeOutline(flat, scaled, &c.cover)
	}
	out := mask{box: area, alpha: make([]uint8, area.Dx()*area.Dy())}
	c.cover.spans(func(x, y int, alpha []uint8) {
		copy(out.alpha[(y-area.Min.Y)*area.Dx()+x-area.Min.X:], alpha)
	})
	return out
}

// orient turns outlines round, all of them, so that they run the way strokes do: then fill and stroke join without a
// seam, and holes stay holes.
func orient(outlines []subpath) {
	area := 0.0
	for _, s := range outlines {
		for i, p := range s.points {
			q := s.points[(i+1)%len(s.points)]
			area += p.x*q.y - q.x*p.y
		}
	}
	if area >= 0 {
		return
	}
	for _, s := range outlines {
		slices.Reverse(s.points)
	}
}

func (c *canvas) stamps(s stamp, places []point) {
	strokes := &pen{color: s.edge, width: s.width, miter: s.miter, cap: buttCap}
	var layers []struct {
		mask
		color Color
	}
	add := func(m mask, with Color) {
		layers = append(layers, struct {
			mask
			color Color
		}{m, with})
	}
	switch {
	case s.edge.None() || s.width <= 0:
		add(c.masked(s.shape, true, nil), s.face)
	case s.face == s.edge:
		add(c.masked(s.shape, true, strokes), s.face)
	default:
		if !s.face.None() {
			add(c.masked(s.shape, true, nil), s.face)
		}
		add(c.masked(s.shape, false, strokes), s.edge)
	}
	m := c.toPixels()
	for _, place := range places {
		q := m.apply(place)
		if !(math.Abs(q.x) < 1e6 && math.Abs(q.y) < 1e6) {
			continue
		}
		at := image.Pt(int(math.Floor(q.x)), int(math.Floor(q.y)))
		for _, layer := range layers {
			box := layer.box.Add(at)
			visible := box.Intersect(c.window)
			for y := visible.Min.Y; y < visible.Max.Y; y++ {
				row := (y-box.Min.Y)*box.Dx() - box.Min.X
				c.blend(visible.Min.X, y, layer.alpha[row+visible.Min.X:row+visible.Max.X], layer.color)
			}
		}
	}
}

func (c *canvas) pixels(places []point, with Color) {
	if with.None() {
		return
	}
	// A pixel is as large as it looks at the figure's logical size, unless there are so many that they would run together.
	side := max(int(math.Round(c.scale)), 1)
	if float64(len(places))*float64(side*side) > 0.5*float64(c.window.Dx()*c.window.Dy()) {
		side = 1
	}
	full := make([]uint8, side)
	for i := range full {
		full[i] = 255
	}
	m := c.toPixels()
	offset := float64(side-1) / 2
	for _, place := range places {
		q := m.apply(place)
		x, y := math.Floor(q.x-offset), math.Floor(q.y-offset)
		if !(math.Abs(x) < 1e6 && math.Abs(y) < 1e6) {
			continue
		}
		box := image.Rect(int(x), int(y), int(x)+side, int(y)+side).Intersect(c.window)
		for row := box.Min.Y; row < box.Max.Y; row++ {
			c.blend(box.Min.X, row, full[:box.Dx()], with)
		}
	}
}

func (c *canvas) glyphs(t *typeset, m affine, with Color) {
	if with.None() {
		return
	}
	m = c.toPixels().after(m)
	if m.b == 0 && m.c == 0 { // Upright text stands on a whole pixel.
		m.f = math.Round(m.f)
	}
	paint := func(q *path) {
		if c.begin(q.bounds()) {
			for _, s := range q.flatten(flatness) {
				c.cover.polygon(s.points)
			}
			c.paint(with)
		}
	}
	for _, g := range t.glyphs {
		paint(g.shape.transformed(m.after(affine{a: g.size, d: g.size, e: g.x, f: g.y})))
	}
	for _, r := range t.rules {
		var bar path
		bar.rectangle(r)
		paint(bar.transformed(m))
	}
}

func (c *canvas) picture(img *image.NRGBA, box rect, smooth bool) {
	target := c.toPixels().bounds(box)
	if target.empty() || img.Rect.Empty() {
		return
	}
	area := image.Rect(int(math.Round(target.left)), int(math.Round(target.top)), int(math.Round(target.right)), int(math.Round(target.bottom)))
	visible := area.Intersect(c.window)
	width, height := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	one := []uint8{255}
	for y := visible.Min.Y; y < visible.Max.Y; y++ {
		v := (float64(y) + 0.5 - target.top) / target.height() * height
		for x := visible.Min.X; x < visible.Max.X; x++ {
			u := (float64(x) + 0.5 - target.left) / target.width() * width
			var with Color
			if smooth {
				with = bilinear(img, u-0.5, v-0.5)
			} else {
				with = texel(img, int(u), int(v))
			}
			c.blend(x, y, one, with)
		}
	}
}

func texel(img *image.NRGBA, x, y int) Color {
	x, y = min(max(x, 0), img.Rect.Dx()-1), min(max(y, 0), img.Rect.Dy()-1)
	p := img.Pix[y*img.Stride+4*x:]
	return Color{p[0], p[1], p[2], p[3]}
}

func bilinear(img *image.NRGBA, u, v float64) Color {
	x, y := int(math.Floor(u)), int(math.Floor(v))
	top := texel(img, x, y).mix(texel(img, x+1, y), u-float64(x))
	bottom := texel(img, x, y+1).mix(texel(img, x+1, y+1), u-float64(x))
	return top.mix(bottom, v-float64(y))
}

// encode writes the canvas as PNG, with a palette where few colours are used: figures of lines and dots shrink by half.
func (c *canvas) encode(w io.Writer) error {
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if palette, indexed := c.indexed(); indexed != nil {
		if restless(indexed) {
			encoder.CompressionLevel = png.BestSpeed // A dense raster costs ten times as long otherwise, for a few per cent.
		}
		img := &image.Paletted{Pix: indexed, Stride: c.img.Rect.Dx(), Rect: c.img.Rect, Palette: palette}
		return encoder.Encode(w, img)
	}
	return encoder.Encode(w, c.img)
}

// restless reports whether neighbouring pixels often differ.
func restless(indexed []uint8) bool {
	changes := 0
	for i := 1; i < len(indexed); i++ {
		if indexed[i] != indexed[i-1] {
			changes++
		}
	}
	return changes > len(indexed)/20
}

// indexed returns the colours in order of appearance and one index per pixel, or nil if there are more than 256.
func (c *canvas) indexed() (color.Palette, []uint8) {
	pixels := c.img.Pix
	indexed := make([]uint8, len(pixels)/4)
	known := map[[4]uint8]uint8{}
	var palette color.Palette
	var last [4]uint8
	var lastIndex uint8
	for i := range indexed {
		key := [4]uint8(pixels[4*i : 4*i+4])
		if len(palette) > 0 && key == last {
			indexed[i] = lastIndex
			continue
		}
		index, ok := known[key]
		if !ok {
			if len(palette) == 256 {
				return nil, nil
			}
			index = uint8(len(palette))
			known[key] = index
			palette = append(palette, color.NRGBAModel.Convert(color.RGBA{key[0], key[1], key[2], key[3]}))
		}
		indexed[i], last, lastIndex = index, key, index
	}
	return palette, indexed
}
