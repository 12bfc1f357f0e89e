package cluster

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// ref is a state that is found through the cluster.
type ref struct {
	node *Node
	name string
}

// Call calls the state, wherever it is by then.
func (r *ref) Call(ctx context.Context, args ...any) (mtstates.Results, error) {
	return r.node.call(ctx, r.name, true, args)
}

// TryCall is Call for a caller that does not wait for its turn.
func (r *ref) TryCall(ctx context.Context, args ...any) (mtstates.Results, error) {
	return r.node.call(ctx, r.name, false, args)
}

// Name returns the name.
func (r *ref) Name() (name string, ok bool) { return r.name, true }

// PushTo pushes a handle.
func (r *ref) PushTo(vm backend.VM) { modules.PushRef(vm, r) }

// Object returns the state.
func (r *ref) Object() any { return r }

// String returns what tostring returns in Lua.
func (r *ref) String() string {
	return fmt.Sprintf("mtstates.state: %p (name=\"%s\")", r, backend.Quote(r.name))
}

// Find returns a state that is shared in the cluster, or a virtual one that the first call will make. Programs use
// mtstates.Registry.Lookup.
func (n *Node) Find(ctx context.Context, name string) (mtstates.Ref, error) {
	if len(name) > maxName {
		return nil, unknown(name)
	}
	ctx, cancel := n.bounded(ctx)
	defer cancel()
	for {
		_, err := n.find(ctx, name, false)
		if errors.Is(err, errUnknown) {
			_, err = n.makers(ctx, name)
		}
		switch {
		case err == nil:
			return &ref{n, name}, nil
		case errors.Is(err, errUnknown):
			return nil, unknown(name)
		case n.ctx.Err() != nil:
			return nil, unreachable(name, notRun, ErrLeft)
		case ctx.Err() != nil:
			return nil, unreachable(name, notRun, reason(ctx, err))
		}
		pause(ctx, retryPause)
	}
}

// bounded returns a context with a deadline.
func (n *Node) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, ok := ctx.Deadline(); ok {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, n.timeout)
}

// reason returns why something did not happen before ctx ended.
func reason(ctx context.Context, err error) error {
	if err == nil || errors.Is(err, ctx.Err()) {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", ctx.Err(), err)
}

// chainKey is the key in a context of the activations that wait for the call, the outermost first.
type chainKey struct{}

// chain returns the activations that wait for a call with the given context.
func (n *Node) chain(ctx context.Context) []string {
	chain, _ := ctx.Value(chainKey{}).([]string)
	holding := modules.Holding(ctx)
	if l := n.life.Load(); l != nil {
		for _, st := range slices.Backward(holding) {
			if a := l.activationOf(st); a != "" {
				chain = append(chain[:len(chain):len(chain)], a)
			}
		}
	}
	return chain
}

// activationOf returns the claim under which others call a state, "" if there is none.
func (l *life) activationOf(st *mtstates.State) string {
	name, named := st.Name()
	if !named {
		return ""
	}
	l.mu.Lock()
	o := l.states[encodeName(name)]
	l.mu.Unlock()
	if o == nil {
		return ""
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.state != st || o.revision == 0 {
		return ""
	}
	return o.activation()
}

// call calls a state by its name.
func (n *Node) call(ctx context.Context, name string, waits bool, args []any) (mtstates.Results, error) {
	ctx, cancel := n.bounded(ctx)
	defer cancel()
	message, err := n.request(ctx, waits, args)
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, unreachable(name, notRun, ctx.Err())
	}
	fresh, wait := false, 2*time.Millisecond
	for {
		at, err := n.findOrMake(ctx, name, fresh)
		if errors.Is(err, errUnknown) {
			return nil, unknown(name)
		}
		if err == nil {
			var over bool
			var results mtstates.Results
			if results, over, err = n.send(ctx, at, name, message); over {
				return results, err
			}
		}
		switch {
		case n.ctx.Err() != nil:
			return nil, unreachable(name, notRun, ErrLeft)
		case ctx.Err() != nil:
			return nil, unreachable(name, notRun, reason(ctx, err))
		}
		fresh = true
		pause(ctx, wait)
		wait = min(2*wait, 100*time.Millisecond)
	}
}

// request returns the message of a call.
func (n *Node) request(ctx context.Context, waits bool, args []any) ([]byte, error) {
	r := &wire.Request{Waits: waits, Chain: n.chain(ctx), Args: make([]backend.Value, len(args))}
	if len(r.Chain) > wire.MaxChain {
		return nil, mtstates.ErrOutOfMemory.With(fmt.Sprintf("more than %d states of the cluster call each other", wire.MaxChain))
	}
	deadline, _ := ctx.Deadline()
	r.Deadline = deadline.UnixMicro()
	for i, arg := range args {
		v, err := modules.ToValue(arg)
		if err != nil {
			return nil, &mtstates.ArgumentError{Index: i + 1, Function: "call", Message: err.Error()}
		}
		r.Args[i] = v
	}
	message, err := n.codec.AppendRequest(nil, r)
	var unsupported *wire.UnsupportedError
	if errors.As(err, &unsupported) {
		return nil, &mtstates.ArgumentError{Index: unsupported.Index, Function: "call", Message: unsupported.Error()}
	}
	if limit := n.messageLimit(); err == nil && len(message) > limit {
		err = mtstates.ErrOutOfMemory.With(fmt.Sprintf("%d bytes are more than the limit of %d for a message", len(message), limit))
	}
	return message, err
}

var (
	errOwnerDied = errors.New("the lease of the state's node has ended")
	errLateLease = errors.New("the lease of the state's node ended during the call")
)

// send sends a call once. over is false if it surely has not run, so that it may be sent again; err then says why.
func (n *Node) send(ctx context.Context, at *target, name string, message []byte) (_ mtstates.Results, over bool, err error) {
	owner, alive := n.view.life(at.Node)
	if !alive {
		return nil, false, errOwnerDied
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stop := context.AfterFunc(owner, func() { cancel(errOwnerDied) })
	defer stop()
	m, err := n.conn.RequestWithContext(ctx, at.subject, message)
	switch {
	case errors.Is(err, nats.ErrNoResponders), errors.Is(err, nats.ErrReconnectBufExceeded):
		return nil, false, err // not sent, or to nobody
	case err != nil:
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return nil, true, unreachable(name, mayHaveRun, err)
	}
	a, err := n.codec.Answer(m.Data)
	if err != nil {
		return nil, true, unreachable(name, mayHaveRun, err)
	}
	switch a.Status {
	case wire.Gone:
		return nil, false, errGone
	case wire.Expired:
		return nil, true, unreachable(name, notRun, context.DeadlineExceeded)
	case wire.Ran:
		return nil, true, unreachable(name, mayHaveRun, errLateLease)
	case wire.Failed:
		return nil, true, a.Err
	}
	results := make(mtstates.Results, len(a.Results))
	for i := range results {
		results[i] = modules.FromValue(a.Results[i])
	}
	return results, true, nil
}
