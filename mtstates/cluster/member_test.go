package cluster_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// TestMain runs the tests, or in a process that a test started, what that is to do.
func TestMain(m *testing.M) {
	if role := os.Getenv("MTSTATES_CLUSTER_ROLE"); role != "" {
		if err := playRole(role, os.Args[2:]); err != nil && err != io.EOF {
			fmt.Fprintln(os.Stderr, role, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	m.Run()
	if s, err := server(); err == nil {
		s.Close()
	}
}

// member is a node with its host.
type member struct {
	*cluster.Node
	*host.Host
}

// Close leaves the cluster; the host goes on.
func (m member) Close() error { return m.Node.Close() }

// join returns a new member of the test's cluster.
func join(t testing.TB, b backend.Backend, options ...cluster.Option) member {
	t.Helper()
	m := joinUntil(t, b, options...)
	t.Cleanup(func() { m.Close() })
	return m
}

// joinUntil is join for a test that closes the member.
func joinUntil(t testing.TB, b backend.Backend, options ...cluster.Option) member {
	t.Helper()
	s, err := server()
	if err != nil {
		t.Fatal(err)
	}
	h := hosttest.New(t, b, mtstates.WithModules(sleepModule, gateModule))
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune("/# .", r) {
			return '_'
		}
		return r
	}, t.Name())
	options = append([]cluster.Option{cluster.URL(s.URL()), cluster.Named(name), cluster.InMemory()}, options...)
	node, err := cluster.Join(t.Context(), h.States, options...)
	if err != nil {
		t.Fatal(err)
	}
	return member{node, h}
}

// each runs a test with each backend as caller and as callee.
func each(t *testing.T, test func(t *testing.T, caller, callee backend.Backend)) {
	for _, caller := range backends.All() {
		for _, callee := range backends.All() {
			t.Run(caller.Name()+" calls "+callee.Name(), func(t *testing.T) { test(t, caller, callee) })
		}
	}
}

func (m member) newState(t testing.TB, name, setup string) *mtstates.State {
	t.Helper()
	st, _, err := m.States.NewState(t.Context(), setup, mtstates.Named(name))
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func (m member) share(t testing.TB, name, setup string) *mtstates.State {
	t.Helper()
	st := m.newState(t, name, setup)
	if err := m.Share(t.Context(), st); err != nil {
		t.Fatal(err)
	}
	return st
}

func (m member) lookup(t testing.TB, name string) mtstates.Ref {
	t.Helper()
	ref, err := m.States.Lookup(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

// run runs a script in a VM of the member and returns its error.
func (m member) run(t testing.TB, script string) error {
	t.Helper()
	vm, err := m.NewVM(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	if err := vm.Load(script, "=script", 0); err != nil {
		t.Fatal(err)
	}
	if f := vm.PCall(0, 0); f != nil {
		return errors.New(host.ErrorReport(vm, f))
	}
	return nil
}

// sleepModule has a function that waits until its context ends or a second has passed.
var sleepModule = mtstates.Module{Name: "sleep", Open: func(_ *mtstates.Registry, vm backend.VM) int {
	vm.PushFunction(func(vm backend.VM) int {
		select {
		case <-vm.Env().Context().Done():
			return modules.Raise(vm, vm.Env().Context().Err())
		case <-time.After(time.Second):
			return 0
		}
	})
	return 1
}}

const adder = `local sum = ... sum = tonumber(sum) or 0 return function(n) sum = sum + n return sum end`
