package mtstates

import (
	"sync"
	"sync/atomic"
	"time"
)

// line has the calls that wait for a state, in the order of their arrival.
//
// Usually a call that ends hands the state over to the first in line, whose turn begins. It takes longer than a short
// call until that goroutine runs. So a turn may have several calls: until it is maxTurn old, the state is free while the
// first in line wakes up, and a call that comes at that moment may use the time. When calls take longer than that, they are
// strictly made in the order of their arrival.
type line struct {
	mu          sync.Mutex
	first, last *waiter
	length      int
	// waking is set while the first in line has been woken to take the free state and has not tried yet.
	waking atomic.Bool
	// turn is when a call that waited got the state last, in time since clockStart.
	turn atomic.Int64
	// calls is how many calls of the turn have ended, and unasked how many more may end before the clock is read. They belong to
	// the goroutine that holds the state.
	calls, unasked int
}

// maxTurn is the age up to which a turn may have further calls.
const maxTurn = 20 * time.Microsecond

// The clock takes a good part of the time of a short call. It is read for one of clockCalls calls if those of the turn so far
// took less than shortCall each.
const (
	clockCalls = 4
	shortCall  = maxTurn / 32
)

var clockStart = time.Now()

// now reads only the monotonic clock.
func now() time.Duration { return time.Since(clockStart) }

// waiter is a call that waits.
type waiter struct {
	prev, next *waiter
	ready      chan struct{} // of capacity 1: a reason to look
	// The following fields are set with the lock of the line held.
	granted bool  // it holds the state and is off the line
	err     error // the state was closed; it is off the line
}

var waiters = sync.Pool{New: func() any { return &waiter{ready: make(chan struct{}, 1)} }}

// free returns a waiter to the pool. It is on no line.
func (w *waiter) free() {
	select {
	case <-w.ready:
	default:
	}
	*w = waiter{ready: w.ready}
	waiters.Put(w)
}

// wake lets the waiter look. The lock of the line is held.
func (w *waiter) wake() {
	select {
	case w.ready <- struct{}{}:
	default: // it will look anyway
	}
}

func (l *line) join(w *waiter) {
	if l.first == nil {
		l.first = w
	} else {
		w.prev, l.last.next = l.last, w
	}
	l.last = w
	l.length++
}

// part takes a waiter off the line of st.
func (l *line) part(st *State, w *waiter) {
	if w.prev == nil {
		l.first = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		l.last = w.prev
	} else {
		w.next.prev = w.prev
	}
	w.prev, w.next = nil, nil
	l.length--
	if l.first == nil {
		st.mode.And(^queued)
	}
}

// tryAcquire takes the state if it is free.
func (st *State) tryAcquire() bool {
	for {
		mode := st.mode.Load()
		if mode&^queued != idle {
			return false
		}
		if st.mode.CompareAndSwap(mode, mode|running) {
			return true
		}
	}
}

// begin begins a turn.
func (l *line) begin() {
	l.turn.Store(int64(now()))
	l.calls, l.unasked = 0, 0
}

// lasts reports whether the turn may have another call after the one that ends.
func (l *line) lasts() bool {
	l.calls++
	if l.unasked > 0 {
		l.unasked--
		return true
	}
	age := now() - time.Duration(l.turn.Load())
	if age < time.Duration(l.calls)*shortCall {
		l.unasked = clockCalls - 1
	}
	return age < maxTurn
}

// lineOf returns the line of the state, which is made for the first call that waits.
func (st *State) lineOf() *line {
	if l := st.line.Load(); l != nil {
		return l
	}
	l := &line{}
	l.turn.Store(-int64(maxTurn))
	st.line.CompareAndSwap(nil, l)
	return st.line.Load()
}

// queue takes the state if it is free, and otherwise gets in line; then the result is the waiter.
func (st *State) queue() (w *waiter, err error) {
	l := st.lineOf()
	for {
		switch mode := st.mode.Load(); {
		case mode&^queued == idle:
			if st.tryAcquire() {
				return nil, nil
			}
		case mode&(closed|doomed) != 0:
			return nil, ErrObjectClosed.With(st.label())
		case mode == inSetup:
			return nil, st.inUse()
		default: // running, or being scrubbed
			l.mu.Lock()
			if st.mode.CompareAndSwap(mode, mode|queued) {
				w = waiters.Get().(*waiter)
				l.join(w)
				l.mu.Unlock()
				return w, nil
			}
			l.mu.Unlock()
		}
	}
}

// queueForScrub gets in line for a state that is being scrubbed, and that nobody waits for: it is the caller's next. The
// result is nil if that is no longer so.
func (st *State) queueForScrub() *waiter {
	l := st.lineOf()
	l.mu.Lock()
	defer l.mu.Unlock()
	if !st.mode.CompareAndSwap(scrubbing, scrubbing|queued) {
		return nil
	}
	w := waiters.Get().(*waiter)
	l.join(w)
	return w
}

// look reports whether the waiter's wait is over: it holds the state, or err says why it never will.
func (st *State) look(w *waiter) (over bool, err error) {
	l := st.line.Load()
	l.mu.Lock()
	defer l.mu.Unlock()
	for {
		switch {
		case w.granted || w.err != nil:
			return true, w.err
		case l.first == w && st.tryAcquire():
			l.waking.Store(false)
			l.part(st, w)
			l.begin()
			return true, nil
		}
		// Who frees the state from now on wakes the first in line.
		l.waking.Store(false)
		if l.first != w || st.mode.Load()&^queued != idle {
			return false, nil
		}
	}
}

// turnComes reports whether a call that waits need not wait any longer, or another one in line need not.
func (st *State) turnComes(w *waiter) bool {
	l := st.line.Load()
	l.mu.Lock()
	defer l.mu.Unlock()
	return w.granted || w.err != nil || st.mode.Load()&^queued == idle
}

// giveUp takes a waiter off the line. It returns false if it holds the state meanwhile, or err is why it never will.
func (st *State) giveUp(w *waiter) (gone bool, err error) {
	l := st.line.Load()
	l.mu.Lock()
	defer l.mu.Unlock()
	if w.granted || w.err != nil {
		return false, w.err
	}
	wasFirst := l.first == w
	l.part(st, w)
	if wasFirst && l.first != nil { // it may have been woken
		l.waking.Store(true)
		l.first.wake()
	}
	return true, nil
}

// free ends the use of a state. The first in line gets it, or is woken to take it.
func (st *State) free() {
	if st.mode.CompareAndSwap(running, idle) {
		return
	}
	switch mode := st.mode.Load(); {
	case mode&doomed != 0:
		st.discard()
		return
	case mode&^queued != running: // closed in the meantime
		return
	}
	l := st.line.Load()
	if l.lasts() {
		st.open(l)
	} else {
		st.handOver(l)
	}
}

// unscrub makes a state idle that was scrubbed, or hands it over to a call that waits for that.
func (st *State) unscrub() {
	if !st.mode.CompareAndSwap(scrubbing, idle) {
		st.mode.Add(running - scrubbing)
		st.handOver(st.line.Load())
	}
}

// open makes the state free for all, and wakes the first in line.
func (st *State) open(l *line) {
	st.mode.And(^running)
	if !l.waking.CompareAndSwap(false, true) {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.first == nil {
		l.waking.Store(false)
		return
	}
	l.first.wake()
}

// handOver gives the state to the first in line.
func (st *State) handOver(l *line) {
	l.mu.Lock()
	w := l.first
	if w == nil { // it has given up
		st.mode.And(^(running | queued))
		l.mu.Unlock()
		return
	}
	l.part(st, w)
	l.waking.Store(false)
	l.begin()
	w.granted = true
	w.wake() // before the lock is free: a waiter that was woken before may look, and be another call's afterwards
	l.mu.Unlock()
}

// Waiting returns the number of calls that wait for the state.
func (st *State) Waiting() int {
	l := st.line.Load()
	if l == nil {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.length
}

// dismiss ends all waits for a state that was closed.
func (st *State) dismiss() {
	l := st.line.Load()
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for w := l.first; w != nil; w = l.first {
		l.part(st, w)
		w.err = ErrObjectClosed.With(st.label())
		w.wake()
	}
}
