package amd64

import (
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"

	"synfire/internal/ir"
)

// Listing returns the machine code that runs for lanes that are elements, or for lanes that list elements: a line for
// each instruction, with its position and bytes, and what a memory operand in the frame is.
func (c *code) Listing(lanes bool) string {
	r, err := c.routine(variant{list: lanes})
	if err != nil {
		return err.Error() + "\n"
	}
	machine := r.executable.Bytes()[:r.size]
	lines, err := disassemble(machine)
	var targets []int
	for _, l := range lines {
		if l.target >= 0 {
			targets = append(targets, l.target)
		}
	}
	slices.Sort(targets)
	labels := map[int]string{}
	for k, at := range slices.Compact(targets) {
		labels[at] = fmt.Sprintf("L%d", k+1)
	}
	notes := r.notes(c.kernel)
	width := 8
	if c.vectors != AVX512 {
		width = 4
	}
	if r.compact {
		width *= 2
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %d bytes, %d lanes at once\n", c.kernel.Name, c.vectors, len(machine), width*r.groups)
	for _, l := range lines {
		if name := labels[l.at]; name != "" {
			fmt.Fprintf(&b, "%s:\n", name)
		}
		text := l.text
		if l.target >= 0 {
			text += " " + labels[l.target]
		}
		if note := notes.of(l); note != "" {
			text = fmt.Sprintf("%-58s ; %s", text, note)
		}
		fmt.Fprintf(&b, "  %5x  %-24x %s\n", l.at, machine[l.at:l.end], text)
	}
	if err != nil {
		fmt.Fprintf(&b, "  %v\n", err)
	}
	runtime.KeepAlive(r)
	return b.String()
}

// notes say what is where in a frame.
type notes struct {
	names     map[int32]string // by offset
	registers map[gpr]string   // of addresses that stay in registers
	image     []byte
}

func (r *routine) notes(k *ir.Kernel) notes {
	n := notes{names: map[int32]string{
		frameLo: "first lane", frameHi: "last lane + 1", frameEmitted: "next emitted number", frameBits: "lanes that exist",
		frameWhole: "lanes that exist", frameHalf: "lanes that exist",
	}, registers: map[gpr]string{}, image: r.image}
	address := func(p pointer, what string) {
		n.names[r.pointers.offsets[p]] = what
		if register := r.pointers.registers[p]; register != rax {
			n.registers[register] = what
		}
	}
	for v, p := range r.memory.columns {
		address(p, k.Vars[v].Name)
	}
	for i, p := range r.memory.vias {
		address(p, "numbers of "+k.Indexes[i])
	}
	for p, what := range map[pointer]string{r.memory.list: "list of lanes", r.memory.low: "addresses, low", r.memory.high: "addresses, high", r.memory.many: "occurrences"} {
		address(p, what)
	}
	return n
}

// of says what the memory operand of an instruction is: a constant of the frame, or a variable.
func (n notes) of(l line) string {
	m := l.memory
	switch {
	case m == nil:
		return ""
	case m.base != rdi:
		return n.registers[m.base]
	case n.names[m.disp] != "":
		return n.names[m.disp]
	case m.index != noIndex || m.disp < frameRest || int(m.disp)+8 > len(n.image) || l.store:
		return ""
	}
	pattern := binary.LittleEndian.Uint64(n.image[m.disp:])
	if pattern == 0 {
		return "" // zero, or a value that the code puts there
	}
	if x := math.Float64frombits(pattern); math.Abs(x) > 1e-300 && math.Abs(x) < 1e300 {
		return fmt.Sprint(x)
	}
	return fmt.Sprintf("%#x", pattern)
}
