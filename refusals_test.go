package synfire_test

import (
	"errors"
	"strings"
	"testing"

	"synfire"
)

// wantError demands a message of a kind that contains a text.
func wantError(t *testing.T, err error, kind, text string) {
	t.Helper()
	var m *synfire.Message
	switch {
	case err == nil:
		t.Errorf("no error, want %s: %s", kind, text)
	case !errors.As(err, &m):
		t.Errorf("%v is no message, want %s: %s", err, kind, text)
	case m.Kind != kind || !strings.Contains(m.Text, text):
		t.Errorf("got %s: %s\nwant %s: %s", m.Kind, m.Text, kind, text)
	}
}
