// Package pace decides how often VMs look for interrupts. Only backends import it.
//
// A VM looks after a number of instructions, because that costs nothing in most loops: a thousand instructions take some
// microseconds. But one instruction can compare two strings of megabytes. So a VM whose instructions take long looks more
// often.
package pace

import (
	"time"

	"github.com/mtstates/go-mtstates/backend"
)

// Most is after how many instructions a VM looks at the latest.
const Most = 1000

const (
	slow = 10 * time.Millisecond // what instructions between two looks may take
	fast = slow / 4
)

// largeString is a length of strings that take longer to make than a VM may run without a look.
const largeString = 1 << 16

// LookSoon reports whether a VM that makes a string of a size should look before its next instruction.
func LookSoon(size int) bool { return size > largeString && backend.AnyInterrupt() }

// Pace is that of one VM. The zero value is ready.
type Pace struct {
	last time.Time
	next int
}

// Next returns after how many instructions to look again. It is called at each look.
func (p *Pace) Next() int {
	now := time.Now()
	took := now.Sub(p.last)
	p.last = now
	p.next = next(p.next, took)
	return p.next
}

// next returns how many instructions may run when the last n have taken so long.
func next(n int, took time.Duration) int {
	switch {
	case took > slow:
		return max(1, int(int64(n)*int64(slow)/int64(took)))
	case took < fast:
		return min(Most, 2*n+1)
	}
	return n
}
