package mtmsg

import (
	"context"
	"errors"
	"runtime"
	"testing"
)

// TestStaleEntries takes messages past a listener that nobody reads.
func TestStaleEntries(t *testing.T) {
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
	if n := l.order.count; n > 4*manyStale {
		t.Errorf("the order has %d entries for one message", n)
	}
	_, err = a.Add("second")
	must(t, err)
	wantNext(t, l, "first")
	wantNext(t, l, "second")
	wantEmpty(t, l.feed)
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
