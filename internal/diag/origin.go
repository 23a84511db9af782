package diag

import (
	"fmt"
	"slices"
)

// Piece is a part of a source's text that stands in another source: from byte At on, up to the next piece.
type Piece struct {
	At int
	// Origin is where the part stands; the zero Span if that is not known.
	Origin Span
	// Map holds, for each byte of the part and for its end, the offset in Origin.Source. It is nil where the
	// part stands there verbatim, from Origin.Start on.
	Map []int
}

// Origin returns the place of the span in the source that its text was taken from: exactly if the pieces of
// its source say so, else the whole origin. It is the zero Span for a text that was not taken from another.
func (s Span) Origin() Span {
	if s.Source == nil {
		return Span{}
	}
	pieces := s.Source.Pieces
	if len(pieces) == 0 {
		return s.Source.Origin
	}
	i, found := slices.BinarySearchFunc(pieces, int(s.Start), func(p Piece, at int) int { return p.At - at })
	if !found {
		i--
	}
	if i < 0 {
		return Span{}
	}
	piece, end := pieces[i], len(s.Source.Text)
	if i+1 < len(pieces) {
		end = pieces[i+1].At
	}
	if piece.Origin.IsZero() {
		return Span{}
	}
	from := piece.offset(int(s.Start))
	return Span{piece.Origin.Source, from, max(from, piece.offset(min(int(s.End), end)))}
}

// Document returns the place in the text that everything was taken from, which is the span itself if it was not taken
// from another one.
func (s Span) Document() Span {
	for {
		origin := s.Origin()
		if origin.IsZero() {
			return s
		}
		s = origin
	}
}

// Place names the line on which the span begins: "model.py:12"; "" for the zero Span.
func (s Span) Place() string {
	if s.IsZero() {
		return ""
	}
	line, _ := s.Line()
	return fmt.Sprintf("%s:%d", s.Source.Name, line)
}

// offset returns where a byte of the text stands in the origin of its piece.
func (p Piece) offset(at int) int32 {
	if p.Map == nil {
		return min(p.Origin.Start+int32(at-p.At), p.Origin.End)
	}
	return int32(p.Map[min(at-p.At, len(p.Map)-1)])
}

// Concat returns a source whose text is that of the parts one after the other, and which still knows where
// each part comes from. Texts without an origin may be among them.
func Concat(name string, parts ...*Source) *Source {
	all := &Source{Name: name}
	for _, part := range parts {
		at := len(all.Text)
		all.Text += part.Text
		if part.Text == "" {
			continue
		}
		if all.Origin.IsZero() {
			all.Origin = part.Origin
		}
		if len(part.Pieces) == 0 {
			all.Pieces = append(all.Pieces, Piece{At: at, Origin: verbatim(part)})
		}
		for _, piece := range part.Pieces {
			piece.At += at
			all.Pieces = append(all.Pieces, piece)
		}
	}
	return all
}

// verbatim returns the origin of a source without pieces if its text stands there letter by letter.
func verbatim(s *Source) Span {
	if s.Origin.IsZero() || s.Origin.Text() != s.Text {
		return Span{}
	}
	return s.Origin
}
