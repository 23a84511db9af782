package portable

import (
	"fmt"
	"strings"

	"synfire/internal/ir"
)

// Listing returns the steps, a line each: the instruction of the kernel whose result the step computes, the register
// that receives it, and those of its operands: r are blocks of lanes, s what all lanes share. Steps for listed lanes are
// the same.
func (c *code) Listing(bool) string {
	// The kernel was compiled before, so it is a kernel that compiles.
	l := &listing{texts: instructionTexts(c.kernel)}
	if _, err := compile(c.kernel, c.plain, l); err != nil {
		panic("BUG: " + err.Error())
	}
	return l.String()
}

// instructionTexts returns the text of each instruction of a kernel.
func instructionTexts(k *ir.Kernel) []string {
	lines := strings.Split(strings.TrimSuffix(k.String(), "\n"), "\n")
	texts := lines[len(lines)-len(k.Instrs):]
	for i := range texts {
		texts[i] = strings.TrimSpace(texts[i])
	}
	return texts
}

// listing collects the lines of a kernel that is being compiled.
type listing struct {
	strings.Builder
	texts []string // of the instructions
}

// begin writes what comes before the steps.
func (l *listing) begin(c *compiler) {
	fmt.Fprintf(l, "%s: portable, blocks of %d lanes\n", c.kernel.Name, block)
	for i := range c.kernel.Instrs {
		if !c.shared[i] {
			continue
		}
		kind := "once"
		if c.kernel.Instrs[i].Op == ir.Const {
			kind = "literal"
		}
		l.line(kind, ir.Value(i), fmt.Sprintf("s%d", c.scalarOf[i]), nil, c)
	}
}

// step writes the line of a step that puts its result into register d.
func (l *listing) step(c *compiler, n *node, d int) {
	result := "-"
	if d >= 0 {
		result = fmt.Sprintf("r%d", d)
	}
	kind := "lanes"
	if _, grouped := c.groups[n.root]; grouped {
		kind = "group" // several operations in one loop
	}
	l.line(kind, n.root, result, n.operand, c)
}

func (l *listing) line(kind string, v ir.Value, result string, operands []ir.Value, c *compiler) {
	var from []string
	for _, a := range operands {
		from = append(from, fmt.Sprintf("r%d", c.registerOf[a]))
	}
	text := result
	if from != nil {
		text += " <- " + strings.Join(from, " ")
	}
	fmt.Fprintf(l, "  %-7s %-24s %s\n", kind, text, l.texts[v])
}
