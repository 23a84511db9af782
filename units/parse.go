package units

import "synfire/internal/diag"

// ValueType is the type of a model variable, as its unit text declares it.
type ValueType uint8

// The types of model variables.
const (
	Float   ValueType = iota // a unit, or "1"
	Integer                  // "integer"
	Boolean                  // "boolean"
)

// String returns the word that declares the type.
func (t ValueType) String() string {
	switch t {
	case Integer:
		return "integer"
	case Boolean:
		return "boolean"
	}
	return "float"
}

// ParseUnit reads the text after the colon of an equation. It is replaced below.
func ParseUnit(text string, where diag.Span) (Dimension, ValueType, error) {
	u, found := Lookup(text)
	if !found {
		return Dimension{}, Float, diag.Errorf(where, "ValueError", "Could not interpret '%s' as a unit specification", text)
	}
	return u.dim, Float, nil
}
