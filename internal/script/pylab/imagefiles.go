package pylab

import (
	"image"
	"image/color"
	_ "image/jpeg" // decoders of image.Decode
	_ "image/png"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// imreadEntry is imread: an image file as an array, rows from the top, with one channel for shades of grey and else red,
// green, blue and, if a pixel is transparent, alpha. Values lie between 0 and 1 for PNG, as matplotlib has it, and are whole
// numbers up to 255 for JPEG.
func imreadEntry() script.Entry {
	return script.Entry{Signature: "imread(fname, format=None)", Doc: "An image file as an array.", Func: func(c *script.Call) (script.Value, error) {
		name, err := c.String("fname")
		if err != nil {
			return nil, err
		}
		file, err := c.Interp.OpenRead(name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		picture, format, err := image.Decode(file)
		if err != nil {
			return nil, script.Raise("UnidentifiedImageError", "cannot identify image file %s: %v", script.Repr(name), err).
				WithHint("PNG and JPEG files can be read.")
		}
		return numpy.New(channelsOf(picture, format == "png")), nil
	}}
}

// channelsOf returns the channels of an image.
func channelsOf(picture image.Image, fractions bool) *array.Array {
	bounds := picture.Bounds()
	channels := 3
	switch picture.ColorModel() {
	case color.GrayModel, color.Gray16Model:
		channels = 1
	case color.NRGBAModel, color.NRGBA64Model:
		channels = 4
	}
	if p, ok := picture.(*image.Paletted); ok {
		for _, c := range p.Palette {
			if _, _, _, alpha := c.RGBA(); alpha != 0xffff {
				channels = 4
			}
		}
	}
	values := make([]float64, 0, bounds.Dx()*bounds.Dy()*channels)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := color.NRGBA64Model.Convert(picture.At(x, y)).(color.NRGBA64)
			for _, v := range []uint16{c.R, c.G, c.B, c.A}[:channels] {
				if fractions {
					values = append(values, float64(v)/0xffff)
				} else {
					values = append(values, float64(v>>8))
				}
			}
		}
	}
	shape := []int{bounds.Dy(), bounds.Dx(), channels}
	if channels == 1 {
		shape = shape[:2]
	}
	a := array.FromFloats(values, units.Dimension{}, shape...)
	if !fractions {
		a = a.As(array.Int64)
	}
	return a
}
