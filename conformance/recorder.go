package conformance

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// recorder is what a Go case reports to, with the methods of a *testing.T that cases need. A failure is noted instead
// of failing the test, because a case may be known to fail. It may be used from several goroutines; only Fatal and
// Fatalf must be called from that of the case.
type recorder struct {
	mu       sync.Mutex
	failures []error
	cleanups []func()
}

// record runs a case in a goroutine of its own and returns what it reported. A panic is a failure.
func record(run func(t *recorder)) error {
	t := &recorder{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer t.cleanUp()
		run(t)
	}()
	<-done
	return errors.Join(t.failures...)
}

// cleanUp is deferred by the goroutine of the case, so that it sees a panic of it.
func (t *recorder) cleanUp() {
	if e := recover(); e != nil {
		t.Errorf("panic: %v\n%s", e, debug.Stack())
	}
	for i := len(t.cleanups) - 1; i >= 0; i-- {
		t.cleanups[i]()
	}
}

// Error notes a failure.
func (t *recorder) Error(args ...any) { t.note(fmt.Sprintln(args...)) }

// Errorf notes a failure.
func (t *recorder) Errorf(format string, args ...any) { t.note(fmt.Sprintf(format, args...) + "\n") }

// Fatal notes a failure and ends the case.
func (t *recorder) Fatal(args ...any) {
	t.note(fmt.Sprintln(args...))
	runtime.Goexit()
}

// Fatalf notes a failure and ends the case.
func (t *recorder) Fatalf(format string, args ...any) {
	t.note(fmt.Sprintf(format, args...) + "\n")
	runtime.Goexit()
}

// Cleanup calls f at the end of the case, the last one first.
func (t *recorder) Cleanup(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cleanups = append(t.cleanups, f)
}

// note adds a failure with the place in the case that it comes from: the first caller outside of this file and of
// what checks for cases.
func (t *recorder) note(message string) {
	message = message[:len(message)-1]
	if place := callerOf("place.go", "recorder.go", "gocase.go"); place != "" {
		message = place + ": " + message
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failures = append(t.failures, errors.New(message))
}
