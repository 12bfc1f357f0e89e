//go:build unix

package cluster_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
)

// chaosTime is how long TestChaos kills and stops nodes. A long round:
//
//	go test ./mtstates/cluster -run 'TestChaos|TestKill|TestPause|TestCutOff|TestServers' -chaos 1m -count 20
var chaosTime = flag.Duration("chaos", 5*time.Second, "how long TestChaos kills and stops nodes")

// call is a call that a test made.
type call struct {
	name, id   string
	from, to   time.Time
	activation string // of the answer
	n          int
	err        error
}

// run is a call that a node ran, as its journal says.
type run struct {
	name, activation string
	n                int
	at               int64
}

// chaos is a cluster of processes.
type chaos struct {
	t       *testing.T
	url     string
	port    string // of the server
	name    string
	journal string
	caller  *cluster.Node
	states  *mtstates.Registry
	number  int
}

// newChaos returns a cluster with a server in a process of its own.
func newChaos(t *testing.T) *chaos {
	c := &chaos{t: t, name: t.Name(), journal: t.TempDir() + "/journal"}
	server := startProcess(t, "server", t.TempDir(), "0.0.0.0").line()
	_, c.port, _ = strings.Cut(strings.TrimPrefix(server, "nats://"), ":")
	c.url = "nats://127.0.0.1:" + c.port
	c.states, c.caller = c.join(c.url)
	return c
}

func (c *chaos) join(url string) (*mtstates.Registry, *cluster.Node) {
	c.t.Helper()
	states, err := mtstates.NewRegistry(backends.All()[c.number%len(backends.All())])
	if err != nil {
		c.t.Fatal(err)
	}
	c.number++
	node, err := cluster.Join(c.t.Context(), states, cluster.URL(url), cluster.Named(c.name), cluster.Lease(chaosLease))
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { node.Close() })
	return states, node
}

// node starts a process that makes counters, on one backend after the other.
func (c *chaos) node() *process {
	c.t.Helper()
	p := startProcess(c.t, c.role(c.url)...)
	p.line() // it is ready
	return p
}

// role is what a new node is to do that finds the server at url.
func (c *chaos) role(url string) []string {
	c.number++
	return []string{"node", url, c.name, c.journal, strconv.Itoa(c.number % len(backends.All()))}
}

// separable is a node that can be cut off.
type separable struct {
	*process
	cut func(bool)
}

// separableNode is node for one that can be cut off: it has a network of its own, or where the machine does not allow that,
// a gateway between it and the server.
func (c *chaos) separableNode() separable {
	c.t.Helper()
	var s separable
	if err := separates(); err == nil {
		n := newNamespace(c.t, func(host string, attributes *syscall.SysProcAttr) *process {
			return startProcessIn(c.t, attributes, c.role("nats://"+host+":"+c.port)...)
		})
		s = separable{n.process, n.set}
	} else {
		c.t.Log("a gateway instead of a network namespace: ", err)
		g := newGateway(c.t, c.url)
		s = separable{startProcess(c.t, c.role(g.url())...), func(cut bool) { g.set(cut, false) }}
	}
	s.line() // it is ready
	return s
}

var separates = sync.OnceValue(canSeparate)

// call calls a counter, and records it.
func (c *chaos) call(name, id string, timeout time.Duration) call {
	ctx, cancel := context.WithTimeout(c.t.Context(), timeout)
	defer cancel()
	made := call{name: name, id: id, from: time.Now()}
	ref, err := c.states.Lookup(ctx, name)
	if err == nil {
		var results mtstates.Results
		if results, err = ref.Call(ctx, id); err == nil {
			made.activation, made.n = results[0].(string), int(results[1].(float64))
		}
	}
	made.to, made.err = time.Now(), err
	return made
}

// untilCalled calls a name again and again until a call succeeds, and returns how long that took.
func (c *chaos) untilCalled(name string) (last call, took time.Duration) {
	c.t.Helper()
	start := time.Now()
	for i := 0; time.Since(start) < 10*chaosLease; i++ {
		last = c.call(name, fmt.Sprint(name, " again ", start.UnixNano(), " ", i), 500*time.Millisecond)
		if last.err == nil {
			return last, time.Since(start)
		}
	}
	c.t.Fatalf("%s is not back after %v: %v", name, time.Since(start), last.err)
	return last, 0
}

// runs reads the journal: the runs by the ids of their calls.
func (c *chaos) runs() map[string]run {
	c.t.Helper()
	text, err := os.ReadFile(c.journal)
	if err != nil {
		c.t.Fatal(err)
	}
	runs := map[string]run{}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		r := run{name: f[1], activation: f[2]}
		r.n, _ = strconv.Atoi(f[3])
		r.at, _ = strconv.ParseInt(f[4], 10, 64)
		if before, twice := runs[f[0]]; twice {
			c.t.Errorf("call %s ran twice: %v and %v", f[0], before, r)
		}
		runs[f[0]] = r
	}
	return runs
}

// check compares calls with the journal.
func (c *chaos) check(calls []call) {
	c.t.Helper()
	runs := c.runs()
	byActivation := map[string][]porcupine.Operation{}
	ended := time.Now().UnixNano()
	last := map[string]int64{}   // when an acknowledged call of an activation ran last
	first := map[string]int64{}  // and first
	names := map[string]string{} // of activations
	acknowledged, notRun := 0, 0
	for i, made := range calls {
		r, ran := runs[made.id]
		op := porcupine.Operation{ClientId: i, Call: made.from.UnixNano(), Output: r.n, Return: made.to.UnixNano()}
		switch {
		case made.err == nil:
			acknowledged++
			if !ran || r.activation != made.activation || r.n != made.n {
				c.t.Errorf("call %s is answered with %s %d, but the journal has %v", made.id, made.activation, made.n, r)
				continue
			}
			if at, ok := first[r.activation]; !ok || r.at < at {
				first[r.activation] = r.at
			}
			last[r.activation] = max(last[r.activation], r.at)
			names[r.activation] = r.name
		case errors.Is(made.err, mtstates.ErrUnreachable) && cluster.MayHaveRun(made.err):
			if !ran {
				continue
			}
			op.Return = ended
		default:
			notRun++
			if ran {
				c.t.Errorf("call %s ran, but fails with %v", made.id, made.err)
			}
			continue
		}
		byActivation[r.activation] = append(byActivation[r.activation], op)
	}
	for activation, history := range byActivation {
		if !porcupine.CheckOperations(counterModel, history) {
			c.t.Errorf("the history of activation %s is not linearizable", activation)
		}
	}
	for a, from := range first { // one owner at a time
		for b, other := range first {
			if a != b && names[a] == names[b] && from <= other && other < last[a] {
				c.t.Errorf("%s has the activations %s and %s at a time", names[a], a, b)
			}
		}
	}
	c.t.Logf("%d calls, %d acknowledged, %d not run, %d activations", len(calls), acknowledged, notRun, len(byActivation))
	if acknowledged == 0 {
		c.t.Error("no call succeeded")
	}
}

// counterModel is a counter whose calls return their number.
var counterModel = porcupine.Model{
	Init: func() any { return 0 },
	Step: func(state, _, output any) (bool, any) { return output.(int) == state.(int)+1, output },
}

// TestChaos kills, stops, cuts off and drains nodes at random under load.
func TestChaos(t *testing.T) {
	t.Parallel()
	c := newChaos(t)
	nodes := []separable{c.separableNode(), c.separableNode(), c.separableNode()}
	var calls []call
	made := make(chan call)
	stop := make(chan bool)
	var group sync.WaitGroup
	for client := range 6 {
		group.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				made <- c.call(fmt.Sprint("counter/", rand.IntN(10)), fmt.Sprint(client, "-", i), 2*time.Second)
			}
		})
	}
	// during takes the calls that are made in a time.
	during := func(d time.Duration) {
		for over := time.After(d); ; {
			select {
			case next := <-made:
				calls = append(calls, next)
			case <-over:
				return
			}
		}
	}
	end := time.Now().Add(*chaosTime)
	for time.Now().Before(end) {
		during(time.Duration(200+rand.IntN(400)) * time.Millisecond)
		i := rand.IntN(len(nodes))
		switch rand.IntN(4) {
		case 0:
			nodes[i].kill()
			nodes[i] = c.separableNode()
		case 1:
			nodes[i].signal(syscall.SIGTERM) // it drains
			nodes[i] = c.separableNode()
		case 2:
			nodes[i].stop()
			during(time.Duration(rand.IntN(int(2 * chaosLease)))) // a pause that the lease may not outlast
			nodes[i].signal(syscall.SIGCONT)
		case 3:
			nodes[i].cut(true)
			during(time.Duration(rand.IntN(int(2 * chaosLease))))
			nodes[i].cut(false)
		}
	}
	close(stop)
	go func() {
		group.Wait()
		close(made)
	}()
	for last := range made {
		calls = append(calls, last)
	}
	c.check(calls)
}

// TestKill kills an owner: its names are free again within two leases, and calls of a shared one surely do not run.
func TestKill(t *testing.T) {
	c := newChaos(t)
	first := c.node()
	before, _ := c.untilCalled("counter/1")
	c.untilCalled("shared " + strconv.Itoa(first.command.Process.Pid))
	first.kill()
	c.node()
	after, took := c.untilCalled("counter/1")
	if took > 2*chaosLease || after.activation == before.activation || after.n != 1 {
		t.Errorf("after %v: %v", took, after)
	}
	made := c.call("shared "+strconv.Itoa(first.command.Process.Pid), "gone", 5*time.Second)
	if !errors.Is(made.err, mtstates.ErrUnknownObject) {
		t.Errorf("the shared state: %v", made.err)
	}
	c.check([]call{before, after, made})
}

// TestPause stops an owner for longer than its lease. It neither runs nor answers what it finds when it goes on.
func TestPause(t *testing.T) {
	t.Parallel()
	c := newChaos(t)
	first := c.node()
	before, _ := c.untilCalled("counter/1")
	first.stop()
	var calls []call
	var mu sync.Mutex
	var group sync.WaitGroup
	for i := range 20 { // they wait in the socket of the process
		group.Go(func() {
			made := c.call("counter/1", fmt.Sprint("waits ", i), 4*chaosLease)
			mu.Lock()
			defer mu.Unlock()
			calls = append(calls, made)
		})
	}
	c.node()
	group.Wait()
	after, _ := c.untilCalled("counter/1")
	if after.activation == before.activation {
		t.Error("it has not moved")
	}
	// It goes on and ends in order, so that it has read all that waits in its socket.
	first.signal(syscall.SIGCONT)
	first.signal(syscall.SIGTERM)
	first.awaitEnd()
	again, _ := c.untilCalled("counter/1")
	if again.activation != after.activation || again.n != after.n+1 {
		t.Errorf("%v follows %v", again, after)
	}
	for _, made := range calls {
		if made.err == nil && made.activation == before.activation {
			t.Errorf("the stale owner answered: %v", made)
		}
	}
	for id, r := range c.runs() {
		if strings.HasPrefix(id, "waits") && r.activation == before.activation {
			t.Errorf("the stale owner ran %s", id)
		}
	}
	c.check(append(calls, before, after, again))
}
