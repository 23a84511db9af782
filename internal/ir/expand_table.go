package ir

// expanderOf returns how a compound operation is written out, or nil.
func expanderOf(op Op) expander {
	return nil
}

// drawExpanderOf returns how Rand and Randn are written out, or nil.
func drawExpanderOf(op Op) drawExpander {
	return nil
}
