package mtmsg

import (
	"sync"
	"weak"
)

// feed is the part of a listener that its buffers know: the order in which their messages arrived. Its lock also guards
// the queues of the buffers.
type feed struct {
	identity
	store *Store

	mu sync.Mutex
	// order has an entry for each message, which names its queue. The entries of a queue are in the order of its
	// messages. When a message leaves a queue in another way, the queue's skip counts its stale entries.
	order   ring[*queue]
	stale   int
	buffers map[weak.Pointer[Buffer]]struct{}
	line    line
	closed  bool
	aborted bool
}

// manyStale is the number of stale entries from which on a cleanup pays.
const manyStale = 64

// outdate records that n of the oldest messages of a queue are gone. An order that is mostly stale is rebuilt.
func (f *feed) outdate(q *queue, n int) {
	q.skip += n
	f.stale += n
	if f.stale < manyStale || f.stale < f.order.count/2 {
		return
	}
	var order ring[*queue]
	for f.order.count > 0 {
		if q := f.order.pop1(); !f.passed(q) {
			order.push(defaultGrow, q)
		}
	}
	f.order = order
}

// passed consumes one stale entry of a queue, if there is one.
func (f *feed) passed(q *queue) bool {
	if q.skip == 0 {
		return false
	}
	q.skip--
	f.stale--
	return true
}

// join adds a buffer to the listener. The lock is held.
func (f *feed) join(b *Buffer) error {
	if f.closed {
		return f.errClosed()
	}
	if f.buffers == nil {
		f.buffers = map[weak.Pointer[Buffer]]struct{}{}
	}
	f.buffers[weak.Make(b)] = struct{}{}
	return nil
}

// part removes a buffer that is closed or dead, and ends the waits if it was the last one. The lock is held.
func (f *feed) part(w weak.Pointer[Buffer]) {
	delete(f.buffers, w)
	if len(f.buffers) == 0 {
		f.line.dismiss(f.errNoBuffers())
	}
}

// lost is part, called by the cleanup of a dead buffer.
func (f *feed) lost(w weak.Pointer[Buffer]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.part(w)
}

// clearAll removes all messages and returns the notifiers to notify.
func (f *feed) clearAll() ([]notice, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, f.errClosed()
	}
	var notices []notice
	for q := f.oldest(); q != nil; q = f.oldest() {
		q.drop()
		if n := q.watch.shrank(0); n != nil {
			notices = append(notices, notice{q, n})
		}
	}
	return notices, nil
}

// notice is a notifier to notify, and the queue that it watches.
type notice struct {
	queue    *queue
	notifier Notifier
}

func (f *feed) errNoBuffers() error { return ErrNoBuffers.With(f.label()) }

// The methods of source.

func (f *feed) lock() *sync.Mutex { return &f.mu }

func (f *feed) waiting() *line { return &f.line }

func (f *feed) usable() error {
	switch {
	case f.closed:
		return f.errClosed()
	case f.aborted || f.store.Aborted():
		return f.errAborted()
	}
	return nil
}

func (f *feed) oldest() *queue {
	for f.order.count > 0 {
		q := f.order.first()
		if !f.passed(q) {
			return q
		}
		f.order.pop1()
	}
	return nil
}

func (f *feed) took(*queue) { f.order.pop1() }

// hopeless returns an error unless there is a living buffer; dead ones whose cleanup has not run yet do not count.
func (f *feed) hopeless() error {
	for w := range f.buffers {
		if w.Value() != nil {
			return nil
		}
		delete(f.buffers, w)
	}
	return f.errNoBuffers()
}
