package mtstates

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
)

// TestCollectorFloor counts the cycles that much garbage causes beside a small live heap.
func TestCollectorFloor(t *testing.T) {
	t.Setenv("GOGC", "")
	const floor, garbage = 64 << 20, 512 << 20
	cycles := func() uint64 {
		runtime.GC()
		before := allCycles()
		for range garbage >> 16 {
			escaped = make([]byte, 1<<16)
		}
		escaped = nil
		return allCycles() - before
	}
	restore := SetCollectorFloor(floor)
	defer restore()
	runtime.GC()
	// The first cycles may come before the floor was adapted to the live heap.
	if n := cycles(); n > 2*garbage/floor {
		t.Errorf("%d cycles for %d MB of garbage with a floor of %d MB", n, garbage>>20, floor>>20)
	}
	restore()
	restore()
	if percent := debug.SetGCPercent(100); percent != 100 {
		t.Errorf("the percentage is %d afterwards", percent)
	}
	if n := cycles(); n < 3*garbage/floor {
		t.Errorf("only %d cycles without a floor", n)
	}
}

func TestCollectorFloorKeepsGOGC(t *testing.T) {
	t.Setenv("GOGC", "50")
	before := debug.SetGCPercent(50)
	defer debug.SetGCPercent(before)
	SetCollectorFloor(DefaultCollectorFloor)()
	if percent := debug.SetGCPercent(50); percent != 50 {
		t.Errorf("the percentage is %d, although GOGC is set", percent)
	}
}

func TestCollectorFloorKeepsOff(t *testing.T) {
	t.Setenv("GOGC", "")
	before := debug.SetGCPercent(-1)
	defer debug.SetGCPercent(before)
	SetCollectorFloor(DefaultCollectorFloor)()
	if percent := debug.SetGCPercent(-1); percent != -1 {
		t.Errorf("the percentage is %d, although the program had turned the collector off", percent)
	}
}

var escaped []byte

func allCycles() uint64 {
	sample := []metrics.Sample{{Name: "/gc/cycles/total:gc-cycles"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
