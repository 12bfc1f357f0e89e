package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/spec"
)

// TestSandboxTable checks that each line of the table of what an untrusted script can do names cases, all of which exist.
func TestSandboxTable(t *testing.T) {
	s, err := spec.Load(spec.Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := allCases()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, c := range cases {
		known[c.name()] = true
	}
	bombs, err := os.ReadFile(filepath.Join("bombs", "bombs.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(bombs)) {
		if name, _, ok := strings.Cut(line, ": "); ok && !strings.HasPrefix(line, "#") {
			known["bomb: "+strings.TrimPrefix(name, "quick ")] = true
		}
	}
	if len(s.Sandbox) == 0 {
		t.Fatal("there is no table")
	}
	for _, group := range s.Sandbox {
		for _, line := range group.Lines {
			if len(line.Cases) == 0 {
				t.Errorf("%s: %q names no case", line.Pos, line.Script)
			}
			for _, name := range line.Cases {
				if !known[name] {
					t.Errorf("%s: %q names the case %s, which does not exist", line.Pos, line.Script, name)
				}
			}
		}
	}
}
