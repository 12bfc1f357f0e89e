package mtmsg

import (
	"sync"
	"weak"
)

// feed is the part of a listener that its buffers know: whose turn it is to give a message. Its lock also guards the queues
// of the buffers.
type feed struct {
	identity
	store *Store

	mu      sync.Mutex
	turns   turns
	buffers map[weak.Pointer[Buffer]]struct{}
	line    line
	closed  bool
	aborted bool
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

// clearAll removes all messages and returns what that leads to, for each queue.
func (f *feed) clearAll() ([]cleared, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, f.errClosed()
	}
	var all []cleared
	for q := f.oldest(); q != nil; q = f.oldest() {
		c := change{dropped: q.drop()}
		q.settle()
		c.notified = q.watch.shrank(0)
		all = append(all, cleared{q, c})
	}
	return all, nil
}

// cleared is a queue whose messages were removed.
type cleared struct {
	queue  *queue
	change change
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

func (f *feed) oldest() *queue { return f.turns.first }

// took lets the queue wait for its next turn.
func (f *feed) took(q *queue) {
	f.turns.remove(q)
	q.settle()
}

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
