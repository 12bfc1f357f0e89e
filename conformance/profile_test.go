package conformance

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/spec"
)

// TestProfileCases checks that the cases of the profile have an expected output, and that their headers agree with the
// spec: a case is like one Lua exactly if one of its entries is, and it needs the capabilities that its entries need.
func TestProfileCases(t *testing.T) {
	s, err := spec.Load(spec.Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string]spec.ProfileEntry{}
	for _, e := range s.ProfileEntries() {
		entries[e.ID] = e
	}
	cases, err := luaCases(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if !strings.HasPrefix(c.path, "profile/") {
			continue
		}
		if !c.hasWant {
			t.Errorf("cases/%s: there is no expected output beside it", c.path)
		}
		likes, needs := map[string]bool{}, map[string]bool{}
		for _, id := range c.proves {
			likes[entries[id].Like] = true
			needs[entries[id].Needs] = true
		}
		delete(likes, "")
		delete(needs, "")
		if c.like != "" && !likes[c.like] {
			t.Errorf("cases/%s: it is like %s, but none of its entries is", c.path, c.like)
		}
		for like := range likes {
			if like != c.like {
				t.Errorf("cases/%s: one of its entries is like %s, but the case does not say so", c.path, like)
			}
		}
		if len(needs) != len(c.needs) || slices.ContainsFunc(c.needs, func(c backend.Capability) bool { return !needs[c.String()] }) {
			t.Errorf("cases/%s: it needs %v, its entries %v", c.path, c.needs, slices.Sorted(maps.Keys(needs)))
		}
	}
}
