package mtmsg

import (
	"weak"

	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// lapsedBuffer is a buffer without references.
type lapsedBuffer Buffer

// Expire drops the messages of the buffer, unless a listener is still to receive them.
func (l *lapsedBuffer) Expire(further *owner.Pending) {
	b := (*Buffer)(l)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.store.buffers.Remove(b, b.id, b.name, b.named)
	b.orphan = true
	if b.feed != nil {
		b.feed.part(weak.Make(b))
	}
	if b.feed == nil || b.feed.expired() {
		further.Add(b.queue.close()...)
	}
}

// lapsedListener is a listener without references.
type lapsedListener Listener

// Expire drops the messages that nobody can take any more. The buffers go on as ordinary ones.
func (l *lapsedListener) Expire(further *owner.Pending) {
	f := l.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return
	}
	f.store.listeners.Remove((*Listener)(l), f.id, f.name, f.named)
	for q := f.turns.first; q != nil; {
		next := q.place.next
		if q.orphan {
			further.Add(q.close()...)
		}
		q = next
	}
}
