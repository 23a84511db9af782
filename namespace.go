package synfire

import (
	"fmt"

	"synfire/internal/model"
	"synfire/units"
)

// Names finds the values of names that equations mention and the model does not define. Values are bool, int,
// int64, float64, units.Quantity, units.Unit, *TimedArray, *BinomialFunction or *Function. A name that exists but cannot be used in equations is an error.
type Names interface {
	Lookup(name string) (value any, found bool, err error)
	// Names lists the names there are, for suggestions.
	Names() []string
}

// Namespace is a set of names with their values. Runs see it as it is when they begin.
type Namespace map[string]any

// Lookup implements Names.
func (n Namespace) Lookup(name string) (any, bool, error) {
	value, found := n[name]
	return value, found, nil
}

// Names implements Names.
func (n Namespace) Names() []string {
	names := make([]string, 0, len(n))
	for name := range n {
		names = append(names, name)
	}
	return names
}

// resolver shows Names to the model.
type resolver struct{ names Names }

func resolve(names Names) model.Namespace {
	if names == nil {
		return nil
	}
	return resolver{names}
}

func (r resolver) Names() []string { return r.names.Names() }

func (r resolver) Lookup(name string) (model.External, bool, error) {
	value, found, err := r.names.Lookup(name)
	if err != nil || !found {
		return model.External{}, found, err
	}
	external, err := externalValue(name, value)
	return external, true, err
}

func externalValue(name string, value any) (model.External, error) {
	switch x := value.(type) {
	case bool:
		external := model.External{Type: model.Boolean}
		if x {
			external.Int = 1
		}
		return external, nil
	case int:
		return model.External{Type: model.Integer, Int: int64(x)}, nil
	case int64:
		return model.External{Type: model.Integer, Int: x}, nil
	case float64:
		return model.External{Type: model.Float, Float: x}, nil
	case units.Quantity:
		return model.External{Type: model.Float, Float: x.Value, Dim: x.Dim}, nil
	case units.Unit:
		return model.External{Type: model.Float, Float: x.Value(), Dim: x.Dim()}, nil
	case *TimedArray:
		return model.External{Type: model.Float, Table: &x.table, Dim: x.table.Dim}, nil
	case *BinomialFunction:
		return model.External{Type: model.Float, Draws: &x.distribution}, nil
	case *Function:
		f, err := x.symbol()
		return model.External{Type: model.Float, Calls: f}, err
	}
	return model.External{}, fmt.Errorf("\"%s\" was found in the namespace, but is not a scalar value (it is %T)", name, value)
}
