package exec

// Lister is code that can show itself.
type Lister interface {
	// Listing returns the instructions, a line each. Code for lanes whose elements are listed (Binding.Lanes) may
	// differ from that for lanes that are elements.
	Listing(lanes bool) string
}
