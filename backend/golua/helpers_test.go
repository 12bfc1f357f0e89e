package golua

import (
	"bytes"
	"fmt"
	"testing"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// newTestState returns a state with all libraries that prints into out.
func newTestState(t testing.TB, out *bytes.Buffer) backend.VM {
	t.Helper()
	o := backend.Options{Open: Backend.Libraries()}
	if out != nil {
		o.Stdout = out
	}
	s, err := Backend.NewVM(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// newStock returns a state of the VM's own making, with its own libraries.
func newStock() (*lua.State, backend.VM) {
	l := lua.NewState()
	lua.OpenLibraries(l)
	return l, Wrap(l)
}

func loadChunk(t testing.TB, s backend.VM, source, chunk string) {
	t.Helper()
	if err := s.Load(source, chunk, 0); err != nil {
		t.Fatal(err)
	}
}

// do runs a chunk; the results stay on the stack.
func do(t testing.TB, s backend.VM, source string) {
	t.Helper()
	loadChunk(t, s, source, "=test")
	if failure := s.PCall(0, backend.MultipleResults); failure != nil {
		t.Fatalf("%s\n%s", backend.ToStringMeta(s, -1), failure.Traceback)
	}
}

// printedBy runs a chunk in a new state and returns what it printed.
func printedBy(t testing.TB, source string) string {
	t.Helper()
	var out bytes.Buffer
	s := newTestState(t, &out)
	do(t, s, source)
	s.SetTop(0)
	do(t, s, "return 1") // still usable
	return out.String()
}

func setGlobal(s backend.VM, name string) {
	s.PushGlobalTable()
	backend.Insert(s, s.GetTop()-1)
	s.RawSetField(-2, name)
	s.SetTop(s.GetTop() - 1)
}

func setFunction(s backend.VM, name string, f backend.Function) {
	s.PushFunction(f)
	setGlobal(s, name)
}

type printCase struct{ name, source, want string }

func runPrintCases(t *testing.T, cases []printCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := printedBy(t, c.source); got != c.want {
				t.Errorf("printed %q, want %q", got, c.want)
			}
		})
	}
}

func sprint(v any) string { return fmt.Sprint(v) }
