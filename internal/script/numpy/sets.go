package numpy

import (
	"synfire/internal/array"
	"synfire/internal/script"
)

// sets are functions that treat arrays as sets of values.
func sets() []script.Entry {
	pair := func(name, doc string, f func(a, b *array.Array) (*array.Array, error)) script.Entry {
		return script.Entry{Signature: name + "(ar1, ar2, assume_unique=False)", Doc: doc, Func: func(c *script.Call) (script.Value, error) {
			a, b, err := arrayPair(c, "ar1", "ar2")
			if err != nil {
				return nil, err
			}
			return kept(f(a.Ravel(), b.Ravel()))
		}}
	}
	distinct := func(a *array.Array, keep func(*array.Array) *array.Array) (*array.Array, error) {
		values := array.Unique(a).Values
		return values.Get(array.Pick(keep(values)))
	}
	return []script.Entry{
		{Signature: "unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None)", Doc: "The distinct values in ascending order.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "ar")
			if err != nil {
				return nil, err
			}
			if !script.IsNone(c.Arg("axis")) {
				return nil, script.Raise("NotImplementedError", "unique(axis=) is not supported")
			}
			u := array.Unique(a)
			out := []*array.Array{u.Values}
			for _, wanted := range []struct {
				name string
				a    *array.Array
			}{{"return_index", u.First}, {"return_inverse", u.Inverse}, {"return_counts", u.Counts}} {
				if yes, err := c.Bool(wanted.name); err != nil {
					return nil, err
				} else if yes {
					out = append(out, wanted.a)
				}
			}
			if len(out) == 1 {
				return New(out[0]), nil
			}
			return tupleOf(out...), nil
		}},
		pair("intersect1d", "The values that both have; units are dropped.", func(a, b *array.Array) (*array.Array, error) {
			return distinct(a.WithDim(plain), func(v *array.Array) *array.Array { return array.IsIn(v, b) })
		}),
		pair("setdiff1d", "The values of the first that the second lacks.", func(a, b *array.Array) (*array.Array, error) {
			return distinct(a, func(v *array.Array) *array.Array { return array.LogicalNot(array.IsIn(v, b)) })
		}),
		pair("union1d", "The values that either has; units are dropped.", func(a, b *array.Array) (*array.Array, error) {
			both, err := array.Concatenate([]*array.Array{a, b}, 0, plain)
			if err != nil {
				return nil, err
			}
			return array.Unique(both).Values, nil
		}),
		pair("setxor1d", "The values that exactly one has; units are dropped.", func(a, b *array.Array) (*array.Array, error) {
			both, err := array.Concatenate([]*array.Array{array.Unique(a).Values, array.Unique(b).Values}, 0, plain)
			if err != nil {
				return nil, err
			}
			u := array.Unique(both)
			once, err := array.Binary(array.Eq, u.Counts, array.ScalarInt(1))
			if err != nil {
				return nil, err
			}
			return u.Values.Get(array.Pick(once))
		}),
		membership("isin(element, test_elements, assume_unique=False, invert=False)", "element", "test_elements"),
		membership("in1d(ar1, ar2, assume_unique=False, invert=False)", "ar1", "ar2"),
	}
}

func membership(signature, first, second string) script.Entry {
	return script.Entry{Signature: signature, Doc: "Which elements occur in another array.", Func: func(c *script.Call) (script.Value, error) {
		a, err := arrayArg(c, first)
		if err != nil {
			return nil, err
		}
		b, err := arrayArg(c, second)
		if err != nil {
			return nil, err
		}
		out := array.IsIn(a, b)
		if invert, err := c.Bool("invert"); err != nil {
			return nil, err
		} else if invert {
			out = array.LogicalNot(out)
		}
		return Wrap(out), nil
	}}
}
