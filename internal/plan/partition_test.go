package plan

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"synfire/internal/exec"
)

func TestDivide(t *testing.T) {
	for _, test := range []struct {
		load    Load
		threads int
		want    int
	}{
		{Load{}, 4, 1},
		{Load{Elements: 511, Connected: true}, 4, 1},
		{Load{Elements: 512, Connected: true}, 4, 2},
		{Load{Elements: 1e6, Bytes: 1e8, Connected: true}, 4, 4},
		// Without synapses parts are as small as the cache, and as many for each thread.
		{Load{Elements: 1e6, Bytes: 11 * cacheful}, 4, 8},
		{Load{Elements: 1e6, Bytes: cacheful}, 4, 4},
	} {
		if got := Divide(test.load, test.threads, 8); got != (Partition{test.want, 8}) {
			t.Errorf("%+v with %d threads: %+v, want %d parts", test.load, test.threads, got, test.want)
		}
	}
}

// Every element has one part, parts follow one another, and where there is room for it they begin at multiples of the
// alignment.
func TestPartition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Partition{rapid.IntRange(1, 9).Draw(t, "parts"), 8}
		n := rapid.IntRange(0, 300).Draw(t, "elements")
		bounds := p.Even(n)
		if rapid.Bool().Draw(t, "weighted") {
			bounds = p.Weighted(rapid.SliceOfN(rapid.Float64Range(0, 10), n, n).Draw(t, "weights"))
		}
		owners := bounds.Owners()
		if len(bounds) != p.Parts+1 || bounds[0] != 0 || bounds[p.Parts] != n || !slices.IsSorted(bounds) || len(owners) != n {
			t.Fatalf("bounds %v, %d owners", bounds, len(owners))
		}
		for part := range p.Parts {
			if n >= p.Parts*p.Alignment && bounds[part]%p.Alignment != 0 && bounds[part] < n {
				t.Errorf("part %d begins at %d", part, bounds[part])
			}
			for k := bounds[part]; k < bounds[part+1]; k++ {
				if int(owners[k]) != part {
					t.Errorf("element %d of part %d belongs to part %d", k, part, owners[k])
				}
			}
		}
		start := rapid.IntRange(0, n).Draw(t, "start")
		stop := rapid.IntRange(start, n).Draw(t, "stop")
		within := bounds.Within(start, stop)
		for k := range n {
			part := int(owners[k])
			if got, want := within[part] <= k && k < within[part+1], start <= k && k < stop; got != want {
				t.Errorf("element %d in part %d of %v: %v, want %v", k, part, within, got, want)
			}
		}
		if n == 0 {
			return
		}
		of := rapid.SliceOf(rapid.Int32Range(0, int32(n-1))).Draw(t, "of")
		lanes := bounds.Lanes(of)
		if (lanes == nil) != (p.Parts == 1) {
			t.Fatalf("lanes %v of %d parts", lanes, p.Parts)
		}
		found := 0
		for part, list := range lanes {
			found += len(list)
			for at, k := range list {
				if int(owners[of[k]]) != part || at > 0 && list[at-1] >= k {
					t.Errorf("part %d has %v", part, list)
				}
			}
		}
		if lanes != nil && found != len(of) {
			t.Errorf("parts have %d of %d", found, len(of))
		}
	})
}

// Elements that weigh more make their part smaller; parts weigh the same but for one element and the alignment.
func TestWeighted(t *testing.T) {
	weights := slices.Concat(slices.Repeat([]float64{3}, 1000), slices.Repeat([]float64{1}, 1000))
	for _, test := range []struct {
		parts, alignment int
		want             Cut
	}{
		{1, 8, Cut{0, 2000}},
		{2, 1, Cut{0, 667, 2000}},
		{2, 64, Cut{0, 640, 2000}},
		{4, 8, Cut{0, 336, 664, 1000, 2000}},
		{3, 1024, Cut{0, 445, 889, 2000}}, // too few elements to align
	} {
		if got := (Partition{test.parts, test.alignment}).Weighted(weights); !slices.Equal(got, test.want) {
			t.Errorf("%d parts that begin at multiples of %d: %v, want %v", test.parts, test.alignment, got, test.want)
		}
	}
}

func TestCopies(t *testing.T) {
	column := exec.Column{F64: []float64{1, 2, 3, 4}}
	other := exec.Column{F64: []float64{1, 2, 3, 4}}
	copies := Partition{Parts: 3}.Copy(column)
	for part := range 3 {
		own, found := copies.Part(part, column)
		if !found || part > 0 && own.SameMemory(column) || part == 0 && !own.SameMemory(column) {
			t.Fatalf("part %d has %v", part, own)
		}
		own.F64[part] = float64(10 * part)
	}
	if _, found := copies.Part(1, other); found {
		t.Error("another column was taken for the copied one")
	}
	copies.Collect([]int32{0, 1, 2, 1})
	if want := []float64{0, 10, 20, 4}; !slices.Equal(column.F64, want) {
		t.Errorf("collected %v, want %v", column.F64, want)
	}
}
