package conformance

import (
	"github.com/mtstates/go-mtstates/backend"
)

// goCase is a case that only Go can make.
type goCase struct {
	title  string
	proves []string
	run    func(t *recorder, target Target)
}

func (c goCase) name() string { return c.title }

func (c goCase) entries() []string { return c.proves }

// unfit is always empty: a Go case concerns every backend.
func (c goCase) unfit(Target) string { return "" }

func (c goCase) perform(target Target) (output string, alone bool, err error) {
	return "", false, record(func(t *recorder) { c.run(t, target) })
}

// capableCase is a Go case for backends with some capabilities.
type capableCase struct {
	goCase
	needs []backend.Capability
}

func (c capableCase) unfit(target Target) string { return target.lackOf(c.needs) }

// goCases returns the Go cases in their order.
func goCases() []testCase {
	var all []testCase
	for _, group := range [][]goCase{stackContract, valueContract, tableContract, callContract, codeContract, debugContract,
		interruptContract, concurrencyCases, waitingCases, registryCases, remoteCases} {
		for _, c := range group {
			all = append(all, c)
		}
	}
	return append(all, weakCase, profileCase, inheritedLimitCase)
}

// onVM returns a case that gets a new state of the caller's backend with all libraries.
func onVM(operation string, run func(t *recorder, s backend.VM)) goCase {
	return onVMFor(operation, operation, run)
}

// onVMFor is onVM for a case with another name than the operation, for example a function of package backend.
func onVMFor(name, operation string, run func(t *recorder, s backend.VM)) goCase {
	return goCase{"backend/" + name, []string{"backend." + operation}, func(t *recorder, target Target) {
		s := newState(t, target.Caller)
		run(t, s)
	}}
}

// newState returns a state that is closed at the end of the test.
func newState(t *recorder, b backend.Backend) backend.VM {
	s, err := b.NewVM(backend.Options{Open: b.Libraries()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// equal reports values that differ.
func equal[T comparable](t *recorder, got, want T) {
	if got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// text returns the string at index, or "?".
func text(s backend.VM, index int) string {
	if v, ok := s.ToString(index); ok {
		return v
	}
	return "?"
}

// push runs a chunk in s and leaves its results on the stack.
func push(t *recorder, s backend.VM, source string) {
	if err := s.Load(source, "=push", 0); err != nil {
		t.Fatal(err)
	}
	if f := s.PCall(0, backend.MultipleResults); f != nil {
		t.Fatalf("%s\n%s", text(s, -1), f.Traceback)
	}
}
