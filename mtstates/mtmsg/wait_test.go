package mtmsg

import (
	"context"
	"errors"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
	"github.com/mtstates/go-mtstates/conformance/backends"
)

// waitUntil yields until n goroutines wait.
func waitUntil(waiting func() int, n int) {
	for waiting() != n {
		runtime.Gosched()
	}
}

func wantNext(t *testing.T, from interface {
	Next(context.Context) ([]any, error)
}, want ...any) {
	t.Helper()
	got, err := from.Next(t.Context())
	if err != nil || !reflect.DeepEqual(got, append([]any{}, want...)) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestContextEndsWait(t *testing.T) {
	var store Store
	b := store.NewBuffer()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		_, err := b.Next(ctx)
		done <- err
	}()
	waitUntil(b.Waiting, 1)
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n := b.Waiting(); n != 0 {
		t.Errorf("%d goroutines are in the line afterwards", n)
	}
	must(t, b.Set("message"))
	if values, err := b.Next(ctx); err != nil || values[0] != "message" {
		t.Errorf("a message that is there needs no context: %v, %v", values, err)
	}
}

// TestWaitersAcrossLines waits at a listener and at its buffer by turns.
func TestWaitersAcrossLines(t *testing.T) {
	var store Store
	l := store.NewListener()
	b, err := l.NewBuffer()
	must(t, err)
	got := make([]chan []any, 6)
	for i := range got {
		got[i] = make(chan []any, 1)
		next := b.Next
		if i%2 == 0 {
			next = l.Next
		}
		go func() {
			values, _ := next(t.Context())
			got[i] <- values
		}()
		waitUntil(func() int { return b.Waiting() + l.Waiting() }, i+1)
	}
	for i := range got {
		_, err := b.Add(i)
		must(t, err)
		if values := <-got[i]; len(values) != 1 || values[0] != float64(i) {
			t.Errorf("waiter %d gets %v", i, values)
		}
	}
}

// TestExpiryLosesNothing lets waits end at the moment when a message comes.
func TestExpiryLosesNothing(t *testing.T) {
	var store Store
	b := store.NewBuffer()
	const messages = 500
	go func() {
		for i := range messages {
			for b.Waiting() == 0 {
				runtime.Gosched()
			}
			b.Add(i)
		}
	}()
	for i := 0; i < messages; {
		ctx, cancel := context.WithCancel(context.Background())
		go cancel()
		values, err := b.Next(ctx)
		if err == nil {
			if values[0] != float64(i) {
				t.Fatalf("message %d is %v", i, values)
			}
			i++
		} else if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
}

// TestPutBack gives back messages as a receiver does that has no room for them.
func TestPutBack(t *testing.T) {
	var store Store
	l := store.NewListener()
	inListener, err := l.NewBuffer()
	must(t, err)
	for _, b := range []*Buffer{store.NewBuffer(), inListener} {
		for i := range 3 {
			_, err := b.Add(i)
			must(t, err)
		}
		values, q, err := next(b.queue, nil, unlimited, limits{})
		must(t, err)
		q.putBack(values)
		if n, _ := b.Len(); n != 3 {
			t.Errorf("%d messages after putting one back", n)
		}
		if b == inListener {
			values, q, err = next(l.feed, nil, unlimited, limits{})
			must(t, err)
			q.putBack(values)
			wantNext(t, l, 0.0)
		} else {
			wantNext(t, b, 0.0)
		}
		wantNext(t, b, 1.0)
		values, q, err = next(b.queue, nil, unlimited, limits{})
		must(t, err)
		done := make(chan []any)
		go func() {
			values, _ := b.Next(context.Background())
			done <- values
		}()
		waitUntil(b.Waiting, 1)
		q.putBack(values)
		if got := <-done; got[0] != 2.0 {
			t.Errorf("who waits gets %v", got)
		}
		values, q, err = next(b.queue, nil, unlimited, limits{poll: true})
		if q != nil || err != nil || b.held.bytes != 0 {
			t.Errorf("left: %v, %v, %d bytes", values, err, b.held.bytes)
		}
	}
	wantEmpty(t, l.feed)
}

// wantEmpty checks that a feed has no message.
func wantEmpty(t *testing.T, f *feed) {
	t.Helper()
	if q := f.oldest(); q != nil || f.turns.last != nil {
		t.Errorf("the feed has a turn for %s", q.label())
	}
}

// TestInterrupt ends waits and sleep in a VM, and not those of others.
func TestInterrupt(t *testing.T) {
	for _, vm := range backends.All() {
		interrupt := new(backend.Interrupt)
		s, err := vm.NewVM(backend.Options{Interrupt: interrupt})
		must(t, err)
		defer s.Close()
		var store Store
		l := store.NewListener()
		b, err := l.NewBuffer()
		must(t, err)
		for name, wait := range map[string]func() error{
			"buffer": func() error {
				_, _, err := next(b.queue, nil, unlimited, waitLimits(s, binding.Optional[float64]{}, false))
				return err
			},
			"listener": func() error {
				_, _, err := next(l.feed, nil, unlimited, waitLimits(s, binding.Some(1e9), false))
				return err
			},
			"sleep": func() error { return sleep(waitLimits(s, binding.Some(1e9), false)) },
		} {
			done := make(chan error)
			go func() { done <- wait() }()
			if name != "sleep" {
				waitUntil(func() int { return b.Waiting() + l.Waiting() }, 1)
			}
			interrupt.Set(backend.InterruptOnce)
			if err := <-done; !errors.Is(err, ErrOperationAborted) {
				t.Errorf("%s, %s: got %v", vm.Name(), name, err)
			}
			if interrupt.Pending() {
				t.Errorf("%s, %s: the interrupt is still there", vm.Name(), name)
			}
		}
	}
}

// TestInterruptThenMore has something else end a wait right after an interrupt: neither may get lost.
func TestInterruptThenMore(t *testing.T) {
	for _, vm := range backends.All() {
		interrupt := new(backend.Interrupt)
		s, err := vm.NewVM(backend.Options{Interrupt: interrupt})
		must(t, err)
		defer s.Close()
		for name, then := range map[string]struct {
			end  func(b *Buffer) error
			want error
		}{
			"message": {func(b *Buffer) error { _, err := b.Add("message"); return err }, nil},
			"close":   {func(b *Buffer) error { b.Close(); return nil }, ErrObjectClosed},
			"abort":   {func(b *Buffer) error { return b.Abort(true) }, ErrOperationAborted},
		} {
			for range 100 {
				b := new(Store).NewBuffer()
				var values []backend.Value
				done := make(chan error)
				go func() {
					m, _, err := next(b.queue, nil, unlimited, waitLimits(s, binding.Optional[float64]{}, false))
					values = m.values
					done <- err
				}()
				waitUntil(b.Waiting, 1)
				interrupt.Set(backend.InterruptOnce)
				must(t, then.end(b))
				switch err := <-done; {
				case err != nil && strings.HasSuffix(err.Error(), ": "+backend.InterruptedMessage):
					if n, _ := b.Len(); interrupt.Pending() || n != 0 && then.want != nil || n != 1 && then.want == nil {
						t.Fatalf("%s, %s: after the interrupt there are %d messages", vm.Name(), name, n)
					}
				case !interrupt.Pending():
					t.Fatalf("%s, %s: the interrupt is lost", vm.Name(), name)
				case !errors.Is(err, then.want) || then.want == nil && len(values) != 1:
					t.Fatalf("%s, %s: got %v, %v", vm.Name(), name, values, err)
				}
				interrupt.Set(backend.InterruptReset)
			}
		}
	}
}
