package mtmsg

import (
	"errors"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// ErrNotifierCycle is the error of a notifier that would notify the buffer itself, perhaps over further buffers.
var ErrNotifierCycle = errors.New("notifier leads back to the buffer")

// Notifier is what a buffer can notify: a *Buffer, which gets a message without values, or a *mtstates.State, whose
// callback is called without arguments. Other implementations must be comparable, as pointers are.
type Notifier interface {
	// Notify tells the notifier that something has happened. It returns false when the notifier is closed.
	Notify() bool
	// Closed reports whether the notifier is closed.
	Closed() bool
}

// vmNotifier is a Notifier that wants to know the VM whose running function changed the buffer: mtstates.State.
type vmNotifier interface {
	NotifyFrom(vm backend.VM) bool
}

// tell notifies n. vm is where the function runs that changed the buffer, nil for Go.
func tell(n Notifier, vm backend.VM) bool {
	if from, ok := n.(vmNotifier); ok && vm != nil {
		return from.NotifyFrom(vm)
	}
	return n.Notify()
}

// Condition says when a notifier is notified. The zero Condition is each new message.
type Condition struct {
	// Below says to notify when messages were taken or removed and fewer than Threshold are left. Otherwise it is when
	// a message was added and there are more than Threshold with it.
	Below     bool
	Threshold int
}

// watch is a notifier with its condition. The zero watch notifies nobody.
type watch struct {
	notifier Notifier
	when     Condition
}

// changed returns the one to be notified when a message was added, so that there were count, of which left are left
// because a waiting thread may have taken it at once; removed tells whether others were removed for it.
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

// shrank returns the one to be notified when the number of messages has fallen to count.
func (w *watch) shrank(count int) Notifier {
	if w.notifier != nil && w.when.Below && count < w.when.Threshold {
		return w.notifier
	}
	return nil
}

// notify notifies n, which may be nil, and forgets it when it is closed. No lock is held. Buffers that notify each
// other are a chain of any length, which must not become one of calls. vm is as for tell.
func (q *queue) notify(n Notifier, vm backend.VM) {
	for n != nil {
		b, ok := n.(*Buffer)
		if !ok {
			if !tell(n, vm) {
				q.forget(n)
			}
			return
		}
		_, further, err := b.add(nil, false)
		if err != nil && b.Closed() {
			q.forget(n)
		}
		q, n = b.queue, further
	}
}

func (q *queue) forget(n Notifier) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.watch.notifier == n {
		q.watch = watch{}
	}
}

// connecting is held while a notifier is set, so that no cycle comes about.
var connecting sync.Mutex

// SetNotifier makes n the notifier of the buffer; nil removes the present one. The buffer keeps its notifier alive. It
// notifies in the goroutine that adds or takes the message, which may call a state there. Errors are ErrHasNotifier
// when the buffer has another notifier that is not closed, ErrNotifierCycle and ErrObjectClosed.
func (b *Buffer) SetNotifier(n Notifier, when Condition) error {
	connecting.Lock()
	defer connecting.Unlock()
	if leadsTo(n, b.queue) {
		return ErrNotifierCycle
	}
	q := b.queue
	if other := q.notifier(); other != nil && n != nil && other != n && !other.Closed() {
		return ErrHasNotifier.With(q.label())
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return q.errClosed()
	}
	q.watch = watch{n, when}
	return nil
}

// notifier returns the present notifier. It may have the same lock, so who asks it something must hold none.
func (q *queue) notifier() Notifier {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.watch.notifier
}

// leadsTo reports whether notifying n would, perhaps over further buffers, add a message to q.
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
