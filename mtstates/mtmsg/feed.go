package mtmsg

import (
	"sync"
	"weak"
)

// feed is the part of a listener that its buffers know: the order in which their messages arrived. Its lock is also
// that of the buffers' queues.
type feed struct {
	identity
	store *Store

	mu sync.Mutex
	// order has an entry for each message, naming its queue. The entries of a queue belong to its messages in their
	// order; when messages go another way, the queue's skip says how many of its entries are stale.
	order   ring[*queue]
	stale   int
	buffers map[weak.Pointer[Buffer]]struct{}
	line    line
	closed  bool
	aborted bool
}

// manyStale is how many stale entries do no harm.
const manyStale = 64

// outdate notes that n of the oldest messages of a queue are gone. An order that is mostly stale is made anew.
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

// passed uses up one stale entry of a queue, if it has any.
func (f *feed) passed(q *queue) bool {
	if q.skip == 0 {
		return false
	}
	q.skip--
	f.stale--
	return true
}

// join makes a buffer one of the listener's. It needs the lock.
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

// part forgets a buffer that is closed or dead, and ends the waits if it was the last; the lock is held.
func (f *feed) part(w weak.Pointer[Buffer]) {
	delete(f.buffers, w)
	if len(f.buffers) == 0 {
		f.line.dismiss(f.errNoBuffers())
	}
}

// lost is part for the cleanup of a dead buffer.
func (f *feed) lost(w weak.Pointer[Buffer]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.part(w)
}

// clearAll removes all messages and returns those to be notified.
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

// notice is a notifier that is to be notified for a queue.
type notice struct {
	queue    *queue
	notifier Notifier
}

func (f *feed) errNoBuffers() error { return ErrNoBuffers.With(f.label()) }

// What makes a feed a source.

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

// hopeless looks for a living buffer; dead ones whose cleanup has not run yet do not count.
func (f *feed) hopeless() error {
	for w := range f.buffers {
		if w.Value() != nil {
			return nil
		}
		delete(f.buffers, w)
	}
	return f.errNoBuffers()
}
