package plot

import (
	"math"
	"strings"
)

// textStyle is how a text is set.
type textStyle struct {
	size   float64
	bold   bool
	italic bool
	// align places the lines of a text with several: "left", "center" or "right".
	align string
}

func (s textStyle) face() face {
	switch {
	case s.bold:
		return boldFace
	case s.italic:
		return obliqueFace
	}
	return regularFace
}

// set lays out a text of one or more lines, formulas between dollar signs included. A text whose formulas cannot be set
// is set as it stands.
func (f *fontSet) set(text string, style textStyle) *typeset {
	t := &typeset{source: text}
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	type row struct {
		first, firstRule int
		width            float64
	}
	set := make([]row, 0, len(lines))
	baseline, widest := 0.0, 0.0
	bottom := 0.0
	for i, content := range lines {
		l := row{first: len(t.glyphs), firstRule: len(t.rules)}
		s := composer{fonts: f, out: t}
		pieces, err := parseText(content)
		if err != nil {
			pieces = []textPiece{{plain: content}}
		}
		for _, piece := range pieces {
			if piece.formula != nil {
				s.node(piece.formula, style.size)
			} else {
				s.plain(piece.plain, style.face(), style.size)
			}
		}
		high := max(s.high, ascent*style.size)
		low := max(s.low, descent*style.size)
		if i == 0 {
			t.box.top = -high
		} else {
			// Lines stand 1.2 apart, more if something is high.
			baseline = max(baseline+lineSpacing*style.size, bottom+high+0.1*style.size)
			for k := range t.glyphs[l.first:] {
				t.glyphs[l.first+k].y += baseline
			}
			for k := range t.rules[l.firstRule:] {
				t.rules[l.firstRule+k] = t.rules[l.firstRule+k].move(0, baseline)
			}
		}
		bottom = baseline + low
		l.width = s.x
		widest = max(widest, s.x)
		set = append(set, l)
	}
	for i, l := range set {
		shift := 0.0
		switch style.align {
		case "center":
			shift = (widest - l.width) / 2
		case "right":
			shift = widest - l.width
		}
		end, endRule := len(t.glyphs), len(t.rules)
		if i+1 < len(set) {
			end, endRule = set[i+1].first, set[i+1].firstRule
		}
		for k := l.first; k < end; k++ {
			t.glyphs[k].x += shift
		}
		for k := l.firstRule; k < endRule; k++ {
			t.rules[k] = t.rules[k].move(shift, 0)
		}
	}
	t.box.right, t.box.bottom = widest, bottom
	return t
}

// composer places what it is given one after the other on a baseline at y = rise.
type composer struct {
	fonts *fontSet
	out   *typeset
	x     float64
	// rise is how far the baseline has been lowered (positive is down).
	rise float64
	// high and low are the reach above and below the line's baseline.
	high, low float64
	// previous is what stands to the left, for kerning; operand says whether an operator would stand between two things.
	previous *glyph
	operand  bool
	// script is set within sub- and superscripts, where operators stand close.
	script bool
	// named is set after the name of a function, which keeps a distance from what is not a parenthesis.
	named bool
}

func (s *composer) put(g *glyph, size float64) {
	s.out.glyphs = append(s.out.glyphs, placedGlyph{g, s.x, s.rise, size})
	s.reach(g.box.top*size, g.box.bottom*size)
	s.x += g.advance * size
	s.previous = g
}

func (s *composer) reach(top, bottom float64) {
	s.high = max(s.high, -(s.rise + top))
	s.low = max(s.low, s.rise+bottom)
}

func (s *composer) plain(text string, of face, size float64) {
	s.previous = nil
	for _, char := range text {
		if char == '\t' {
			char = ' '
		}
		g := s.fonts.glyph(of, char)
		if s.previous != nil {
			s.x += s.fonts.kern(s.previous, g) * size
		}
		s.put(g, size)
	}
	s.previous = nil
	s.operand = text != ""
}

// scriptSize is the size of sub- and superscripts relative to their base; the smallest are two steps down.
const scriptSize = 0.7

func (s *composer) node(node mathNode, size float64) {
	switch n := node.(type) {
	case mathList:
		for _, child := range n.nodes {
			s.node(child, size)
		}
	case mathSpace:
		s.x += n.width * size
		s.previous = nil
	case mathWord:
		if n.function && s.operand {
			s.x += 0.1 * size
		}
		s.plain(n.text, n.face, size)
		s.named = n.function
	case mathChar:
		s.char(n, size)
	case mathScripts:
		s.scripts(n, size)
	case mathFrac:
		s.fraction(n, size)
	case mathRoot:
		s.root(n, size)
	case mathAccent:
		s.accent(n, size)
	case mathOver:
		start := s.x
		sub := s.measure(n.body, size)
		s.node(n.body, size)
		thickness := 0.06 * size
		y := s.rise - sub.high - 0.15*size
		if n.under {
			y = s.rise + sub.low + 0.12*size
		}
		s.out.rules = append(s.out.rules, rect{start, y, s.x, y + thickness})
		s.reach(y-s.rise, y-s.rise+thickness)
	}
}

func (s *composer) char(n mathChar, size float64) {
	g := s.fonts.glyph(n.face, n.char)
	// An operator after nothing is a sign and stands close; so does one in a script.
	space := 0.0
	if n.operator && s.operand && !s.script {
		space = 0.2 * size
	}
	if s.named && n.char != '(' && n.char != '[' && !n.operator {
		s.x += 0.15 * size
	}
	s.named = false
	s.x += space
	if s.previous != nil && space == 0 && !n.operator {
		s.x += s.fonts.kern(s.previous, g) * size
	}
	scale := size
	drop := 0.0
	if n.char == '∑' || n.char == '∏' || n.char == '∫' || n.char == '∮' {
		scale, drop = size*1.3, 0.1*size
	}
	s.rise += drop
	s.put(g, scale)
	s.rise -= drop
	s.x += space
	if n.char == ',' || n.char == ';' {
		s.x += 0.2 * size
	}
	s.operand = !n.operator && n.char != '(' && n.char != '['
	if n.operator {
		s.previous = nil
	}
}

// measure sets a node aside and returns its setter, for width and reach.
func (s *composer) measure(node mathNode, size float64) composer {
	probe := composer{fonts: s.fonts, out: &typeset{}, script: s.script}
	probe.node(node, size)
	return probe
}

// scripts lowers subscripts and raises superscripts: by 0.3 and 0.7 x-heights, more where the base is high or deep.
func (s *composer) scripts(n mathScripts, size float64) {
	if c, ok := n.base.(mathChar); ok && (c.char == '∑' || c.char == '∏') {
		s.limits(n, size)
		return
	}
	high, low := s.high, s.low
	s.high, s.low = math.Inf(-1), math.Inf(-1)
	s.node(n.base, size)
	baseHigh, baseLow := s.high+s.rise, s.low-s.rise
	s.high, s.low = max(s.high, high), max(s.low, low)
	small := size * scriptSize
	if size < 7 {
		small = size * 0.85
	}
	start, rise, end, script := s.x, s.rise, s.x, s.script
	s.previous, s.script = nil, true
	slant := 0.0
	if len(s.out.glyphs) > 0 && n.sup != nil {
		if last := s.out.glyphs[len(s.out.glyphs)-1]; last.face == obliqueFace {
			slant = 0.05 * size
		}
	}
	drop := 0.3 * xHeight * size
	if n.sup != nil {
		drop = 0.45 * xHeight * size
	}
	if n.sub != nil {
		s.rise = rise + max(drop, baseLow-0.1*size)
		s.operand = false
		s.x += 0.02 * size
		s.node(n.sub, small)
		end = max(end, s.x)
	}
	if n.sup != nil {
		s.x = start + slant
		s.rise = rise - max(0.7*xHeight*size, baseHigh-0.42*size)
		s.operand = false
		s.previous = nil
		s.node(n.sup, small)
		end = max(end, s.x)
	}
	s.x, s.rise, s.script = end+0.05*size, rise, script
	s.previous, s.operand = nil, true
}

// limits stand under and over a sum.
func (s *composer) limits(n mathScripts, size float64) {
	small := size * scriptSize
	base := s.measure(n.base, size)
	outer := *s
	s.script = true
	width := base.x
	var under, over composer
	if n.sub != nil {
		under = s.measure(n.sub, small)
		width = max(width, under.x)
	}
	if n.sup != nil {
		over = s.measure(n.sup, small)
		width = max(width, over.x)
	}
	place := func(node mathNode, part composer, size, rise float64) {
		s.x, s.rise, s.operand, s.previous = outer.x+(width-part.x)/2, rise, false, nil
		s.node(node, size)
	}
	if n.sub != nil {
		place(n.sub, under, small, outer.rise+base.low+0.12*size+under.high)
	}
	if n.sup != nil {
		place(n.sup, over, small, outer.rise-base.high-0.15*size-over.low)
	}
	place(n.base, base, size, outer.rise)
	s.x, s.rise, s.script, s.operand, s.previous = outer.x+width+0.1*size, outer.rise, outer.script, false, nil
}

func (s *composer) fraction(n mathFrac, size float64) {
	small := size * 0.85
	top, bottom := s.measure(n.top, small), s.measure(n.bottom, small)
	width := max(top.x, bottom.x) + 0.2*size
	axis := s.rise - 0.32*size
	thickness := 0.06 * size
	start, rise := s.x+0.08*size, s.rise
	s.previous = nil
	place := func(node mathNode, part composer, baseline float64) {
		s.x, s.rise, s.operand, s.previous = start+(width-part.x)/2, baseline, false, nil
		s.node(node, small)
	}
	place(n.top, top, axis-thickness-0.16*size-top.low)
	place(n.bottom, bottom, axis+thickness+0.16*size+bottom.high)
	s.rise = rise
	if !n.bare {
		s.out.rules = append(s.out.rules, rect{start, axis - thickness/2, start + width, axis + thickness/2})
	}
	s.x = start + width + 0.08*size
	s.previous, s.operand = nil, true
}

func (s *composer) root(n mathRoot, size float64) {
	body := s.measure(n.body, size)
	top, bottom := max(body.high, 0.7*size)+0.18*size, max(body.low, 0.05*size)
	if n.index != nil {
		rise := s.rise
		s.rise = rise - 0.45*top
		s.node(n.index, size*0.6)
		s.rise = rise
		s.x -= 0.2 * size
	}
	s.put(radical(top/size, bottom/size), size)
	start := s.x
	s.previous, s.operand = nil, false
	s.node(n.body, size)
	s.x += 0.05 * size
	s.out.rules = append(s.out.rules, rect{start - 0.03*size, s.rise - top - 0.025*size, s.x, s.rise - top + 0.025*size})
	s.x += 0.05 * size
	s.previous, s.operand = nil, true
}

// polygons gathers pieces of strokes into a path.
type polygons struct{ path }

func (p *polygons) polygon(points []point) { p.polyline(points, true) }

// radical draws a root sign that reaches from top above to bottom below the baseline, in units of the font size. The
// font's own sign would grow fat with its height.
func radical(top, bottom float64) *glyph {
	foot := min(top+bottom, 1)
	corners := []point{{0.03, bottom - 0.42*foot}, {0.12, bottom - 0.48*foot}, {0.27, bottom - 0.04}, {0.52, -top}}
	var p polygons
	for i, width := range []float64{0.04, 0.09, 0.05} {
		strokeLine(corners[i:i+2], false, width/2, pen{}, &p)
	}
	corner(corners[0], corners[1], corners[2], 0.02, true, &p)
	corner(corners[1], corners[2], corners[3], 0.025, true, &p)
	return &glyph{advance: 0.52, shape: &p.path, box: p.bounds()}
}

func (s *composer) accent(n mathAccent, size float64) {
	body := s.measure(n.body, size)
	start := s.x
	s.node(n.body, size)
	end := s.x
	g := s.fonts.glyph(regularFace, n.char)
	scale := size
	if n.char == '→' {
		scale = size * 0.6
	}
	middle := (start + end) / 2
	if last := len(s.out.glyphs) - 1; last >= 0 && s.out.glyphs[last].face == obliqueFace {
		middle += 0.08 * size
	}
	s.x = middle - (g.box.left+g.box.right)/2*scale
	rise := s.rise
	s.rise -= math.Max(body.high, xHeight*size) + 0.1*size + g.box.bottom*scale
	s.put(g, scale)
	s.x, s.rise = end, rise
	s.previous, s.operand = nil, true
}
