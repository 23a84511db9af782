package script

import "testing"

// TestEveryInstructionHasAName keeps the printer in step with the machine.
func TestEveryInstructionHasAName(t *testing.T) {
	if got, want := len(opcodeNames), int(opTimeIt)+1; got != want {
		t.Fatalf("%d names for %d instructions", got, want)
	}
	for op, name := range map[opcode]string{opConst: "const", opSwap: "swap", opReadInPlace: "read-inplace", opCall: "call", opTry: "try", opTimeIt: "timeit"} {
		if opcodeNames[op] != name {
			t.Errorf("instruction %d is named %q, want %q", op, opcodeNames[op], name)
		}
	}
}
