package syntax

import "synfire/internal/diag"

// LiteralSource returns the value of a string literal as a source of its own, which knows for each of its
// bytes where it stands in the script. A message about an equation in it can then show the script's line.
func LiteralSource(name string, s *String) *diag.Source {
	src := &diag.Source{Name: name, Text: s.Value, Origin: s.Where}
	if s.Where.IsZero() {
		return src
	}
	piece := diag.Piece{Origin: s.Where, Map: s.ValueAt}
	if s.ValueAt == nil {
		start := int32(s.TextStart)
		piece.Origin = diag.Span{Source: s.Where.Source, Start: start, End: start + int32(len(s.Value))}
	}
	src.Pieces = []diag.Piece{piece}
	return src
}
