package plot

import "math"

// coverage finds how much of each pixel lies inside a set of closed polygons. Every edge adds its signed area to the
// pixels it crosses; the running sum along a row is the winding number times the covered part (the accumulation
// buffer of R. Levien's font-rs). Sums are clamped to one, which is the non-zero rule for polygons that run the same way
// round.
type coverage struct {
	width, height int
	stride        int
	sums          []float32
	// first and last touched pixel of each row; a row is untouched if first > last.
	first, last []int32
	top, bottom int
	// originX and originY are the pixel coordinates of the buffer's corner.
	originX, originY float64
}

// reset prepares the buffer for pixels left..right-1, top..bottom-1.
func (c *coverage) reset(left, top, right, bottom int) {
	c.width, c.height = right-left, bottom-top
	c.stride = c.width + 2
	c.originX, c.originY = float64(left), float64(top)
	if need := c.stride * c.height; cap(c.sums) < need {
		c.sums = make([]float32, need)
	} else {
		c.sums = c.sums[:need] // Left zero by spans.
	}
	if cap(c.first) < c.height {
		c.first, c.last = make([]int32, c.height), make([]int32, c.height)
	}
	c.first, c.last = c.first[:c.height], c.last[:c.height]
	for i := range c.first {
		c.first[i], c.last[i] = math.MaxInt32, -1
	}
	c.top, c.bottom = c.height, 0
}

func (c *coverage) polygon(points []point) {
	for i, p := range points {
		q := points[(i+1)%len(points)]
		c.edge(p.x-c.originX, p.y-c.originY, q.x-c.originX, q.y-c.originY)
	}
}

func (c *coverage) edge(x0, y0, x1, y1 float64) {
	if y0 == y1 || math.IsNaN(x0+y0+x1+y1) {
		return
	}
	direction := float32(1)
	if y0 > y1 {
		x0, y0, x1, y1, direction = x1, y1, x0, y0, -1
	}
	slope := (x1 - x0) / (y1 - y0)
	x := x0
	if y0 < 0 {
		x -= y0 * slope
		y0 = 0
	}
	height := float64(c.height)
	if y1 > height {
		y1 = height
	}
	if y0 >= y1 {
		return
	}
	width := float64(c.width)
	rowFirst, rowEnd := int(y0), int(math.Ceil(y1))
	c.top, c.bottom = min(c.top, rowFirst), max(c.bottom, rowEnd)
	for row := rowFirst; row < rowEnd; row++ {
		dy := min(float64(row+1), y1) - max(float64(row), y0)
		next := x + slope*dy
		c.add(row, min(max(min(x, next), 0), width), min(max(max(x, next), 0), width), direction*float32(dy))
		x = next
	}
}

// add spreads the area d of an edge that crosses one row between xa and xb.
func (c *coverage) add(row int, xa, xb float64, d float32) {
	left := int(xa)
	right := int(math.Ceil(xb))
	line := c.sums[row*c.stride : (row+1)*c.stride]
	c.first[row] = min(c.first[row], int32(left))
	if right <= left+1 {
		inside := d * float32((xa+xb)/2-float64(left))
		line[left] += d - inside
		line[left+1] += inside
		c.last[row] = max(c.last[row], int32(left+1))
		return
	}
	c.last[row] = max(c.last[row], int32(right))
	s := float32(1 / (xb - xa))
	fromLeft := 1 - float32(xa-float64(left))
	begin := 0.5 * s * fromLeft * fromLeft
	fromRight := float32(xb - float64(right) + 1)
	finish := 0.5 * s * fromRight * fromRight
	line[left] += d * begin
	if right == left+2 {
		line[left+1] += d * (1 - begin - finish)
	} else {
		second := s * (0.5 + fromLeft)
		line[left+1] += d * (second - begin)
		for x := left + 2; x < right-1; x++ {
			line[x] += d * s
		}
		line[right-1] += d * (1 - second - float32(right-left-3)*s - finish)
	}
	line[right] += d * finish
}

// spans calls paint for each row that is touched with the coverage, 0 to 255, of pixels from x on, in pixel
// coordinates, and leaves the buffer empty.
func (c *coverage) spans(paint func(x, y int, alpha []uint8)) {
	buffer := make([]uint8, c.width)
	for row := c.top; row < c.bottom; row++ {
		first, last := int(c.first[row]), int(c.last[row])
		if first > last {
			continue
		}
		line := c.sums[row*c.stride : (row+1)*c.stride]
		end := min(last+1, c.width)
		sum := float32(0)
		for x := first; x < end; x++ {
			sum += line[x]
			line[x] = 0
			v := sum
			if v < 0 {
				v = -v
			}
			if v > 1 {
				v = 1
			}
			buffer[x] = uint8(v*255 + 0.5)
		}
		for x := end; x <= last; x++ {
			line[x] = 0
		}
		if first < end {
			paint(int(c.originX)+first, int(c.originY)+row, buffer[first:end])
		}
	}
}
