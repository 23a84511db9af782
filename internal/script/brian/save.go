package brian

import (
	"os"
	"path/filepath"

	"synfire/internal/export"
)

// SaveRecordings writes what all monitors that the script can reach have recorded to a folder, one NPZ file for each,
// named after the monitor, and returns the names of the files. Everything is in SI units.
func (s *Session) SaveRecordings(dir string) ([]string, error) {
	var files []string
	taken := map[string]bool{}
	for _, o := range s.reachable() {
		arrays, err := recordedBy(o)
		if err != nil {
			return files, err
		}
		if arrays == nil {
			continue
		}
		name := o.base().object.Name()
		for taken[name] {
			name += "_"
		}
		taken[name] = true
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return files, err
		}
		path := filepath.Join(dir, name+".npz")
		if err := export.SaveNPZ(path, arrays...); err != nil {
			return files, err
		}
		files = append(files, path)
	}
	return files, nil
}

// recordedBy returns what a monitor holds; nil for objects that record nothing.
func recordedBy(o brianObject) ([]export.Array, error) {
	switch m := o.(type) {
	case *spikeMonitor:
		if !m.record {
			return []export.Array{export.Int64s("count", m.of.Counts())}, nil
		}
		return []export.Array{export.Int32s("i", m.of.Neurons()), export.Floats("t", m.of.Times())}, nil
	case *rateMonitor:
		return []export.Array{export.Floats("t", m.of.Times()), export.Floats("rate", m.of.Rates())}, nil
	case *stateMonitor:
		indices := make([]int64, len(m.of.Elements()))
		for k, n := range m.of.Elements() {
			indices[k] = int64(n)
		}
		arrays := []export.Array{export.Floats("t", m.of.Times()), export.Int64s("record", indices)}
		for _, name := range m.of.VariableNames() {
			r, err := m.of.Recording(name)
			if err != nil {
				return nil, err
			}
			rows, columns := r.Shape()
			arrays = append(arrays, export.Rows(name, rows, columns, func(row int, into []float64) error {
				r.ReadRows(row, row+1, into)
				return nil
			}))
		}
		return arrays, nil
	}
	return nil, nil
}
