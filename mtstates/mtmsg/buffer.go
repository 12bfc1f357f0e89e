package mtmsg

import (
	"context"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/object"
)

const bufferType = "mtmsg.buffer"

// Buffer is a queue of messages, each a list of values. It dies with the last reference.
type Buffer struct {
	store *Store
	id    int64
	name  string
	named bool

	mu      sync.Mutex
	queue   []message // from head on
	head    int
	waiters []*waiter
	closed  bool
}

type message []backend.Value

// waiter is one thread in nextmsg. Whoever takes it off the list fills it and then closes ready.
type waiter struct {
	ready   chan struct{}
	message message
	closed  bool
}

// ID returns the id, which is unique in the process.
func (b *Buffer) ID() int64 { return b.id }

// Name returns the name; ok is false when the buffer has none.
func (b *Buffer) Name() (name string, ok bool) { return b.name, b.named }

// String returns what tostring gives: mtmsg.buffer: 0x... (name="b1",id=7).
func (b *Buffer) String() string { return object.Text(bufferType, b, b.id, b.name, b.named) }

func (b *Buffer) label() string { return object.Label(bufferType, b.id, b.name, b.named) }

func (b *Buffer) errClosed() error { return ErrObjectClosed.With(b.label()) }

// Add appends a message. Values are as for mtstates.ToValue; the errors are *mtstates.ArgumentError and
// ErrObjectClosed.
func (b *Buffer) Add(values ...any) error {
	m := make(message, len(values))
	for i, value := range values {
		v, err := mtstates.ToValue(value)
		if err != nil {
			return &mtstates.ArgumentError{Index: i + 1, Function: "addmsg", Message: err.Error()}
		}
		m[i] = v
	}
	return b.add(m)
}

func (b *Buffer) add(m message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return b.errClosed()
	}
	if len(b.waiters) > 0 {
		w := b.waiters[0]
		b.waiters = b.waiters[1:]
		w.message = m
		close(w.ready)
		return nil
	}
	b.queue = append(b.queue, m)
	return nil
}

// Next takes the oldest message, and waits for one until the context is done. The errors are ErrObjectClosed, also when
// the buffer is closed meanwhile, and the context's.
func (b *Buffer) Next(ctx context.Context) ([]any, error) {
	m, err := b.next(ctx.Done())
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, ctx.Err()
	}
	values := make([]any, len(m))
	for i, v := range m {
		values[i] = mtstates.FromValue(v)
	}
	return values, nil
}

// next waits until stop is readable; then it returns nil. Messages without values are not nil.
func (b *Buffer) next(stop <-chan struct{}) (message, error) {
	w, m, err := b.take()
	if w == nil {
		return m, err
	}
	select {
	case <-w.ready:
	case <-stop:
		b.abandon(w)
	}
	if w.closed {
		return nil, b.errClosed()
	}
	return w.message, nil
}

// take returns the oldest message, or puts a waiter on the list.
func (b *Buffer) take() (*waiter, message, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.closed:
		return nil, nil, b.errClosed()
	case b.head < len(b.queue):
		return nil, b.pop(), nil
	}
	w := &waiter{ready: make(chan struct{})}
	b.waiters = append(b.waiters, w)
	return w, nil, nil
}

func (b *Buffer) pop() message {
	m := b.queue[b.head]
	b.queue[b.head] = nil
	b.head++
	if b.head == len(b.queue) {
		b.queue, b.head = b.queue[:0], 0
	} else if b.head > 32 && b.head > len(b.queue)/2 {
		n := copy(b.queue, b.queue[b.head:])
		clear(b.queue[n:])
		b.queue, b.head = b.queue[:n], 0
	}
	return m
}

// abandon takes a waiter off the list, unless a message has reached it already: that one must not get lost.
func (b *Buffer) abandon(w *waiter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, other := range b.waiters {
		if other == w {
			b.waiters = append(b.waiters[:i:i], b.waiters[i+1:]...)
			return
		}
	}
}

// Len returns the number of messages; the error is ErrObjectClosed.
func (b *Buffer) Len() (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, b.errClosed()
	}
	return len(b.queue) - b.head, nil
}

// Clear removes all messages; the error is ErrObjectClosed.
func (b *Buffer) Clear() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return b.errClosed()
	}
	b.queue, b.head = nil, 0
	return nil
}

// Close drops the messages and ends all waits. Closing again does nothing.
func (b *Buffer) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.closed = true
	b.queue, b.head = nil, 0
	for _, w := range b.waiters {
		w.closed = true
		close(w.ready)
	}
	b.waiters = nil
	b.store.buffers.Remove(b, b.id, b.name, b.named)
}
