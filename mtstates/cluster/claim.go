package cluster

import (
	"context"
	"errors"
	"time"

	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
)

var errClaimLost = errors.New("the claim was lost")

// enter adds a state to a life, which claims its name then. If the life has a state of the name already, enter returns
// that one instead.
func (l *life) enter(o *owned) (before *owned) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if before := l.states[o.encoded]; before != nil && !before.failed() {
		return before
	}
	l.states[o.encoded] = o // calls that come before the answer to the claim wait in its queue
	return nil
}

// failed reports whether the setup of a virtual state has failed.
func (o *owned) failed() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.failure != nil
}

// leave takes a state out of the life.
func (l *life) leave(o *owned) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.states[o.encoded] == o {
		delete(l.states, o.encoded)
	}
}

// claim makes the life the owner of a name, unless a living node owns it. It returns the entry, and whether it is that
// of the claim.
func (l *life) claim(ctx context.Context, encoded string) (e wire.Entry, mine bool, err error) {
	b := l.node.bucket
	f, err := b.get(ctx, namePrefix+encoded)
	if err != nil {
		return e, false, err
	}
	if f.exists && f.value != l.id {
		buried, err := b.bury(ctx, f.value)
		if err != nil {
			return e, false, err
		}
		if !buried {
			return wire.Entry{Node: f.value, Revision: f.revision}, false, nil
		}
	}
	// An entry with this life, but without a state, is what an earlier claim has left, whose answer was lost.
	revision, err := b.put(ctx, namePrefix+encoded, l.id, f.revision, 0)
	if err == nil {
		return wire.Entry{Node: l.id, Revision: revision}, true, nil
	}
	f, getErr := b.get(ctx, namePrefix+encoded)
	if getErr != nil || !f.exists || f.value == l.id {
		return e, false, err
	}
	return wire.Entry{Node: f.value, Revision: f.revision}, false, nil
}

// bury makes sure that the lease of a node has ended and does not come back: it writes an entry that the node cannot
// renew, which succeeds only where there is none. It reports false for a node that lives.
func (b *bucket) bury(ctx context.Context, id string) (bool, error) {
	f, err := b.get(ctx, nodePrefix+id)
	if err != nil {
		return false, err
	}
	if f.exists {
		return !parseNodeEntry(f.value).alive(), nil
	}
	_, err = b.put(ctx, nodePrefix+id, nodeEntry{State: nodeDead}.text(), f.revision, time.Minute)
	return err == nil, err
}

// release gives a name back. What fails is done later: by disown when a call comes, or by others when the lease is over.
func (o *owned) release(ctx context.Context) {
	o.mu.Lock()
	revision := o.revision
	o.mu.Unlock()
	o.life.leave(o)
	if revision != 0 {
		_ = o.life.node.bucket.remove(ctx, namePrefix+o.encoded, revision)
	}
}

// disown removes an entry that leads to the life although it has no such state.
func (l *life) disown(encoded string, revision uint64) {
	ctx, cancel := context.WithTimeout(l.ctx, requestTimeout)
	defer cancel()
	_ = l.node.bucket.remove(ctx, namePrefix+encoded, revision) // it fails if the entry is another one by now
}
