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

	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// owned is a state whose name a life has claimed, or is claiming. Its calls wait in a queue and run one after the other
// in a goroutine that exists only while there are any.
type owned struct {
	life    *life
	encoded string       // the name
	virtual *virtual     // nil for a shared state
	used    atomic.Int64 // when a call came last, in nanoseconds after the start of the life
	took    atomic.Int64 // how long the last call ran, in nanoseconds

	mu       sync.Mutex
	state    *mtstates.State // nil until the setup of a virtual state has ended
	revision uint64          // of the claim; 0 while it is under way
	queue    []*nats.Msg
	room     [1]*nats.Msg  // for the queue of a state that is not busy
	current  *nats.Msg     // the call that runs
	stopped  bool          // nobody waits for it any more
	call     *callContext  // what ends it; nil before it can be ended
	watch    *time.Timer   // calls expire; nil before the first call
	watched  time.Time     // when it does so; zero if it does not
	allowed  func() error  // allowsCall, made at the first call
	running  bool          // a goroutine works on the queue
	closed   bool          // nothing more runs
	failure  *wire.Answer  // to calls, when the setup has failed
	claimed  chan struct{} // closed when the claim is over
}

func newOwned(l *life, encoded string) *owned {
	return &owned{life: l, encoded: encoded, claimed: make(chan struct{})}
}

// add lets a call wait for its turn. It reports whether the caller is to work on the queue, as nobody does.
func (o *owned) add(m *nats.Msg, head *wire.Head) (works bool) {
	n := o.life.node
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
		return false
	case !head.Waits && (o.current != nil || len(o.queue) > 0):
		refused = mtstates.ErrConcurrentAccess.With("state in use: " + o.label())
	case len(head.Chain) > 0 && o.revision != 0 && slices.Contains(head.Chain, o.activation()):
		refused = mtstates.ErrDeadlock.With(o.label() + " waits for itself through other states of the cluster")
	case len(o.queue) >= n.queue:
		refused = mtstates.ErrConcurrentAccess.With(fmt.Sprintf("state in use: %s: %d calls wait already", o.label(), len(o.queue)))
	}
	if refused != nil {
		o.mu.Unlock()
		n.answer(m, failedWith(refused))
		return false
	}
	if len(o.queue) == 0 {
		o.queue = o.room[:0]
	}
	o.queue = append(o.queue, m)
	works = !o.running && o.revision != 0
	o.running = o.running || works
	o.mu.Unlock()
	return works
}

// stop ends the call whose answer goes to a subject: one that runs is interrupted, one that waits does not run. One that
// runs beyond its deadline is interrupted by that.
func (o *owned) stop(call string, late bool) {
	o.mu.Lock()
	if o.current != nil && o.current.Reply == call {
		if !late {
			o.stopped = true
			if o.call != nil {
				o.call.end(context.Canceled)
			}
		}
		o.mu.Unlock()
		return
	}
	at := slices.IndexFunc(o.queue, func(m *nats.Msg) bool { return m.Reply == call })
	var m *nats.Msg
	if at >= 0 {
		m = o.queue[at]
		o.queue = slices.Delete(o.queue, at, at+1)
	}
	o.mu.Unlock()
	if m != nil {
		o.life.node.answer(m, &wire.Answer{Status: wire.Expired})
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
		m, st := o.next()
		if m == nil {
			return
		}
		if st == nil {
			o.life.node.answer(m, &wire.Answer{Status: wire.Gone})
			continue
		}
		o.workOn(m, st)
	}
}

// next takes the next call from the queue, with the state that runs it, nil if that is gone. It returns no call when the
// queue is empty, and then the caller has ended its work.
func (o *owned) next() (m *nats.Msg, st *mtstates.State) {
	o.mu.Lock()
	o.current = nil
	if len(o.queue) == 0 {
		o.queue = nil
		o.running = false
		closed := o.closed
		o.mu.Unlock()
		if closed {
			o.closeVirtual()
		}
		return nil, nil
	}
	m = o.queue[0]
	o.queue[0] = nil
	o.queue = o.queue[1:]
	o.current, o.stopped = m, false
	if _, of, _ := parseCall(m.Subject); !o.closed && of == o.revision {
		st = o.state
	}
	o.mu.Unlock()
	return m, st
}

// workOn runs a call and answers it. When a Go function of the host ends the goroutine, another one goes on with the queue.
func (o *owned) workOn(m *nats.Msg, st *mtstates.State) {
	returned := false
	defer func() {
		if !returned {
			o.life.node.answer(m, failedWith(mtstates.ErrObjectClosed.With(label(decodeName(o.encoded))+": its goroutine ended")))
			go o.work()
		}
	}()
	a := o.run(st, m.Data)
	o.mu.Lock()
	o.current = nil // before the caller knows that its call is over
	o.mu.Unlock()
	o.life.node.answer(m, &a)
	returned = true
}

var (
	errGone    = errors.New("gone")
	errExpired = errors.New("expired")
)

// run runs a call, if lease and deadline allow it.
func (o *owned) run(st *mtstates.State, message []byte) wire.Answer {
	r, err := o.life.node.codec.Request(message)
	if err != nil {
		return *failedWith(err)
	}
	start := time.Now()
	o.used.Store(int64(start.Sub(o.life.start)))
	deadline := time.UnixMicro(r.Deadline)
	if err := o.allows(start, deadline); err != nil { // it need not wait for its turn
		return refusal(err)
	}
	c := &callContext{deadline: deadline, chain: r.Chain}
	if err := o.begins(c); err != nil {
		return refusal(err)
	}
	defer o.ends(c)
	results, err := modules.CallIf(c, st, r.Waits, o.allowed, r.Args)
	end := time.Now()
	o.took.Store(int64(end.Sub(start)))
	switch {
	case err == errGone || err == errExpired:
		return refusal(err)
	case err == mtstates.ErrRegistryClosed:
		return refusal(errGone)
	case err != nil && st.Closed() && isClosed(err):
		return refusal(errGone)
	case !o.life.leasedAt(end):
		return wire.Answer{Status: wire.Ran}
	case err != nil:
		return *failedWith(err)
	}
	return wire.Answer{Status: wire.Done, Results: results}
}

// allowsCall is allows for the present call, in the goroutine that runs it.
func (o *owned) allowsCall() error { return o.allows(time.Now(), o.call.deadline) }

// allows returns why a call may not run, or run no longer.
func (o *owned) allows(now, deadline time.Time) error {
	switch {
	case !o.life.leasedAt(now):
		return errGone
	case !now.Before(deadline):
		return errExpired
	}
	return nil
}

func refusal(err error) wire.Answer {
	if err == errExpired {
		return wire.Answer{Status: wire.Expired}
	}
	return wire.Answer{Status: wire.Gone}
}

// isClosed reports whether a call has failed because its state is closed, and not for an error that it raised.
func isClosed(err error) bool {
	e, ok := err.(*mtstates.Error)
	return ok && e.Name() == mtstates.ErrObjectClosed.Name()
}

// unsupported returns the error of a call with a result that does not cross.
func unsupported(err error) error {
	var u *wire.UnsupportedError
	if !errors.As(err, &u) {
		return err
	}
	return mtstates.ErrStateResult.With(fmt.Sprintf("state function returns bad parameter #%d: %v", u.Index, u))
}

// answer sends an answer. One that cannot be sent is lost, as if the connection had been.
func (n *Node) answer(m *nats.Msg, a *wire.Answer) {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	number := wire.Number(m.Data)
	b, err := n.codec.AppendAnswer((*buffer)[:0], number, a)
	if err != nil {
		b, err = n.codec.AppendAnswer((*buffer)[:0], number, failedWith(unsupported(err)))
	}
	keep(buffer, b)
	if err == nil {
		err = nats.ErrMaxPayload
		if n.maxMessage == 0 || len(b) <= n.maxMessage {
			err = n.conn.Publish(m.Reply, b)
		}
	}
	if errors.Is(err, nats.ErrMaxPayload) {
		what := "the results"
		if a.Status == wire.Failed {
			what = "the error"
		}
		if b, err = n.codec.AppendAnswer(nil, number, failedWith(tooLong(what, len(b), n.messageLimit()))); err == nil {
			err = n.conn.Publish(m.Reply, b)
		}
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
