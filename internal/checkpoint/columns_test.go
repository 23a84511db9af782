package checkpoint

import (
	"maps"
	"path/filepath"
	"reflect"
	"testing"

	"synfire/internal/exec"
	"synfire/internal/ir"
)

func TestColumns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "states")
	columns := []exec.Column{
		{F64: []float64{1.5, -2}}, {F32: []float32{0.25}}, {I64: []int64{1 << 40}}, {I32: []int32{-1, 2, 3}}, {Bool: []bool{true, false}},
		exec.NewColumn(ir.I32, 0), {},
	}
	named := map[string]float64{"tau": 0.02, "": -1}
	if err := Write(path, "a", func(e *Encoder) {
		for _, c := range columns {
			PutColumn(e, c)
		}
		PutNamed(e, named)
		PutNamed(e, nil)
	}); err != nil {
		t.Fatal(err)
	}
	if err := Read(path, "a", func(d *Decoder) {
		for k, want := range columns {
			if got := TakeColumn(d); got.Type() != want.Type() || got.Len() != want.Len() || want.Len() > 0 && !reflect.DeepEqual(got, want) {
				t.Errorf("column %d is %+v, want %+v", k, got, want)
			}
		}
		if got := TakeNamed(d); !maps.Equal(got, named) {
			t.Errorf("read %v, want %v", got, named)
		}
		if got := TakeNamed(d); len(got) != 0 {
			t.Errorf("read %v, want nothing", got)
		}
	}); err != nil {
		t.Error(err)
	}
}
