package brian

import (
	"archive/zip"
	"bufio"
	"os"
	"path/filepath"

	"synfire/internal/array"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// SaveRecordings writes what all monitors that the script can reach have recorded to a folder, one NPZ file for each,
// named after the monitor, and returns the names of the files. Everything is in SI units.
func (s *Session) SaveRecordings(dir string) ([]string, error) {
	var files []string
	taken := map[string]bool{}
	for _, o := range s.reachable() {
		columns, err := recordedBy(o)
		if err != nil {
			return files, err
		}
		if columns == nil {
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
		if err := writeColumns(path, columns); err != nil {
			return files, err
		}
		files = append(files, path)
	}
	return files, nil
}

// column is an array of a file, with its name.
type column struct {
	name string
	data *array.Array
}

// recordedBy returns what a monitor holds; nil for objects that record nothing.
func recordedBy(o brianObject) ([]column, error) {
	switch m := o.(type) {
	case *spikeMonitor:
		if !m.record {
			return []column{{"count", array.FromInts(append([]int64{}, m.of.Counts()...))}}, nil
		}
		m.refresh()
		return []column{{"i", m.neurons}, {"t", m.times}}, nil
	case *rateMonitor:
		return []column{{"t", array.SharedFloats(m.of.Times(), units.Time)}, {"rate", array.SharedFloats(m.of.Rates(), units.Frequency)}}, nil
	case *stateMonitor:
		columns := []column{{"t", array.SharedFloats(m.of.Times(), units.Time)}}
		indices := make([]int64, len(m.of.Elements()))
		for k, n := range m.of.Elements() {
			indices[k] = int64(n)
		}
		columns = append(columns, column{"record", array.FromInts(indices)})
		for _, name := range m.of.VariableNames() {
			r, err := m.of.Recording(name)
			if err != nil {
				return nil, err
			}
			columns = append(columns, column{name, array.Deferred(r, r.Dim)})
		}
		return columns, nil
	}
	return nil, nil
}

// writeColumns writes an NPZ file. Nothing is left of it if that fails.
func writeColumns(path string, columns []column) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
		if err != nil {
			os.Remove(path)
		}
	}()
	buffered := bufio.NewWriterSize(file, 1<<20)
	archive := zip.NewWriter(buffered)
	for _, c := range columns {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: c.name + ".npy", Method: zip.Store})
		if err != nil {
			return err
		}
		if err := numpy.WriteNPY(w, c.data); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return buffered.Flush()
}
