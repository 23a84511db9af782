package synfire_test

import (
	"os"
	"runtime"
	"slices"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"synfire"
	"synfire/units"
)

// TestCostOfRecording prints what recording costs beside the floor that memory sets: the time that a plain loop takes to write as
// many bytes to memory that nobody has touched. Times are those of the processor, user and system, which other load
// disturbs least, of one thread.
func TestCostOfRecording(t *testing.T) {
	if os.Getenv("SYNFIRE_LONG") == "" {
		t.Skip("measures; set SYNFIRE_LONG=1 to run it")
	}
	const n, steps, repeats = 10_000, 10_000, 3
	processor := func() float64 {
		var usage unix.Rusage
		if err := unix.Getrusage(unix.RUSAGE_THREAD, &usage); err != nil {
			t.Fatal(err)
		}
		return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	run := func(variables ...string) (seconds float64, bytes int) {
		net, m, names := newCandidates(t, n, 1, variables...)
		begin := processor()
		if err := net.Run(t.Context(), units.Second.Of(steps*1e-4), synfire.RunOptions{Names: names}); err != nil {
			t.Fatal(err)
		}
		if m != nil {
			bytes = m.Bytes()
		}
		return processor() - begin, bytes
	}
	write := func(bytes, advice int) float64 {
		memory, err := unix.Mmap(-1, 0, bytes, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
		if err != nil {
			t.Fatal(err)
		}
		if err := unix.Madvise(memory, advice); err != nil {
			t.Fatal(err)
		}
		words := unsafe.Slice((*uint64)(unsafe.Pointer(&memory[0])), bytes/8)
		begin := processor()
		for i := range words {
			words[i] = uint64(i)
		}
		seconds := processor() - begin
		if err := unix.Munmap(memory); err != nil {
			t.Fatal(err)
		}
		return seconds
	}
	var without, with, huge, small, rawHuge, rawSmall []float64
	var bytes int
	raw := 2 * 8 * n * steps
	for range repeats {
		seconds, _ := run()
		without = append(without, seconds)
		seconds, bytes = run("v", "w")
		with = append(with, seconds)
		huge = append(huge, write(bytes, unix.MADV_HUGEPAGE))
		small = append(small, write(bytes, unix.MADV_NOHUGEPAGE))
		rawHuge = append(rawHuge, write(raw, unix.MADV_HUGEPAGE))
		rawSmall = append(rawSmall, write(raw, unix.MADV_NOHUGEPAGE))
	}
	median := func(list []float64) float64 {
		slices.Sort(list)
		return list[len(list)/2]
	}
	t.Logf("%d neurons, %d steps, v and w: medians of %d", n, steps, repeats)
	t.Logf("without recording       %.2f s", median(without))
	t.Logf("with recording          %.2f s", median(with))
	t.Logf("what it keeps           %.2f GB instead of %.2f GB", float64(bytes)/1e9, float64(raw)/1e9)
	t.Logf("writing as many bytes   %.2f s with huge pages, %.2f s without", median(huge), median(small))
	t.Logf("writing them unpacked   %.2f s with huge pages, %.2f s without", median(rawHuge), median(rawSmall))
}
