// Package threads finds out when all threads of a program wait for one another, so that none can ever go on. Only packages
// below mtstates import it.
//
// A host that knows all threads which run its scripts has a [Set]: the core keeps it with each VM, llthreads2 tells it when
// threads begin and end, and whatever waits without a limit tells it that it waits. Other hosts have none, and nothing is
// ever found. Methods may be called from any goroutine, with no lock held that a wait's own function takes.
package threads

import (
	"container/list"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// Set is the threads of a program. A nil Set does nothing.
type Set struct {
	mu    sync.Mutex
	alive int
	waits list.List // of *Wait, the newest first
}

// New returns a set with one thread, the program's main one.
func New() *Set { return &Set{alive: 1} }

// key is that of a VM's set.
type key struct{}

// Keep makes Of return the set for a VM.
func (s *Set) Keep(env *backend.Env) {
	if s != nil {
		env.Keep(key{}, s)
	}
}

// Of returns the set of the thread that runs a VM, nil if there is none.
func Of(vm backend.VM) *Set {
	if vm == nil {
		return nil
	}
	s, _ := vm.Env().Kept(key{}).(*Set)
	return s
}

// Begin records a thread that starts. The one that starts it calls it.
func (s *Set) Begin() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.alive++
}

// End records the end of a thread. What waits for it must find that it has ended.
func (s *Set) End() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.alive--
	s.look()
}

// Wait is a thread's wait for something that only another thread can do.
type Wait struct {
	set   *Set
	over  func() bool
	stuck chan struct{} // nil for a wait that cannot fail
	join  bool          // whether it is for the end of a thread
	found bool          // whether stuck is closed
	at    *list.Element
}

// BeginWait records that a thread waits, until End is called, which is before it takes back anything that over sees. over
// reports whether the wait is about to end; other goroutines call it.
func (s *Set) BeginWait(over func() bool) *Wait {
	return s.beginWait(&Wait{over: over, stuck: make(chan struct{})})
}

// BeginJoin is BeginWait for the end of another thread. It fails only if no wait of another kind can: that thread may end when
// its own wait fails.
func (s *Set) BeginJoin(over func() bool) *Wait {
	return s.beginWait(&Wait{over: over, stuck: make(chan struct{}), join: true})
}

// BeginLastWait is BeginWait for a wait that does not fail, of a thread that only waits for the others.
func (s *Set) BeginLastWait(over func() bool) *Wait { return s.beginWait(&Wait{over: over}) }

func (s *Set) beginWait(w *Wait) *Wait {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	w.set = s
	w.at = s.waits.PushFront(w)
	s.look()
	return w
}

// Stuck returns a channel that is closed when the wait must fail, because no thread can end it.
func (w *Wait) Stuck() <-chan struct{} {
	if w == nil {
		return nil
	}
	return w.stuck
}

// End ends what BeginWait began. Ending a wait again does nothing.
func (w *Wait) End() {
	if w == nil {
		return
	}
	w.set.mu.Lock()
	defer w.set.mu.Unlock()
	w.set.waits.Remove(w.at)
}

// look makes the newest wait fail if all threads wait: it has closed the circle. A wait that is about to end is most likely
// among the newest.
func (s *Set) look() {
	if s.waits.Len() < s.alive {
		return
	}
	var fails *Wait
	for e := s.waits.Front(); e != nil; e = e.Next() {
		w := e.Value.(*Wait)
		if w.found || w.over() {
			return
		}
		if w.stuck != nil && (fails == nil || fails.join && !w.join) {
			fails = w
		}
	}
	if fails != nil {
		fails.found = true
		close(fails.stuck)
	}
}
