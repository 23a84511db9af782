package brian

import (
	"reflect"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// literals finds the place in the script of a text that was made of string literals, so that a message about an
// equation can show the line where it stands. A value of the language does not know where it came from;
// equal literals are the same to a reader in all but their place, and the last one is taken.
type literals struct {
	known map[string]*syntax.String
	seen  map[*syntax.Module]bool
}

// observe collects the literals of a module or cell.
func (l *literals) observe(module *syntax.Module) {
	if l.seen[module] {
		return
	}
	if l.known == nil {
		l.known, l.seen = map[string]*syntax.String{}, map[*syntax.Module]bool{}
	}
	l.seen[module] = true
	l.collect(reflect.ValueOf(module.Body))
}

// collect goes through a part of a tree, of whatever type.
func (l *literals) collect(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if literal, ok := v.Interface().(*syntax.String); ok {
			if literal.Value != "" {
				l.known[literal.Value] = literal
			}
			return
		}
		if _, ok := v.Interface().(*diag.Source); !ok {
			l.collect(v.Elem())
		}
	case reflect.Slice:
		for k := range v.Len() {
			l.collect(v.Index(k))
		}
	case reflect.Struct:
		for k := range v.NumField() {
			if v.Type().Field(k).IsExported() {
				l.collect(v.Field(k))
			}
		}
	}
}

// source returns a text with its place in the script, or nil if the script does not contain it. A text that is the
// sum of several literals knows where each of them stands.
func (l *literals) source(what, text string) *diag.Source {
	if literal := l.known[text]; literal != nil {
		return syntax.LiteralSource(what, literal)
	}
	parts := l.split(text)
	if parts == nil {
		return nil
	}
	sources := make([]*diag.Source, len(parts))
	for k, literal := range parts {
		sources[k] = syntax.LiteralSource(what, literal)
	}
	return diag.Concat(what, sources...)
}

// shortestPart keeps single letters from explaining everything.
const shortestPart = 4

// split finds literals whose texts make up the text.
func (l *literals) split(text string) []*syntax.String {
	if len(text) > 1<<16 || text == "" {
		return nil
	}
	// best[at] is the last literal of the fewest that make up text[:at].
	type step struct {
		literal *syntax.String
		count   int
	}
	best := make([]step, len(text)+1)
	for at := range text {
		if at > 0 && best[at].literal == nil {
			continue
		}
		for value, literal := range l.known {
			if len(value) < shortestPart || len(value) > len(text)-at || text[at:at+len(value)] != value {
				continue
			}
			next := &best[at+len(value)]
			if next.literal == nil || next.count > best[at].count+1 || next.count == best[at].count+1 && len(value) > len(next.literal.Value) {
				*next = step{literal, best[at].count + 1}
			}
		}
	}
	var parts []*syntax.String
	for at := len(text); at > 0; {
		literal := best[at].literal
		if literal == nil {
			return nil
		}
		parts = append([]*syntax.String{literal}, parts...)
		at -= len(literal.Value)
	}
	return parts
}
