package script

import (
	"fmt"
	"math"
	"math/big"
	"reflect"
	"sort"
	"strings"

	"synfire/units"
)

// Dict is a Python dict: it keeps the order of insertion.
type Dict struct {
	index   map[any]int // position in entries, by hash key
	entries []dictEntry
	live    int
	class   *Class // Counter, defaultdict, OrderedDict; nil for a plain dict
	factory Value  // of a defaultdict
}

type dictEntry struct {
	hash       any
	key, value Value // key is nil once deleted
}

// NewDict returns an empty dict.
func NewDict() *Dict { return &Dict{index: map[any]int{}} }

// Len returns the number of entries.
func (d *Dict) Len() int { return d.live }

// Get returns the value of a key; the error is TypeError for an unhashable key.
func (d *Dict) Get(key Value) (Value, bool, error) {
	h, err := hashKey(key)
	if err != nil {
		return nil, false, err
	}
	if i, ok := d.index[h]; ok {
		return d.entries[i].value, true, nil
	}
	return nil, false, nil
}

// GetString returns the value of a string key.
func (d *Dict) GetString(key string) (Value, bool) {
	if i, ok := d.index[key]; ok {
		return d.entries[i].value, true
	}
	return nil, false
}

// Set stores a value; the error is TypeError for an unhashable key.
func (d *Dict) Set(key, value Value) error {
	h, err := hashKey(key)
	if err != nil {
		return err
	}
	d.set(h, key, value)
	return nil
}

// SetString stores a value under a string key.
func (d *Dict) SetString(key string, value Value) { d.set(key, key, value) }

func (d *Dict) set(h any, key, value Value) {
	if i, ok := d.index[h]; ok {
		d.entries[i].value = value
		return
	}
	d.index[h] = len(d.entries)
	d.entries = append(d.entries, dictEntry{h, key, value})
	d.live++
}

// Delete removes a key and reports whether it was there.
func (d *Dict) Delete(key Value) (bool, error) {
	h, err := hashKey(key)
	if err != nil {
		return false, err
	}
	i, ok := d.index[h]
	if !ok {
		return false, nil
	}
	delete(d.index, h)
	d.live--
	if i == len(d.entries)-1 {
		d.entries = d.entries[:i]
		return true, nil
	}
	d.entries[i] = dictEntry{}
	if len(d.entries) > 16 && d.live < len(d.entries)/2 {
		d.compact()
	}
	return true, nil
}

func (d *Dict) compact() {
	kept := d.entries[:0]
	for _, e := range d.entries {
		if e.key != nil {
			d.index[e.hash] = len(kept)
			kept = append(kept, e)
		}
	}
	clear(d.entries[len(kept):])
	d.entries = kept
}

// Clear removes everything.
func (d *Dict) Clear() { d.index, d.entries, d.live = map[any]int{}, nil, 0 }

// All visits the entries in order, for range loops.
func (d *Dict) All() func(yield func(key, value Value) bool) {
	return func(yield func(key, value Value) bool) {
		for i := 0; i < len(d.entries); i++ {
			if e := d.entries[i]; e.key != nil && !yield(e.key, e.value) {
				return
			}
		}
	}
}

// Keys returns the keys in order.
func (d *Dict) Keys() []Value {
	keys := make([]Value, 0, d.live)
	for k := range d.All() {
		keys = append(keys, k)
	}
	return keys
}

// Copy returns a copy with the same keys and values.
func (d *Dict) Copy() *Dict {
	c := &Dict{index: make(map[any]int, d.live), class: d.class, factory: d.factory}
	for _, e := range d.entries {
		if e.key != nil {
			c.set(e.hash, e.key, e.value)
		}
	}
	return c
}

// update stores every entry of another dict.
func (d *Dict) update(other *Dict) {
	for _, e := range other.entries {
		if e.key != nil {
			d.set(e.hash, e.key, e.value)
		}
	}
}

// pairKey chains the hash keys of a tuple; Go compares such chains element by element.
type pairKey struct{ head, tail any }

type (
	noneKey     struct{}
	bigKey      string
	complexKey  complex128
	bytesKey    string
	setKey      string
	hashedKey   struct{ hash int64 }
	identityKey struct{ pointer any }
)

// hashKey returns a comparable Go value that is equal for values that are equal in the language: 1, 1.0 and
// True share a key.
func hashKey(v Value) (any, error) { return hashNested(v, 0) }

func hashNested(v Value, depth int) (any, error) {
	if depth > maxDepth {
		return nil, Raise("RecursionError", "maximum recursion depth exceeded while hashing")
	}
	switch v := v.(type) {
	case string:
		return v, nil
	case int64:
		return v, nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<62 {
			return int64(v), nil
		}
		return v, nil
	case NoneType:
		return noneKey{}, nil
	case *big.Int:
		return bigKey(v.String()), nil
	case complex128:
		if imag(v) == 0 {
			return hashKey(real(v))
		}
		return complexKey(v), nil
	case Bytes:
		return bytesKey(v), nil
	case EllipsisType:
		return identityKey{v}, nil
	case *Tuple:
		var chain any = pairKey{}
		for i := len(v.Elts) - 1; i >= 0; i-- {
			h, err := hashNested(v.Elts[i], depth+1)
			if err != nil {
				return nil, err
			}
			chain = pairKey{h, chain}
		}
		return chain, nil
	case *Range:
		return identityKey{*v}, nil
	case *Set:
		if !v.Frozen {
			return nil, unhashable(v)
		}
		keys := make([]string, 0, v.Len())
		for _, e := range v.dict.entries {
			if e.key != nil {
				keys = append(keys, fmt.Sprintf("%T:%v", e.hash, e.hash))
			}
		}
		sort.Strings(keys)
		return setKey(strings.Join(keys, "\x00")), nil
	case *List, *Dict, *Slice, units.Quantity:
		return nil, unhashable(v)
	case *Instance:
		return instanceHash(v)
	case *BoundMethod:
		return pairKey{v.Self, v.Func}, nil
	case *Function, *Builtin, *Class, *Module, *Exception, *Generator, *Unknown:
		return identityKey{v}, nil
	case Hashable:
		return v.HashKey(), nil
	}
	if hasOperators(v) || !reflect.TypeOf(v).Comparable() {
		return nil, unhashable(v)
	}
	return identityKey{v}, nil
}

func unhashable(v Value) error { return Raise("TypeError", "unhashable type: '%s'", TypeName(v)) }

// hasOperators reports whether a foreign value compares by value: such values are not keys unless they say how.
func hasOperators(v Value) bool {
	_, yes := v.(Operand)
	return yes
}
