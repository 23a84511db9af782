// Package diag holds the messages that Synfire shows its users: where something went wrong, what was
// wrong, and what to do about it. A message is data; rendering it as text or JSON is a separate step, so
// that a terminal, a notebook cell and a test can each show it in their own way.
//
// The package knows nothing about what produced the text that it points into.
package diag
