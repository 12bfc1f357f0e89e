package stub

import "github.com/mtstates/go-mtstates/backend"

// Backend implements backend.Backend without libraries and capabilities; all its states are States.
type Backend struct {
	// OnNewState makes the states.
	OnNewState func(backend.Options) (backend.State, error)
}

// Name returns "stub".
func (Backend) Name() string { return "stub" }

// LuaVersion returns "no Lua".
func (Backend) LuaVersion() string { return "no Lua" }

// Capabilities returns none.
func (Backend) Capabilities() backend.Capabilities { return 0 }

// Libraries returns none.
func (Backend) Libraries() []string { return nil }

// NewState calls OnNewState.
func (b Backend) NewState(o backend.Options) (backend.State, error) { return b.OnNewState(o) }
