package conformance

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/conformance/backends"
)

// targets returns the targets of the suite: each backend, then each pair.
func targets() (all []Target) {
	for _, b := range backends.All() {
		all = append(all, Target{b, b})
	}
	for _, a := range backends.All() {
		for _, b := range backends.All() {
			if a != b {
				all = append(all, Target{a, b})
			}
		}
	}
	return all
}

// results are the outcomes of cases, which run when they are first asked for.
type results struct {
	known    map[Target]*knownFailing
	outcomes map[Target]map[string]outcome
}

// newResults reads which cases are known to fail: on a mixed target those that fail on either of its backends.
func newResults(t *testing.T) *results {
	r := &results{map[Target]*knownFailing{}, map[Target]map[string]outcome{}}
	for _, target := range targets() {
		known, err := readKnownFailing(knownFile(target.Caller.Name()), knownFile(target.Callee.Name()))
		if err != nil {
			t.Fatal(err)
		}
		r.known[target], r.outcomes[target] = known, map[string]outcome{}
	}
	return r
}

func knownFile(backendName string) string {
	return filepath.Join("..", "backend", backendName, "known_failing.txt")
}

func (r *results) of(target Target, c testCase) outcome {
	o, ok := r.outcomes[target][c.name()]
	if !ok {
		o = r.run(target, c)
		r.outcomes[target][c.name()] = o
	}
	return o
}

// run runs a case, but does not repeat one that has passed on the caller's backend without a VM of the callee: the other callee
// would not take part either.
func (r *results) run(target Target, c testCase) outcome {
	o, ok := r.outcomes[Target{target.Caller, target.Caller}][c.name()]
	if ok && o.alone && o.err == nil && o.known == "" && c.unfit(target) == "" {
		return o
	}
	return try(target, c, r.known[target])
}

// TestBackends runs the suite on each backend and on each pair of backends, scripts on one and states on the other. Then
// it compares what the cases print, and the page of coverage with the outcomes.
func TestBackends(t *testing.T) {
	cases, err := allCases()
	if err != nil {
		t.Fatal(err)
	}
	r := newResults(t)
	for _, target := range targets() {
		t.Run(target.String(), func(t *testing.T) {
			for _, c := range cases {
				t.Run(c.name(), func(t *testing.T) { report(t, r.of(target, c)) })
			}
		})
	}
	t.Run("same output", func(t *testing.T) {
		for _, c := range cases {
			compareOutput(t, c, r)
		}
	})
	t.Run("coverage", func(t *testing.T) {
		if n := r.failures(); n > 0 {
			t.Fatalf("%s is not compared, because %d cases fail", pageFile, n)
		}
		checkPage(t, page(catalogue(t), cases, targets(), r.of))
	})
}

// failures counts the cases that fail.
func (r *results) failures() (n int) {
	for _, outcomes := range r.outcomes {
		for _, o := range outcomes {
			if o.err != nil {
				n++
			}
		}
	}
	return n
}

// compareOutput compares what a case prints on the targets where it passes.
func compareOutput(t *testing.T, c testCase, r *results) {
	var first Target
	for _, target := range targets() {
		o := r.of(target, c)
		switch {
		case o.unfit != "" || o.known != "" || o.err != nil:
		case first == Target{}:
			first = target
		case varies(c, first, target):
		case o.output != r.of(first, c).output:
			t.Errorf("%s prints otherwise:\n%s", c.name(), diff(t, first.String(), r.of(first, c).output, target.String(), o.output))
		}
	}
}

// varies reports whether a case prints something else on two targets because their versions of Lua differ.
func varies(c testCase, a, b Target) bool {
	l, ok := c.(*luaCase)
	return ok && l.wantOf(a.Caller.LuaVersion()) != l.wantOf(b.Caller.LuaVersion())
}

func TestFaultyCases(t *testing.T) {
	for name, source := range map[string]string{
		"no header":          "print(1)",
		"no proves":          "-- shows: x",
		"unknown key":        "-- shows: x\n-- prove: y",
		"unknown capability": "-- needs: magic",
		"unknown option":     "-- with: magic",
		"unknown Lua":        "-- like: Lua 5.3",
		"unknown edition":    "-- edition: seed, 0.5",
		"no key":             "-- nothing",
	} {
		if _, err := parseCase(name, source); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, text := range []string{"name without reason", "a: b\na: c"} {
		if _, err := parseKnownFailing(text); err == nil {
			t.Errorf("known_failing.txt with %q is accepted", text)
		}
	}
}

func TestTry(t *testing.T) {
	b := fakeBackend{}
	known := &knownFailing{map[string]string{"known": "reason"}}
	for _, test := range []struct {
		c    fakeCase
		want string
	}{
		{fakeCase{title: "a"}, "passes"},
		{fakeCase{title: "a", err: errors.New("no")}, "fails"},
		{fakeCase{title: "a", lacks: "fake lacks x"}, "fake lacks x"},
		{fakeCase{title: "known", err: errors.New("no")}, "known to fail: reason"},
		{fakeCase{title: "known"}, "fails"},
	} {
		if got := try(Target{b, b}, test.c, known); got.String() != test.want {
			t.Errorf("%+v: %s, want %s", test.c, got, test.want)
		}
	}
	silent := &luaCase{path: "silent.lua", source: "local x = 1"}
	target := targets()[0]
	if _, _, err := silent.perform(target); !errors.Is(err, errSilent) {
		t.Errorf("a case that prints nothing: %v", err)
	}
	printsGoText := &luaCase{path: "text.lua", source: `print("f:1: runtime error: index out of range [1] with length 0")`}
	if _, _, err := printsGoText.perform(target); err == nil || !strings.Contains(err.Error(), `"runtime error: "`) {
		t.Errorf("a case that prints the text of a Go run-time error: %v", err)
	}
	panics := goCase{title: "panics", run: func(t *recorder, _ Target) {
		t.Cleanup(func() { t.Error("cleaned") })
		panic("oops")
	}}
	if _, _, err := panics.perform(target); err == nil || len(err.Error()) < 20 {
		t.Errorf("a case that panics: %v", err)
	}
}
