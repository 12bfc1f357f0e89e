//go:build unix

package cluster_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
)

// TestServers kills each of three servers in turn under load, and starts it again. The claims survive, and new ones are
// made.
func TestServers(t *testing.T) {
	t.Parallel()
	s := newServers(t)
	var nodes []*cluster.Node
	var registries []*mtstates.Registry
	for i := range 2 {
		states, err := mtstates.NewRegistry(backends.All()[i])
		if err != nil {
			t.Fatal(err)
		}
		node, err := cluster.Join(t.Context(), states, cluster.URL(s.url()), cluster.Replicas(3))
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
	share("counter")
	ref, err := registries[1].Lookup(t.Context(), "counter")
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
	for i := range s.processes {
		s.awaitReplicas()
		ok, failed = 0, 0
		for range 100 {
			count()
		}
		s.processes[i].kill()
		until := time.Now().Add(2 * time.Second)
		for time.Now().Before(until) || failed > 0 && ok < 200 {
			count()
		}
		if failed > 10 {
			t.Errorf("server %d: %d calls succeed, %d do not", i, ok, failed)
		}
		share(fmt.Sprint("after ", i))
		if _, err := registries[1].Lookup(t.Context(), fmt.Sprint("after ", i)); err != nil {
			t.Errorf("server %d: %v", i, err)
		}
		t.Logf("server %d: %d calls succeed, %d do not", i, ok, failed)
		s.start(i)
		s.processes[i].line()
	}
}

// servers are three servers that are one.
type servers struct {
	t            *testing.T
	ports        []int
	routes, urls []string
	folders      []string
	processes    []*process
}

func newServers(t *testing.T) *servers {
	const count = 3
	s := &servers{t: t, ports: freePorts(t, 2*count), processes: make([]*process, count)}
	for i := range count {
		s.urls = append(s.urls, fmt.Sprint("nats://127.0.0.1:", s.ports[i]))
		s.routes = append(s.routes, fmt.Sprint("nats://127.0.0.1:", s.ports[count+i]))
		s.folders = append(s.folders, t.TempDir())
	}
	for i := range s.processes {
		s.start(i)
	}
	for _, p := range s.processes {
		p.line() // it is ready
	}
	return s
}

func (s *servers) url() string { return strings.Join(s.urls, ",") }

func (s *servers) start(i int) {
	s.processes[i] = startProcess(s.t, append([]string{"peer", s.folders[i], fmt.Sprint("s", i), strconv.Itoa(s.ports[i]),
		strconv.Itoa(s.ports[len(s.processes)+i])}, s.routes...)...)
}

// awaitReplicas returns when all servers have the claims, so that one may be lost.
func (s *servers) awaitReplicas() {
	s.t.Helper()
	conn, err := nats.Connect(s.url())
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		s.t.Fatal(err)
	}
	for until := time.Now().Add(30 * time.Second); !haveReplicas(s.t.Context(), js, len(s.processes)-1); {
		if time.Now().After(until) {
			s.t.Fatal("the servers do not have the same claims")
		}
	}
}

// haveReplicas reports whether the bucket has a leader and as many others that are up to date.
func haveReplicas(ctx context.Context, js jetstream.JetStream, others int) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	stream, err := js.Stream(ctx, "KV_mtstates_main")
	if err != nil {
		return false
	}
	info := stream.CachedInfo().Cluster
	if info == nil || info.Leader == "" || len(info.Replicas) != others {
		return false
	}
	for _, r := range info.Replicas {
		if !r.Current || r.Offline {
			return false
		}
	}
	return true
}
