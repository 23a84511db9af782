package platform

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// A loop that makes garbage is collected seldom below the size, and the heap does not grow far beyond it.
func TestCollectAbove(t *testing.T) {
	if before := debug.SetGCPercent(100); before != 100 {
		debug.SetGCPercent(before)
		t.Skipf("GOGC is %d", before)
	}
	churn := func() (collections uint32, largest uint64) {
		runtime.GC()
		var before, now runtime.MemStats
		runtime.ReadMemStats(&before)
		for range 400 {
			for range 10 {
				garbage = make([]byte, 100_000)
			}
			runtime.ReadMemStats(&now)
			largest = max(largest, now.HeapAlloc)
			time.Sleep(10 * time.Microsecond) // finalizers run
		}
		return now.NumGC - before.NumGC, largest
	}
	often, _ := churn()
	const size = 64 << 20
	CollectAbove(size)
	seldom, largest := churn()
	if often < 40 || seldom > often/4 {
		t.Errorf("%d collections with a floor, %d without", seldom, often)
	}
	if largest > size*3/2 {
		t.Errorf("the heap grew to %d MB", largest>>20)
	}
}

var garbage []byte
