package conformance

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/pmezard/go-difflib/difflib"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/spec"
)

var update = flag.Bool("update", false, "write "+pageFile+" when it is stale")

// catalogue returns the entries of the project's spec.
func catalogue(t *testing.T) []spec.Entry {
	s, err := spec.Load(spec.Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	return s.Catalogue()
}

// TestCovered fails for each entry of the spec that no case proves, and for each case that proves something unknown.
func TestCovered(t *testing.T) {
	cases, err := allCases()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range uncovered(catalogue(t), cases) {
		t.Error(problem)
	}
}

// checkPage compares the page of coverage with the one in the repository, or writes it.
func checkPage(t *testing.T, want string) {
	have, err := os.ReadFile(pageFile)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if string(have) == want {
		return
	}
	if *update {
		if err := os.WriteFile(pageFile, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s\nto update it: %s", diff(t, pageFile, string(have), pageFile+" (from this run)", want), updateCommand)
}

// maxDiff is the number of lines of a difference that are shown.
const maxDiff = 40

func diff(t *testing.T, nameA, a, nameB, b string) string {
	text, err := difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A:        difflib.SplitLines(a),
		B:        difflib.SplitLines(b),
		FromFile: nameA,
		ToFile:   nameB,
		Context:  1,
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(text, "\n")
	if len(lines) > maxDiff {
		lines = append(lines[:maxDiff], fmt.Sprintf("... and %d lines more\n", len(lines)-maxDiff))
	}
	return strings.Join(lines, "")
}

// fakeCase is a case for tests of the suite itself.
type fakeCase struct {
	title  string
	proves []string
	output string
	err    error
	lacks  string
}

func (c fakeCase) name() string                         { return c.title }
func (c fakeCase) entries() []string                    { return c.proves }
func (c fakeCase) unfit(Target) string                  { return c.lacks }
func (c fakeCase) perform(Target) (string, bool, error) { return c.output, false, c.err }

func TestUncovered(t *testing.T) {
	entries := []spec.Entry{{ID: "a.b"}, {ID: "c.d"}}
	cases := []testCase{fakeCase{title: "x.lua", proves: []string{"a.b", "e.f"}}}
	got := strings.Join(uncovered(entries, cases), "\n")
	if want := "x.lua: the spec has no \"e.f\"\nno case proves c.d"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPage(t *testing.T) {
	entries := []spec.Entry{{ID: "a.b", Group: "g", Text: "One | two.\n\n| a | table |\n|---|---|"}, {ID: "c.d", Group: "h", Text: "Three."}}
	cases := []testCase{
		fakeCase{title: "x.lua", proves: []string{"a.b"}},
		fakeCase{title: "y.lua", proves: []string{"a.b", "c.d"}, lacks: "z lacks q"},
		fakeCase{title: "k.lua", proves: []string{"c.d"}},
	}
	target := Target{fakeBackend{}, fakeBackend{}}
	known := &knownFailing{map[string]string{"k.lua": "it is so"}}
	cases[2] = fakeCase{title: "k.lua", proves: []string{"c.d"}, err: errors.New("no")}
	got := page(entries, cases, []Target{target}, func(target Target, c testCase) outcome { return try(target, c, known) })
	want := pageHead + "| cases that | fake |\n|---|---|\n| pass | 1 |\n| are known to fail | 1 |\n" +
		"| do not concern the backend | 1 |\n\n## g\n\n| entry | cases | fake |\n|---|---|---|\n" +
		"| `a.b`: One \\| two. | `x.lua`<br>`y.lua` | passes |\n\n" +
		"## h\n\n| entry | cases | fake |\n|---|---|---|\n" +
		"| `c.d`: Three. | `y.lua`<br>`k.lua` | `k.lua` known to fail: it is so |\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// fakeBackend has only a name.
type fakeBackend struct{ backend.Backend }

func (fakeBackend) Name() string { return "fake" }
