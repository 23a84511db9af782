package script

import (
	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// ScanNames lists what a document uses of the known modules that they do not have.
func (in *Interp) ScanNames(modules []*syntax.Module) []*diag.Message { return nil }
