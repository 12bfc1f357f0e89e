package mtmsg

import (
	"errors"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
)

// ErrNotifierCycle is returned when a notifier would notify the buffer itself, directly or through further buffers.
var ErrNotifierCycle = errors.New("notifier leads back to the buffer")

// Notifier is what a buffer can notify: a *Buffer, which gets a message without values, or a *mtstates.State, whose
// callback is called without arguments. Other implementations must be comparable, as pointers are.
type Notifier interface {
	// Notify is called when the condition holds. It returns false if the notifier is closed.
	Notify() bool
	// Closed reports whether the notifier is closed.
	Closed() bool
}

// vmNotifier is a Notifier that needs the VM whose running function changed the buffer: mtstates.State.
type vmNotifier interface {
	NotifyFrom(vm backend.VM) bool
}

// tell notifies n. vm is the VM in which the buffer was changed, nil for Go.
func tell(n Notifier, vm backend.VM) bool {
	if from, ok := n.(vmNotifier); ok && vm != nil {
		return from.NotifyFrom(vm)
	}
	return n.Notify()
}

// Condition is when a notifier is notified. The zero Condition stands for each new message.
type Condition struct {
	// Below means: when messages were taken or removed and fewer than Threshold are left. Without it: when a message
	// was added and there are more than Threshold with it.
	Below     bool
	Threshold int
}

// watch is a notifier with its condition. The zero watch notifies nothing.
type watch struct {
	notifier Notifier
	when     Condition
	held     *owner.Handle // keeps the notifier of a script alive; nil for one of Go
}

// changed returns the notifier to notify after a message was added: count is the number of messages with it, left is
// how many remain, because a waiting thread may have taken it at once, and removed reports whether it replaced others.
func (w *watch) changed(count, left int, removed bool) Notifier {
	switch {
	case w.notifier == nil:
		return nil
	case w.when.Below && (removed || left < count):
		return w.shrank(left)
	case !w.when.Below && count > w.when.Threshold:
		return w.notifier
	}
	return nil
}

// shrank returns the notifier to notify after the number of messages has fallen to count.
func (w *watch) shrank(count int) Notifier {
	if w.notifier != nil && w.when.Below && count < w.when.Threshold {
		return w.notifier
	}
	return nil
}

// notify notifies n, which may be nil, and drops it if it is closed. No lock is held. Buffers that notify each other
// form a chain of any length, so notify loops instead of recursing. vm is as for tell.
func (q *queue) notify(n Notifier, vm backend.VM) {
	for n != nil {
		b, ok := n.(*Buffer)
		if !ok {
			if !tell(n, vm) {
				q.forget(n)
			}
			return
		}
		_, c, err := b.add(messageFrom(nil), false)
		if err != nil && b.Closed() {
			q.forget(n)
		}
		q, n = b.queue, c.notified
	}
}

// finish does what a change leads to. No lock is held. vm is as for tell.
func (q *queue) finish(c change, vm backend.VM) {
	q.notify(c.notified, vm)
	owner.Release(c.dropped...)
}

func (q *queue) forget(n Notifier) {
	q.mu.Lock()
	var old watch
	if q.watch.notifier == n {
		old, q.watch = q.watch, watch{}
	}
	q.mu.Unlock()
	old.release()
}

// release releases the handle of a notifier that was replaced. No lock is held.
func (w *watch) release() {
	if w.held != nil {
		owner.Release(w.held)
	}
}

// connecting is held while a notifier is set, so that no cycle can arise.
var connecting sync.Mutex

// SetNotifier sets the notifier of the buffer; nil removes the present one. The buffer keeps its notifier alive.
// Notifications happen in the goroutine that adds or takes the message, and may call a state there. The errors are
// [ErrHasNotifier] if the buffer has another notifier that is not closed, [ErrNotifierCycle] and [ErrObjectClosed].
func (b *Buffer) SetNotifier(n Notifier, when Condition) error {
	return b.setWatch(watch{n, when, nil})
}

// setWatch is SetNotifier for a notifier that may have a handle, which is released when it is no longer needed.
func (b *Buffer) setWatch(w watch) error {
	old, err := b.exchange(w)
	if err != nil {
		w.release()
		return err
	}
	old.release()
	return nil
}

// exchange sets the notifier and returns the one before.
func (b *Buffer) exchange(w watch) (old watch, err error) {
	connecting.Lock()
	defer connecting.Unlock()
	q, n := b.queue, w.notifier
	if leadsTo(n, q) {
		return old, ErrNotifierCycle
	}
	if other := q.notifier(); other != nil && n != nil && other != n && !other.Closed() {
		return old, ErrHasNotifier.With(q.label())
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return old, q.errClosed()
	}
	old, q.watch = q.watch, w
	return old, nil
}

// notifier returns the present notifier. It may share the lock, so hold no lock when calling its methods.
func (q *queue) notifier() Notifier {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.watch.notifier
}

// leadsTo reports whether notifying n would add a message to q, directly or through further buffers.
func leadsTo(n Notifier, q *queue) bool {
	for {
		b, ok := n.(*Buffer)
		if !ok {
			return false
		}
		if b.queue == q {
			return true
		}
		n = b.queue.notifier()
	}
}
