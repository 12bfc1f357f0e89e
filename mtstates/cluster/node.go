package cluster

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
)

// Node is a process in a cluster. One that shares nothing and makes no virtual states takes no lease.
type Node struct {
	config
	registry *mtstates.Registry
	conn     *nats.Conn
	bucket   *bucket
	answers  *answers
	calls    atomic.Uint64 // how many the node has made
	subjects subjects
	codec    wire.Codec
	view     *view
	targets  targets

	// ctx ends when the node has left. background are the goroutines that end with it.
	ctx        context.Context
	stop       context.CancelFunc
	background sync.WaitGroup
	leaving    atomic.Bool
	left       chan struct{} // closed when the node has left

	beginning sync.Mutex // held while the first life begins
	life      atomic.Pointer[life]

	kindsMu sync.RWMutex
	kinds   []*virtual

	sharing sync.Mutex
	shared  map[string]*mtstates.State // by encoded names
}

// Join connects a registry with a cluster: its look-ups by name find the states of the other nodes. ctx bounds the time
// that joining may take; the default is that of [CallTimeout]. A registry is in one cluster at a time. The program calls
// [Node.Drain] or [Node.Close] in the end.
func Join(ctx context.Context, registry *mtstates.Registry, options ...Option) (*Node, error) {
	n := &Node{config: defaults(), registry: registry, shared: map[string]*mtstates.State{}, left: make(chan struct{})}
	for _, o := range options {
		o.apply(&n.config)
	}
	if err := n.check(); err != nil {
		return nil, fmt.Errorf("mtstates: join: %w", err)
	}
	ctx, cancel := n.bounded(ctx)
	defer cancel()
	if err := n.connect(ctx); err != nil {
		return nil, fmt.Errorf("mtstates: join: %w", err)
	}
	if err := registry.Join(n); err != nil {
		n.leave()
		return nil, err
	}
	return n, nil
}

// connect opens connection and bucket, and waits until the view of the other nodes is complete.
func (n *Node) connect(ctx context.Context) (err error) {
	n.ctx, n.stop = context.WithCancel(context.Background())
	if n.conn, err = dial(ctx, &n.config); err != nil {
		n.stop()
		return err
	}
	defer func() {
		if err != nil {
			n.leave()
		}
	}()
	if n.answers, err = listen(n.conn); err != nil {
		return err
	}
	n.background.Go(func() { n.answers.follow(n.ctx) })
	if n.bucket, err = openBucket(ctx, n.conn, &n.config); err != nil {
		return err
	}
	n.subjects = subjects{"mtstates." + n.name}
	n.codec = wire.Codec{Refs: references{n}, Known: n.sentinels}
	n.targets.entries = map[string]*target{}
	n.view = newView(n.bucket)
	ready := make(chan struct{})
	n.background.Go(func() { n.view.follow(n.ctx, ready) })
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// dial connects, and waits for servers that have not started yet.
func dial(ctx context.Context, c *config) (*nats.Conn, error) {
	options := append([]nats.Option{
		nats.Name("mtstates"),
		nats.MaxReconnects(-1), nats.ReconnectWait(50 * time.Millisecond), nats.ReconnectJitter(50*time.Millisecond, 50*time.Millisecond),
		nats.ReconnectBufSize(-1), // a call must not wait in a buffer and be sent when its caller has given up
		nats.PingInterval(time.Second), nats.MaxPingsOutstanding(2), nats.Timeout(2 * time.Second),
	}, c.nats...)
	for {
		conn, err := nats.Connect(c.url, options...)
		if err == nil || isPermanent(err) {
			return conn, err
		}
		pause(ctx, 100*time.Millisecond)
		if ctx.Err() != nil {
			return nil, err
		}
	}
}

// isPermanent reports whether an error of a new connection will come again.
func isPermanent(err error) bool {
	var wrongURL *url.Error
	var untrusted *tls.CertificateVerificationError
	var refused *net.OpError // package tls has no type for what the other side says
	return errors.Is(err, nats.ErrAuthorization) || errors.Is(err, nkeys.ErrNoSeedFound) || errors.Is(err, nkeys.ErrInvalidUserSeed) ||
		errors.Is(err, nats.ErrAuthExpired) || errors.Is(err, nats.ErrAuthRevoked) || errors.Is(err, nats.ErrSecureConnRequired) ||
		errors.Is(err, nats.ErrSecureConnWanted) || errors.Is(err, fs.ErrNotExist) ||
		errors.As(err, &wrongURL) || errors.As(err, &untrusted) ||
		errors.As(err, &refused) && refused.Op == "remote error"
}

// messageLimit returns how long a message may be.
func (n *Node) messageLimit() int {
	limit := int(n.conn.MaxPayload())
	if n.maxMessage > 0 {
		limit = min(limit, n.maxMessage)
	}
	return limit
}

// Drain moves the states of the node away and leaves the cluster: virtual states end when the call that runs has
// ended, and the calls that wait make the state on another node; the names of shared states are free.
// When ctx ends before, which is after the time of [CallTimeout] at the latest if it has no deadline, Drain does what [Node.Close] does and returns the error of ctx.
// When the node is already leaving, Drain waits until it has left.
func (n *Node) Drain(ctx context.Context) error {
	ctx, cancel := n.bounded(ctx)
	defer cancel()
	if !n.leaving.CompareAndSwap(false, true) {
		select {
		case <-n.left:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	n.registry.Leave(n)
	var err error
	if l := n.life.Load(); l != nil {
		if err = l.drain(ctx); err != nil {
			l.abandon()
		}
	}
	n.leave()
	return err
}

// Close leaves the cluster at once. Calls that run have a moment to end, but their callers may get
// mtstates.ErrUnreachable. It does nothing when the node is already leaving, and does not wait for a Drain in another goroutine.
func (n *Node) Close() error {
	if !n.leaving.CompareAndSwap(false, true) {
		return nil
	}
	n.registry.Leave(n)
	if l := n.life.Load(); l != nil {
		l.abandon()
	}
	n.leave()
	return nil
}

// leave ends goroutines and connection.
func (n *Node) leave() {
	n.stop()
	n.background.Wait()
	n.conn.Close()
	if n.answers != nil {
		n.answers.lose()
	}
	close(n.left)
}

// references translates the handles in messages.
type references struct{ node *Node }

// Name returns the name of a state that is shared in this cluster.
func (r references) Name(state mtstates.Ref) (string, error) {
	switch state := state.(type) {
	case *ref:
		if state.node == r.node {
			return state.name, nil
		}
	case *mtstates.State:
		if l := r.node.life.Load(); l != nil && l.activationOf(state) != "" {
			name, _ := state.Name()
			return name, nil
		}
	}
	return "", errNotShared
}

// State returns the handle for a name: the state itself if this node shares it.
func (r references) State(name string) mtstates.Ref {
	if l := r.node.life.Load(); l != nil {
		l.mu.Lock()
		o := l.states[encodeName(name)]
		l.mu.Unlock()
		if o != nil && o.virtual == nil {
			return o.state
		}
	}
	return &ref{r.node, name}
}
