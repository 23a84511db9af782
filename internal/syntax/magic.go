package syntax

func (s *scanner) magicLine() token {
	start := s.pos
	s.pos = s.endOfLine(s.pos)
	return token{magicLine, start, s.pos}
}
