package plot

import (
	"embed"
	"fmt"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The fonts are drawn as outlines, so a figure looks the same everywhere and needs no installed font.
//
//go:embed fonts/DejaVuSans.ttf fonts/DejaVuSans-Oblique.ttf fonts/DejaVuSans-Bold.ttf
var fontFiles embed.FS

type face uint8

const (
	regularFace face = iota
	obliqueFace
	boldFace
	faceCount
)

// unitsPerEm is the grid on which DejaVu's outlines are drawn.
const unitsPerEm = 2048

// glyph is one shape of a font. Its measures are in units of the font size, y down from the baseline.
type glyph struct {
	face    face
	index   sfnt.GlyphIndex
	advance float64
	shape   *path
	box     rect
}

// fontSet reads glyphs and keeps them. It is not safe for concurrent use: each rendering has its own.
type fontSet struct {
	faces  [faceCount]*sfnt.Font
	buffer sfnt.Buffer
	glyphs map[glyphKey]*glyph
}

type glyphKey struct {
	face face
	char rune
}

func newFontSet() *fontSet {
	f := &fontSet{glyphs: map[glyphKey]*glyph{}}
	for i, name := range [faceCount]string{"DejaVuSans", "DejaVuSans-Oblique", "DejaVuSans-Bold"} {
		data, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
		if err == nil {
			f.faces[i], err = sfnt.Parse(data)
		}
		if err != nil {
			panic(fmt.Sprintf("BUG: embedded font %s: %v", name, err))
		}
	}
	return f
}

// glyph returns the shape of a character; unknown ones are the font's empty box, control characters nothing.
func (f *fontSet) glyph(of face, char rune) *glyph {
	key := glyphKey{of, char}
	if g, ok := f.glyphs[key]; ok {
		return g
	}
	g := &glyph{face: of, shape: &path{}}
	f.glyphs[key] = g
	if unicode.IsControl(char) {
		return g
	}
	index, err := f.faces[of].GlyphIndex(&f.buffer, char)
	if err != nil {
		index = 0
	}
	if index == 0 && of != regularFace {
		if other := f.glyph(regularFace, char); other.index != 0 {
			f.glyphs[key] = other
			return other
		}
	}
	g.index = index
	em := fixed.I(unitsPerEm)
	if advance, err := f.faces[of].GlyphAdvance(&f.buffer, index, em, font.HintingNone); err == nil {
		g.advance = units(advance)
	}
	segments, err := f.faces[of].LoadGlyph(&f.buffer, index, em, nil)
	if err != nil {
		return g
	}
	for _, s := range segments {
		a := s.Args
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if len(g.shape.verbs) > 0 {
				g.shape.close()
			}
			g.shape.move(units(a[0].X), units(a[0].Y))
		case sfnt.SegmentOpLineTo:
			g.shape.line(units(a[0].X), units(a[0].Y))
		case sfnt.SegmentOpQuadTo:
			g.shape.quad(units(a[0].X), units(a[0].Y), units(a[1].X), units(a[1].Y))
		case sfnt.SegmentOpCubeTo:
			g.shape.cube(units(a[0].X), units(a[0].Y), units(a[1].X), units(a[1].Y), units(a[2].X), units(a[2].Y))
		}
	}
	if len(g.shape.verbs) > 0 {
		g.shape.close()
		g.box = g.shape.bounds()
	}
	return g
}

func units(v fixed.Int26_6) float64 { return float64(v) / (64 * unitsPerEm) }

// kern returns how much closer (negative) two neighbours stand, in units of the font size.
func (f *fontSet) kern(a, b *glyph) float64 {
	if a.face != b.face {
		return 0
	}
	k, err := f.faces[a.face].Kern(&f.buffer, a.index, b.index, fixed.I(unitsPerEm), font.HintingNone)
	if err != nil {
		return 0
	}
	return units(k)
}

// DejaVu Sans in units of the font size: the height of "l", the depth of "p", the height of "x" and of digits. Lines of
// text are at least as high as "lp", so that labels stand on one line whatever they say.
const (
	ascent      = 0.76
	descent     = 0.208
	xHeight     = 0.547
	digitHeight = 0.729
	lineSpacing = 1.2
)

// typeset is a text with all its glyphs in place. The origin is the left end of the first baseline; y runs down.
type typeset struct {
	source string
	glyphs []placedGlyph
	// rules are the bars of fractions and roots.
	rules []rect
	// box spans the lines: from the top of the first to the bottom of the last.
	box rect
}

type placedGlyph struct {
	*glyph
	x, y, size float64
}

func (t *typeset) width() float64  { return t.box.width() }
func (t *typeset) height() float64 { return t.box.height() }

// outline returns all shapes as one path.
func (t *typeset) outline(m affine) *path {
	var p path
	for _, g := range t.glyphs {
		p.add(g.shape, m.after(affine{a: g.size, d: g.size, e: g.x, f: g.y}))
	}
	for _, r := range t.rules {
		var bar path
		bar.rectangle(r)
		p.add(&bar, m)
	}
	return &p
}
