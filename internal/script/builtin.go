package script

// newBuiltin prepares a function written in Go.
func newBuiltin(e Entry) *Builtin {
	s, err := parseSignature(e.Signature)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return &Builtin{Name: s.name, Doc: e.Doc, signature: s, fn: e.Func, keywords: e.Keywords, cosmetic: e.Cosmetic,
		takesUnknown: e.TakesUnknown}
}

func newMethods(entries []Entry) *Methods {
	m := &Methods{table: make(map[string]*Builtin, len(entries))}
	for _, e := range entries {
		b := newBuiltin(e)
		m.table[b.Name] = b
		m.names = append(m.names, b.Name)
	}
	return m
}

// value returns the entry's name and what it is bound to.
func (e Entry) value(_ *Interp, module string) (string, Value) {
	if e.Func == nil {
		return e.Name, e.Value
	}
	b := newBuiltin(e)
	b.Module = module
	return b.Name, b
}
