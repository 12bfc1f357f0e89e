package mtmsg

import (
	"context"
	"errors"
	"runtime"
	"testing"
)

// TestTurns takes messages past a listener, which goes on with those that are left.
func TestTurns(t *testing.T) {
	var store Store
	l := store.NewListener()
	a, err := l.NewBuffer()
	must(t, err)
	b, err := l.NewBuffer()
	must(t, err)
	_, err = b.Add("first")
	must(t, err)
	for i := range 10000 {
		_, err := a.Add(i)
		must(t, err)
		wantNext(t, a, float64(i))
	}
	_, err = a.Add("second")
	must(t, err)
	_, err = b.Add("third")
	must(t, err)
	wantNext(t, l, "first")
	wantNext(t, l, "second")
	wantNext(t, l, "third")
	wantEmpty(t, l.feed)
}

// TestPutBackTurn puts back what was taken out of a buffer that has messages left, and out of one that has none.
func TestPutBackTurn(t *testing.T) {
	for _, left := range []int{0, 1} {
		var store Store
		l := store.NewListener()
		a, err := l.NewBuffer()
		must(t, err)
		b, err := l.NewBuffer()
		must(t, err)
		for range 1 + left {
			_, err = a.Add("a")
			must(t, err)
		}
		_, err = b.Add("b")
		must(t, err)
		values, from, err := next(l.feed, nil, unlimited, limits{poll: true})
		must(t, err)
		from.putBack(values)
		wantNext(t, l, "a")
		wantNext(t, l, "b")
		if left > 0 {
			wantNext(t, l, "a")
		}
		wantEmpty(t, l.feed)
	}
}

// TestLastBufferCollected waits at a listener whose last buffer dies meanwhile.
func TestLastBufferCollected(t *testing.T) {
	var store Store
	l := store.NewListener()
	b, err := l.NewBuffer()
	must(t, err)
	done := make(chan error)
	go func() {
		_, err := l.Next(context.Background())
		done <- err
	}()
	waitUntil(l.Waiting, 1)
	runtime.KeepAlive(b)
	runtime.GC()
	if err := <-done; !errors.Is(err, ErrNoBuffers) {
		t.Errorf("got %v", err)
	}
}

// TestWaitKeepsAlive collects while a goroutine waits in a buffer that nobody else refers to.
func TestWaitKeepsAlive(t *testing.T) {
	var store Store
	b := store.NewBuffer(Named("kept"))
	done := make(chan []any)
	go func() {
		values, _ := b.Next(context.Background())
		done <- values
	}()
	waitUntil(b.Waiting, 1)
	runtime.GC()
	again, err := store.BufferByName("kept")
	must(t, err)
	_, err = again.Add("message")
	must(t, err)
	if values := <-done; values[0] != "message" {
		t.Errorf("got %v", values)
	}
}
