package brian

import (
	"synfire/internal/script"
)

// unknown stands for the values of a variable after a run that check mode has only prepared; nil otherwise.
func (v *view) unknown() *script.Unknown {
	if !v.owner.base().pretended() || v.info.Name == "i" || v.info.Name == "j" || v.info.Name == "N" {
		return nil
	}
	u := &script.Unknown{What: v.label, Dim: v.dim()}
	if v.info.Shared {
		u.Shape = []int{}
	} else {
		u.Shape = []int{v.of.Len()}
	}
	return u
}

// pretended reports whether check mode has prepared a run of the object that really would have changed it.
func (e *entity) pretended() bool {
	n := e.network
	return n != nil && n.pretended
}
