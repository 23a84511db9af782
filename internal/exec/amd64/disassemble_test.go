package amd64

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
)

// notShown is what the GNU assembler's texts say beyond ours: sizes of memory operands, encodings, displacements of zero.
var notShown = regexp.MustCompile(`\{e?vex\} |[A-Z]+ PTR |\+0\b`)

// Every sample of the encoder is read back as its text.
func TestDisassemble(t *testing.T) {
	for name, samples := range map[string][]sample{"vectors": vectorSamples(), "masks and gathers": maskSamples(), "integers": integerSamples()} {
		for _, s := range samples {
			if strings.Contains(s.text, ".zero") {
				continue // jumps over nothing
			}
			lines, err := disassemble(s.code)
			var texts []string
			for _, l := range lines {
				texts = append(texts, l.text)
			}
			if have, want := strings.Join(texts, "\n"), notShown.ReplaceAllString(s.text, ""); err != nil || have != want {
				t.Errorf("%s: % x is %q, want %q, %v", name, s.code, have, want, err)
			}
		}
	}
}

// What is no code of ours is refused, and nothing panics.
func FuzzDisassemble(f *testing.F) {
	for _, s := range maskSamples() {
		f.Add(s.code)
	}
	f.Fuzz(func(t *testing.T, code []byte) {
		lines, err := disassemble(code)
		if n := len(lines); err == nil && len(code) > 0 && lines[n-1].end != len(code) {
			t.Errorf("%d bytes of %d were read", lines[n-1].end, len(code))
		}
	})
}

// The listings of random kernels have no instruction that is not known, and a line for every jump's target.
func TestListing(t *testing.T) {
	for _, v := range []Vectors{AVX2, AVX512} {
		executor, err := New(v, portable.Executor{})
		if err != nil {
			t.Skip(err)
		}
		rapid.Check(t, func(t *rapid.T) {
			compiled, err := executor.Compile(exectest.DrawCase(t, false).Kernel)
			if err != nil {
				t.Fatal(err)
			}
			c, ok := compiled.(*code)
			if !ok {
				return // compiled by the fallback
			}
			for _, lanes := range []bool{false, true} {
				text := c.Listing(lanes)
				if strings.Contains(text, "unknown") || strings.Contains(text, "complete") || !strings.Contains(text, " ret\n") {
					t.Fatalf("%s:\n%s", v, text)
				}
				for _, l := range strings.Split(text, "\n") {
					if at := strings.LastIndex(l, " L"); at > 0 && strings.Contains(l, " j") && !strings.Contains(text, "\n"+l[at+1:]+":\n") {
						t.Fatalf("%s: no place for %q", v, l)
					}
				}
			}
		})
	}
}

// A listing names variables and shows constants.
func TestListingNotes(t *testing.T) {
	b := ir.NewBuilder("decay")
	v := b.Var(ir.Var{Name: "v", Type: ir.F64, Index: ir.Own, Rate: ir.Varying})
	b.Store(v, b.Mul(b.Load(v), b.Float(0.375)), ir.NoValue)
	for _, vectors := range []Vectors{AVX2, AVX512} {
		executor, err := New(vectors, portable.Executor{})
		if err != nil {
			t.Skip(err)
		}
		compiled, err := executor.Compile(b.Kernel())
		if err != nil {
			t.Fatal(err)
		}
		text := compiled.(exec.Lister).Listing(false)
		for _, want := range []string{"decay: " + vectors.String(), "; v\n", "; 0.375\n", "vmulpd "} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	}
}
