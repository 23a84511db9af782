//go:build !amd64

package record

// differences fills in the residues of eight elements.
func differences(from []uint64, stride int, r *residues) { differencesPlain(from, stride, r) }
