package numpy

import (
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/units"
)

// Attr implements the attributes and methods of an array.
func (x *NDArray) Attr(name string) (any, error) {
	a := x.Array
	switch name {
	case "shape":
		return shapeTuple(a.Shape()), nil
	case "size":
		return int64(a.Size()), nil
	case "ndim":
		return int64(a.NDim()), nil
	case "dtype":
		return DType{a.DType()}, nil
	case "T":
		out, err := a.Transpose()
		return kept(out, err)
	case "real":
		return New(array.Real(a)), nil
	case "imag":
		return New(array.Imag(a)), nil
	case "flat":
		return New(a.Ravel()), nil
	case "itemsize":
		return DType{a.DType()}.Attr("itemsize")
	case "nbytes":
		size, err := DType{a.DType()}.Attr("itemsize")
		return int64(a.Size()) * size.(int64), err
	case "dim", "dimensions":
		return a.Dim(), nil
	case "is_dimensionless":
		return a.Dim().IsDimensionless(), nil
	case "base":
		return script.None, nil
	}
	if method := arrayMethods().Bind(x, name); method != nil {
		return method, nil
	}
	return nil, nil
}

// NumberAttr is script.Config.NumberAttr: numbers and quantities have the attributes of arrays, as NumPy's own numbers do.
func NumberAttr(x script.Value, name string) (script.Value, error) {
	if q, ok := x.(units.Quantity); ok {
		if name == "base" {
			return New(array.Scalar(q.Value, plain)), nil
		}
		return New(array.Scalar(q.Value, q.Dim)).Attr(name)
	}
	switch name {
	case "dim", "dimensions", "is_dimensionless":
		return nil, nil
	case "T":
		return x, nil
	}
	a, err := FromValue(x)
	if err != nil {
		return nil, err
	}
	return New(a).Attr(name)
}

// AttrNames lists the attributes.
func (x *NDArray) AttrNames() []string {
	return append([]string{"shape", "size", "ndim", "dtype", "T", "real", "imag", "flat", "itemsize", "nbytes", "dim", "dimensions", "is_dimensionless", "base"},
		arrayMethods().Names()...)
}

// SetAttr implements `x.shape = ...` and `x.flat = ...`.
func (x *NDArray) SetAttr(name string, value any) error {
	switch name {
	case "shape":
		shape, err := wholes(value)
		if err != nil {
			return err
		}
		out, err := x.Array.Reshape(shape...)
		if err != nil {
			return err
		}
		if !out.SharesMemory(x.Array) {
			return script.Raise("AttributeError", "Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.")
		}
		x.Array = out
		return nil
	case "flat":
		v, err := FromValue(value)
		if err != nil {
			return err
		}
		if v.NDim() > 0 && v.Size() == x.Array.Size() {
			if v, err = v.Reshape(x.Array.Shape()...); err != nil {
				return err
			}
		}
		return x.Array.Assign(v)
	case "dim", "dimensions":
		if dim, ok := value.(units.Dimension); ok {
			x.Array = x.Array.WithDim(dim)
			return nil
		}
	}
	if v, err := x.Attr(name); v != nil || err != nil {
		return script.Raise("AttributeError", "attribute '%s' of '%s' objects is not writable", name, "numpy.ndarray")
	}
	return script.Raise("AttributeError", "'%s' object has no attribute '%s'", x.TypeName(), name)
}
