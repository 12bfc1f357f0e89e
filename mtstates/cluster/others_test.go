package cluster_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
)

// Whoever may connect to the servers reaches the states that are shared, and no others, whatever the messages are.
func TestOnlyShared(t *testing.T) {
	owner, caller := join(t, backends.All()[0]), join(t, backends.All()[1])
	hidden := owner.newState(t, "hidden", adder)
	unlisted, _, err := owner.States.NewState(t.Context(), adder, mtstates.Named("unlisted"), mtstates.Unlisted())
	if err != nil {
		t.Fatal(err)
	}
	owner.share(t, "echo", `return function(...) return ... end`)
	for _, name := range []string{"hidden", "unlisted"} {
		if _, err := caller.States.Lookup(t.Context(), name); !errors.Is(err, mtstates.ErrUnknownObject) {
			t.Errorf("%s: %v", name, err)
		}
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
	entry, err := kv.Get(t.Context(), "name."+base64.RawURLEncoding.EncodeToString([]byte("echo")))
	if err != nil {
		t.Fatal(err)
	}
	prefix := "mtstates." + t.Name()
	// A call as nodes send it: a number, a deadline far away, no chain, one argument.
	good := []byte("\x01\x01\x01\xff\xff\xff\xff\xff\xff\xff\x7f\x00\x01\x00")
	send := func(subject string, message []byte) []byte {
		t.Helper()
		m, err := conn.Request(subject, message, 10*time.Second)
		if err != nil {
			t.Fatalf("%s %q: %v", subject, message, err)
		}
		return m.Data
	}
	call := func(name string, revision uint64) string {
		return fmt.Sprintf("%s.call.%s.%s.%d", prefix, entry.Value(), base64.RawURLEncoding.EncodeToString([]byte(name)), revision)
	}
	const done, failed, gone = 0, 1, 2
	if got := send(call("echo", entry.Revision()), good); got[1] != done {
		t.Errorf("the shared state answers %q", got)
	}
	for _, subject := range []string{
		call("hidden", entry.Revision()), call("hidden", 0), call("unlisted", 0), call("echo", 0), call("echo", entry.Revision()+1),
	} {
		if got := send(subject, good); got[1] != gone {
			t.Errorf("%s answers %q", subject, got)
		}
	}
	for name, message := range map[string]string{
		"nothing": "", "another version": "\x02\x01", "a part": string(good[:9]), "more": string(good) + "x",
		"a long list": "\x01\x01\x01\x01\x00\xff\xff\xff\x7f", "a long chain": "\x01\x01\x01\x01\xff\xff\xff\x7f",
	} {
		if got := send(call("echo", entry.Revision()), []byte(message)); got[1] != failed {
			t.Errorf("%s is answered with %q", name, got)
		}
	}
	// A wish for a state that no pattern of the node has, and messages that nobody answers.
	if got := send(prefix+".make."+string(entry.Value()), []byte("hidden")); got[1] == 0 {
		t.Errorf("a state is made: %q", got)
	}
	for _, subject := range []string{call("echo", 1) + "x", prefix + ".call." + string(entry.Value()) + ".x", call("echo", entry.Revision())} {
		for _, message := range []string{"", "\x01\x02", "\x01\x02\x01x", strings.Repeat("\xff", 1000)} {
			if err := conn.Publish(subject, []byte(message)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	if results, err := caller.lookup(t, "echo").Call(t.Context(), "still here"); err != nil || results[0] != "still here" {
		t.Error(results, err)
	}
	for _, st := range []*mtstates.State{hidden, unlisted} {
		if results, err := st.Call(t.Context(), 1); err != nil || results[0] != 1.0 {
			t.Errorf("a state that is not shared had another call: %v %v", results, err)
		}
	}
}

// A node takes and sends no longer messages than it is told to.
func TestMaxMessage(t *testing.T) {
	small := cluster.MaxMessage(1000)
	owner, caller := join(t, backends.All()[0], small), join(t, backends.All()[1], small)
	owner.share(t, "echo", `return function(s, n) return s:rep(n or 1) end`)
	ref := caller.lookup(t, "echo")
	for _, c := range []struct{ length, times int }{{1000, 1}, {1, 1000}, {500, 2}} {
		if _, err := ref.Call(t.Context(), strings.Repeat("x", c.length), c.times); !errors.Is(err, mtstates.ErrOutOfMemory) || !strings.Contains(err.Error(), "limit of 1000") {
			t.Errorf("%d bytes %d times: %v", c.length, c.times, err)
		}
	}
	if results, err := ref.Call(t.Context(), strings.Repeat("x", 900)); err != nil || len(results[0].(string)) != 900 {
		t.Error(results, err)
	}
}
