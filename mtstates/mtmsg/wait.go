package mtmsg

import (
	"errors"
	"sync"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/threads"
)

// source is where messages are taken from: the queue of a buffer, or the feed of a listener. lock guards it; the other
// methods need the lock.
type source interface {
	lock() *sync.Mutex
	// usable returns an error if nothing can be taken, because the object is closed or aborted.
	usable() error
	// oldest returns the queue with the next message, nil if there is none.
	oldest() *queue
	// took records that the message was taken out of the queue that oldest returned.
	took(*queue)
	// hopeless returns an error if no message can ever come.
	hopeless() error
	// waiting returns the line of waiting threads.
	waiting() *line
	// errDeadlock returns the error for a message that no thread can send.
	errDeadlock() error
}

// limits are what ends a wait, beside a message. The zero value waits without limit.
type limits struct {
	// poll forbids to wait at all.
	poll bool
	// timeout ends a wait without an error, if timed is set.
	timeout time.Duration
	timed   bool
	// done is the channel of a context. Its end is not an error of a wait in Go; in a VM it is that of an interrupt.
	done <-chan struct{}
	// vm is the VM that waits, nil for Go; its interrupt ends a wait with ErrOperationAborted.
	vm backend.VM
	// stuck is closed when all threads wait. It may be nil.
	stuck <-chan struct{}
}

// next takes the oldest message, whose values it appends to dst, and returns it with the queue that it comes from. If
// there is none, it waits; when the limits end the wait, the queue is nil. A message that is larger than room stays
// where it is.
func next(src source, dst []backend.Value, room memory, l limits) (message, *queue, error) {
	none := message{values: dst}
	mu := src.lock()
	mu.Lock()
	if err := src.usable(); err != nil {
		mu.Unlock()
		return none, nil, err
	}
	if q := src.oldest(); q != nil {
		if bytes := q.extents.first().bytes; !room.fits(bytes) {
			mu.Unlock()
			return none, nil, room.tooLarge(readerType, bytes)
		}
		m, notified := q.pop(dst)
		src.took(q)
		mu.Unlock()
		q.notify(notified, l.vm)
		return m, q, nil
	}
	if err := src.hopeless(); err != nil {
		mu.Unlock()
		return none, nil, err
	}
	if l.poll {
		mu.Unlock()
		return none, nil, nil
	}
	w := newWaiter(dst, room)
	src.waiting().join(w)
	mu.Unlock()
	err := w.wait(mu, l)
	if err == errStuck {
		err = src.errDeadlock()
	}
	m, q := w.message, w.from
	w.free()
	return m, q, err
}

// served reports whether the waiter has been woken. mu guards its line.
func (w *waiter) served(mu *sync.Mutex) bool {
	mu.Lock()
	defer mu.Unlock()
	return w.line == nil
}

// wait returns when the waiter has been woken, or when a limit has ended the wait and the waiter is off its line.
func (w *waiter) wait(mu *sync.Mutex, l limits) error {
	var expired <-chan time.Time
	if l.timed {
		expired = w.startTimer(l.timeout)
		defer w.timer.Stop()
	}
	var all *threads.Set
	if !l.timed {
		all = threads.Of(l.vm)
	}
	interrupt := l.interrupt() // other threads ask it, and must not touch the VM
	for {
		wait := all.BeginWait(func() bool { return interrupt.Pending() || w.served(mu) })
		l.stuck = wait.Stuck()
		end := l.wait(w.ready, expired)
		wait.End()
		if end == woken {
			return w.err
		}
		mu.Lock()
		switch {
		case w.line == nil: // a message came in the meantime and must not be lost; the interrupt is for what runs next
			mu.Unlock()
			<-w.ready
			return w.err
		case end == interrupted && !l.interrupt().Take(): // it was taken back
			mu.Unlock()
			continue
		}
		w.leave()
		mu.Unlock()
		return l.err(end)
	}
}

// ending is what ended a wait.
type ending int

const (
	woken ending = iota
	over
	interrupted // unless Take says that the interrupt was taken back
	cancelled   // by the context of a VM
	stuck       // because all threads wait
)

// errStuck is returned for a wait that has ended because all threads wait.
var errStuck = errors.New("stuck")

// err returns the error for what ended a wait.
func (l *limits) err(e ending) error {
	switch e {
	case interrupted, cancelled:
		return ErrOperationAborted.With(l.interrupt().Message())
	case stuck:
		return errStuck
	}
	return nil
}

// interrupt returns the interrupt of the waiting VM, nil if it has none.
func (l *limits) interrupt() *backend.Interrupt {
	if l.vm == nil {
		return nil
	}
	return l.vm.Env().Interrupt
}

// wait is the only place where threads wait: until ready is readable, the time has expired, the context is done, or the
// VM has an interrupt, which the caller takes. It does not spin first: on two busy processors that gained nothing for a
// stream of messages and made round trips several times slower.
func (l *limits) wait(ready <-chan struct{}, expired <-chan time.Time) ending {
	interrupt := l.interrupt()
	defer interrupt.Resume(interrupt.Pause())
	if expired == nil && l.done == nil && interrupt == nil && l.stuck == nil {
		<-ready
		return woken
	}
	select {
	case <-ready:
		return woken
	case <-expired:
		return over
	case <-l.done:
		if l.vm != nil {
			return cancelled
		}
		return over
	case <-interrupt.Done():
		return interrupted
	case <-l.stuck:
		return stuck
	}
}

// sleep waits for the end of the limits, which have a timeout.
func sleep(l limits) error {
	if l.poll {
		return nil
	}
	timer := time.NewTimer(l.timeout)
	defer timer.Stop()
	for {
		end := l.wait(nil, timer.C)
		if end != interrupted || l.interrupt().Take() {
			return l.err(end)
		}
	}
}
