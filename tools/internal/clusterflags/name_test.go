package clusterflags

import (
	"errors"
	"testing"

	"github.com/spf13/pflag"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
	"github.com/mtstates/go-mtstates/mtstates/cluster/embedded"
)

// Programs with the same --name see one another, others on the same servers do not.
func TestName(t *testing.T) {
	s, err := embedded.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	node := func(args ...string) (*mtstates.Registry, *cluster.Node) {
		var f Flags
		flags := pflag.NewFlagSet("", pflag.ContinueOnError)
		f.Add(flags)
		if err := flags.Parse(args); err != nil {
			t.Fatal(err)
		}
		options, err := f.Options()
		if err != nil {
			t.Fatal(err)
		}
		h := hosttest.New(t, backends.All()[0])
		n, err := cluster.Join(t.Context(), h.States, append(options, cluster.URL(s.URL()), cluster.InMemory())...)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = n.Close() })
		return h.States, n
	}
	owner, ownerNode := node("--name", "game")
	st, _, err := owner.NewState(t.Context(), "return function() return 'here' end", mtstates.Named("lobby"))
	if err != nil {
		t.Fatal(err)
	}
	if err := ownerNode.Share(t.Context(), st); err != nil {
		t.Fatal(err)
	}
	same, _ := node("--name", "game")
	if ref, err := same.Lookup(t.Context(), "lobby"); err != nil {
		t.Error(err)
	} else if got, err := ref.Call(t.Context()); err != nil || got[0] != "here" {
		t.Error(got, err)
	}
	other, _ := node()
	if _, err := other.Lookup(t.Context(), "lobby"); !errors.Is(err, mtstates.ErrUnknownObject) {
		t.Error(err)
	}
}
