package cluster

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

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

// outgoing is a call of a state of another process, or of this one through the servers.
type outgoing struct {
	name     string
	number   uint64
	deadline time.Time
	message  []byte
}

// call calls a state by its name.
func (n *Node) call(ctx context.Context, name string, waits bool, args []any) (mtstates.Results, error) {
	c := outgoing{name: name, number: n.calls.Add(1)}
	var bounded bool
	if c.deadline, bounded = ctx.Deadline(); !bounded {
		c.deadline = time.Now().Add(n.timeout)
	}
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	var err error
	if c.message, err = n.request(ctx, (*buffer)[:0], &c, waits, args); err != nil {
		return nil, err
	}
	keep(buffer, c.message)
	if ctx.Err() != nil {
		return nil, unreachable(name, notRun, ctx.Err())
	}
	at := n.targets.get(name)
	if at != nil {
		if results, over, err := n.send(ctx, &c, at); over {
			return results, err
		}
	}
	ctx, cancel := context.WithDeadline(ctx, c.deadline)
	defer cancel()
	return n.callAgain(ctx, &c, at != nil)
}

// callAgain looks for the state until a call is over. fresh is whether what is remembered has turned out to be wrong.
func (n *Node) callAgain(ctx context.Context, c *outgoing, fresh bool) (mtstates.Results, error) {
	for wait := 2 * time.Millisecond; ; wait = min(2*wait, 100*time.Millisecond) {
		at, err := n.findOrMake(ctx, c.name, fresh)
		if errors.Is(err, errUnknown) {
			return nil, unknown(c.name)
		}
		if err == nil {
			var over bool
			var results mtstates.Results
			if results, over, err = n.send(ctx, c, at); over {
				return results, err
			}
		}
		switch {
		case n.ctx.Err() != nil:
			return nil, unreachable(c.name, notRun, ErrLeft)
		case ctx.Err() != nil:
			return nil, unreachable(c.name, notRun, reason(ctx, err))
		}
		fresh = true
		pause(ctx, wait)
	}
}

// request appends the message of a call.
func (n *Node) request(ctx context.Context, b []byte, c *outgoing, waits bool, args []any) ([]byte, error) {
	var room [8]backend.Value
	r := wire.Request{Number: c.number, Waits: waits, Deadline: c.deadline.UnixMicro(), Chain: n.chain(ctx), Args: room[:0]}
	if len(r.Chain) > wire.MaxChain {
		return nil, mtstates.ErrOutOfMemory.With(fmt.Sprintf("more than %d states of the cluster call each other", wire.MaxChain))
	}
	for i, arg := range args {
		v, err := modules.ToValue(arg)
		if err != nil {
			return nil, &mtstates.ArgumentError{Index: i + 1, Function: "call", Message: err.Error()}
		}
		r.Args = append(r.Args, v)
	}
	message, err := n.codec.AppendRequest(b, &r)
	if err != nil {
		return nil, badArgument(err)
	}
	if n.maxMessage > 0 && len(message) > n.maxMessage {
		return nil, tooLong("the arguments", len(message), n.messageLimit())
	}
	return message, nil
}

// badArgument returns the error of a call with an argument that does not cross.
func badArgument(err error) error {
	var u *wire.UnsupportedError
	if !errors.As(err, &u) {
		return err
	}
	return &mtstates.ArgumentError{Index: u.Index, Function: "call", Message: u.Error()}
}
