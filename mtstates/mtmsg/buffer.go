package mtmsg

import (
	"context"
	"runtime"
	"sync"
	"weak"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/object"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// Buffer is a queue of messages, each of which is a list of values. It lives as long as something refers to it;
// messages that a listener is still to receive outlive it.
type Buffer struct{ *queue }

// NewBuffer makes a buffer.
func (s *Store) NewBuffer(options ...BufferOption) *Buffer {
	b, _ := s.newBuffer(nil, options)
	b.pin()
	return b
}

// newBuffer makes a buffer that belongs to a listener, which may be nil. The error is that of a closed listener.
func (s *Store) newBuffer(f *feed, options []BufferOption) (*Buffer, error) {
	b := &Buffer{&queue{
		identity: identity{typeName: bufferType, id: lastID.Add(1)},
		memory:   memory{defaultSize, defaultGrow},
		store:    s,
		feed:     f,
		held:     &held{store: s},
	}}
	runtime.AddCleanup(b.queue, (*held).lost, b.held)
	for _, option := range options {
		option.applyToBuffer(&b.identity, &b.memory)
	}
	if f == nil {
		b.mu = new(sync.Mutex)
	} else {
		b.mu = &f.mu
	}
	if err := b.enter(); err != nil {
		return nil, err
	}
	return b, nil
}

// enter makes a new buffer known to its listener and to look-ups. Either can close it from the first moment on, and
// then it must leave both; so it enters them with the lock held.
func (b *Buffer) enter() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if f := b.feed; f != nil {
		if err := f.join(b); err != nil {
			return err
		}
		runtime.AddCleanup(b, f.lost, weak.Make(b))
	}
	b.store.buffers.AddShared(b, b.id, b.name, b.named)
	return nil
}

// String returns what tostring returns in Lua: mtmsg.buffer: 0x... (name="b1",id=7).
func (b *Buffer) String() string { return object.Text(bufferType, b, b.id, b.name, b.named) }

// Add appends a message. It accepts the values that [mtstates.State.Call] accepts. It returns false if the buffer has a
// fixed size and no room for the message at present. The errors are [*mtstates.ArgumentError], [ErrMessageSize] if the
// message is larger than the whole buffer, and [ErrObjectClosed].
func (b *Buffer) Add(values ...any) (added bool, err error) {
	list, err := toValues(values, "addmsg")
	if err != nil {
		return false, err
	}
	return b.put(messageFrom(list), false, nil)
}

// Set replaces all messages by one, in one step. The errors are those of [Buffer.Add].
func (b *Buffer) Set(values ...any) error {
	list, err := toValues(values, "setmsg")
	if err != nil {
		return err
	}
	_, err = b.put(messageFrom(list), true, nil)
	return err
}

// put adds or sets a message and notifies. vm is the VM in which that happens, nil for Go.
func (b *Buffer) put(m message, set bool, vm backend.VM) (added bool, err error) {
	added, c, err := b.add(m, set)
	b.finish(c, vm)
	runtime.KeepAlive(b)
	return added, err
}

// toValues converts Go values for a message; function is the name in the error.
func toValues(values []any, function string) ([]backend.Value, error) {
	list := make([]backend.Value, len(values))
	for i, value := range values {
		v, err := modules.ToValue(value)
		if err != nil {
			return nil, &mtstates.ArgumentError{Index: i + 1, Function: function, Message: err.Error()}
		}
		list[i] = v
	}
	return list, nil
}

// fromValues converts the values of a message for Go.
func fromValues(list []backend.Value) []any {
	values := make([]any, len(list))
	for i, v := range list {
		values[i] = modules.FromValue(v)
	}
	return values
}

// Next takes the oldest message, and waits for one until ctx is done. The errors are [ErrObjectClosed] and
// [ErrOperationAborted], also if that happens during the wait, and that of ctx.
func (b *Buffer) Next(ctx context.Context) ([]any, error) {
	values, err := nextIn(ctx, b.queue)
	runtime.KeepAlive(b)
	return values, err
}

// TryNext takes the oldest message; ok reports whether there was one. The errors are [ErrObjectClosed] and
// [ErrOperationAborted].
func (b *Buffer) TryNext() (values []any, ok bool, err error) { return tryNext(b.queue) }

// nextIn takes the oldest message of a source, and waits until ctx is done.
func nextIn(ctx context.Context, src source) ([]any, error) {
	m, from, err := next(src, nil, unlimited, limits{done: ctx.Done()})
	switch {
	case err != nil:
		return nil, err
	case from == nil:
		return nil, ctx.Err()
	}
	return fromValues(m.values), nil
}

func tryNext(src source) (values []any, ok bool, err error) {
	m, from, err := next(src, nil, unlimited, limits{poll: true})
	if err != nil || from == nil {
		return nil, false, err
	}
	return fromValues(m.values), true, nil
}

// Len returns the number of messages. The error is [ErrObjectClosed].
func (b *Buffer) Len() (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, b.errClosed()
	}
	return b.extents.count, nil
}

// Added returns the number of messages that have been added or set since the buffer was made.
func (b *Buffer) Added() uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.added
}

// Waiting returns the number of goroutines that are waiting for a message of the buffer.
func (b *Buffer) Waiting() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.line.length()
}

// Clear removes all messages. The error is [ErrObjectClosed].
func (b *Buffer) Clear() error { return b.clearFrom(nil) }

// clearFrom is Clear for a function that runs in a VM, nil for Go.
func (b *Buffer) clearFrom(vm backend.VM) error {
	c, err := b.clear()
	b.finish(c, vm)
	return err
}

// Close drops the messages and ends all waits with [ErrObjectClosed]. Closing again does nothing.
func (b *Buffer) Close() {
	b.mu.Lock()
	dropped := b.shut()
	b.mu.Unlock()
	owner.Release(dropped...)
}

// shut is Close with the lock held. It returns the handles to release.
func (b *Buffer) shut() (dropped []*owner.Handle) {
	if b.closed {
		return nil
	}
	dropped = b.queue.close()
	if b.feed != nil {
		b.feed.part(weak.Make(b))
	}
	b.store.buffers.Remove(b, b.id, b.name, b.named)
	return dropped
}

// Notify adds a message without values if there is room for it. It makes a buffer a [Notifier].
func (b *Buffer) Notify() bool {
	_, err := b.put(messageFrom(nil), false, nil)
	return err == nil || !b.Closed()
}

// Closed reports whether the buffer is closed.
func (b *Buffer) Closed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closed
}
