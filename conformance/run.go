package conformance

import (
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/mtstates/go-mtstates/backend"
)

// Option changes a run of the suite. It reports whether a case is run.
type Option func(testCase) bool

// Core selects the core of the suite: the contract of package backend, the modules, their errors, tracebacks and threads,
// ownership, and faults of scripts. It leaves out the profile, the cases below cases/profile, which are about the Lua of a
// VM: a backend of another program may be for scripts that do not rely on it.
func Core() Option {
	return func(c testCase) bool { return !strings.HasPrefix(c.name(), "profile/") }
}

// Run runs the whole suite on a backend, or what the options select of it. The file known_failing.txt in the folder of the
// test applies. Run fails as well when the cases leave goroutines behind.
func Run(t *testing.T, b backend.Backend, options ...Option) {
	target := Target{b, b}
	known, err := readKnownFailing("known_failing.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := allCases()
	if err != nil {
		t.Fatal(err)
	}
	before := goleak.IgnoreCurrent()
	for _, c := range cases {
		if slices.ContainsFunc(options, func(runs Option) bool { return !runs(c) }) {
			continue
		}
		t.Run(c.name(), func(t *testing.T) { report(t, try(target, c, known)) })
	}
	for _, line := range known.unused(cases) {
		t.Errorf("known_failing.txt: %q names no case", line)
	}
	if err := goleak.Find(before); err != nil {
		t.Error(err)
	}
}

func report(t *testing.T, o outcome) {
	switch {
	case o.err != nil:
		t.Error(o.err)
	case o.unfit != "":
		t.Log("not run: " + o.unfit) // by design, see lacks in spec/vms
	case o.known != "":
		t.Log(o)
	}
}
