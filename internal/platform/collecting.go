package platform

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// CollectAbove lets the Go heap grow to some size before it is collected, and beyond it as far as usual: to twice what was
// alive. Without it the collector runs after every few megabytes of garbage as long as little is alive, as in a script that
// computes with arrays in a loop. Whoever set GOGC gets what they asked for. CollectAbove is for the main function of a program.
func CollectAbove(size uint64) {
	usual := debug.SetGCPercent(100)
	if usual != 100 {
		debug.SetGCPercent(usual)
		return
	}
	collector := &collecting{size: size, live: []metrics.Sample{{Name: "/gc/heap/live:bytes"}}, percent: 100}
	collector.adapt()
}

// smallestHeap is what the heap grows to at 100 per cent, if less than half of it is alive.
const smallestHeap = 4 << 20

type collecting struct {
	size    uint64
	live    []metrics.Sample
	percent int
}

// cycle is garbage as soon as it is made, so that each collection finds it.
type cycle struct{ of *collecting }

// adapt sets what the heap may grow by until the next collection, and is called again after that.
func (c *collecting) adapt() {
	metrics.Read(c.live)
	live := c.live[0].Value.Uint64()
	percent := 100
	if live < c.size/2 {
		// What little is alive counts as smallestHeap.
		percent = int(100 * (c.size - live) / max(live, smallestHeap))
	}
	if percent != c.percent {
		c.percent = percent
		debug.SetGCPercent(percent)
	}
	runtime.SetFinalizer(&cycle{c}, func(x *cycle) { x.of.adapt() })
}
