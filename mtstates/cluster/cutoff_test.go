package cluster_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
)

// chaosLease is the lease of nodes that fail, for which the tests have to wait.
const chaosLease = 2 * time.Second

// gateway passes bytes on between nodes and the server, until it is cut: then connections stay open, but nothing gets
// through in either direction, and new ones get no answer, as when a network is cut.
type gateway struct {
	listener net.Listener
	target   string
	mu       sync.Mutex
	open     *sync.Cond
	cut      bool
	closed   bool
}

func newGateway(t *testing.T, target string) *gateway {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gateway{listener: l, target: strings.TrimPrefix(target, "nats://")}
	g.open = sync.NewCond(&g.mu)
	go g.serve()
	t.Cleanup(func() {
		_ = l.Close()
		g.set(false, true)
	})
	return g
}

func (g *gateway) url() string { return "nats://" + g.listener.Addr().String() }

func (g *gateway) set(cut, closed bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cut, g.closed = cut, closed
	g.open.Broadcast()
}

// wait returns when bytes may pass.
func (g *gateway) wait() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.cut && !g.closed {
		g.open.Wait()
	}
}

func (g *gateway) serve() {
	for {
		in, err := g.listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer in.Close()
			g.wait()
			out, err := net.Dial("tcp", g.target)
			if err != nil {
				return
			}
			defer out.Close()
			done := make(chan bool, 2)
			go g.pass(in, out, done)
			go g.pass(out, in, done)
			<-done
		}()
	}
}

func (g *gateway) pass(from io.Reader, to io.Writer, done chan<- bool) {
	buffer := make([]byte, 1<<15)
	for {
		n, err := from.Read(buffer)
		g.wait()
		if _, writeErr := to.Write(buffer[:n]); err != nil || writeErr != nil {
			done <- true
			return
		}
	}
}

// TestCutOff cuts a node off for longer than its lease: its virtual states move, it runs nothing more, and says so to
// its own callers. When the network is back, it shares its states again.
func TestCutOff(t *testing.T) {
	s, err := server()
	if err != nil {
		t.Fatal(err)
	}
	g := newGateway(t, s.URL())
	b := backends.All()[0]
	short := cluster.Lease(chaosLease)
	far, near := join(t, b, short, cluster.URL(g.url())), join(t, b, short)
	far.activate(t, "v/*", player, where("far"))
	shared := far.share(t, "shared", adder)
	ref := near.lookup(t, "v/1")
	if results, err := ref.Call(t.Context()); err != nil || results[2] != "far" {
		t.Fatal(results, err)
	}
	own := far.lookup(t, "v/1")
	if results, err := own.Call(t.Context()); err != nil || results[0] != 2.0 {
		t.Fatal(results, err)
	}
	near.activate(t, "v/*", player, where("near"))
	g.set(true, false)
	cut := time.Now()
	var results mtstates.Results
	for { // a call that was on its way may have run
		if results, err = ref.Call(t.Context()); err == nil {
			break
		}
		if !errors.Is(err, mtstates.ErrUnreachable) || time.Since(cut) > 5*chaosLease {
			t.Fatal(err)
		}
	}
	if took := time.Since(cut); results[0] != 1.0 || results[2] != "near" || took > 2*chaosLease {
		t.Errorf("after %v: %v", took, results)
	}
	if _, err := near.States.Lookup(t.Context(), "shared"); !errors.Is(err, mtstates.ErrUnknownObject) {
		t.Errorf("the shared state: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	_, err = own.Call(ctx)
	cancel()
	if !errors.Is(err, mtstates.ErrUnreachable) {
		t.Errorf("the node that is cut off: %v", err)
	}
	if results, err := shared.Call(t.Context(), 5); err != nil || results[0] != 5.0 {
		t.Errorf("the state itself: %v %v", results, err)
	}
	g.set(false, false)
	healed := time.Now()
	for {
		again, err := near.States.Lookup(t.Context(), "shared")
		if err == nil {
			if results, err = again.Call(t.Context(), 1); err != nil || results[0] != 6.0 {
				t.Errorf("the shared state is back: %v %v", results, err)
			}
			break
		}
		if time.Since(healed) > 5*chaosLease {
			t.Fatal(err)
		}
	}
	if results, err := far.lookup(t, "v/1").Call(t.Context()); err != nil || results[2] != "near" || results[0] != 2.0 {
		t.Errorf("the state that moved: %v %v", results, err)
	}
}
