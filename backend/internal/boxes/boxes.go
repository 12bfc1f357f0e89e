// Package boxes remembers strings as Go interfaces. Only backends import it.
package boxes

import (
	"strings"
	"sync/atomic"
	"unsafe"
)

// The VM has a string as a Go interface, for which a string of another kind of VM is allocated once more. Those that cross
// again and again, such as the names of fields, are remembered by their place in memory. All states share them.

const (
	boxSlots  = 1024 // a power of 2
	maxBoxed  = 64   // bytes of a string that is remembered
	slotShift = 3
)

type box struct {
	text  string // a copy, which keeps no longer string alive
	value any    // the same
}

var (
	boxes [boxSlots]atomic.Pointer[box]
	// lastSeen has the addresses of the strings that came last: only what comes again is worth a box.
	lastSeen [boxSlots]atomic.Uintptr
)

// Of returns a string as a VM has it whose strings are Go interfaces. Any goroutine may call it.
func Of(text string) any {
	if len(text) == 0 || len(text) > maxBoxed {
		return text
	}
	address := uintptr(unsafe.Pointer(unsafe.StringData(text)))
	slot := (address>>slotShift ^ uintptr(len(text))) % boxSlots
	if b := boxes[slot].Load(); b != nil && b.text == text {
		return b.value
	}
	if lastSeen[slot].Load() != address {
		lastSeen[slot].Store(address)
		return text
	}
	b := &box{text: strings.Clone(text)}
	b.value = b.text
	boxes[slot].Store(b)
	return b.value
}
