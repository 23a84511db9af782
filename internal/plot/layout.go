package plot

import (
	"math"
	"slices"
)

// placedAxes is axes with everything measured: what the layout finds and the painter draws.
type placedAxes struct {
	*Axes
	// room is the part of the page given to the axes, box the frame: smaller if the aspect is fixed.
	room, box rect
	x, y      view
	xticks    tickSet
	yticks    tickSet
	texts     []placedText
	// outer bounds the frame with its ticks, labels and title.
	outer rect
	norm  norm
}

// placedText is a text with its place on the page.
type placedText struct {
	*typeset
	at    affine
	color Color
	box   rect
}

// layout places all axes of a figure on its page.
type layout struct {
	figure *Figure
	fonts  *fontSet
	views  map[*Axes][2]view
	axes   []*placedAxes
	// page is what is shown: the crop around everything.
	page     rect
	suptitle *placedText
	texts    []placedText
}

// pad is the space kept around everything on a cropped page, in points (savefig.pad_inches 0.1).
const pagePad = 7.2

func newLayout(f *Figure, fonts *fontSet) *layout {
	f = f.flat()
	l := &layout{figure: f, fonts: fonts, views: f.views()}
	for _, a := range f.Axes {
		if a.Hidden {
			continue
		}
		v := l.views[a]
		l.axes = append(l.axes, &placedAxes{Axes: a, x: v[0], y: v[1]})
	}
	grids := l.grids()
	for pass := range 3 {
		for _, g := range grids {
			g.place()
		}
		l.placeRects()
		l.placeColorbars()
		l.placeTwins()
		for _, p := range l.axes {
			l.measure(p)
		}
		if pass == 2 {
			break
		}
		for _, g := range grids {
			g.widen(l)
		}
	}
	l.placeTexts()
	l.crop()
	return l
}

func (l *layout) find(id int) *placedAxes {
	for _, p := range l.axes {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// gridLayout is one grid of axes: sizes of rows and columns and the gaps between them, in points.
type gridLayout struct {
	figure        *Figure
	rows, cols    int
	heightRatios  []float64
	widthRatios   []float64
	area          rect
	rowGap        []float64
	colGap        []float64
	fixedV        bool
	fixedH        bool
	members       []*placedAxes
	spans         [][4]int // first row, last row, first column, last column of each member.
	uniform       bool
	figureW, figH float64
}

// grids gathers axes into grids. Grids without ratios whose numbers of rows and columns are equal or one are one grid,
// so that subplot(2, 1, 1) and subplot(2, 2, 3) see each other.
func (l *layout) grids() []*gridLayout {
	var grids []*gridLayout
	for _, p := range l.axes {
		if p.Place.Rect != nil || p.TwinOf != 0 || p.Axes.Colorbar != nil {
			continue
		}
		place := p.Place
		var home *gridLayout
		for _, g := range grids {
			if g.accepts(place) {
				home = g
				break
			}
		}
		if home == nil {
			home = l.newGrid(place)
			grids = append(grids, home)
		}
		home.rows, home.cols = max(home.rows, place.Rows), max(home.cols, place.Cols)
		home.members = append(home.members, p)
	}
	for _, g := range grids {
		g.prepare()
	}
	return grids
}

func (l *layout) newGrid(place Place) *gridLayout {
	f := l.figure
	return &gridLayout{
		figure: f, heightRatios: place.HeightRatios, widthRatios: place.WidthRatios,
		uniform: place.HeightRatios == nil && place.WidthRatios == nil && place.Hspace == nil && place.Wspace == nil,
		figureW: f.Width * 72, figH: f.Height * 72,
		fixedV: f.Margins.Fixed || place.Hspace != nil, fixedH: f.Margins.Fixed || place.Wspace != nil,
		rows: place.Rows, cols: place.Cols,
	}
}

func (g *gridLayout) accepts(p Place) bool {
	if !g.uniform || p.HeightRatios != nil || p.WidthRatios != nil || p.Hspace != nil || p.Wspace != nil {
		same := g.rows == p.Rows && g.cols == p.Cols && slices.Equal(g.heightRatios, p.HeightRatios) && slices.Equal(g.widthRatios, p.WidthRatios)
		return same
	}
	fits := func(a, b int) bool { return a == b || a == 1 || b == 1 }
	return fits(g.rows, p.Rows) && fits(g.cols, p.Cols)
}

// prepare computes the area and the gaps as matplotlib would.
func (g *gridLayout) prepare() {
	m := g.figure.Margins
	if !(m.Left < m.Right && m.Bottom < m.Top) {
		m.Left, m.Right, m.Bottom, m.Top = 0.125, 0.9, 0.11, 0.88
	}
	g.area = rect{m.Left * g.figureW, (1 - m.Top) * g.figH, m.Right * g.figureW, (1 - m.Bottom) * g.figH}
	hspace, wspace := m.Hspace, m.Wspace
	for _, p := range g.members {
		if p.Place.Hspace != nil {
			hspace = *p.Place.Hspace
		}
		if p.Place.Wspace != nil {
			wspace = *p.Place.Wspace
		}
		span := func(first, count, of, total int) (int, int) {
			if of == 1 {
				return 0, total - 1
			}
			return min(first, total-1), min(first+max(count, 1), total) - 1
		}
		r0, r1 := span(p.Place.Row, p.Place.RowSpan, p.Place.Rows, g.rows)
		c0, c1 := span(p.Place.Col, p.Place.ColSpan, p.Place.Cols, g.cols)
		g.spans = append(g.spans, [4]int{r0, r1, c0, c1})
	}
	gaps := func(n int, space, total float64) []float64 {
		out := make([]float64, n-1)
		for i := range out {
			out[i] = max(space, 0) * total / (float64(n) + max(space, 0)*float64(n-1))
		}
		return out
	}
	g.rowGap, g.colGap = gaps(g.rows, hspace, g.area.height()), gaps(g.cols, wspace, g.area.width())
}

// sizes divides what the gaps leave among rows or columns.
func sizes(n int, total float64, gaps, ratios []float64) []float64 {
	left := total
	for _, gap := range gaps {
		left -= gap
	}
	left = max(left, 0.1*total)
	sum := 0.0
	weight := func(i int) float64 {
		if i < len(ratios) && ratios[i] > 0 {
			return ratios[i]
		}
		return 1
	}
	for i := range n {
		sum += weight(i)
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = left * weight(i) / sum
	}
	return out
}

func (g *gridLayout) place() {
	starts := func(sizes, gaps []float64, from float64) []float64 {
		out := make([]float64, len(sizes))
		for i := range sizes {
			out[i] = from
			from += sizes[i]
			if i < len(gaps) {
				from += gaps[i]
			}
		}
		return out
	}
	heights, widths := sizes(g.rows, g.area.height(), g.rowGap, g.heightRatios), sizes(g.cols, g.area.width(), g.colGap, g.widthRatios)
	tops, lefts := starts(heights, g.rowGap, g.area.top), starts(widths, g.colGap, g.area.left)
	for i, p := range g.members {
		s := g.spans[i]
		p.room = rect{lefts[s[2]], tops[s[0]], lefts[s[3]] + widths[s[3]], tops[s[1]] + heights[s[1]]}
		p.box = p.room
	}
}

// widen makes gaps as wide as the labels in them need, and with a tight layout no wider, the margins included.
func (g *gridLayout) widen(l *layout) {
	tight := g.figure.TightLayout
	pad := 0.6 * g.figure.Style.FontSize
	if tight {
		pad = 1.08 * g.figure.Style.FontSize
	}
	above, below := make([]float64, len(g.members)), make([]float64, len(g.members))
	before, behind := make([]float64, len(g.members)), make([]float64, len(g.members))
	for i, p := range g.members {
		outer := l.outerWithCompanions(p)
		above[i], below[i] = p.room.top-outer.top, outer.bottom-p.room.bottom
		before[i], behind[i] = p.room.left-outer.left, outer.right-p.room.right
	}
	need := func(gaps []float64, first, last int, fixed bool, near, far []float64, crossFirst, crossLast int) {
		if fixed && !tight {
			return
		}
		for k := range gaps {
			most := 0.0
			for i := range g.members {
				for j := range g.members {
					a, b := g.spans[i], g.spans[j]
					if a[last] == k && b[first] == k+1 && a[crossFirst] <= b[crossLast] && b[crossFirst] <= a[crossLast] {
						most = max(most, far[i]+near[j]+pad)
					}
				}
			}
			if tight || most > gaps[k] {
				gaps[k] = most
			}
		}
	}
	need(g.rowGap, 0, 1, g.fixedV, above, below, 2, 3)
	need(g.colGap, 2, 3, g.fixedH, before, behind, 0, 1)
	if !tight {
		return
	}
	var left, top, right, bottom float64
	for i, s := range g.spans {
		if s[0] == 0 {
			top = max(top, above[i])
		}
		if s[1] == g.rows-1 {
			bottom = max(bottom, below[i])
		}
		if s[2] == 0 {
			left = max(left, before[i])
		}
		if s[3] == g.cols-1 {
			right = max(right, behind[i])
		}
	}
	if g.figure.Suptitle != "" {
		top += 1.5 * g.figure.suptitleSize()
	}
	area := rect{left + pad, top + pad, g.figureW - right - pad, g.figH - bottom - pad}
	if area.width() > 0.2*g.figureW && area.height() > 0.2*g.figH {
		g.area = area
	}
}

// outerWithCompanions is the outline of axes with their twins and colorbars.
func (l *layout) outerWithCompanions(p *placedAxes) rect {
	outer := p.outer
	for _, q := range l.axes {
		if q.TwinOf == p.ID || q.Axes.Colorbar != nil && q.Axes.Colorbar.Parent == p.ID {
			outer = outer.union(q.outer)
		}
	}
	return outer
}

func (l *layout) placeRects() {
	w, h := l.figure.Width*72, l.figure.Height*72
	for _, p := range l.axes {
		if r := p.Place.Rect; r != nil && p.Place.Inside == 0 && p.Axes.Colorbar == nil {
			p.room = rect{r[0] * w, (1 - r[1] - r[3]) * h, (r[0] + r[2]) * w, (1 - r[1]) * h}
			p.box = p.room
		}
	}
}

// placeColorbars takes room from parents, applies fixed aspects, and stands each colorbar beside its parent's frame.
func (l *layout) placeColorbars() {
	type taken struct{ right, bottom float64 }
	stolen := map[int]taken{}
	for _, p := range l.axes {
		bar := p.Axes.Colorbar
		if bar == nil {
			continue
		}
		parent := l.find(bar.Parent)
		if parent == nil || p.Place.Rect != nil {
			continue
		}
		t := stolen[bar.Parent]
		share := bar.Fraction + bar.Pad
		if bar.Horizontal {
			t.bottom += (share + 0.05) * parent.room.height() // Tick labels of the parent need room too.
		} else {
			t.right += share * parent.room.width()
		}
		stolen[bar.Parent] = t
	}
	for _, p := range l.axes {
		if p.Axes.Colorbar != nil || p.TwinOf != 0 {
			continue
		}
		t := stolen[p.ID]
		p.box = rect{p.room.left, p.room.top, max(p.room.right-t.right, p.room.left+20), max(p.room.bottom-t.bottom, p.room.top+20)}
		l.applyAspect(p, t.right > 0)
	}
	offset := map[int]float64{}
	for _, p := range l.axes {
		bar := p.Axes.Colorbar
		if bar == nil {
			continue
		}
		if r := p.Place.Rect; r != nil {
			w, h := l.figure.Width*72, l.figure.Height*72
			p.room = rect{r[0] * w, (1 - r[1] - r[3]) * h, (r[0] + r[2]) * w, (1 - r[1]) * h}
			p.box = p.room
			continue
		}
		parent := l.find(bar.Parent)
		if parent == nil {
			p.room = rect{0, 0, 20, 200}
			p.box = p.room
			continue
		}
		shrink := bar.Shrink
		if shrink <= 0 {
			shrink = 1
		}
		b := parent.box
		const slimness = 20 // Length over width of a colorbar.
		if bar.Horizontal {
			length := b.width() * shrink
			left := (b.left+b.right)/2 - length/2
			// Below the parent's tick labels and axis label.
			top := max(b.bottom+bar.Pad*parent.room.height(), parent.outer.bottom+4) + offset[bar.Parent]
			p.room = rect{left, top, left + length, top + length/slimness}
			offset[bar.Parent] += p.room.height() + 30
		} else {
			length := b.height() * shrink
			top := (b.top+b.bottom)/2 - length/2
			gap := bar.Pad * parent.room.width()
			if other := l.twinReach(parent); other > 0 {
				gap += other
			}
			left := b.right + gap + offset[bar.Parent]
			p.room = rect{left, top, left + length/slimness, top + length}
			offset[bar.Parent] += p.room.width() + 40
		}
		p.box = p.room
	}
}

// twinReach is how far a twin's labels reach to the right of axes.
func (l *layout) twinReach(p *placedAxes) float64 {
	reach := 0.0
	for _, q := range l.axes {
		if q.TwinOf == p.ID && !q.outer.empty() {
			reach = max(reach, q.outer.right-p.box.right)
		}
	}
	return reach
}

// applyAspect shrinks the frame within its room, or widens the limits, until data units have their aspect.
func (l *layout) applyAspect(p *placedAxes, besideColorbar bool) {
	if p.Aspect <= 0 {
		return
	}
	xspan := math.Abs(p.x.forward(p.x.high) - p.x.forward(p.x.low))
	yspan := math.Abs(p.y.forward(p.y.high) - p.y.forward(p.y.low))
	wanted := p.Aspect * yspan / xspan // Height over width of the frame.
	if !(wanted > 1e-6 && wanted < 1e6) {
		return
	}
	w, h := p.box.width(), p.box.height()
	if p.AspectAdjustsLimits {
		if h/w > wanted {
			p.y = p.y.stretched(h / w / wanted)
		} else {
			p.x = p.x.stretched(wanted / (h / w))
		}
		return
	}
	if h/w > wanted {
		height := w * wanted
		middle := (p.box.top + p.box.bottom) / 2
		p.box.top, p.box.bottom = middle-height/2, middle+height/2
		return
	}
	width := h / wanted
	if besideColorbar {
		p.box.left = p.box.right - width
		return
	}
	middle := (p.box.left + p.box.right) / 2
	p.box.left, p.box.right = middle-width/2, middle+width/2
}

// stretched returns the view grown around its middle by a factor.
func (v view) stretched(factor float64) view {
	a, b := v.forward(v.low), v.forward(v.high)
	middle, half := (a+b)/2, (b-a)/2*factor
	v.low, v.high = v.backward(middle-half), v.backward(middle+half)
	return v
}

// placeTwins places what lies over other axes, or inside them.
func (l *layout) placeTwins() {
	for _, p := range l.axes {
		if parent := l.find(p.Place.Inside); parent != nil {
			r, box := p.Place.Rect, parent.box
			p.room = rect{box.left + r[0]*box.width(), box.bottom - (r[1]+r[3])*box.height(), box.left + (r[0]+r[2])*box.width(), box.bottom - r[1]*box.height()}
			p.box = p.room
		}
		if p.TwinOf == 0 {
			continue
		}
		if parent := l.find(p.TwinOf); parent != nil {
			p.room, p.box = parent.room, parent.box
		}
	}
}

func (f *Figure) suptitleSize() float64 {
	if f.SuptitleSize > 0 {
		return f.SuptitleSize
	}
	return f.Style.Points(f.Style.FigureTitleSize)
}

// placeTexts places the figure's own texts. The suptitle moves up if axes reach into it.
func (l *layout) placeTexts() {
	f := l.figure
	w, h := f.Width*72, f.Height*72
	if f.Suptitle != "" {
		t := l.fonts.set(f.Suptitle, textStyle{size: f.suptitleSize(), align: "center"})
		highest := math.Inf(1)
		for _, p := range l.axes {
			highest = min(highest, p.outer.top)
		}
		top := min(0.02*h, highest-t.height()-0.5*f.suptitleSize())
		placed := placeText(t, point{w / 2, top}, "center", "top", 0, f.Style.TextColor)
		l.suptitle = &placed
	}
	for _, t := range f.Texts {
		l.texts = append(l.texts, l.fonts.placeArtist(t, point{t.X * w, (1 - t.Y) * h}, &f.Style))
	}
}

// crop finds the part of the page that is shown.
func (l *layout) crop() {
	f := l.figure
	whole := rect{0, 0, f.Width * 72, f.Height * 72}
	if f.KeepPage {
		l.page = whole
		return
	}
	used := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range l.axes {
		used = used.union(p.outer)
	}
	if l.suptitle != nil {
		used = used.union(l.suptitle.box)
	}
	for _, t := range l.texts {
		used = used.union(t.box)
	}
	if f.Legend != nil {
		used = used.union(l.figureLegendBox())
	}
	if used.empty() {
		l.page = whole
		return
	}
	l.page = used.grow(pagePad)
	// A stray text far outside must not blow the page up.
	l.page = l.page.intersect(rect{-whole.right, -whole.bottom, 2 * whole.right, 2 * whole.bottom})
}
