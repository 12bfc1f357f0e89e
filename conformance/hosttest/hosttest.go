// Package hosttest makes hosts and registries for tests, which end when the options are wrong. Only tests import it.
package hosttest

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// Test is what New needs of a *testing.T.
type Test interface{ Fatal(...any) }

// New returns a new host.
func New(t Test, b backend.Backend, options ...mtstates.Option) *host.Host {
	h, err := host.New(b, options...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Registry returns a new registry.
func Registry(t Test, b backend.Backend, options ...mtstates.Option) *mtstates.Registry {
	r, err := mtstates.NewRegistry(b, options...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
