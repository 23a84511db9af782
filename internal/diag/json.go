package diag

import "encoding/json"

// jsonPlace is a place in the JSON form of a message. Lines and columns count from 1, columns in characters;
// the end is the first column behind the place.
type jsonPlace struct {
	Source    string     `json:"source"`
	Line      int        `json:"line"`
	Column    int        `json:"column"`
	EndLine   int        `json:"endLine"`
	EndColumn int        `json:"endColumn"`
	Text      string     `json:"text"`
	Origin    *jsonPlace `json:"origin,omitempty"`
}

type jsonNote struct {
	Text  string     `json:"text"`
	Where *jsonPlace `json:"where,omitempty"`
}

type jsonMessage struct {
	Severity string     `json:"severity"`
	Kind     string     `json:"kind,omitempty"`
	Text     string     `json:"text"`
	Where    *jsonPlace `json:"where,omitempty"`
	Notes    []jsonNote `json:"notes,omitempty"`
	Hint     string     `json:"hint,omitempty"`
}

// MarshalJSON returns the message as a JSON object: severity ("error" or "warning"), kind, text, where (with
// the source line, and the origin of the text), notes, hint.
func (m *Message) MarshalJSON() ([]byte, error) {
	out := jsonMessage{Severity: "error", Kind: m.Kind, Text: m.Text, Where: placeJSON(m.Where, 0), Hint: m.Hint}
	if m.isWarning() {
		out.Severity = "warning"
	}
	for _, note := range m.Notes {
		out.Notes = append(out.Notes, jsonNote{note.Text, placeJSON(note.Where, 0)})
	}
	return json.Marshal(out)
}

func placeJSON(s Span, depth int) *jsonPlace {
	if s.IsZero() || depth > 8 {
		return nil
	}
	p := &jsonPlace{Source: s.Source.Name, Text: sourceLine(s), Origin: placeJSON(s.Origin(), depth+1)}
	p.Line, p.Column = s.Line()
	p.EndLine, p.EndColumn = Span{s.Source, s.End, s.End}.Line()
	return p
}
