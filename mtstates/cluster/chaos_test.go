//go:build unix

package cluster_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
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
	"github.com/mtstates/go-mtstates/mtstates/cluster/embedded"
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
	name    string
	journal string
	caller  *cluster.Node
	states  *mtstates.Registry
	number  int
}

// newChaos returns a cluster with a server in a process of its own.
func newChaos(t *testing.T) *chaos {
	c := &chaos{t: t, name: t.Name(), journal: t.TempDir() + "/journal"}
	c.url = startProcess(t, "server", t.TempDir()).line()
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
	c.number++
	p := startProcess(c.t, "node", c.url, c.name, c.journal, strconv.Itoa(c.number%len(backends.All())))
	p.line() // it is ready
	return p
}

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

// TestChaos kills, stops and drains nodes at random under load.
func TestChaos(t *testing.T) {
	t.Parallel()
	c := newChaos(t)
	nodes := []*process{c.node(), c.node(), c.node()}
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
		switch rand.IntN(3) {
		case 0:
			nodes[i].kill()
			nodes[i] = c.node()
		case 1:
			nodes[i].signal(syscall.SIGTERM) // it drains
			nodes[i] = c.node()
		case 2:
			nodes[i].stop()
			during(time.Duration(rand.IntN(int(2 * chaosLease)))) // a pause that the lease may not outlast
			nodes[i].signal(syscall.SIGCONT)
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

// TestServers kills one of three servers under load. The claims survive, and new ones are made.
func TestServers(t *testing.T) {
	t.Parallel()
	ports := freePorts(t, 6)
	var routes, urls []string
	for _, port := range ports[3:] {
		routes = append(routes, fmt.Sprint("nats://127.0.0.1:", port))
	}
	servers := make([]*process, 3)
	for i := range servers {
		servers[i] = startProcess(t, append([]string{"peer", t.TempDir(), fmt.Sprint("s", i), strconv.Itoa(ports[i]),
			strconv.Itoa(ports[3+i])}, routes...)...)
		urls = append(urls, fmt.Sprint("nats://127.0.0.1:", ports[i]))
	}
	for _, s := range servers {
		s.line()
	}
	var nodes []*cluster.Node
	var registries []*mtstates.Registry
	for i := range 2 {
		states, err := mtstates.NewRegistry(backends.All()[i])
		if err != nil {
			t.Fatal(err)
		}
		node, err := cluster.Join(t.Context(), states, cluster.URL(strings.Join(urls, ",")), cluster.Replicas(3))
		if err != nil {
			t.Fatal(err)
		}
		defer node.Close()
		nodes, registries = append(nodes, node), append(registries, states)
	}
	share := func(name string) {
		t.Helper()
		st, _, err := registries[0].NewState(t.Context(), `local n = 0 return function() n = n + 1 return n end`, mtstates.Named(name))
		if err == nil {
			err = nodes[0].Share(t.Context(), st)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	share("before")
	ref, err := registries[1].Lookup(t.Context(), "before")
	if err != nil {
		t.Fatal(err)
	}
	last, ok, failed := 0.0, 0, 0
	count := func() {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		switch results, err := ref.Call(ctx); {
		case err == nil && results[0].(float64) > last:
			last = results[0].(float64)
			ok++
		case errors.Is(err, mtstates.ErrUnreachable):
			failed++
		default:
			t.Fatal(results, err)
		}
	}
	for range 100 {
		count()
	}
	servers[rand.IntN(3)].kill()
	until := time.Now().Add(2 * time.Second)
	for time.Now().Before(until) || failed > 0 && ok < 200 {
		count()
	}
	if failed > 10 {
		t.Errorf("%d calls succeed, %d do not", ok, failed)
	}
	share("afterwards")
	t.Logf("%d calls succeed, %d do not", ok, failed)
}

// process is a child process of the test.
type process struct {
	t       testing.TB
	command *exec.Cmd
	out     *bufio.Reader
}

// startProcess runs this test binary as another program, see playRole. The process ends with the test.
func startProcess(t testing.TB, role ...string) *process {
	t.Helper()
	p := &process{t: t, command: exec.Command(os.Args[0], role...)}
	p.command.Env = append(os.Environ(), "MTSTATES_CLUSTER_ROLE="+role[0])
	p.command.Stderr = os.Stderr
	in, err := p.command.StdinPipe() // its end tells the process to end
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.out = bufio.NewReader(out)
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = p.command.Process.Kill() // it may have ended
		_ = p.command.Wait()
	})
	return p
}

// line returns the next line that the process prints.
func (p *process) line() string {
	p.t.Helper()
	text, err := p.out.ReadString('\n')
	if err != nil {
		p.t.Fatal(err)
	}
	return strings.TrimSpace(text)
}

func (p *process) signal(s syscall.Signal) {
	if err := p.command.Process.Signal(s); err != nil {
		p.t.Error(err)
	}
}

// stop stops the process, and returns when it no longer runs: until then it may answer calls.
func (p *process) stop() {
	p.signal(syscall.SIGSTOP)
	var status syscall.WaitStatus
	for !status.Stopped() {
		if _, err := syscall.Wait4(p.command.Process.Pid, &status, syscall.WUNTRACED, nil); err != nil && err != syscall.EINTR {
			p.t.Errorf("process %d is not stopped: %v", p.command.Process.Pid, err)
			return
		}
		if status.Exited() || status.Signaled() { // before it was to stop
			return
		}
	}
}

// awaitEnd returns when the process has ended.
func (p *process) awaitEnd() {
	if _, err := io.Copy(io.Discard, p.out); err != nil {
		p.t.Error(err)
	}
}

func (p *process) kill() { p.signal(syscall.SIGKILL) }

// playRole is what a child process does.
func playRole(role string, args []string) error {
	switch role {
	case "server", "peer":
		options := []embedded.Option{embedded.Folder(args[0])}
		if role == "peer" {
			port, _ := strconv.Atoi(args[2])
			routePort, _ := strconv.Atoi(args[3])
			options = append(options, embedded.Listen("127.0.0.1", port), embedded.Peers(args[1], "127.0.0.1", routePort, args[4:]...))
		}
		s, err := embedded.Start(options...)
		if err != nil {
			return err
		}
		defer s.Close()
		fmt.Println(s.URL())
		_, err = os.Stdin.Read(make([]byte, 1))
		return err
	}
	return playNode(args[0], args[1], args[2], args[3])
}
