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
	// previous is what stands to the left, for kerning and for signs.
	previous *glyph
	operand  bool
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
		if n.function {
			s.x += 0.15 * size
		}
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
	if n.operator && s.operand && s.rise == 0 {
		space = 0.2 * size
	}
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
	probe := composer{fonts: s.fonts, out: &typeset{}, rise: 0, operand: false}
	probe.node(node, size)
	return probe
}

// scripts lowers subscripts and raises superscripts: by 0.3 and 0.7 x-heights, more where the base is high or deep.
func (s *composer) scripts(n mathScripts, size float64) {
	high, low := s.high, s.low
	s.high, s.low = 0, 0
	s.node(n.base, size)
	baseHigh, baseLow := s.high+s.rise, s.low-s.rise
	s.high, s.low = max(s.high, high), max(s.low, low)
	small := size * scriptSize
	if size < 7 {
		small = size * 0.85
	}
	start, rise, end := s.x, s.rise, s.x
	s.previous = nil
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
	s.x, s.rise = end+0.05*size, rise
	s.previous, s.operand = nil, true
}

func (s *composer) fraction(n mathFrac, size float64) {
	small := size * 0.8
	if s.rise == 0 {
		small = size * 0.85
	}
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
	radical := s.fonts.glyph(regularFace, '√')
	top := max(body.high, 0.7*size) + 0.18*size
	bottom := max(body.low, 0.05*size)
	if n.index != nil {
		rise := s.rise
		s.rise = rise - 0.45*top
		s.node(n.index, size*0.6)
		s.rise = rise
		s.x -= 0.2 * size
	}
	s.previous = nil
	scale := (top + bottom) / (radical.box.bottom - radical.box.top)
	rise := s.rise
	s.rise = rise - top - radical.box.top*scale
	glyphEnd := s.x + radical.box.right*scale
	s.put(radical, scale)
	s.rise = rise
	s.x = glyphEnd + 0.02*size
	s.previous, s.operand = nil, false
	s.node(n.body, size)
	s.x += 0.05 * size
	s.out.rules = append(s.out.rules, rect{glyphEnd - 0.03*size, rise - top, s.x, rise - top + 0.06*size})
	s.x += 0.05 * size
	s.previous, s.operand = nil, true
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
