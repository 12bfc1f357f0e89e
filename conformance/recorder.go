package conformance

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// recorder is what a Go case reports to. It has the methods of *testing.T that cases need, and records failures instead
// of failing the test, because a case may be known to fail. Any goroutine may use it; only Fatal and Fatalf must be
// called from the goroutine of the case.
type recorder struct {
	mu       sync.Mutex
	failures []error
	cleanups []func()
}

// record runs a case in its own goroutine and returns what it reported. A panic is a failure.
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

// cleanUp is deferred by the goroutine of the case, so that it sees a panic of the case.
func (t *recorder) cleanUp() {
	if e := recover(); e != nil {
		t.Errorf("panic: %v\n%s", e, debug.Stack())
	}
	for i := len(t.cleanups) - 1; i >= 0; i-- {
		t.cleanups[i]()
	}
}

// Error records a failure.
func (t *recorder) Error(args ...any) { t.note(fmt.Sprintln(args...)) }

// Errorf records a failure.
func (t *recorder) Errorf(format string, args ...any) { t.note(fmt.Sprintf(format, args...) + "\n") }

// Fatal records a failure and ends the case.
func (t *recorder) Fatal(args ...any) {
	t.note(fmt.Sprintln(args...))
	runtime.Goexit()
}

// Fatalf records a failure and ends the case.
func (t *recorder) Fatalf(format string, args ...any) {
	t.note(fmt.Sprintf(format, args...) + "\n")
	runtime.Goexit()
}

// Cleanup registers f to be called at the end of the case. The last one is called first.
func (t *recorder) Cleanup(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cleanups = append(t.cleanups, f)
}

// note adds a failure with its place in the case: the first caller outside of this file and of the checks.
func (t *recorder) note(message string) {
	message = message[:len(message)-1]
	if place := callerOf("place.go", "recorder.go", "gocase.go"); place != "" {
		message = place + ": " + message
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failures = append(t.failures, errors.New(message))
}
