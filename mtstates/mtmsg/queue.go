package mtmsg

import (
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// queue holds the messages of a buffer. It is an object of its own because the queue of a listener's buffer outlives
// the buffer. mu, which is the listener's if there is one, guards all fields below it.
type queue struct {
	identity
	memory
	store *Store
	feed  *feed // nil for a buffer without a listener

	mu      *sync.Mutex
	values  ring[backend.Value] // of all messages, one after the other
	extents ring[extent]        // of the messages, in the same order
	held    *held
	place   place // among the queues of the feed that have messages
	line    line
	watch   watch
	closed  bool
	aborted bool
}

// extent is the length of a message.
type extent struct{ values, bytes int }

// add appends a message, or replaces all others by it if set is true. It copies the values. It returns false if there
// is no room, and the notifier to notify.
func (q *queue) add(values []backend.Value, set bool) (added bool, notified Notifier, err error) {
	bytes := withHeader(bytesOf(values))
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.closed:
		return false, nil, q.errClosed()
	case !q.fits(bytes):
		return false, nil, q.tooLarge(q.label(), bytes)
	case !set && !q.fits(q.held.bytes+bytes):
		return false, nil, nil
	case set && !q.held.mayReplace(bytes):
		return false, nil, q.held.full()
	}
	removed := set && q.extents.count > 0
	if set {
		q.drop()
	}
	count := q.extents.count
	if !q.hand(values, bytes) {
		if set {
			q.held.put(bytes)
		} else if !q.held.add(bytes) {
			return false, nil, q.held.full()
		}
		q.values.push(q.factor(), values...)
		q.extents.push(q.factor(), extent{len(values), bytes})
	}
	q.settle()
	return true, q.watch.changed(count+1, q.extents.count, removed), nil
}

// putBack puts a message that was taken back to the front.
func (q *queue) putBack(values []backend.Value) {
	bytes := withHeader(bytesOf(values))
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || q.hand(values, bytes) {
		return
	}
	q.values.unpop(q.factor(), values...)
	q.extents.unpop(q.factor(), extent{len(values), bytes})
	q.held.put(bytes)
	if q.feed != nil { // whose turn was given to the next queue
		if q.place.taken {
			q.feed.turns.remove(q)
		}
		q.feed.turns.unpop(q)
	}
}

// hand gives a message to the thread that has waited longest, here or at the listener. It returns false if none is
// waiting.
func (q *queue) hand(values []backend.Value, bytes int) bool {
	for {
		w := q.line.first
		if q.feed != nil {
			w = longestWaiting(w, q.feed.line.first)
		}
		if w == nil {
			return false
		}
		w.leave()
		if w.memory.fits(bytes) {
			w.values = append(w.values, values...)
			w.from = q
			w.wake(nil)
			return true
		}
		w.wake(w.memory.tooLarge(readerType, bytes))
	}
}

// pop removes the oldest message, appends its values to dst, and returns the notifier to notify. The queue must not be
// empty.
func (q *queue) pop(dst []backend.Value) ([]backend.Value, Notifier) {
	e := q.extents.pop1()
	q.held.put(-e.bytes)
	return q.values.pop(dst, e.values), q.watch.shrank(q.extents.count)
}

// drop removes all messages. The caller calls settle.
func (q *queue) drop() {
	q.values.clear()
	q.extents.clear()
	q.held.put(-q.held.bytes)
}

// clear removes all messages of an open queue, and returns the notifier to notify.
func (q *queue) clear() (Notifier, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return nil, q.errClosed()
	}
	if q.extents.count == 0 {
		return nil, nil
	}
	q.drop()
	q.settle()
	return q.watch.shrank(0), nil
}

// close drops the messages and ends all waits; the lock is held. It returns false if the queue was closed before.
func (q *queue) close() bool {
	if q.closed {
		return false
	}
	q.closed = true
	q.drop()
	q.settle()
	q.values, q.extents = ring[backend.Value]{}, ring[extent]{}
	q.line.dismiss(q.errClosed())
	q.watch = watch{}
	return true
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
