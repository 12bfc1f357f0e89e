package conformance

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/selected"
)

// TestMixed runs the suite with the caller on one VM and the states on another, in each combination.
func TestMixed(t *testing.T) {
	pairs(func(a, b backend.Backend) {
		t.Run(a.Name()+" calls "+b.Name(), func(t *testing.T) { Run(t, a, StatesOn(b)) })
	})
}

// TestSameOutput compares what each case prints on all backends that can run it.
func TestSameOutput(t *testing.T) {
	cases, err := luaCases(files)
	if err != nil {
		t.Fatal(err)
	}
	pairs(func(a, b backend.Backend) {
		for _, c := range cases {
			x, y := Target{a, a}, Target{b, b}
			if x.lacks(c)+y.lacks(c) != "" {
				continue
			}
			got, _ := execute(x, c)
			want, _ := execute(y, c)
			if got == "" || got != want {
				t.Errorf("%s: %s prints %q, %s prints %q", c.path, a.Name(), got, b.Name(), want)
			}
		}
	})
}

func pairs(do func(a, b backend.Backend)) {
	for _, a := range selected.All() {
		for _, b := range selected.All() {
			if a != b {
				do(a, b)
			}
		}
	}
}

func TestFaultyCases(t *testing.T) {
	for name, source := range map[string]string{
		"no header":          "print(1)",
		"no proves":          "-- shows: x",
		"unknown key":        "-- shows: x\n-- prove: y",
		"unknown capability": "-- needs: magic",
		"no key":             "-- nothing",
	} {
		if _, err := parseCase(name, source); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := parseKnownFailing("path without reason"); err == nil {
		t.Error("a line without a reason is accepted")
	}
}
