package mtmsg

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/mtstates/go-mtstates/backend"
)

// line has the threads that wait for messages of one source, in order of arrival. The source's lock guards it.
type line struct{ first, last *waiter }

// waiter is a waiting thread. Whoever takes it off its line fills it in and then wakes it.
type waiter struct {
	line       *line // nil if it is on none
	prev, next *waiter
	ticket     uint64        // greater than those of earlier waiters
	memory     memory        // larger messages are not for this waiter
	ready      chan struct{} // of capacity 1
	timer      *time.Timer   // nil until it is needed
	message    message       // what it gets; until then the memory for its values
	from       *queue        // where the message comes from, nil without one
	err        error
}

// lastTicket makes waiters of different lines comparable.
var lastTicket atomic.Uint64

var waiters = sync.Pool{New: func() any { return &waiter{ready: make(chan struct{}, 1)} }}

// newWaiter returns a waiter that is on no line. The values of its message will be appended to dst.
func newWaiter(dst []backend.Value, room memory) *waiter {
	w := waiters.Get().(*waiter)
	w.message.values, w.memory = dst, room
	return w
}

// free returns a waiter to the pool. It must be on no line, with no wake-up pending.
func (w *waiter) free() {
	*w = waiter{ready: w.ready, timer: w.timer}
	waiters.Put(w)
}

func (w *waiter) startTimer(d time.Duration) <-chan time.Time {
	if w.timer == nil {
		w.timer = time.NewTimer(d)
	} else {
		w.timer.Reset(d)
	}
	return w.timer.C
}

// wake ends the wait of a waiter that has left its line.
func (w *waiter) wake(err error) {
	w.err = err
	w.ready <- struct{}{}
}

// join puts a waiter at the end of the line.
func (l *line) join(w *waiter) {
	w.line, w.prev, w.ticket = l, l.last, lastTicket.Add(1)
	if l.last == nil {
		l.first = w
	} else {
		l.last.next = w
	}
	l.last = w
}

// leave takes a waiter off its line.
func (w *waiter) leave() {
	l := w.line
	if w.prev == nil {
		l.first = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		l.last = w.prev
	} else {
		w.next.prev = w.prev
	}
	w.line, w.prev, w.next = nil, nil, nil
}

// dismiss ends all waits with an error.
func (l *line) dismiss(err error) {
	for l.first != nil {
		w := l.first
		w.leave()
		w.wake(err)
	}
}

// length counts the waiters.
func (l *line) length() (n int) {
	for w := l.first; w != nil; w = w.next {
		n++
	}
	return n
}

// longestWaiting returns the waiter that arrived first; each may be nil.
func longestWaiting(a, b *waiter) *waiter {
	if a == nil || b != nil && b.ticket < a.ticket {
		return b
	}
	return a
}
