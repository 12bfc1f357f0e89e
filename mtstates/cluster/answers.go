package cluster

import (
	"context"
	"strconv"
	"sync"

	"github.com/nats-io/nats.go"
)

// answers hands the answers to calls out to those who wait for them. It does what the requests of package nats do, but
// a caller waits for several things without a context of its own for each call, and can name the call to the owner.
type answers struct {
	conn    *nats.Conn
	prefix  string // of the subjects of all answers
	changes chan nats.Status

	mu      sync.Mutex
	last    uint64
	waiting map[uint64]*waiting
}

// waiting is a call that has no answer yet.
type waiting struct {
	number  uint64
	subject string         // of the answer
	arrived chan *nats.Msg // gets the answer, or nil when the connection is lost
}

// waitings are used again, with their empty channels.
var waitings = sync.Pool{New: func() any { return &waiting{arrived: make(chan *nats.Msg, 1)} }}

// listen subscribes to the answers.
func listen(conn *nats.Conn) (*answers, error) {
	a := &answers{conn: conn, prefix: conn.NewInbox() + ".", waiting: map[uint64]*waiting{}}
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

// expect returns what a new call waits for. The caller hands it to forget in the end.
func (a *answers) expect() *waiting {
	w := waitings.Get().(*waiting)
	a.mu.Lock()
	a.last++
	w.number = a.last
	a.waiting[w.number] = w
	a.mu.Unlock()
	w.subject = a.prefix + strconv.FormatUint(w.number, 36)
	return w
}

// forget ends what expect began.
func (a *answers) forget(w *waiting) {
	a.mu.Lock()
	delete(a.waiting, w.number)
	a.mu.Unlock()
	select {
	case <-w.arrived:
	default:
	}
	waitings.Put(w)
}

// arrive hands an answer out. Others than the first one are nobody's.
func (a *answers) arrive(m *nats.Msg) {
	number, err := strconv.ParseUint(m.Subject[min(len(a.prefix), len(m.Subject)):], 36, 64)
	if err != nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if w := a.waiting[number]; w != nil {
		delete(a.waiting, number)
		w.arrived <- m
	}
}

// lose ends all waits.
func (a *answers) lose() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for number, w := range a.waiting {
		delete(a.waiting, number)
		w.arrived <- nil
	}
}

// isNobody reports whether an answer is that of the servers for a subject without subscribers.
func isNobody(m *nats.Msg) bool { return len(m.Data) == 0 && m.Header.Get("Status") == "503" }
