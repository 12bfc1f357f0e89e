package threads

import (
	"sync"
	"sync/atomic"
	"testing"
)

// isStuck reports whether a wait must fail.
func isStuck(w *Wait) bool {
	select {
	case <-w.Stuck():
		return true
	default:
		return false
	}
}

func never() bool { return false }

func TestNewestWaitFails(t *testing.T) {
	s := New()
	s.Begin()
	s.Begin()
	first, second := s.BeginWait(never), s.BeginWait(never)
	if isStuck(first) || isStuck(second) {
		t.Error("a thread still runs")
	}
	third := s.BeginWait(never)
	if isStuck(first) || isStuck(second) || !isStuck(third) {
		t.Error("the last wait does not fail, or another one does")
	}
	third.End()
	third.End()
	if s.End(); isStuck(first) || !isStuck(second) {
		t.Error("the end of a thread lets the wrong wait fail")
	}
}

func TestJoinsFailLast(t *testing.T) {
	s := New()
	s.Begin()
	s.Begin()
	first, message, newest := s.BeginJoin(never), s.BeginWait(never), s.BeginJoin(never)
	if isStuck(first) || !isStuck(message) || isStuck(newest) {
		t.Error("the wait fails that is for the end of a thread")
	}
	message.End()
	if s.End(); isStuck(first) || !isStuck(newest) {
		t.Error("of waits for the end of threads, the last one does not fail")
	}
}

func TestWaitsThatEndByThemselves(t *testing.T) {
	s := New()
	s.Begin()
	over := true
	woken := s.BeginWait(func() bool { return over })
	if last := s.BeginLastWait(never); isStuck(woken) || isStuck(last) {
		t.Error("a wait fails that is about to end")
	}
	over = false
	if s.End(); !isStuck(woken) {
		t.Error("nobody is told when only the main thread's last wait is left")
	}
	var none *Set
	none.Begin()
	if wait := none.BeginWait(never); isStuck(wait) {
		t.Error("a host without a set sees a stuck thread")
	} else {
		wait.End()
	}
	none.End()
}

// Threads pass a token around: one of them always runs, or is about to.
func TestNoFalseAlarm(t *testing.T) {
	const members, rounds = 4, 20_000
	s := New()
	var turn atomic.Int64
	wake := [members]chan struct{}{}
	for i := range wake {
		wake[i] = make(chan struct{}, 1)
		s.Begin()
	}
	s.End() // the main thread does not take part
	var all sync.WaitGroup
	for i := range int64(members) {
		all.Go(func() {
			defer s.End()
			for {
				wait := s.BeginWait(func() bool { return turn.Load()%members == i })
				select {
				case <-wake[i]:
					wait.End()
				case <-wait.Stuck():
					t.Error("a thread is stuck while another one runs")
					return
				}
				next := (i + 1) % members
				over := turn.Add(1) > rounds
				wake[next] <- struct{}{}
				if over {
					return
				}
			}
		})
	}
	wake[0] <- struct{}{}
	all.Wait()
}
