package amd64

import (
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"synfire/internal/exec"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
	"synfire/internal/rng"
)

var updateNormals = flag.Bool("update-normals", false, "write the last section of docs/accuracy.md from this run")

// normals gathers what is counted of standard normal numbers.
type normals struct {
	n       float64
	moments [5]float64
	beyond  [7]float64 // how many are farther from 0 than 0, 1, ... 6
	cells   [16 * cellsPerUnit]float64
	beside  float64 // products with the number of the element before
	since   float64 // products with the number of the same element in the step before
}

const cellsPerUnit = 64 // cells of the histogram, from -8 to 8

func (s *normals) add(xs, before []float64) {
	var sums [5]float64
	var beside, since float64
	for i, x := range xs {
		square := x * x
		sums[1] += x
		sums[2] += square
		sums[3] += x * square
		sums[4] += square * square
		if i > 0 {
			beside += x * xs[i-1]
		}
		if before != nil {
			since += x * before[i]
		}
		s.cells[min(max(int((x+8)*cellsPerUnit), 0), len(s.cells)-1)]++
		for k := int(math.Abs(x)); k > 1; k-- {
			s.beyond[min(k, 6)]++
			if k > 6 {
				k = 6
			}
		}
	}
	s.n += float64(len(xs))
	for k := range sums {
		s.moments[k] += sums[k]
	}
	s.beside += beside
	s.since += since
}

// statistic is standard normal, save for rare events, if the numbers are.
type statistic struct {
	name string
	z    float64
}

func (s *normals) statistics() []statistic {
	n := s.n
	list := []statistic{
		{"mean", s.moments[1] / math.Sqrt(n)},
		{"variance", (s.moments[2] - n) / math.Sqrt(2*n)},
		{"third moment", s.moments[3] / math.Sqrt(15*n)},
		{"fourth moment", (s.moments[4] - 3*n) / math.Sqrt(96*n)},
	}
	for k := 2; k <= 6; k++ {
		if p := math.Erfc(float64(k) / math.Sqrt2); n*p > 10 {
			list = append(list, statistic{fmt.Sprintf("beyond ±%d", k), (s.beyond[k] - n*p) / math.Sqrt(n*p*(1-p))})
		}
	}
	upTo := func(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }
	square, cells := 0.0, 0.0
	have, want := 0.0, 0.0 // of neighbours that are joined until enough is expected
	for c := range s.cells {
		low := float64(c)/cellsPerUnit - 8
		have += s.cells[c]
		want += n * (upTo(low+1.0/cellsPerUnit) - upTo(low))
		if want > 100 {
			square += (have - want) * (have - want) / want
			cells++
			have, want = 0, 0
		}
	}
	return append(list,
		statistic{fmt.Sprintf("chi-square of %g cells", cells), (square - cells) / math.Sqrt(2*cells)},
		statistic{"correlation of neighbours", s.beside / math.Sqrt(n)},
		statistic{"correlation of steps", s.since / math.Sqrt(n)})
}

// Numbers that machine code draws are normally distributed and independent. They are always the same, so a statistic
// beyond 4 standard errors (1 in 16 000) is there for ever or never.
func TestNormals(t *testing.T) {
	count := 10_000_000
	if os.Getenv("SYNFIRE_LONG") != "" {
		count = 1_000_000_000
	}
	best, ok := Best()
	if !ok {
		t.Skip("no machine code on this machine")
	}
	executor, err := New(best, portable.Executor{})
	if err != nil {
		t.Skip(err)
	}
	b := ir.NewBuilder("normals")
	b.Store(b.Var(ir.Var{Name: "x", Type: ir.F64, Rate: ir.Varying}), b.Randn(b.Site("draw")), ir.NoValue)
	compiled, err := executor.Compile(ir.Optimize(b.Kernel()))
	if err != nil {
		t.Fatal(err)
	}
	const elements = 10_000
	binding := &exec.Binding{Columns: []exec.Column{{F64: make([]float64, elements)}}, Keys: []uint64{rng.Key(4022, 0, "neurongroup", 0, "draw")}}
	var s normals
	var before []float64
	for binding.Step = 0; int(binding.Step) < count/elements; binding.Step++ {
		compiled.Run(binding, 0, elements)
		s.add(binding.Columns[0].F64, before)
		before = append(before[:0], binding.Columns[0].F64...)
	}
	var table strings.Builder
	fmt.Fprintf(&table, normalsText, count)
	for _, statistic := range s.statistics() {
		t.Logf("%-28s %7.3f standard errors", statistic.name, statistic.z)
		if !(math.Abs(statistic.z) < 4) {
			t.Errorf("%s is off by %.3f standard errors", statistic.name, statistic.z)
		}
		fmt.Fprintf(&table, "| %s | %.2f |\n", statistic.name, statistic.z)
	}
	if *updateNormals {
		const page = "../../../docs/accuracy.md"
		old, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		rest, _, _ := strings.Cut(string(old), "\n## Normal random numbers")
		if err := os.WriteFile(page, []byte(rest+"\n"+table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const normalsText = `## Normal random numbers

%d numbers of one draw site, 10 000 neurons a step, made by machine code. Each row would be a standard normal number
if the numbers were exactly normal and independent; beyond 4 it would be remarkable.

    SYNFIRE_LONG=1 go test ./internal/exec/amd64 -run TestNormals -timeout 60m -update-normals -v

| statistic | standard errors |
|---|--:|
`
