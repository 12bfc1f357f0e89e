package mtmsg_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"runtime"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

func want[T any](t *testing.T, got, want T, err error) {
	t.Helper()
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func wantError(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func TestValues(t *testing.T) {
	var store mtmsg.Store
	b := store.NewBuffer()
	light := backend.LightUserdata{Pointer: t}
	added, err := b.Add(nil, true, 1.5, 7, "a\x00b", light)
	want(t, added, true, err)
	got, err := b.Next(t.Context())
	want(t, got, []any{nil, true, 1.5, 7.0, "a\x00b", light}, err)
	var bad *mtstates.ArgumentError
	for _, send := range []func(...any) error{
		func(values ...any) error { _, err := b.Add(values...); return err },
		b.Set,
		mtmsg.NewWriter().Add,
	} {
		if err := send(1, make(chan int)); !errors.As(err, &bad) || bad.Index != 2 {
			t.Errorf("got %v", err)
		}
	}
	n, err := b.Len()
	want(t, n, 0, err)
}

// TestOptions hands sizes and factors over that make no sense: nothing comes into being.
func TestOptions(t *testing.T) {
	for option, want := range map[interface {
		mtmsg.BufferOption
		mtmsg.MemoryOption
	}]string{
		mtmsg.Size(-1):           "mtmsg: Size -1 is negative",
		mtmsg.Grow(-0.5):         "mtmsg: Grow -0.5 is not at least 0",
		mtmsg.Grow(math.Inf(-1)): "mtmsg: Grow -Inf is not at least 0",
		mtmsg.Grow(math.NaN()):   "mtmsg: Grow NaN is not at least 0",
		mtmsg.Size(0):            "",
		mtmsg.Grow(0):            "",
		mtmsg.Grow(math.Inf(1)):  "",
		mtmsg.Size(math.MaxInt):  "",
	} {
		var store mtmsg.Store
		l := store.NewListener()
		for name, create := range map[string]func(){
			"NewBuffer":          func() { store.NewBuffer(mtmsg.Named("odd"), option) },
			"Listener.NewBuffer": func() { _, _ = l.NewBuffer(mtmsg.Named("odd"), option) },
			"NewWriter":          func() { mtmsg.NewWriter(option) },
			"NewReader":          func() { mtmsg.NewReader(option) },
		} {
			if got := panicText(create); got != want {
				t.Errorf("%s with %T %v: panics with %q, want %q", name, option, option, got, want)
			}
			if _, err := store.BufferByName("odd"); want != "" && !errors.Is(err, mtmsg.ErrUnknownObject) {
				t.Errorf("%s with %T %v: a look-up gives %v", name, option, option, err)
			}
		}
	}
}

// panicText returns the string that f panics with, "" when it does not.
func panicText(f func()) (text string) {
	defer func() {
		if v := recover(); v != nil {
			text = v.(string)
		}
	}()
	f()
	return ""
}

func TestLookUp(t *testing.T) {
	var store mtmsg.Store
	b, l := store.NewBuffer(mtmsg.Named("x")), store.NewListener(mtmsg.Named("x"))
	found, err := store.BufferByName("x")
	want(t, found, b, err)
	listener, err := store.ListenerByName("x")
	want(t, listener, l, err)
	listener, err = store.ListenerByID(l.ID())
	want(t, listener, l, err)
	other := store.NewBuffer(mtmsg.Named("x"))
	_, err = store.BufferByName("x")
	wantError(t, err, mtmsg.ErrAmbiguousName)
	found, err = store.BufferByID(other.ID())
	want(t, found, other, err)
	b.Close()
	found, err = store.BufferByName("x")
	want(t, found, other, err)
	l.Close()
	_, err = store.ListenerByName("x")
	wantError(t, err, mtmsg.ErrUnknownObject)
	_, err = store.BufferByID(b.ID())
	wantError(t, err, mtmsg.ErrUnknownObject)
	if name, ok := b.Name(); name != "x" || !ok {
		t.Errorf("the name of a closed buffer is %q", name)
	}
}

func TestWriterAndReader(t *testing.T) {
	var store mtmsg.Store
	b := store.NewBuffer(mtmsg.Size(20), mtmsg.Grow(0))
	w, r := mtmsg.NewWriter(), mtmsg.NewReader(mtmsg.Size(10), mtmsg.Grow(0))
	want(t, true, true, w.Add(1))
	added, err := w.AddTo(b)
	want(t, added, true, err)
	want(t, true, true, w.Add(2, true))
	added, err = w.AddTo(b)
	want(t, added, false, err)
	want(t, true, true, r.NextMsg(t.Context(), b))
	want(t, r.Next(5), []any{1.0}, nil)
	added, err = w.AddTo(b)
	want(t, added, true, err)
	wantError(t, r.NextMsg(t.Context(), b), mtmsg.ErrMessageSize)
	values, ok, err := b.TryNext()
	want(t, values, []any{2.0, true}, err)
	want(t, ok, true, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantError(t, r.NextMsg(ctx, b), context.Canceled)
	want(t, true, true, w.Add("only"))
	want(t, true, true, w.SetIn(b))
	want(t, r.Next(1), []any{}, nil)
	want(t, true, true, r.NextMsg(t.Context(), b))
	r.Clear()
	want(t, r.Next(1), []any{}, nil)
	want(t, true, true, w.Add("x", "too large for b", 3))
	wantError(t, w.SetIn(b), mtmsg.ErrMessageSize)
	w.Clear()
	added, err = w.AddTo(b)
	want(t, added, true, err)
}

func TestAbort(t *testing.T) {
	var store mtmsg.Store
	l := store.NewListener()
	b, err := l.NewBuffer()
	want(t, true, true, err)
	done := make(chan error)
	for _, receive := range []next{b.Next, l.Next} {
		go func() {
			_, err := receive(context.Background())
			done <- err
		}()
	}
	for b.Waiting()+l.Waiting() < 2 {
		runtime.Gosched()
	}
	store.Abort(true)
	wantError(t, <-done, mtmsg.ErrOperationAborted)
	wantError(t, <-done, mtmsg.ErrOperationAborted)
	aborted, err := b.Aborted()
	want(t, aborted, true, err)
	store.Abort(false)
	aborted, err = l.Aborted()
	want(t, aborted, false, err)
	l.Close()
	for _, err := range []error{
		b.Abort(true), l.Abort(true), l.Clear(), b.Clear(), b.SetNotifier(nil, mtmsg.Condition{}),
	} {
		wantError(t, err, mtmsg.ErrObjectClosed)
	}
	_, err = l.NewBuffer()
	wantError(t, err, mtmsg.ErrObjectClosed)
	_, err = b.Aborted()
	wantError(t, err, mtmsg.ErrObjectClosed)
}

func TestNotifierErrors(t *testing.T) {
	var store mtmsg.Store
	a, b := store.NewBuffer(), store.NewBuffer()
	want(t, true, true, a.SetNotifier(b, mtmsg.Condition{}))
	wantError(t, b.SetNotifier(a, mtmsg.Condition{}), mtmsg.ErrNotifierCycle)
	wantError(t, a.SetNotifier(store.NewBuffer(), mtmsg.Condition{}), mtmsg.ErrHasNotifier)
	b.Close()
	want(t, true, true, a.SetNotifier(store.NewBuffer(), mtmsg.Condition{}))
}

// TestLongChain has buffers notify each other in a row.
func TestLongChain(t *testing.T) {
	var store mtmsg.Store
	first := store.NewBuffer()
	last := first
	for range 50_000 {
		next := store.NewBuffer()
		want(t, true, true, last.SetNotifier(next, mtmsg.Condition{}))
		last = next
	}
	_, err := first.Add("message")
	want(t, true, true, err)
	n, err := last.Len()
	want(t, n, 1, err)
	last.Close()
	_, err = first.Add("message")
	want(t, true, true, err)
}
