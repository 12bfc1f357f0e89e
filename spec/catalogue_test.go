package spec

import (
	"slices"
	"testing"
)

func TestEntries(t *testing.T) {
	s, err := Load(Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	var entries []string
	for _, e := range s.Catalogue() {
		entries = append(entries, e.ID)
	}
	for _, id := range []string{
		"call.values",                  // a promise of a method
		"state.collect",                // a promise of a class
		"mtstates.error.object_closed", // an error
		"mtmsg.error.object_closed",
		"mtstates.newstate",   // a function
		"mtstates.state:call", // a method
		"string.format",       // a function of the profile
		"file:read",           // a method
		"string.format.q",     // a behaviour of a function
		"lua.goto",            // a behaviour of an area
		"backend.GetTop",      // an operation
	} {
		if !slices.Contains(entries, id) {
			t.Errorf("there is no entry %s", id)
		}
	}
	sorted := slices.Sorted(slices.Values(entries))
	if len(slices.Compact(sorted)) != len(entries) {
		t.Error("an entry is there twice")
	}
}

func TestPromisesSayWhereTheyBelong(t *testing.T) {
	s, err := Load(Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"newstate.callback": "mtstates.newstate",
		"call.values":       "mtstates.state:call",
		"state.collect":     "mtstates.state",
	}
	for _, p := range s.Promises() {
		if entry, ok := want[p.ID]; ok && (p.Entry != entry || p.Module != "mtstates" || p.Text == "" || p.Line == 0) {
			t.Errorf("%+v: want the entry %s", p, entry)
		}
		delete(want, p.ID)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}
