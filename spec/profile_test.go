package spec

import (
	"slices"
	"testing"
)

func TestProfileEntries(t *testing.T) {
	s, err := Load(Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]ProfileEntry{
		"lua.goto":                  {Like: "Lua 5.2"},                      // a behaviour of an area
		"lua.env":                   {Needs: "env"},                         // with a capability
		"base.unpack":               {Like: "Lua 5.1"},                      // a function
		"string.format":             {},                                     // where both agree
		"string.rep.separator":      {Like: "Lua 5.2"},                      // a behaviour of a function
		"math.pi":                   {},                                     // a value
		"file:read":                 {},                                     // a method
		"file:write.chain":          {Like: "Lua 5.2"},                      // a behaviour of a method
		"coroutine.wrap":            {Needs: "coroutines"},                  // in an area with a capability
		"coroutine.create.standard": {Like: "Lua 5.2", Needs: "coroutines"}, // a behaviour in it
		"base.tostring.integers":    {Like: "neither"},
	}
	for _, e := range s.ProfileEntries() {
		w, ok := want[e.ID]
		if ok && (e.Like != w.Like || e.Needs != w.Needs) {
			t.Errorf("%s: like %q and needs %q, want %q and %q", e.ID, e.Like, e.Needs, w.Like, w.Needs)
		}
		if e.Line == 0 {
			t.Errorf("%s has no place", e.ID)
		}
		delete(want, e.ID)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

func TestStandardsAreInTheOrderOfThePage(t *testing.T) {
	f, v, m := &Standard{Name: "f"}, &Standard{Name: "v"}, &Standard{Name: "m"}
	a := &Area{Methods: []*Standard{m}, Values: []*Standard{v}, Functions: []*Standard{f}}
	if got := slices.Collect(a.Standards()); !slices.Equal(got, []*Standard{f, v, m}) {
		t.Errorf("got %v", got)
	}
	for range a.Standards() {
		break
	}
}
