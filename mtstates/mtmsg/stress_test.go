package mtmsg_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

// next is Buffer.Next or Listener.Next.
type next func(context.Context) ([]any, error)

// TestManySenders lets goroutines send over buffers of one listener and receive at the listener and at the buffers.
// Each message arrives once, and each receiver sees those of one sender in their order.
func TestManySenders(t *testing.T) {
	const senders, messages = 4, 3000
	var store mtmsg.Store
	l := store.NewListener()
	sources := []next{l.Next, l.Next}
	var buffers []*mtmsg.Buffer
	for range 2 {
		b, err := l.NewBuffer()
		if err != nil {
			t.Fatal(err)
		}
		buffers = append(buffers, b)
		sources = append(sources, b.Next)
	}
	ctx, finish := context.WithCancel(context.Background())
	defer finish()
	var receiving, sending sync.WaitGroup
	var arrived [senders][messages]atomic.Int32
	var total atomic.Int32
	for _, receive := range sources {
		receiving.Go(func() {
			last := [senders]float64{-1, -1, -1, -1}
			for {
				values, err := receive(ctx)
				if err != nil {
					return
				}
				sender, i := int(values[0].(float64)), values[1].(float64)
				if i <= last[sender] {
					t.Errorf("message %v of sender %d arrives behind %v", i, sender, last[sender])
				}
				last[sender] = i
				arrived[sender][int(i)].Add(1)
				if total.Add(1) == senders*messages {
					finish()
				}
			}
		})
	}
	for sender := range senders {
		sending.Go(func() {
			for i := range messages {
				if added, err := buffers[sender%2].Add(sender, i); !added || err != nil {
					t.Errorf("got %v, %v", added, err)
				}
			}
		})
	}
	sending.Wait()
	receiving.Wait()
	for sender := range senders {
		for i := range messages {
			if n := arrived[sender][i].Load(); n != 1 {
				t.Fatalf("message %d of sender %d has arrived %d times", i, sender, n)
			}
		}
	}
}

// TestMeddling does everything at once to the buffers of listeners; only the documented errors may come.
func TestMeddling(t *testing.T) {
	var store mtmsg.Store
	l := store.NewListener()
	var current atomic.Pointer[mtmsg.Buffer]
	renew := func() {
		b, err := l.NewBuffer(mtmsg.Named("b"), mtmsg.Size(200), mtmsg.Grow(0))
		if err != nil {
			t.Error(err)
			return
		}
		current.Store(b)
	}
	renew()
	notified := store.NewBuffer(mtmsg.Size(50), mtmsg.Grow(0))
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			for i := range 500 {
				b := current.Load()
				if err := meddle(&store, l, b, notified, worker+i); err != nil && !allowed(err) {
					t.Error(err)
				}
				if (worker+i)%37 == 0 {
					b.Close()
					renew()
				}
				if i == 300 {
					cancel()
				}
				if i > 300 {
					if _, err := b.Next(ctx); err != nil && !errors.Is(err, context.Canceled) && !allowed(err) {
						t.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
	store.Abort(false)
	if err := l.Clear(); err != nil {
		t.Error(err)
	}
	if err := l.Abort(false); err != nil {
		t.Error(err)
	}
	if _, ok, err := l.TryNext(); ok || err != nil {
		t.Errorf("after clear: %v, %v", ok, err)
	}
	current.Load().Close()
	if _, _, err := l.TryNext(); !errors.Is(err, mtmsg.ErrNoBuffers) && err != nil {
		t.Error(err)
	}
}

func meddle(store *mtmsg.Store, l *mtmsg.Listener, b, notified *mtmsg.Buffer, what int) (err error) {
	switch what % 11 {
	case 0, 1, 2:
		_, err = b.Add(what, "text")
	case 3:
		err = b.Set(what)
	case 4, 5:
		_, _, err = l.TryNext()
	case 6:
		_, _, err = b.TryNext()
	case 7:
		err = b.Clear()
	case 8:
		err = b.SetNotifier(notified, mtmsg.Condition{Below: what%2 == 0, Threshold: 2})
	case 9:
		_, err = store.BufferByName("b")
	case 10:
		store.Abort(what%22 == 10)
		err = errors.Join(b.Abort(what%3 == 0), l.Abort(what%2 == 0), l.Clear())
	}
	return err
}

func allowed(err error) bool {
	for _, expected := range []error{
		mtmsg.ErrObjectClosed, mtmsg.ErrOperationAborted, mtmsg.ErrNoBuffers, mtmsg.ErrUnknownObject, mtmsg.ErrAmbiguousName,
	} {
		if errors.Is(err, expected) {
			return true
		}
	}
	return false
}
