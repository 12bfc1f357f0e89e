package cluster

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
)

var errNotShared = errors.New("type 'mtstates.state' not supported between processes unless it is shared")

// drain gives all names back, each when the call that runs has ended, and ends the lease.
func (l *life) drain(ctx context.Context) error {
	l.draining.Store(true)
	if err := l.write(ctx); err != nil { // then others find out when they ask for a state
		if living, learnErr := l.learnRevision(ctx); learnErr == nil && living {
			_ = l.write(ctx)
		}
	}
	for {
		states := l.snapshot()
		if len(states) == 0 {
			break
		}
		if err := retireAll(ctx, states); err != nil {
			return err
		}
	}
	// Calls that are still on their way get the answer that the states are gone.
	for _, s := range []*nats.Subscription{l.calls, l.makes} {
		if err := s.Drain(); err != nil {
			return err
		}
	}
	for l.calls.IsValid() || l.makes.IsValid() {
		if pause(ctx, time.Millisecond); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	l.receiver.finish()
	select {
	case <-l.receiver.ended:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := l.node.conn.FlushWithContext(ctx); err != nil {
		return err
	}
	l.lost.Store(true)
	l.cancel()
	return l.surrender(ctx)
}

func (l *life) snapshot() []*owned {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := make([]*owned, 0, len(l.states))
	for _, o := range l.states {
		list = append(list, o)
	}
	return list
}

// drainers is how many states give their names back at a time.
const drainers = 32

func retireAll(ctx context.Context, states []*owned) error {
	var group sync.WaitGroup
	work := make(chan *owned)
	for range min(drainers, len(states)) {
		group.Go(func() {
			for o := range work {
				o.drain(ctx)
			}
		})
	}
	for _, o := range states {
		work <- o
	}
	close(work)
	group.Wait()
	return ctx.Err()
}

// drain lets a call that runs end, and gives the name back. Those that wait get the answer that the state is gone, and go
// to the next owner.
func (o *owned) drain(ctx context.Context) {
	select {
	case <-o.claimed:
	case <-ctx.Done():
		return
	}
	o.close()
	for o.busy() {
		if pause(ctx, time.Millisecond); ctx.Err() != nil {
			return
		}
	}
	o.release(ctx)
}

// surrender removes the node's entry, so that its names are free at once.
func (l *life) surrender(ctx context.Context) error {
	l.entryMu.Lock()
	defer l.entryMu.Unlock()
	return l.node.bucket.remove(ctx, nodePrefix+l.id, l.revision)
}

// abandonTime is how long a node that leaves at once waits for calls that run.
const abandonTime = time.Second

// abandon ends a life at once. The entry is removed only when nothing runs any more; otherwise the lease has to end.
func (l *life) abandon() {
	l.draining.Store(true) // so that no new life begins
	l.lost.Store(true)
	l.cancel()
	states := l.snapshot()
	for _, o := range states {
		o.endCall()
	}
	l.unsubscribe()
	ctx, cancel := context.WithTimeout(context.Background(), abandonTime)
	defer cancel()
	for _, o := range states {
		go o.close()
	}
	for _, o := range states {
		for o.busy() {
			if pause(ctx, time.Millisecond); ctx.Err() != nil {
				return
			}
		}
	}
	_ = l.surrender(ctx) // otherwise the lease ends by itself
}

func (o *owned) busy() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.running
}
