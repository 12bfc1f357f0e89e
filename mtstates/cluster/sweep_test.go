package cluster_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
)

// The names of nodes that have left or died disappear from the bucket without a call; those of others stay.
func TestSweep(t *testing.T) {
	b := backends.All()[0]
	short := cluster.Lease(time.Second)
	stays, leaves := join(t, b, short), join(t, b, short)
	stays.share(t, "stays", adder)
	for _, name := range []string{"one", "two", "three"} {
		leaves.share(t, name, adder)
	}
	if err := leaves.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := server()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	kv, err := js.KeyValue(t.Context(), "mtstates_"+t.Name())
	if err != nil {
		t.Fatal(err)
	}
	names := func() (count int) {
		keys, err := kv.Keys(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if strings.HasPrefix(key, "name.") {
				count++
			}
		}
		return count
	}
	changes, err := kv.Watch(t.Context(), "name.*")
	if err != nil {
		t.Fatal(err)
	}
	defer changes.Stop()
	late := time.After(20 * time.Second)
	for names() > 1 {
		select {
		case <-changes.Updates():
		case <-late:
			t.Fatalf("%d names are left", names())
		}
	}
	if results, err := stays.lookup(t, "stays").Call(t.Context(), 1); err != nil || results[0] != 1.0 {
		t.Error(results, err)
	}
}
