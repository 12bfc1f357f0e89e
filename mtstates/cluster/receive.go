package cluster

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
)

// receiver takes the calls that come to a life, in their order. It runs those that are short in the goroutine that takes
// them: to start another one for each would cost more than they do, and their answers would not be written together. When
// one lasts longer than expected, another goroutine goes on receiving, so that it holds up no other state.
type receiver struct {
	life     *life
	incoming chan *nats.Msg // nil is the last one
	finished sync.Once
	ended    chan struct{} // closed when the last one has come
	// turn is odd while the goroutine that receives runs a call. Whoever makes it even receives from then on.
	turn  atomic.Uint64
	watch *time.Timer
}

const (
	// maxIncoming is how many messages may wait for the receiver. More are lost, as in any subscription that is too slow.
	maxIncoming = 1 << 14
	// shortCall is how long a call may have lasted for the next one of its state to be taken for a short one.
	shortCall = 20 * time.Microsecond
	// takeOverTime is how long a call may last before another goroutine receives.
	takeOverTime = 200 * time.Microsecond
)

func newReceiver(l *life) *receiver {
	return &receiver{life: l, incoming: make(chan *nats.Msg, maxIncoming), ended: make(chan struct{})}
}

// start begins to receive.
func (r *receiver) start() {
	r.watch = time.AfterFunc(takeOverTime, r.takeOver)
	go r.receive()
}

// finish lets the receiver end after the messages that are there. It returns at once.
func (r *receiver) finish() {
	r.finished.Do(func() { go func() { r.incoming <- nil }() })
}

func (r *receiver) receive() {
	for m := range r.incoming {
		if m == nil {
			close(r.ended)
			return
		}
		o := r.life.dispatch(m)
		switch {
		case o == nil:
		case !o.isShort():
			go o.work()
		case !r.run(o):
			return
		}
	}
}

// isShort reports whether the last call was short.
func (o *owned) isShort() bool {
	took := time.Duration(o.took.Load())
	return took > 0 && took < shortCall
}

// run runs the queue of a state. It reports whether the caller receives further, as nobody else does by then.
func (r *receiver) run(o *owned) bool {
	turn := r.turn.Add(1)
	r.watch.Reset(takeOverTime)
	returned := false
	defer func() {
		if !returned && r.turn.CompareAndSwap(turn, turn+1) { // a Go function has ended the goroutine
			go r.receive()
		}
	}()
	o.work()
	returned = true
	return r.turn.CompareAndSwap(turn, turn+1)
}

// takeOver receives from now on, if the goroutine that did is still with a call.
func (r *receiver) takeOver() {
	if turn := r.turn.Load(); turn%2 == 1 && r.turn.CompareAndSwap(turn, turn+1) {
		r.receive()
	}
}

// dispatch hands a message to its state. It returns the state if the caller is to work on its queue.
func (l *life) dispatch(m *nats.Msg) *owned {
	encoded, revision, ok := parseCall(m.Subject)
	if !ok {
		return nil
	}
	head, err := wire.Peek(m.Data)
	if err != nil {
		l.node.answer(m, failedWith(err))
		return nil
	}
	l.mu.Lock()
	o := l.states[encoded]
	l.mu.Unlock()
	switch {
	case head.Stops != "":
		if o != nil {
			o.stop(head.Stops, head.Late)
		}
	case o == nil:
		l.node.answer(m, &wire.Answer{Status: wire.Gone})
		if l.leased() {
			go l.disown(encoded, revision)
		}
	case o.add(m, &head):
		return o
	}
	return nil
}
