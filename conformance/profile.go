package conformance

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/spec"
)

// profileCase checks that every function and value of the profile exists in a new state. The scripts below
// cases/profile show what they do.
var profileCase = goCase{"profile/presence", nil, func(t *recorder, target Target) {
	s, err := spec.Load(spec.Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	state := newState(t, target.Caller)
	has := func(capability string) bool {
		c, ok := backend.CapabilityNamed(capability)
		return !ok || target.Caller.Capabilities().Has(c)
	}
	for _, area := range s.Profile {
		if !has(area.Needs) {
			continue
		}
		for _, f := range area.Functions {
			if got := typeOf(t, state, globalName(f.ID)); has(f.Needs) && got != "function" {
				t.Errorf("%s is a %s value and no function", globalName(f.ID), got)
			}
		}
		for _, v := range area.Values {
			if has(v.Needs) && typeOf(t, state, globalName(v.ID)) == "nil" {
				t.Errorf("there is no %s", globalName(v.ID))
			}
		}
	}
}}

// globalName returns how a script calls an entry: the base functions and require are globals.
func globalName(id string) string {
	if id == "package.require" {
		return "require"
	}
	return strings.TrimPrefix(id, "base.")
}

// typeOf returns the type of a global, or of a field of a global, as a script sees it; "nil" if it does not exist.
func typeOf(t *recorder, s backend.VM, name string) string {
	top := s.GetTop()
	defer s.SetTop(top)
	push(t, s, "local ok, v = pcall(function() return "+name+" end) return type(ok and v or nil)")
	return text(s, -1)
}
