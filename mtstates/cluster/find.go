package cluster

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
)

// retryPause is the time before something is tried again.
const retryPause = 20 * time.Millisecond

var errUnknown = errors.New("no node has the name")

// target is where the calls of a name go.
type target struct {
	wire.Entry
	subject string
}

// targets remembers where names are. A wrong one does no harm: the node that it names answers that it does not own the
// name at that revision.
type targets struct {
	mu      sync.RWMutex
	entries map[string]*target
}

// maxTargets bounds the memory for names.
const maxTargets = 1 << 16

func (t *targets) get(name string) *target {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.entries[name]
}

func (t *targets) put(name string, at *target) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for other := range t.entries {
		if len(t.entries) < maxTargets {
			break
		}
		delete(t.entries, other)
	}
	t.entries[name] = at
}

func (t *targets) drop(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.entries, name)
}

// find returns where a name is: as remembered, or if fresh is set as the bucket says.
func (n *Node) find(ctx context.Context, name string, fresh bool) (*target, error) {
	if !fresh {
		if at := n.targets.get(name); at != nil {
			if _, alive := n.view.life(at.Node); alive {
				return at, nil
			}
		}
	}
	n.targets.drop(name)
	e, ok, err := n.owner(ctx, name, fresh)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errUnknown
	}
	return n.remember(name, e), nil
}

func (n *Node) remember(name string, e wire.Entry) *target {
	at := &target{e, n.subjects.call(e.Node, encodeName(name), e.Revision)}
	n.targets.put(name, at)
	return at
}

// owner asks the bucket for the owner of a name. If sure is set, it asks for the lease of the owner, too, which the view
// may not know yet to have ended.
func (n *Node) owner(ctx context.Context, name string, sure bool) (e wire.Entry, ok bool, err error) {
	f, err := n.bucket.get(ctx, namePrefix+encodeName(name))
	if err != nil || !f.exists {
		return e, false, err
	}
	e = wire.Entry{Node: f.value, Revision: f.revision}
	if _, alive := n.view.life(e.Node); alive && !sure {
		return e, true, nil
	}
	lease, err := n.bucket.get(ctx, nodePrefix+e.Node)
	if err != nil || !lease.exists {
		return e, false, err
	}
	entry := parseNodeEntry(lease.value)
	if entry.alive() {
		n.view.set(e.Node, entry)
	}
	return e, entry.alive(), nil
}

// findOrMake is find for a call, which makes virtual states.
func (n *Node) findOrMake(ctx context.Context, name string, fresh bool) (*target, error) {
	at, err := n.find(ctx, name, fresh)
	if !errors.Is(err, errUnknown) {
		return at, err
	}
	candidates, err := n.makers(ctx, name)
	if err != nil {
		return nil, err
	}
	for _, id := range candidates {
		var e wire.Entry
		if e, err = n.requestMake(ctx, id, name); err == nil {
			return n.remember(name, e), nil
		}
	}
	return nil, err
}

// makers returns the nodes that make states of a name, in their order. The error is errUnknown if there are none.
func (n *Node) makers(ctx context.Context, name string) ([]string, error) {
	candidates := n.view.candidates(name)
	if len(candidates) == 0 {
		if err := n.view.catchUp(ctx); err != nil {
			return nil, err
		}
		if candidates = n.view.candidates(name); len(candidates) == 0 {
			return nil, errUnknown
		}
	}
	return candidates, nil
}

// makeTimeout is how long a node may take to claim a name, before another one is asked. The bucket decides between them.
const makeTimeout = 500 * time.Millisecond

func (n *Node) requestMake(ctx context.Context, id, name string) (wire.Entry, error) {
	ctx, cancel := context.WithTimeout(ctx, makeTimeout)
	defer cancel()
	m, err := n.conn.RequestWithContext(ctx, n.subjects.make(id), []byte(name))
	if err != nil {
		return wire.Entry{}, err
	}
	a, err := n.codec.Activated(m.Data)
	if err != nil {
		return wire.Entry{}, err
	}
	return a.Entry, a.Err
}
