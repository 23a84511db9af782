package pylab

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// Images are rows of pixels with as many channels as they need.
func TestImread(t *testing.T) {
	folder := t.TempDir()
	write := func(name string, picture image.Image) string {
		path := filepath.Join(folder, name)
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(file, picture); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	grey := image.NewGray(image.Rect(0, 0, 3, 2))
	grey.SetGray(2, 0, color.Gray{Y: 255})
	colours := image.NewRGBA(image.Rect(0, 0, 1, 2))
	colours.Set(0, 0, color.RGBA{255, 0, 0, 255})
	colours.Set(0, 1, color.RGBA{0, 51, 0, 255})
	clear := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	clear.Set(0, 0, color.NRGBA{0, 0, 255, 51})
	for _, test := range []struct{ path, want string }{
		{write("grey.png", grey), "[[0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]\n"},
		{write("colours.png", colours), "[[[1.0, 0.0, 0.0]], [[0.0, 0.2, 0.0]]]\n"},
		{write("clear.png", clear), "[[[0.0, 0.0, 1.0, 0.2]]]\n"},
	} {
		if got := newSession(t, false).run(t, "from matplotlib.image import imread\nimread('"+test.path+"').tolist()"); got != test.want {
			t.Errorf("%s: %s, want %s", test.path, got, test.want)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "a.png"), []byte("no image"), 0o600); err != nil {
		t.Fatal(err)
	}
	want := "UnidentifiedImageError: cannot identify image file '" + filepath.Join(folder, "a.png") + "': image: unknown format\nhint: PNG and JPEG files can be read.\n"
	if got := newSession(t, false).run(t, "from pylab import *\nimread('"+filepath.Join(folder, "a.png")+"')"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
