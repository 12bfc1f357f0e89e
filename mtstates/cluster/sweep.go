package cluster

import (
	"context"

	"github.com/nats-io/nats.go/jetstream"
)

// sweeper is the name for which the nodes are ranked when names of dead ones are to be removed.
const sweeper = "sweeper"

// sweepAfterDeaths begins to remove the names of nodes that have died since it was called last, if that is up to the life.
// What fails is tried again by the next call. It returns at once, as the lease must not wait for it.
func (l *life) sweepAfterDeaths() {
	n, v := l.node, l.node.view
	if !v.died.Load() || !v.sweeping.CompareAndSwap(false, true) {
		return
	}
	n.background.Go(func() {
		defer v.sweeping.Store(false)
		v.died.Store(false)
		if v.first(sweeper) != l.id {
			return
		}
		if err := n.bucket.sweep(l.ctx, v); err != nil {
			v.died.Store(true)
		}
	})
}

// sweep removes the names whose owners are dead. A name that is claimed meanwhile stays.
func (b *bucket) sweep(ctx context.Context, v *view) error {
	w, err := b.kv.WatchFiltered(ctx, []string{namePrefix + "*"}, jetstream.IgnoreDeletes())
	if err != nil {
		return err
	}
	defer w.Stop()
	buried := map[string]bool{}
	for {
		var e jetstream.KeyValueEntry
		select {
		case e = <-w.Updates():
		case <-ctx.Done():
			return ctx.Err()
		}
		if e == nil { // all have been seen
			return nil
		}
		owner := string(e.Value())
		if _, alive := v.life(owner); alive {
			continue
		}
		dead, known := buried[owner]
		if !known {
			if dead, err = b.bury(ctx, owner); err != nil {
				return err
			}
			buried[owner] = dead
		}
		if dead {
			_ = b.remove(ctx, e.Key(), e.Revision()) // it fails if another node has the name by now
		}
	}
}

// first returns the node that is the first one for a name, of all that may take names.
func (v *view) first(name string) string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var ids []string
	for id, p := range v.peers {
		if p.entry.State == nodeUp {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	rank(ids, name)
	return ids[0]
}
