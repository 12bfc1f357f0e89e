package mtmsg

import (
	"sync"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// queue holds the messages of a buffer. It is an object of its own because the queue of a listener's buffer outlives
// the buffer. mu, which is the listener's if there is one, guards all fields below it.
type queue struct {
	identity
	memory
	store *Store
	feed  *feed // nil for a buffer without a listener

	mu      *sync.Mutex
	orphan  bool                // the buffer has expired
	values  ring[backend.Value] // of all messages, one after the other
	extents ring[extent]        // of the messages, in the same order
	added   uint64              // the number of messages that were ever added or set
	laden   int                 // the number of messages that hold handles
	held    *held
	place   place // among the queues of the feed that have messages
	line    line
	watch   watch
	closed  bool
	aborted bool
}

// extent is the length of a message.
type extent struct {
	values, bytes int
	held          *cargo
}

// cargo are the handles that a message from a VM holds, nil if there are none. They are released with the message.
type cargo struct{ handles []*owner.Handle }

// list returns the handles; c may be nil.
func (c *cargo) list() []*owner.Handle {
	if c == nil {
		return nil
	}
	return c.handles
}

// release releases the handles; c may be nil. No lock of a buffer or listener is held.
func (c *cargo) release() { owner.Release(c.list()...) }

// message is a message on its way.
type message struct {
	values []backend.Value
	bytes  int // that it counts
	held   *cargo
}

// messageOf returns a message with values that were read from a VM.
func messageOf(values []backend.Value) message { return measured(values).message(values) }

// messageFrom returns a message with values of Go code, which may still use the handles in them.
func messageFrom(values []backend.Value) message {
	return message{values: values, bytes: withHeader(measured(values).bytes)}
}

// message returns the message with the values that were measured.
func (m measure) message(values []backend.Value) message {
	message := message{values: values, bytes: withHeader(m.bytes)}
	if len(m.held) > 0 {
		message.held = &cargo{m.held}
	}
	return message
}

// change is what a change of a queue leads to, when its lock is free.
type change struct {
	notified Notifier // nil if none is to be notified
	dropped  []*owner.Handle
}

// add appends a message, or replaces all others by it if set is true. It copies the values. It returns false if there
// is no room.
func (q *queue) add(m message, set bool) (added bool, c change, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.closed:
		return false, c, q.errClosed()
	case !q.fits(m.bytes):
		return false, c, q.tooLarge(q.label(), m.bytes)
	case !set && !q.fits(q.held.bytes+m.bytes):
		return false, c, nil
	case set && !q.held.mayReplace(m.bytes):
		return false, c, q.held.full()
	}
	removed := set && q.extents.count > 0
	if set {
		c.dropped = q.drop()
	}
	count := q.extents.count
	if !q.hand(m) {
		if set {
			q.held.put(m.bytes)
		} else if !q.held.add(m.bytes) {
			return false, c, q.held.full()
		}
		q.values.push(q.factor(), m.values...)
		q.extents.push(q.factor(), extent{len(m.values), m.bytes, m.held})
		q.count(m.held)
	}
	q.added++
	q.settle()
	c.notified = q.watch.changed(count+1, q.extents.count, removed)
	return true, c, nil
}

// count counts a message that was added, if it holds handles.
func (q *queue) count(held *cargo) {
	if held != nil {
		q.laden++
	}
}

// putBack puts a message that was taken back to the front.
func (q *queue) putBack(m message) {
	if !q.putFirst(m) {
		m.held.release()
	}
}

// putFirst is putBack. It returns false if the queue was closed.
func (q *queue) putFirst(m message) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	if q.hand(m) {
		return true
	}
	if q.hand(m) {
		return true
	}
	q.values.unpop(q.factor(), m.values...)
	q.extents.unpop(q.factor(), extent{len(m.values), m.bytes, m.held})
	q.held.put(m.bytes)
	q.count(m.held)
	if q.feed != nil { // whose turn was given to the next queue
		if q.place.taken {
			q.feed.turns.remove(q)
		}
		q.feed.turns.unpop(q)
	}
	return true
}

// hand gives a message to the thread that has waited longest, here or at the listener. It returns false if none is
// waiting.
func (q *queue) hand(m message) bool {
	for {
		w := q.line.first
		if q.feed != nil {
			w = longestWaiting(w, q.feed.line.first)
		}
		if w == nil {
			return false
		}
		w.leave()
		if w.memory.fits(m.bytes) {
			w.message = message{append(w.message.values, m.values...), m.bytes, m.held}
			w.from = q
			w.wake(nil)
			return true
		}
		w.wake(w.memory.tooLarge(readerType, m.bytes))
	}
}

// pop removes the oldest message, appends its values to dst, and returns the notifier to notify. The queue must not be
// empty.
func (q *queue) pop(dst []backend.Value) (message, Notifier) {
	e := q.extents.pop1()
	q.held.put(-e.bytes)
	if e.held != nil {
		q.laden--
	}
	return message{q.values.pop(dst, e.values), e.bytes, e.held}, q.watch.shrank(q.extents.count)
}

// drop removes all messages and returns the handles that they held. The caller calls settle.
func (q *queue) drop() (dropped []*owner.Handle) {
	for q.laden > 0 {
		if e := q.extents.pop1(); e.held != nil {
			dropped = append(dropped, e.held.handles...)
			q.laden--
		}
	}
	q.values.clear()
	q.extents.clear()
	q.held.put(-q.held.bytes)
	return dropped
}

// clear removes all messages of an open queue.
func (q *queue) clear() (c change, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return c, q.errClosed()
	}
	if q.extents.count == 0 {
		return c, nil
	}
	c.dropped = q.drop()
	q.settle()
	c.notified = q.watch.shrank(0)
	return c, nil
}

// close drops the messages and ends all waits; the lock is held. It returns the handles that the queue held. Closing again
// does nothing.
func (q *queue) close() (dropped []*owner.Handle) {
	if q.closed {
		return nil
	}
	q.closed = true
	dropped = q.drop()
	q.settle()
	q.values, q.extents = ring[backend.Value]{}, ring[extent]{}
	q.line.dismiss(q.errClosed())
	if q.watch.held != nil {
		dropped = append(dropped, q.watch.held)
	}
	q.watch = watch{}
	return dropped
}

// The methods of source.

func (q *queue) lock() *sync.Mutex { return q.mu }

func (q *queue) waiting() *line { return &q.line }

func (q *queue) usable() error {
	switch {
	case q.closed:
		return q.errClosed()
	case q.aborted || q.store.Aborted():
		return q.errAborted()
	}
	return nil
}

func (q *queue) oldest() *queue {
	if q.extents.count == 0 {
		return nil
	}
	return q
}

func (q *queue) took(*queue) { q.settle() }

func (q *queue) hopeless() error { return nil }
