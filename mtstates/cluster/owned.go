package cluster

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// owned is a state whose name a life has claimed, or is claiming. Its calls wait in a queue and run one after the other
// in a goroutine that exists only while there are any.
type owned struct {
	life    *life
	encoded string   // the name
	virtual *virtual // nil for a shared state
	used    atomic.Int64

	mu       sync.Mutex
	state    *mtstates.State // nil until the setup of a virtual state has ended
	revision uint64          // of the claim; 0 while it is under way
	queue    []*nats.Msg
	running  bool          // a goroutine works on the queue
	closed   bool          // nothing more runs
	failure  *wire.Answer  // to calls, when the setup has failed
	claimed  chan struct{} // closed when the claim is over
}

func newOwned(l *life, encoded string) *owned {
	return &owned{life: l, encoded: encoded, claimed: make(chan struct{})}
}

// dispatch hands a call to its state. It is called for one message after the other.
func (l *life) dispatch(m *nats.Msg) {
	encoded, revision, ok := parseCall(m.Subject)
	if !ok {
		return
	}
	l.mu.Lock()
	o := l.states[encoded]
	l.mu.Unlock()
	if o != nil {
		o.add(m)
		return
	}
	l.node.answer(m, &wire.Answer{Status: wire.Gone})
	if l.leased() {
		go l.disown(encoded, revision)
	}
}

// add lets a call wait for its turn.
func (o *owned) add(m *nats.Msg) {
	n := o.life.node
	waits, chain, err := wire.Peek(m.Data)
	if err != nil {
		n.answer(m, failedWith(err))
		return
	}
	o.mu.Lock()
	var refused error
	switch {
	case o.closed:
		a := o.failure
		if _, revision, _ := parseCall(m.Subject); a == nil || revision != o.revision {
			a = &wire.Answer{Status: wire.Gone}
		}
		o.mu.Unlock()
		n.answer(m, a)
		return
	case !waits && (o.running || len(o.queue) > 0):
		refused = mtstates.ErrConcurrentAccess.With("state in use: " + o.label())
	case o.revision != 0 && slices.Contains(chain, o.activation()):
		refused = mtstates.ErrDeadlock.With(o.label() + " waits for itself through other states of the cluster")
	case len(o.queue) >= n.queue:
		refused = mtstates.ErrConcurrentAccess.With(fmt.Sprintf("state in use: %s: %d calls wait already", o.label(), len(o.queue)))
	}
	if refused != nil {
		o.mu.Unlock()
		n.answer(m, failedWith(refused))
		return
	}
	o.queue = append(o.queue, m)
	start := !o.running && o.revision != 0
	o.running = o.running || start
	o.mu.Unlock()
	if start {
		go o.work()
	}
}

func failedWith(err error) *wire.Answer { return &wire.Answer{Status: wire.Failed, Err: err} }

// label names the state in messages. The lock is held.
func (o *owned) label() string {
	return label(decodeName(o.encoded))
}

// activation names this claim in the chain of those that wait. The lock is held.
func (o *owned) activation() string {
	return o.life.node.subjects.call(o.life.id, o.encoded, o.revision)
}

// work runs the queue until it is empty.
func (o *owned) work() {
	for {
		o.mu.Lock()
		if len(o.queue) == 0 {
			o.queue = nil
			o.running = false
			closed := o.closed
			o.mu.Unlock()
			if closed {
				o.closeVirtual()
			}
			return
		}
		m := o.queue[0]
		o.queue[0] = nil
		o.queue = o.queue[1:]
		closed, st, revision := o.closed, o.state, o.revision
		o.mu.Unlock()
		if _, of, _ := parseCall(m.Subject); closed || of != revision {
			o.life.node.answer(m, &wire.Answer{Status: wire.Gone})
			continue
		}
		o.life.node.answer(m, o.run(st, m.Data, revision))
	}
}

var (
	errGone    = errors.New("gone")
	errExpired = errors.New("expired")
)

// run runs a call, if lease and deadline allow it.
func (o *owned) run(st *mtstates.State, message []byte, revision uint64) *wire.Answer {
	n := o.life.node
	r, err := n.codec.Request(message)
	if err != nil {
		return failedWith(err)
	}
	o.used.Store(int64(time.Since(o.life.start)))
	deadline := time.UnixMicro(r.Deadline)
	parent := context.Background()
	if o.virtual != nil {
		parent = o.life.ctx // a shared state lives on without a lease
	}
	ctx, cancel := context.WithDeadline(context.WithValue(parent, chainKey{}, r.Chain), deadline)
	defer cancel()
	allowed := func() error {
		switch {
		case !o.life.leased():
			return errGone
		case !time.Now().Before(deadline):
			return errExpired
		}
		return nil
	}
	if err := allowed(); err != nil { // it need not wait for its turn
		return refusal(err)
	}
	args := make([]any, len(r.Args))
	for i := range args {
		args[i] = modules.FromValue(r.Args[i])
	}
	results, err := st.CallIf(ctx, r.Waits, allowed, args...)
	switch {
	case err == errGone || err == errExpired:
		return refusal(err)
	case err == mtstates.ErrRegistryClosed:
		return refusal(errGone)
	case err != nil && st.Closed() && isClosed(err):
		return refusal(errGone)
	case !o.life.leased():
		return &wire.Answer{Status: wire.Ran}
	case err != nil:
		return failedWith(err)
	}
	return n.done(results)
}

func refusal(err error) *wire.Answer {
	if err == errExpired {
		return &wire.Answer{Status: wire.Expired}
	}
	return &wire.Answer{Status: wire.Gone}
}

// isClosed reports whether a call has failed because its state is closed, and not for an error that it raised.
func isClosed(err error) bool {
	e, ok := err.(*mtstates.Error)
	return ok && e.Name() == mtstates.ErrObjectClosed.Name()
}

// done returns the answer with the results of a call.
func (n *Node) done(results mtstates.Results) *wire.Answer {
	a := &wire.Answer{Status: wire.Done, Results: make([]backend.Value, len(results))}
	for i, result := range results {
		v, err := modules.ToValue(result)
		if err != nil {
			return failedWith(badResult(i+1, err))
		}
		a.Results[i] = v
	}
	return a
}

func badResult(number int, err error) error {
	return mtstates.ErrStateResult.With(fmt.Sprintf("state function returns bad parameter #%d: %v", number, err))
}

// answer sends an answer. One that cannot be sent is lost, as if the connection had been.
func (n *Node) answer(m *nats.Msg, a *wire.Answer) {
	b, err := n.codec.AppendAnswer(nil, a)
	var unsupported *wire.UnsupportedError
	if errors.As(err, &unsupported) {
		b, err = n.codec.AppendAnswer(nil, failedWith(badResult(unsupported.Index, unsupported)))
	}
	if limit := n.messageLimit(); err == nil && len(b) > limit {
		text := fmt.Sprintf("%d bytes are more than the limit of %d for a message", len(b), limit)
		if a.Status == wire.Failed {
			text = "the error is too long: " + text
		}
		b, err = n.codec.AppendAnswer(nil, failedWith(mtstates.ErrOutOfMemory.With(text)))
	}
	if err == nil {
		err = m.Respond(b)
	}
	if err != nil && n.ctx.Err() == nil {
		n.log.Debug("could not answer", "cluster", n.name, "error", err)
	}
}

// close lets nothing more run. Calls that wait are answered with Gone, also those that a claim keeps waiting; a virtual
// state is closed when its last call has ended.
func (o *owned) close() {
	o.mu.Lock()
	o.closed = true
	var queue []*nats.Msg
	if !o.running {
		queue, o.queue = o.queue, nil
	}
	running := o.running
	o.mu.Unlock()
	for _, m := range queue {
		o.life.node.answer(m, &wire.Answer{Status: wire.Gone})
	}
	if !running {
		o.closeVirtual()
	}
}

// closeVirtual closes the state, if it is a virtual one. Local calls may still use it for a while.
func (o *owned) closeVirtual() {
	if o.virtual == nil {
		return
	}
	o.mu.Lock()
	st := o.state
	o.state = nil
	o.mu.Unlock()
	if st == nil {
		return
	}
	_ = st.Shutdown(context.Background()) // a virtual state is known only after its setup
}
