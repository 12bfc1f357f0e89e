package cluster

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// buffers are for messages: publishing copies them.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// maxKept is the size up to which buffers are used again.
const maxKept = 64 << 10

// keep lets a buffer grow to what a message has needed.
func keep(buffer *[]byte, message []byte) {
	if cap(message) <= maxKept {
		*buffer = message
	}
}

var (
	errOwnerDied = errors.New("the lease of the state's node has ended")
	errLateLease = errors.New("the lease of the state's node ended during the call")
)

// send sends a call once. over is false if it surely has not run, so that it may be sent again; err then says why.
func (n *Node) send(ctx context.Context, c *outgoing, at *target) (_ mtstates.Results, over bool, err error) {
	owner, alive := n.view.life(at.Node)
	if !alive {
		return nil, false, errOwnerDied
	}
	w := n.answers.expect(c.number)
	defer n.answers.forget(w)
	switch err := n.conn.PublishRequest(at.subject, w.subject, c.message); {
	case errors.Is(err, nats.ErrMaxPayload):
		return nil, true, tooLong("the arguments", len(c.message), n.messageLimit())
	case errors.Is(err, nats.ErrReconnectBufExceeded), errors.Is(err, nats.ErrConnectionClosed):
		return nil, false, err // not sent
	case err != nil:
		return nil, true, unreachable(c.name, mayHaveRun, err)
	}
	m, err := n.await(ctx, c, owner, at, w)
	switch {
	case err != nil:
		return nil, true, unreachable(c.name, mayHaveRun, err)
	case isNobody(m):
		return nil, false, nats.ErrNoResponders
	}
	a, err := n.codec.Answer(m.Data)
	if err != nil {
		return nil, true, unreachable(c.name, mayHaveRun, err)
	}
	switch a.Status {
	case wire.Gone:
		return nil, false, errGone
	case wire.Expired:
		return nil, true, unreachable(c.name, notRun, endOf(ctx))
	case wire.Ran:
		return nil, true, unreachable(c.name, mayHaveRun, errLateLease)
	case wire.Failed:
		return nil, true, a.Err
	}
	results := make(mtstates.Results, len(a.Results))
	for i := range results {
		results[i] = modules.FromValue(a.Results[i])
	}
	return results, true, nil
}

// endOf returns why a call with a context has ended, if only its deadline has passed, too.
func endOf(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return context.DeadlineExceeded
}

// await waits for the answer to a call. When the caller has no more patience, it lets the owner stop the call, whose answer
// says then what has become of it.
func (n *Node) await(ctx context.Context, c *outgoing, owner context.Context, at *target, w *waiting) (*nats.Msg, error) {
	var late <-chan time.Time
	if _, bounded := ctx.Deadline(); !bounded {
		t := startTimer(time.Until(c.deadline))
		defer stopTimer(t)
		late = t.C
	}
	select {
	case m := <-w.arrived:
		return answer(m)
	case <-owner.Done():
		return nil, errOwnerDied
	case <-ctx.Done():
	case <-late:
	}
	end := endOf(ctx)
	n.answers.spoil(w)
	if n.conn.Publish(at.subject, wire.AppendStop(nil, w.subject, errors.Is(end, context.DeadlineExceeded))) != nil {
		return nil, end
	}
	t := startTimer(stopTime)
	defer stopTimer(t)
	select {
	case m := <-w.arrived:
		return answer(m)
	case <-owner.Done():
	case <-t.C:
	}
	return nil, end
}

// stopTime is how long a caller whose context has ended waits for the answer that its call was stopped.
const stopTime = 200 * time.Millisecond

// answer returns a message, unless it stands for a lost connection.
func answer(m *nats.Msg) (*nats.Msg, error) {
	if m == nil {
		return nil, nats.ErrDisconnected
	}
	return m, nil
}

// timers are used again: nothing is left in the channel of one that is stopped.
var timers sync.Pool

func startTimer(d time.Duration) *time.Timer {
	if t, ok := timers.Get().(*time.Timer); ok {
		t.Reset(d)
		return t
	}
	return time.NewTimer(d)
}

func stopTimer(t *time.Timer) {
	t.Stop()
	timers.Put(t)
}
