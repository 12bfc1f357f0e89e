package mtstates

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// DefaultCollectorFloor is the floor for [SetCollectorFloor] that mtlua uses, in bytes.
const DefaultCollectorFloor = 64 << 20

// SetCollectorFloor lets Go's collector start its next cycles only when the heap has at least floor bytes. Go starts them
// when the heap has doubled, and from 4 MB on, so that a program whose states hold a few megabytes, and make garbage
// quickly, is collected hundreds of times a second; then several threads do not run as fast as there are processors.
//
// The floor is a setting of the whole process, so it is for programs to choose, not for libraries. Above the floor Go's
// own rule holds. If the environment variable GOGC is set, SetCollectorFloor does nothing; GOMEMLIMIT and
// [debug.SetMemoryLimit] go on to hold. Programs that call [debug.SetGCPercent] themselves have no use for it.
//
// It returns a function that gives back the setting of before. That may be called several times; a second floor should be
// set only after the first one was taken back.
func SetCollectorFloor(floor int64) (restore func()) {
	if os.Getenv("GOGC") != "" || floor <= 0 {
		return func() {}
	}
	c := &collectorFloor{bytes: floor}
	c.mu.Lock()
	defer c.mu.Unlock()
	// Before the first cycle Go compares with this share of 4 MB; after it with the live heap.
	c.current = percent(float64(floor) / goMinimum)
	c.before = debug.SetGCPercent(c.current)
	if c.before < 0 || c.before > c.current { // the program wants fewer cycles than the floor, or none
		debug.SetGCPercent(c.before)
		return func() {}
	}
	c.wait()
	return c.restore
}

// goMinimum is the size of the heap at which Go starts its first cycle while the percentage is 100.
const goMinimum = 4 << 20

// collectorFloor adapts Go's percentage after each cycle, so that the next one starts at the floor.
type collectorFloor struct {
	bytes int64

	mu      sync.Mutex
	before  int // the percentage of the program
	current int
	over    bool
}

// wait calls adapt after the next cycle.
func (c *collectorFloor) wait() {
	// An object of its own, which nothing refers to, is gone after the next cycle. It has a pointer, because the smallest
	// objects without pointers share their memory with others.
	sentinel := &struct{ self *collectorFloor }{}
	runtime.AddCleanup(sentinel, func(c *collectorFloor) { c.adapt() }, c)
}

func (c *collectorFloor) adapt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		return
	}
	defer c.wait()
	live := max(liveHeap(), 1)
	wanted := max(percent(float64(c.bytes)/float64(live)-1), c.before)
	// Setting it stops the program for a moment, so small differences stay.
	if difference := math.Abs(float64(wanted - c.current)); difference*10 > float64(c.current) {
		debug.SetGCPercent(wanted)
		c.current = wanted
	}
}

func (c *collectorFloor) restore() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.over {
		c.over = true
		debug.SetGCPercent(c.before)
	}
}

// percent returns a ratio as a percentage that SetGCPercent takes.
func percent(ratio float64) int { return int(min(max(ratio*100, 1), 1e6)) }

// liveHeap returns the bytes that the last cycle found in use.
func liveHeap() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}
