package diag

import (
	"context"
	"errors"
	"io/fs"
	"strings"
)

// FromError returns any error as a message. If a message is in the error's chain, it is returned, with what
// was wrapped around it as a note; for other errors the kind is the Python exception that fits. The result
// unwraps to err. FromError(nil) is nil.
func FromError(err error) *Message {
	if err == nil {
		return nil
	}
	if m, ok := err.(*Message); ok {
		return m
	}
	var inner *Message
	if errors.As(err, &inner) && inner != nil {
		m := *inner
		m.Notes = append([]Note(nil), inner.Notes...)
		if context, ok := strings.CutSuffix(err.Error(), inner.Error()); ok && strings.Trim(context, ": ") != "" {
			m.Notes = append(m.Notes, Note{Text: strings.TrimRight(context, ": ")})
		}
		m.Cause = err
		return &m
	}
	return &Message{Kind: kindOf(err), Text: err.Error(), Cause: err}
}

// kindOf returns the Python exception for an error of the system.
func kindOf(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, context.Canceled):
		return "KeyboardInterrupt"
	case errors.Is(err, context.DeadlineExceeded):
		return "TimeoutError"
	case errors.Is(err, fs.ErrNotExist):
		return "FileNotFoundError"
	case errors.Is(err, fs.ErrPermission):
		return "PermissionError"
	case errors.Is(err, fs.ErrExist):
		return "FileExistsError"
	case errors.As(err, &path):
		return "OSError"
	}
	return "RuntimeError"
}
