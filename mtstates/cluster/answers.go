package cluster

import (
	"context"
	"strconv"
	"sync"

	"github.com/nats-io/nats.go"

	"github.com/mtstates/go-mtstates/mtstates/cluster/internal/wire"
)

// answers hands the answers to calls out to those who wait for them. It does what the requests of package nats do, but a
// caller waits for several things without a context of its own for each call, can name the call to the owner, and uses the
// subject of an earlier answer again: the servers need not find out for each answer where it goes.
type answers struct {
	conn    *nats.Conn
	prefix  string // of the subjects of all answers
	changes chan nats.Status

	mu   sync.Mutex
	last uint64              // the number of the newest one that waits
	all  map[uint64]*waiting // by their numbers
	free []*waiting          // those for further calls
}

// maxFree is how many are kept for further calls.
const maxFree = 256

// waiting waits for the answer to a call. It is used again only after the answer has come, so that no other one is on its
// way; and answers have the numbers of their calls.
type waiting struct {
	number  uint64         // at the end of subject
	subject string         // of the answer
	arrived chan *nats.Msg // gets the answer, or nil when the connection is lost
	call    uint64         // the number of the call; 0 when it is answered
	spoilt  bool           // more than one answer may be on its way: it is not used again
}

// listen subscribes to the answers.
func listen(conn *nats.Conn) (*answers, error) {
	a := &answers{conn: conn, prefix: conn.NewInbox() + ".", all: map[uint64]*waiting{}}
	if _, err := conn.Subscribe(a.prefix+"*", a.arrive); err != nil {
		return nil, err
	}
	a.changes = conn.StatusChanged(nats.DISCONNECTED, nats.RECONNECTING, nats.CLOSED)
	return a, nil
}

// follow lets the calls fail whose answers are lost with a connection, until ctx ends.
func (a *answers) follow(ctx context.Context) {
	for {
		select {
		case <-a.changes:
			a.lose()
		case <-ctx.Done():
			a.conn.RemoveStatusListener(a.changes)
			return
		}
	}
}

// expect returns what a call with a number waits for. The caller hands it to forget in the end.
func (a *answers) expect(call uint64) *waiting {
	a.mu.Lock()
	defer a.mu.Unlock()
	var w *waiting
	if n := len(a.free); n > 0 {
		w, a.free = a.free[n-1], a.free[:n-1]
	} else {
		a.last++
		w = &waiting{number: a.last, subject: a.prefix + strconv.FormatUint(a.last, 36), arrived: make(chan *nats.Msg, 1)}
		a.all[w.number] = w
	}
	w.call = call
	return w
}

// spoil keeps what waits for a call from being used again, because the owner may get more from the caller than the call.
func (a *answers) spoil(w *waiting) {
	a.mu.Lock()
	defer a.mu.Unlock()
	w.spoilt = true
}

// forget ends what expect began.
func (a *answers) forget(w *waiting) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if w.call != 0 || w.spoilt || len(w.arrived) > 0 || len(a.free) >= maxFree {
		delete(a.all, w.number)
		return
	}
	a.free = append(a.free, w)
}

// arrive hands an answer out. Others than the first one are nobody's.
func (a *answers) arrive(m *nats.Msg) {
	number, err := strconv.ParseUint(m.Subject[min(len(a.prefix), len(m.Subject)):], 36, 64)
	if err != nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if w := a.all[number]; w != nil && w.call != 0 && (isNobody(m) || wire.Answers(m.Data, w.call)) {
		w.call = 0
		w.arrived <- m
	}
}

// lose ends all waits.
func (a *answers) lose() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, w := range a.all {
		if w.call != 0 {
			w.call, w.spoilt = 0, true
			w.arrived <- nil
		}
	}
}

// isNobody reports whether an answer is that of the servers for a subject without subscribers.
func isNobody(m *nats.Msg) bool { return len(m.Data) == 0 && m.Header.Get("Status") == "503" }
