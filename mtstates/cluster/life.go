package cluster

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nuid"
)

// life is one lease of a node, from its beginning to its loss. Its id is never used again, so nothing that was meant for
// it reaches another one.
type life struct {
	node  *Node
	id    string
	start time.Time
	// until is when the lease ends for the node, in nanoseconds after start: before it ends for the others.
	until    atomic.Int64
	lost     atomic.Bool
	draining atomic.Bool
	// ctx ends with the life.
	ctx    context.Context
	cancel context.CancelFunc

	calls, makes *nats.Subscription
	receiver     *receiver

	entryMu  sync.Mutex // held while the node's entry is written
	revision uint64     // of the entry

	mu     sync.Mutex
	states map[string]*owned // by encoded names
}

// leased reports whether the lease surely still holds, by the monotonic clock and by the wall clock: the former stands
// still while the machine sleeps.
func (l *life) leased() bool { return l.leasedAt(time.Now()) }

func (l *life) leasedAt(now time.Time) bool {
	until := time.Duration(l.until.Load())
	return !l.lost.Load() && now.Sub(l.start) < until && now.Round(0).Sub(l.start.Round(0)) < until
}

var errNoLease = errors.New("the node has no lease")

// current returns the life of the node, which begins when it is first needed.
func (n *Node) current(ctx context.Context) (*life, error) {
	if l := n.life.Load(); l != nil {
		if !l.leased() || l.draining.Load() {
			return nil, errNoLease
		}
		return l, nil
	}
	n.beginning.Lock()
	defer n.beginning.Unlock()
	if l := n.life.Load(); l != nil {
		return l, nil
	}
	if n.ctx.Err() != nil {
		return nil, ErrLeft
	}
	l, err := n.begin(ctx)
	if err != nil {
		return nil, err
	}
	n.background.Go(n.renew)
	return l, nil
}

// begin takes a new lease under a new id. Its subscriptions exist before any name can lead to it.
func (n *Node) begin(ctx context.Context) (_ *life, err error) {
	l := &life{node: n, id: nuid.Next(), start: time.Now(), states: map[string]*owned{}}
	l.ctx, l.cancel = context.WithCancel(n.ctx)
	defer func() {
		if err != nil {
			l.cancel()
			l.unsubscribe()
		}
	}()
	l.receiver = newReceiver(l)
	l.receiver.start()
	if l.calls, err = n.conn.ChanSubscribe(n.subjects.calls(l.id), l.receiver.incoming); err != nil {
		return nil, err
	}
	if l.makes, err = n.conn.Subscribe(n.subjects.make(l.id), func(m *nats.Msg) { go l.makeVirtual(m) }); err != nil {
		return nil, err
	}
	if err = n.conn.FlushWithContext(ctx); err != nil {
		return nil, err
	}
	if err = l.write(ctx); err != nil {
		return nil, err
	}
	if err = n.announce(ctx); err != nil {
		return nil, err
	}
	n.life.Store(l)
	return l, nil
}

func (l *life) unsubscribe() {
	for _, s := range []*nats.Subscription{l.calls, l.makes} {
		if s != nil {
			_ = s.Unsubscribe() // it fails if the connection is closed, and then nothing comes any more
		}
	}
	l.receiver.finish()
}

// write renews the lease with what the node's entry is to say.
func (l *life) write(ctx context.Context) error {
	l.entryMu.Lock()
	defer l.entryMu.Unlock()
	entry := nodeEntry{State: nodeUp, Patterns: l.node.patterns()}
	if l.draining.Load() {
		entry.State = nodeDraining
	}
	lease, sent := l.node.lease, time.Now()
	revision, err := l.node.bucket.put(ctx, nodePrefix+l.id, entry.text(), l.revision, lease)
	if err != nil {
		return err
	}
	l.revision = revision
	l.until.Store(int64(sent.Sub(l.start) + lease*9/10))
	return nil
}

// learnRevision reads the revision of the entry, which a lost answer has left unknown. It reports whether the entry is
// still that of a living node.
func (l *life) learnRevision(ctx context.Context) (living bool, err error) {
	f, err := l.node.bucket.get(ctx, nodePrefix+l.id)
	if err != nil {
		return false, err
	}
	if !f.exists || !parseNodeEntry(f.value).alive() {
		return false, nil
	}
	l.entryMu.Lock()
	defer l.entryMu.Unlock()
	l.revision = max(l.revision, f.revision)
	return true, nil
}

// renew keeps the lease, and begins a new life when one is lost.
func (n *Node) renew() {
	tick := time.NewTicker(n.lease / 5)
	defer tick.Stop()
	for {
		select {
		case <-n.ctx.Done():
			return
		case <-tick.C:
		}
		l := n.life.Load()
		ctx, cancel := context.WithTimeout(n.ctx, n.lease/4)
		if err := l.write(ctx); err != nil {
			if living, err := l.learnRevision(ctx); err == nil && !living {
				l.lost.Store(true)
			}
		}
		if !l.lost.Load() {
			l.sweepAfterDeaths()
		}
		cancel()
		if l.lost.Load() && !l.draining.Load() && n.ctx.Err() == nil {
			n.log.Warn("lost the lease", "cluster", n.name, "node", l.id)
			l.end()
			n.beginAgain()
		}
	}
}

// beginAgain takes a new lease and claims the shared states for it. What fails is tried again at the next renewal.
func (n *Node) beginAgain() {
	ctx, cancel := context.WithTimeout(n.ctx, n.lease)
	defer cancel()
	if _, err := n.begin(ctx); err != nil {
		return
	}
	n.shareAgain(ctx)
}

// end ends a life whose lease is lost. Virtual states are closed; what is still on its way to the node is answered with
// Gone for a while.
func (l *life) end() {
	l.lost.Store(true)
	l.cancel()
	l.mu.Lock()
	states := l.states
	l.states = map[string]*owned{}
	l.mu.Unlock()
	for _, o := range states {
		o.endCall()
	}
	go func() {
		for _, o := range states {
			o.close()
		}
	}()
	time.AfterFunc(l.node.lease, l.unsubscribe)
}

// announce lets the others see the patterns of the node: whoever reads the catalog afterwards knows that it must have
// seen the entry of this node, which was written before.
func (n *Node) announce(ctx context.Context) error {
	if len(n.patterns()) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	_, err := n.bucket.kv.Put(ctx, catalogKey, nil)
	return err
}
