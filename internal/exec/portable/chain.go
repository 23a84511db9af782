package portable

import "synfire/internal/ir"

func (c *compiler) findChains()                         {}
func (c *compiler) chainTo(v ir.Value) []ir.Value       { return nil }
func (c *compiler) chainOperands([]ir.Value) []ir.Value { return nil }
func (c *compiler) chainStep(n *node, d int) step       { return nil }
