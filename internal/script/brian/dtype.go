package brian

import (
	"strings"

	"synfire/internal/script"
)

// typeName is the name of an element type: of float32, 'float32', np.dtype('float32') or float.
func typeName(v script.Value) string {
	if class, ok := v.(*script.Class); ok {
		return class.Name
	}
	return strings.TrimLeft(script.Str(v), "<>=|")
}

// floatBits is how many bits a type of floats has.
func floatBits(v script.Value) (bits int, ok bool) {
	switch typeName(v) {
	case "float32", "single", "f4", "f":
		return 32, true
	case "float64", "double", "float", "float_", "f8", "d":
		return 64, true
	}
	return 0, false
}

// bitsArgument reads the argument dtype: one type for all floats, or types by name.
func bitsArgument(c *script.Call) (map[string]int, error) {
	v := c.Arg("dtype")
	if script.IsNone(v) {
		return nil, nil
	}
	list := map[string]int{}
	add := func(name string, v script.Value) error {
		bits, ok := floatBits(v)
		switch {
		case ok:
			list[name] = bits
		case name == "" || typeName(v) != "int32" && typeName(v) != "bool":
			return script.Raise("NotImplementedError", "Synfire does not support dtype=%s of %s: floats are float32 or float64, integers int32.", typeName(v), c.Name)
		}
		return nil
	}
	types, ok := v.(*script.Dict)
	if !ok {
		return list, add("", v)
	}
	for key, v := range types.All() {
		name, ok := key.(string)
		if !ok {
			return nil, script.Raise("TypeError", "dtype has the names of variables as keys, not %s", script.Repr(key))
		}
		if err := add(name, v); err != nil {
			return nil, err
		}
	}
	return list, nil
}
