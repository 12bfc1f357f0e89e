// Package memory helps adapters to estimate what the values of a VM hold. Only backends and their repairs import it.
package memory

import (
	"math/bits"
	"sync"
	"unsafe"
)

// Addresses is a set of addresses, of what a walk over the values of a VM has seen. The collector does not move objects,
// and what is in a set is reachable through the VM.
type Addresses struct {
	slots []uintptr
	count int
	shift int
}

var sets = sync.Pool{New: func() any { return new(Addresses) }}

const (
	leastSlots = 1 << 10
	manySlots  = 1 << 16 // from which on a set that had few elements is not kept
)

// NewAddresses returns an empty set. Free gives it back.
func NewAddresses() *Addresses {
	a := sets.Get().(*Addresses)
	if len(a.slots) > manySlots && a.count < len(a.slots)/8 {
		a.slots = nil
	}
	clear(a.slots)
	if a.count = 0; a.slots == nil {
		a.resize(leastSlots)
	}
	return a
}

// Free lets the set be used for another walk.
func (a *Addresses) Free() { sets.Put(a) }

func (a *Addresses) resize(size int) {
	old := a.slots
	a.slots, a.shift = make([]uintptr, size), 64-bits.TrailingZeros(uint(size))
	for _, p := range old {
		if p != 0 {
			a.slots[a.place(p)] = p
		}
	}
}

// spread is an odd number near 2^64 divided by the golden ratio, by which a multiplication spreads addresses evenly.
const spread = 0x9E3779B97F4A7C15

func (a *Addresses) place(p uintptr) int {
	i := int(uint64(p) * spread >> a.shift)
	for a.slots[i] != 0 && a.slots[i] != p {
		i = (i + 1) & (len(a.slots) - 1)
	}
	return i
}

// Add reports whether p is new in the set. Nil never is.
func (a *Addresses) Add(p unsafe.Pointer) bool { return a.AddNumber(uintptr(p)) }

// AddNumber is Add for an address that is not that of an object, such as that of a block of several.
func (a *Addresses) AddNumber(p uintptr) bool {
	if p == 0 {
		return false
	}
	i := a.place(p)
	if a.slots[i] == p {
		return false
	}
	a.slots[i] = p
	if a.count++; a.count > len(a.slots)*3/4 {
		a.resize(2 * len(a.slots))
	}
	return true
}

// Text returns how many bytes a string takes beside its header, 0 when its bytes were seen before.
func (a *Addresses) Text(s string) int {
	if !a.Add(unsafe.Pointer(unsafe.StringData(s))) {
		return 0
	}
	return (len(s) + 15) &^ 15
}
