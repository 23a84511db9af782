package plot

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"html"
	"image"
	"image/png"
	"io"
	"math"
	"strconv"
	"strings"
)

// drawing is a surface of vectors that becomes an SVG document. Glyphs and markers are defined once and used by
// reference; crowds of markers become pictures.
type drawing struct {
	page rect
	// pixel is the length of a logical pixel in points.
	pixel      float64
	background Color
	defs, body strings.Builder
	clips      map[rect]int
	defined    map[string]string
	open       bool
	clipped    *rect
	inClip     bool
}

// idMark stands for the beginning of every id until the document is complete; then the document's hash replaces it, so
// that several figures can stand in one page without confusing their definitions.
const idMark = "\x01"

func newDrawing(page rect, dpi float64, background Color) *drawing {
	return &drawing{page: page, pixel: 72 / dpi, background: background, clips: map[rect]int{}, defined: map[string]string{}}
}

func (d *drawing) density() float64 { return 2 / d.pixel }

func (d *drawing) clip(r *rect) {
	d.endClip()
	d.clipped = nil
	if r != nil {
		c := *r
		d.clipped = &c
	}
}

func (d *drawing) endClip() {
	if d.inClip {
		d.body.WriteString("</g>\n")
		d.inClip = false
	}
}

// begin opens the clipping group if there is one.
func (d *drawing) begin() {
	if d.clipped == nil || d.inClip {
		return
	}
	id, ok := d.clips[*d.clipped]
	if !ok {
		id = len(d.clips)
		d.clips[*d.clipped] = id
		c := *d.clipped
		fmt.Fprintf(&d.defs, "<clipPath id=\""+idMark+"c%d\"><rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/></clipPath>\n",
			id, short(c.left), short(c.top), short(c.width()), short(c.height()))
	}
	fmt.Fprintf(&d.body, "<g clip-path=\"url(#"+idMark+"c%d)\">\n", id)
	d.inClip = true
}

func (d *drawing) group(name string) {
	d.endClip()
	if d.open {
		d.body.WriteString("</g>\n")
		d.open = false
	}
	if name != "" {
		fmt.Fprintf(&d.body, "<g class=\"%s\">\n", html.EscapeString(name))
		d.open = true
	}
}

// short writes a length in points to a hundredth.
func short(v float64) string { return shorter(v, 2) }

func shorter(v float64, digits int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "0"
	}
	text := strconv.FormatFloat(min(max(v, -1e7), 1e7), 'f', digits, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}

// pathData writes the d attribute.
func pathData(p *path, digits int) string {
	var b strings.Builder
	i := 0
	write := func(letter byte, count int) {
		b.WriteByte(letter)
		for k := range count {
			if k > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(shorter(p.points[i].x, digits))
			b.WriteByte(' ')
			b.WriteString(shorter(p.points[i].y, digits))
			i++
		}
	}
	for _, v := range p.verbs {
		switch v {
		case moveTo:
			write('M', 1)
		case lineTo:
			write('L', 1)
		case quadTo:
			write('Q', 2)
		case cubeTo:
			write('C', 3)
		case closePath:
			b.WriteByte('Z')
		}
	}
	return b.String()
}

// paintAs writes a fill or stroke attribute.
func paintAs(attribute string, c Color) string {
	if c.None() {
		return fmt.Sprintf(" %s=\"none\"", attribute)
	}
	text := fmt.Sprintf(" %s=\"#%02x%02x%02x\"", attribute, c.R, c.G, c.B)
	if c.A != 255 {
		text += fmt.Sprintf(" %s-opacity=\"%s\"", attribute, shorter(float64(c.A)/255, 3))
	}
	return text
}

func (p pen) attributes() string {
	text := paintAs("stroke", p.color) + " stroke-width=\"" + short(p.width) + "\""
	if !p.miter {
		text += " stroke-linejoin=\"round\""
	}
	switch p.cap {
	case squareCap:
		text += " stroke-linecap=\"square\""
	case roundCap:
		text += " stroke-linecap=\"round\""
	}
	if len(p.dashes) > 0 {
		parts := make([]string, len(p.dashes))
		for i, v := range p.dashes {
			parts[i] = short(v)
		}
		text += " stroke-dasharray=\"" + strings.Join(parts, " ") + "\""
	}
	return text
}

func (d *drawing) fill(p *path, with Color) {
	if with.None() || len(p.points) == 0 {
		return
	}
	d.begin()
	fmt.Fprintf(&d.body, "<path d=\"%s\"%s/>\n", pathData(p, 2), paintAs("fill", with))
}

func (d *drawing) stroke(p *path, with pen) {
	if with.color.None() || with.width <= 0 || len(p.points) == 0 {
		return
	}
	d.begin()
	fmt.Fprintf(&d.body, "<path d=\"%s\" fill=\"none\"%s/>\n", pathData(p, 2), with.attributes())
}

// define returns the id of a definition, adding it if it is new.
func (d *drawing) define(prefix, content string) string {
	key := prefix + content
	if id, ok := d.defined[key]; ok {
		return id
	}
	id := fmt.Sprintf("%s%s%d", idMark, prefix, len(d.defined))
	d.defined[key] = id
	fmt.Fprintf(&d.defs, "<path id=\"%s\" d=\"%s\"/>\n", id, content)
	return id
}

func (d *drawing) stamps(s stamp, places []point) {
	if len(places) == 0 {
		return
	}
	d.begin()
	id := d.define("m", pathData(s.shape, 2))
	attributes := paintAs("fill", s.face)
	if !s.edge.None() && s.width > 0 {
		attributes += pen{color: s.edge, width: s.width, miter: s.miter}.attributes()
	}
	fmt.Fprintf(&d.body, "<g%s>\n", attributes)
	for _, p := range places {
		fmt.Fprintf(&d.body, "<use href=\"#%s\" x=\"%s\" y=\"%s\"/>\n", id, short(p.x), short(p.y))
	}
	d.body.WriteString("</g>\n")
}

func (d *drawing) pixels(places []point, with Color) {
	if len(places) == 0 || with.None() {
		return
	}
	d.begin()
	var b strings.Builder
	side := short(d.pixel)
	for _, p := range places {
		fmt.Fprintf(&b, "M%s %sh%sv%sh-%sz", short(p.x-d.pixel/2), short(p.y-d.pixel/2), side, side, side)
	}
	fmt.Fprintf(&d.body, "<path d=\"%s\"%s/>\n", b.String(), paintAs("fill", with))
}

// layer draws on pixels at twice the logical resolution and places the picture.
func (d *drawing) layer(box rect, draw func(surface)) {
	if d.clipped != nil {
		box = box.intersect(*d.clipped)
	}
	box = box.intersect(d.page)
	if box.empty() {
		return
	}
	// The layer's pixels coincide with those of a PNG of the page.
	scale := d.density()
	align := func(v, origin float64, round func(float64) float64) float64 {
		return round((v-origin)*scale)/scale + origin
	}
	box = rect{align(box.left, d.page.left, math.Floor), align(box.top, d.page.top, math.Floor),
		align(box.right, d.page.left, math.Ceil), align(box.bottom, d.page.top, math.Ceil)}
	c := newCanvas(box, scale, Color{})
	draw(c)
	var buffer bytes.Buffer
	if err := c.encode(&buffer); err != nil {
		panic("BUG: PNG into memory: " + err.Error())
	}
	d.image(buffer.Bytes(), box, true)
}

func (d *drawing) image(data []byte, box rect, smooth bool) {
	d.begin()
	rendering := " style=\"image-rendering:pixelated\""
	if smooth {
		rendering = ""
	}
	fmt.Fprintf(&d.body, "<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\"%s href=\"data:image/png;base64,%s\"/>\n",
		short(box.left), short(box.top), short(box.width()), short(box.height()), rendering, base64.StdEncoding.EncodeToString(data))
}

func (d *drawing) picture(img *image.NRGBA, box rect, smooth bool) {
	if box.empty() || img.Rect.Empty() {
		return
	}
	var buffer bytes.Buffer
	if err := png.Encode(&buffer, img); err != nil {
		panic("BUG: PNG into memory: " + err.Error())
	}
	d.image(buffer.Bytes(), box, smooth)
}

func (d *drawing) glyphs(t *typeset, m affine, with Color) {
	if with.None() || len(t.glyphs) == 0 {
		return
	}
	d.begin()
	transform := fmt.Sprintf("translate(%s %s)", short(m.e), short(m.f))
	if m.a != 1 || m.b != 0 {
		transform = fmt.Sprintf("matrix(%s %s %s %s %s %s)", shorter(m.a, 4), shorter(m.b, 4), shorter(m.c, 4), shorter(m.d, 4), short(m.e), short(m.f))
	}
	fmt.Fprintf(&d.body, "<g role=\"img\" aria-label=\"%s\" transform=\"%s\"%s>", html.EscapeString(t.source), transform, paintAs("fill", with))
	for _, g := range t.glyphs {
		if len(g.shape.verbs) == 0 {
			continue
		}
		// Outlines are defined in thousandths of the font size.
		id := d.define("g", pathData(g.shape.transformed(affine{a: 1000, d: 1000}), 0))
		fmt.Fprintf(&d.body, "<use href=\"#%s\" transform=\"translate(%s %s) scale(%s)\"/>", id, short(g.x), short(g.y), shorter(g.size/1000, 5))
	}
	for _, r := range t.rules {
		fmt.Fprintf(&d.body, "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>", short(r.left), short(r.top), short(r.width()), short(r.height()))
	}
	d.body.WriteString("</g>\n")
}

// writeTo writes the document.
func (d *drawing) writeTo(w io.Writer) error {
	d.group("")
	p := d.page
	var head strings.Builder
	fmt.Fprintf(&head, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"%s %s %s %s\">\n",
		short(p.width()/d.pixel), short(p.height()/d.pixel), short(p.left), short(p.top), short(p.width()), short(p.height()))
	if d.defs.Len() > 0 {
		head.WriteString("<defs>\n" + d.defs.String() + "</defs>\n")
	}
	if !d.background.None() {
		fmt.Fprintf(&head, "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"%s/>\n", short(p.left), short(p.top), short(p.width()), short(p.height()), paintAs("fill", d.background))
	}
	document := head.String() + d.body.String() + "</svg>\n"
	hash := fnv.New32a()
	io.WriteString(hash, document)
	prefix := fmt.Sprintf("p%08x", hash.Sum32())
	if _, err := io.WriteString(w, strings.ReplaceAll(document, idMark, prefix)); err != nil {
		return fmt.Errorf("write SVG: %w", err)
	}
	return nil
}
