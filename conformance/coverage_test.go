package conformance

import (
	"slices"
	"testing"

	"github.com/mtstates/go-mtstates/spec"
)

// TestCoverage fails for each entry of the spec that no case proves, and for each case that proves something unknown.
func TestCoverage(t *testing.T) {
	s, err := spec.Load(spec.Files)
	if err != nil {
		t.Fatal(err)
	}
	entries := s.Entries()
	proved := map[string]bool{}
	prove := func(name string, ids []string) {
		for _, id := range ids {
			if !slices.Contains(entries, id) {
				t.Errorf("%s: the spec has no %q", name, id)
			}
			proved[id] = true
		}
	}
	cases, err := luaCases(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		prove("cases/"+c.path, c.proves)
	}
	for _, c := range goCases() {
		prove(c.name, c.proves)
	}
	for _, id := range entries {
		if !proved[id] {
			t.Errorf("no case proves %s", id)
		}
	}
}
