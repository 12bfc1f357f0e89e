package main

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// lame is a backend with degradations.
type lame struct{ backend.Backend }

func (lame) Name() string       { return "lame" }
func (lame) LuaVersion() string { return "Lua 5.0" }
func (lame) Degraded() []backend.Degradation {
	return []backend.Degradation{{Repair: "leg", Lost: "runs are walks", Reason: "no bone"}}
}

func TestVersionText(t *testing.T) {
	want := "mtlua " + mtstates.Version + " (lame, Lua 5.0)\ndegraded: leg: runs are walks (no bone)\n"
	if got := versionText(lame{}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
