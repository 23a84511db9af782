package plot

import "image"

// surface is something to draw on, in points of the page.
type surface interface {
	// clip limits what follows to a rectangle, nil to the page.
	clip(*rect)
	// fill paints the inside of a path (non-zero rule).
	fill(*path, Color)
	stroke(*path, pen)
	// stamps draws one marker at many places.
	stamps(stamp, []point)
	// pixels draws the smallest visible square at each place.
	pixels([]point, Color)
	// glyphs draws a typeset text whose origin and direction the map gives.
	glyphs(*typeset, affine, Color)
	// picture scales an image into a rectangle, blending neighbouring pixels if smooth.
	picture(img *image.NRGBA, box rect, smooth bool)
	// layer draws a crowd of small things within a box: on a vector surface as a picture.
	layer(box rect, draw func(surface))
	// group names what follows until the next call, for readers of the output; it may do nothing.
	group(name string)
	// density is the number of pixels per point that is worth drawing for.
	density() float64
}

// stamp is a marker: a shape around the origin with its paint.
type stamp struct {
	shape *path
	face  Color
	edge  Color
	width float64
	miter bool
}

// layerThreshold is the number of markers in one artist above which they go to a layer.
const layerThreshold = 5000

// crowd draws n things, on a layer if they are many.
func crowd(s surface, n int, box rect, draw func(surface)) {
	if n > layerThreshold {
		s.layer(box, draw)
		return
	}
	draw(s)
}
