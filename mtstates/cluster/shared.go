package cluster

import (
	"context"
	"errors"
	"fmt"

	"github.com/mtstates/go-mtstates/mtstates"
)

// ErrLeft is returned by a node that was drained or closed.
var ErrLeft = errors.New("mtstates: the node has left the cluster")

// Share lets other processes find a state of the node's registry by its name, until it is closed or the node leaves. The
// node keeps the state alive. When the lease is lost, it claims the name again as soon as it can. The errors are
// mtstates.ErrObjectExists if another node owns the name, mtstates.ErrObjectClosed, mtstates.ErrUnreachable, mtstates.ErrUnnamed
// and [ErrLeft].
func (n *Node) Share(ctx context.Context, st *mtstates.State) error {
	name, named := st.Name()
	switch {
	case !named:
		return mtstates.ErrUnnamed
	case len(name) > maxName:
		return fmt.Errorf("mtstates: a name of %d bytes cannot be shared, as it is longer than %d", len(name), maxName)
	case st.Registry() != n.registry:
		return errors.New("mtstates: the state is not of the node's registry")
	}
	ctx, cancel := n.bounded(ctx)
	defer cancel()
	encoded := encodeName(name)
	for {
		err := n.shareOnce(ctx, st, name, encoded)
		switch {
		case err == nil, errors.Is(err, mtstates.ErrObjectExists), errors.Is(err, ErrLeft), errors.Is(err, mtstates.ErrObjectClosed):
			return err
		case ctx.Err() != nil:
			return unreachable(name, notRun, errors.Join(ctx.Err(), err))
		}
		pause(ctx, retryPause)
	}
}

func (n *Node) shareOnce(ctx context.Context, st *mtstates.State, name, encoded string) error {
	if n.ctx.Err() != nil || n.leaving.Load() {
		return ErrLeft
	}
	if st.Closed() {
		return mtstates.ErrObjectClosed.With(label(name))
	}
	l, err := n.current(ctx)
	if err != nil {
		return err
	}
	o := newOwned(l, encoded)
	o.state = st
	if before := l.enter(o); before != nil {
		return before.sharedAs(ctx, st, name)
	}
	e, mine, err := l.claim(ctx, encoded)
	if err != nil || !mine {
		l.leave(o)
		o.claimEnded(0)
		o.close()
		if err == nil {
			err = mtstates.ErrObjectExists.With(label(name))
		}
		return err
	}
	n.sharing.Lock()
	n.shared[encoded] = st
	n.sharing.Unlock()
	o.claimEnded(e.Revision)
	if st.Closed() { // meanwhile, so Forget may have come too early
		n.Forget(st)
	}
	return nil
}

// sharedAs reports whether st is what a life has under a name already.
func (o *owned) sharedAs(ctx context.Context, st *mtstates.State, name string) error {
	select {
	case <-o.claimed:
	case <-ctx.Done():
		return ctx.Err()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.closed:
		return errClaimLost
	case o.state == st:
		return nil
	}
	return mtstates.ErrObjectExists.With(label(name))
}

// claimEnded lets the calls run that have waited for a claim, 0 for one that failed.
func (o *owned) claimEnded(revision uint64) {
	o.mu.Lock()
	o.revision = revision
	start := len(o.queue) > 0 && revision != 0
	o.running = start
	o.mu.Unlock()
	close(o.claimed)
	if start {
		go o.work()
	}
}

// shareAgain claims the names of shared states in a new life.
func (n *Node) shareAgain(ctx context.Context) {
	n.sharing.Lock()
	states := make(map[string]*mtstates.State, len(n.shared))
	for encoded, st := range n.shared {
		states[encoded] = st
	}
	n.sharing.Unlock()
	for encoded, st := range states {
		name := decodeName(encoded)
		err := n.shareOnce(ctx, st, name, encoded)
		for err != nil && ctx.Err() == nil && !errors.Is(err, mtstates.ErrObjectExists) && !errors.Is(err, ErrLeft) && !st.Closed() {
			pause(ctx, retryPause)
			err = n.shareOnce(ctx, st, name, encoded)
		}
		if err != nil {
			n.log.Warn("could not share a state again", "cluster", n.name, "name", name, "error", err)
		}
	}
}

// Forget gives the name of a closed state back. The registry calls it.
func (n *Node) Forget(st *mtstates.State) {
	name, _ := st.Name()
	encoded := encodeName(name)
	n.sharing.Lock()
	if n.shared[encoded] == st {
		delete(n.shared, encoded)
	}
	n.sharing.Unlock()
	l := n.life.Load()
	if l == nil {
		return
	}
	l.mu.Lock()
	o := l.states[encoded]
	l.mu.Unlock()
	if o == nil {
		return
	}
	o.mu.Lock()
	same := o.state == st && o.revision != 0
	o.closed = o.closed || same
	o.mu.Unlock()
	if same {
		go func() {
			ctx, cancel := context.WithTimeout(n.ctx, n.timeout)
			defer cancel()
			o.close()
			o.release(ctx)
		}()
	}
}
