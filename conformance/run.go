package conformance

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/mtstates/go-mtstates/backend"
)

// Run runs the whole suite on a backend, with the known_failing.txt in the folder of the test. It also fails if the
// cases leave goroutines behind.
func Run(t *testing.T, b backend.Backend) {
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
