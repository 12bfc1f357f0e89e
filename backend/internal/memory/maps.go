package memory

import (
	"math/bits"
	"sync"
	"unsafe"
)

// goMap and goTable mirror the heads of Go's maps.
type goMap struct {
	used, seed uint64
	dir        unsafe.Pointer
	dirLen     int
}

type goTable struct {
	_, capacity, _ uint16
	_              uint8
	index          int
}

const (
	groupSlots = 8  // of the smallest map
	mapHead    = 48 // bytes of the head of a map, and of each of its tables
	tableSlots = 1024
)

// OfMap returns about how many bytes the map at p takes, whose keys and values together take slot bytes. Its room counts,
// which does not shrink when entries are deleted.
func OfMap(p unsafe.Pointer, slot int) int {
	if p == nil {
		return 0
	}
	slots := mapSlots((*goMap)(p))
	return mapHead + slots*(slot+1) + slots/tableSlots*mapHead
}

// mapSlots returns how many entries a map has room for.
func mapSlots(m *goMap) int {
	if !mapsKnown() {
		return slotsFor(int(m.used)) // which the builtin len reads as well
	}
	return slotsOf(m)
}

// slotsOf is mapSlots for a map as goMap mirrors it.
func slotsOf(m *goMap) (slots int) {
	switch {
	case m.dir == nil:
		return 0
	case m.dirLen == 0:
		return groupSlots
	}
	for i, t := range unsafe.Slice((**goTable)(m.dir), m.dirLen) {
		if t.index == i { // otherwise it stands in the directory a second time
			slots += int(t.capacity)
		}
	}
	return slots
}

// slotsFor is the least room for n entries: a map is at most seven eighths full.
func slotsFor(n int) int {
	if n <= groupSlots {
		return groupSlots
	}
	return 1 << bits.Len(uint((n*8+6)/7-1))
}

// mapsKnown is set when the maps of this version of Go are as the types above mirror them. Otherwise a map that was filled
// and emptied counts as an empty one.
var mapsKnown = sync.OnceValue(func() bool {
	for _, probe := range []struct{ hint, entries, slots int }{{8, 3, 8}, {100, 0, 128}, {0, 100, 128}, {1 << 14, 5, 1 << 15}} {
		m := make(map[int]int, probe.hint)
		for i := range probe.entries {
			m[i] = i
		}
		head := *(**goMap)(unsafe.Pointer(&m))
		if head.used != uint64(probe.entries) || head.dirLen < 0 || head.dirLen > 1<<20 || slotsOf(head) != probe.slots {
			return false
		}
	}
	return true
})
