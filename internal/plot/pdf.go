package plot

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"io"
	"math"
	"strings"
)

// document is a surface of vectors that becomes a PDF page. Its content stream is written with the page's own points, y
// down; one matrix at its beginning turns that into PDF's y up.
type document struct {
	page    rect
	content bytes.Buffer
	clipped bool
	window  rect
	// alphas are the opacities in use, each a graphics state; images are the pictures, each with a mask.
	alphas []uint8
	images []*image.NRGBA
}

func newDocument(page rect, background Color) *document {
	d := &document{page: page, window: page}
	fmt.Fprintf(&d.content, "1 0 0 -1 %s %s cm\n", short(-page.left), short(page.bottom))
	if !background.None() {
		var p path
		p.rectangle(page)
		d.fill(&p, background)
	}
	return d
}

func (d *document) density() float64 { return 2 }

func (d *document) group(string) {}

func (d *document) clip(r *rect) {
	if d.clipped {
		d.content.WriteString("Q\n")
		d.clipped = false
	}
	d.window = d.page
	if r != nil {
		fmt.Fprintf(&d.content, "q %s %s %s %s re W n\n", short(r.left), short(r.top), short(r.width()), short(r.height()))
		d.clipped = true
		d.window = d.page.intersect(*r)
	}
}

// color sets fill and stroke colours and the opacity.
func (d *document) color(c Color) {
	part := func(v uint8) string { return shorter(float64(v)/255, 3) }
	r, g, b := part(c.R), part(c.G), part(c.B)
	fmt.Fprintf(&d.content, "%s %s %s rg %s %s %s RG /A%d gs\n", r, g, b, r, g, b, d.alpha(c.A))
}

func (d *document) alpha(a uint8) int {
	for i, known := range d.alphas {
		if known == a {
			return i
		}
	}
	d.alphas = append(d.alphas, a)
	return len(d.alphas) - 1
}

// outline writes the path's construction.
func (d *document) outline(p *path) {
	var last point
	next := p.points
	for _, v := range p.verbs {
		switch v {
		case moveTo, lineTo:
			letter := "m"
			if v == lineTo {
				letter = "l"
			}
			last = next[0]
			fmt.Fprintf(&d.content, "%s %s %s\n", short(last.x), short(last.y), letter)
			next = next[1:]
		case quadTo: // PDF has cubic curves only.
			q, end := next[0], next[1]
			a := point{last.x + 2.0/3*(q.x-last.x), last.y + 2.0/3*(q.y-last.y)}
			b := point{end.x + 2.0/3*(q.x-end.x), end.y + 2.0/3*(q.y-end.y)}
			d.curve(a, b, end)
			last = end
			next = next[2:]
		case cubeTo:
			d.curve(next[0], next[1], next[2])
			last = next[2]
			next = next[3:]
		case closePath:
			d.content.WriteString("h\n")
		}
	}
}

func (d *document) curve(a, b, end point) {
	fmt.Fprintf(&d.content, "%s %s %s %s %s %s c\n", shorter(a.x, 3), shorter(a.y, 3), shorter(b.x, 3), shorter(b.y, 3), shorter(end.x, 3), shorter(end.y, 3))
}

func (d *document) fill(p *path, c Color) {
	if c.None() || len(p.points) == 0 {
		return
	}
	d.color(c)
	d.outline(p)
	d.content.WriteString("f\n")
}

func (d *document) pen(with pen) {
	d.color(with.color)
	join := 1
	if with.miter {
		join = 0
	}
	lineCap := map[lineCap]int{buttCap: 0, roundCap: 1, squareCap: 2}[with.cap]
	dashes := make([]string, len(with.dashes))
	for i, v := range with.dashes {
		dashes[i] = short(v)
	}
	fmt.Fprintf(&d.content, "%s w %d J %d j [%s] 0 d\n", short(with.width), lineCap, join, strings.Join(dashes, " "))
}

func (d *document) stroke(p *path, with pen) {
	if with.color.None() || with.width <= 0 || len(p.points) == 0 {
		return
	}
	d.pen(with)
	d.outline(p)
	d.content.WriteString("S\n")
}

func (d *document) stamps(s stamp, places []point) {
	stroked := !s.edge.None() && s.width > 0
	for _, at := range places {
		p := s.shape.transformed(translation(at.x, at.y))
		d.fill(p, s.face)
		if stroked {
			d.stroke(p, pen{color: s.edge, width: s.width, miter: s.miter})
		}
	}
}

func (d *document) pixels(places []point, c Color) {
	if c.None() || len(places) == 0 {
		return
	}
	var p path
	for _, at := range places {
		p.rectangle(rect{at.x - 0.5, at.y - 0.5, at.x + 0.5, at.y + 0.5})
	}
	d.fill(&p, c)
}

func (d *document) glyphs(t *typeset, m affine, c Color) {
	d.fill(t.outline(m), c)
}

func (d *document) layer(box rect, draw func(surface)) {
	box = box.intersect(d.window)
	if box.empty() {
		return
	}
	c := newCanvas(box, d.density(), Color{})
	draw(c)
	img := newImage(c.img.Rect.Dx(), c.img.Rect.Dy())
	for i := 0; i < len(c.img.Pix); i += 4 {
		if a := uint32(c.img.Pix[i+3]); a > 0 { // Out of premultiplication.
			for k := range 3 {
				img.Pix[i+k] = uint8(min(255, (uint32(c.img.Pix[i+k])*255+a/2)/a))
			}
			img.Pix[i+3] = uint8(a)
		}
	}
	d.picture(img, rect{box.left, box.top, box.left + float64(img.Rect.Dx())/c.scale, box.top + float64(img.Rect.Dy())/c.scale}, false)
}

func (d *document) picture(img *image.NRGBA, box rect, smooth bool) {
	if box.empty() || img.Rect.Empty() {
		return
	}
	if smooth { // Viewers smooth as they like; we do it ourselves.
		width, height := int(math.Ceil(box.width()*d.density())), int(math.Ceil(box.height()*d.density()))
		if width > img.Rect.Dx() && height > img.Rect.Dy() && width*height < 4e6 {
			fine := newImage(width, height)
			for y := range height {
				for x := range width {
					u := (float64(x)+0.5)/float64(width)*float64(img.Rect.Dx()) - 0.5
					v := (float64(y)+0.5)/float64(height)*float64(img.Rect.Dy()) - 0.5
					setTexel(fine, x, y, bilinear(img, u, v))
				}
			}
			img = fine
		}
	}
	d.images = append(d.images, img)
	fmt.Fprintf(&d.content, "q /A%d gs %s 0 0 %s %s %s cm /I%d Do Q\n", d.alpha(255), short(box.width()), short(-box.height()), short(box.left), short(box.bottom), len(d.images)-1)
}

// writeTo writes the file: catalog, page, content, graphics states and images, then the table of their positions.
func (d *document) writeTo(w io.Writer) error {
	d.clip(nil)
	var out bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n", len(offsets))
		fmt.Fprintf(&out, format, args...)
		out.WriteString("\nendobj\n")
	}
	stream := func(dictionary string, data []byte) {
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		_, err := z.Write(data)
		if err == nil {
			err = z.Close()
		}
		if err != nil {
			panic("BUG: compression into memory: " + err.Error())
		}
		object("<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", dictionary, packed.Len(), packed.String())
	}
	out.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	const firstImage = 5
	var resources strings.Builder
	resources.WriteString("/ExtGState <<")
	for i, a := range d.alphas {
		v := shorter(float64(a)/255, 3)
		fmt.Fprintf(&resources, " /A%d << /ca %s /CA %s >>", i, v, v)
	}
	resources.WriteString(" >> /XObject <<")
	for i := range d.images {
		fmt.Fprintf(&resources, " /I%d %d 0 R", i, firstImage+2*i)
	}
	resources.WriteString(" >>")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Contents 4 0 R /Resources << %s >> >>", short(d.page.width()), short(d.page.height()), resources.String())
	stream("", d.content.Bytes())
	for i, img := range d.images {
		colors, mask := make([]byte, 0, len(img.Pix)/4*3), make([]byte, 0, len(img.Pix)/4)
		for k := 0; k < len(img.Pix); k += 4 {
			colors = append(colors, img.Pix[k:k+3]...)
			mask = append(mask, img.Pix[k+3])
		}
		size := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8", img.Rect.Dx(), img.Rect.Dy())
		stream(fmt.Sprintf("%s /ColorSpace /DeviceRGB /SMask %d 0 R", size, firstImage+2*i+1), colors)
		stream(size+" /ColorSpace /DeviceGray", mask)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, table)
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// RenderPDF writes the figure as a PDF of one page. Crowds of markers are pictures within it.
func RenderPDF(w io.Writer, f *Figure) error {
	if err := f.check(2); err != nil {
		return err
	}
	l := newLayout(f, newFontSet())
	d := newDocument(l.page, f.FaceColor)
	l.draw(d)
	return d.writeTo(w)
}
