package platform

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"synfire/internal/diag"
)

func TestSpillThatCannotBe(t *testing.T) {
	var m *diag.Message
	if _, err := NewSpill(filepath.Join(t.TempDir(), "nowhere")); !errors.As(err, &m) || m.Kind != "OSError" || m.Hint == "" {
		t.Errorf("a folder that does not exist: %v", err)
	}
	// A file that cannot grow.
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	s := &Spill{file: full}
	if _, err := s.Alloc(1 << 20); !errors.As(err, &m) || m.Kind != "OSError" || m.Hint == "" {
		t.Errorf("a full disk: %v", err)
	}
}
