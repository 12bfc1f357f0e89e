package cluster

import (
	"context"
	"encoding/json"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// The states of a node, as its entry shows them.
const (
	nodeUp       = "up"
	nodeDraining = "draining" // it takes no new names
	nodeDead     = "dead"     // its lease has ended, and it cannot renew it
)

// nodeEntry is the value of a node's key.
type nodeEntry struct {
	State    string   `json:"state"`
	Patterns []string `json:"patterns,omitempty"` // of the virtual states that it makes
}

func (e nodeEntry) text() string {
	text, err := json.Marshal(e)
	if err != nil {
		panic(err) // strings always have a JSON form
	}
	return string(text)
}

func parseNodeEntry(text string) (e nodeEntry) {
	if json.Unmarshal([]byte(text), &e) != nil {
		return nodeEntry{State: nodeDead} // of another version: nothing can be said to it
	}
	return e
}

// alive reports whether the node may still hold its lease.
func (e nodeEntry) alive() bool { return e.State == nodeUp || e.State == nodeDraining }

// makes reports whether the node makes virtual states of a name.
func (e nodeEntry) makes(name string) bool {
	for _, p := range e.Patterns {
		if matches(p, name) {
			return e.State == nodeUp
		}
	}
	return false
}

// matches reports whether a name is one of a pattern.
func matches(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return err == nil && ok
}

// view is what a node knows of the others. It follows the bucket and may lag behind.
type view struct {
	bucket *bucket
	died   atomic.Bool // a node, since names of dead ones were removed last
	// sweeping is whether they are being removed.
	sweeping atomic.Bool

	mu      sync.RWMutex
	peers   map[string]*peer
	catalog uint64        // the revision of the catalog up to which the patterns of all nodes are known
	changed chan struct{} // closed at the next change of catalog
}

type peer struct {
	entry nodeEntry
	// life ends some time after the node is seen to be dead.
	life context.Context
	end  context.CancelFunc
}

// answerTime is how long answers of a node that has left may still be on their way to those who waited for them.
const answerTime = time.Second

// bury ends the life of a node that is seen to be dead, when none of its answers can be on its way.
func (p *peer) bury() { time.AfterFunc(answerTime, p.end) }

func newView(b *bucket) *view {
	return &view{bucket: b, peers: map[string]*peer{}, changed: make(chan struct{})}
}

// follow keeps the view until ctx ends. It closes ready when the view is complete for the first time.
func (v *view) follow(ctx context.Context, ready chan<- struct{}) {
	for ctx.Err() == nil {
		w, err := v.bucket.kv.WatchFiltered(ctx, []string{nodePrefix + "*", catalogKey})
		if err != nil {
			pause(ctx, 50*time.Millisecond)
			continue
		}
		known := map[string]bool{} // the nodes that exist, until all have been seen; then nil
		for e := range w.Updates() {
			switch {
			case e == nil && known != nil:
				v.keepOnly(known)
				known = nil
				if ready != nil {
					close(ready)
					ready = nil
				}
			case e == nil:
			case e.Key() == catalogKey:
				v.setCatalog(e.Revision())
			default:
				id := strings.TrimPrefix(e.Key(), nodePrefix)
				entry := nodeEntry{State: nodeDead}
				if e.Operation() == jetstream.KeyValuePut {
					entry = parseNodeEntry(string(e.Value()))
				}
				v.set(id, entry)
				if known != nil {
					known[id] = true
				}
			}
		}
	}
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

func (v *view) set(id string, entry nodeEntry) {
	v.mu.Lock()
	defer v.mu.Unlock()
	p := v.peers[id]
	if !entry.alive() {
		v.died.Store(true)
		if p != nil {
			p.bury()
			delete(v.peers, id)
		}
		return
	}
	if p == nil {
		p = &peer{}
		p.life, p.end = context.WithCancel(context.Background())
		v.peers[id] = p
	}
	p.entry = entry
}

func (v *view) keepOnly(known map[string]bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for id, p := range v.peers {
		if !known[id] {
			p.bury()
			delete(v.peers, id)
			v.died.Store(true)
		}
	}
}

func (v *view) setCatalog(revision uint64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if revision > v.catalog {
		v.catalog = revision
		close(v.changed)
		v.changed = make(chan struct{})
	}
}

// life returns the context that ends some time after a node is seen to be dead; ok is false if it is not known to live.
func (v *view) life(id string) (life context.Context, ok bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if p := v.peers[id]; p != nil {
		return p.life, true
	}
	return nil, false
}

// candidates returns the nodes that make virtual states of a name, in the order in which they are to be asked.
func (v *view) candidates(name string) []string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var ids []string
	for id, p := range v.peers {
		if p.entry.makes(name) {
			ids = append(ids, id)
		}
	}
	rank(ids, name)
	return ids
}

// catchUp waits until the view has the patterns that were there when it was called.
func (v *view) catchUp(ctx context.Context) error {
	f, err := v.bucket.get(ctx, catalogKey)
	if err != nil {
		return err
	}
	for {
		v.mu.RLock()
		current, changed := v.catalog >= f.revision, v.changed
		v.mu.RUnlock()
		if current {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
