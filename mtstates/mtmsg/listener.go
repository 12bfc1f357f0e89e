package mtmsg

import (
	"context"
	"runtime"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/object"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// Listener receives the messages of all buffers that it made. It takes them in turn, one message of each buffer that has any,
// so that a busy sender cannot keep back those of others. It lives as long as something refers to it; after that its buffers
// are ordinary ones.
type Listener struct{ *feed }

// NewListener makes a listener.
func (s *Store) NewListener(options ...ListenerOption) *Listener {
	l := s.newListener(options)
	l.pin()
	return l
}

func (s *Store) newListener(options []ListenerOption) *Listener {
	l := &Listener{&feed{identity: identity{typeName: listenerType, id: lastID.Add(1)}, store: s}}
	for _, option := range options {
		option.applyToListener(&l.identity)
	}
	l.mu.Lock() // who finds it by name could close it before its id is known
	defer l.mu.Unlock()
	s.listeners.AddShared(l, l.id, l.name, l.named)
	return l
}

// String returns what tostring returns in Lua: mtmsg.listener: 0x... (name="l1",id=7).
func (l *Listener) String() string { return object.Text(listenerType, l, l.id, l.name, l.named) }

// NewBuffer makes a buffer of the listener. The error is [ErrObjectClosed].
func (l *Listener) NewBuffer(options ...BufferOption) (*Buffer, error) {
	b, err := l.store.newBuffer(l.feed, options)
	if err != nil {
		return nil, err
	}
	b.pin()
	return b, nil
}

// Next takes the oldest message of the buffer whose turn it is, also if that was collected, and waits for one until ctx is done.
// The errors are [ErrNoBuffers] if there is neither a message nor a buffer that could get one, [ErrObjectClosed],
// [ErrOperationAborted], and that of ctx; each may arise during the wait.
func (l *Listener) Next(ctx context.Context) ([]any, error) {
	values, err := nextIn(ctx, l.feed)
	runtime.KeepAlive(l)
	return values, err
}

// TryNext takes a message as Next does; ok reports whether there was one. The errors are those of [Listener.Next].
func (l *Listener) TryNext() (values []any, ok bool, err error) { return tryNext(l.feed) }

// Waiting returns the number of goroutines that are waiting for a message of the listener.
func (l *Listener) Waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.line.length()
}

// Clear removes the messages of all buffers. The error is [ErrObjectClosed].
func (l *Listener) Clear() error { return l.clearFrom(nil) }

// clearFrom is Clear for a function that runs in a VM, nil for Go.
func (l *Listener) clearFrom(vm backend.VM) error {
	all, err := l.clearAll()
	for i := range all {
		all[i].queue.finish(all[i].change, vm)
	}
	return err
}

// Close closes the listener and its buffers, drops their messages, and ends all waits with [ErrObjectClosed]. Closing
// again does nothing.
func (l *Listener) Close() {
	l.mu.Lock()
	dropped := l.shut()
	l.mu.Unlock()
	owner.Release(dropped...)
}

// shut is Close with the lock held. It returns the handles to release.
func (l *Listener) shut() (dropped []*owner.Handle) {
	if l.closed {
		return nil
	}
	l.closed = true
	l.line.dismiss(l.errClosed())
	for w := range l.buffers {
		if b := w.Value(); b != nil {
			dropped = append(dropped, b.shut()...)
		}
	}
	for l.turns.first != nil { // whose buffer is gone
		dropped = append(dropped, l.turns.first.close()...)
	}
	l.store.listeners.Remove(l, l.id, l.name, l.named)
	return dropped
}
