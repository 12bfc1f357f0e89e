package stdlib_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua"
	"github.com/mtstates/go-mtstates/backend/gopherlua"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

var backends = []backend.Backend{gopherlua.Backend, golua.Backend}

func TestMain(m *testing.M) {
	time.Local = time.UTC // that of the outputs in testdata
	os.Exit(m.Run())
}

// newVM returns a state with all libraries that prints into out.
func newVM(t testing.TB, b backend.Backend, o backend.Options, out *bytes.Buffer) backend.VM {
	t.Helper()
	o.Open = b.Libraries()
	if out != nil {
		o.Stdout = out
	}
	s, err := b.NewVM(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// run runs a chunk and returns how it failed, with the error value on the stack, or nil.
func run(t testing.TB, s backend.VM, source string) *backend.Failure {
	t.Helper()
	if err := s.Load(source, "=test", 0); err != nil {
		t.Fatal(err)
	}
	return s.PCall(0, 0)
}

// printed runs a chunk in a new state and returns what it printed.
func printed(t testing.TB, b backend.Backend, source string) string {
	t.Helper()
	var out bytes.Buffer
	s := newVM(t, b, backend.Options{}, &out)
	if f := run(t, s, source); f != nil {
		t.Fatalf("%s\n%s", backend.ToStringMeta(s, -1), f.Traceback)
	}
	return out.String()
}

type printCase struct{ name, source, want string }

// runPrintCases runs each case on each backend.
func runPrintCases(t *testing.T, cases []printCase) {
	t.Helper()
	for _, b := range backends {
		for _, c := range cases {
			t.Run(b.Name()+"/"+c.name, func(t *testing.T) {
				if got := printed(t, b, c.source); got != c.want {
					t.Errorf("printed %q, want %q", got, c.want)
				}
			})
		}
	}
}

// TestAsLua52 compares with what PUC Lua 5.2 printed.
func TestAsLua52(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*.lua")
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, script := range scripts {
		source, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(strings.TrimSuffix(script, ".lua") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range backends {
			t.Run(b.Name()+"/"+filepath.Base(script), func(t *testing.T) {
				compareLines(t, printed(t, b, "local arg = {}\n"+string(source)), string(want))
			})
		}
	}
}

func compareLines(t *testing.T, got, want string) {
	t.Helper()
	// The chunk has another name and a line more than the script that PUC Lua ran; messages show neither of them.
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i, line := range wantLines {
		if i >= len(gotLines) {
			t.Fatalf("line %d: nothing, want %q", i+1, line)
		}
		if withoutPlace(gotLines[i]) != withoutPlace(line) {
			t.Errorf("line %d: %q, want %q", i+1, gotLines[i], line)
		}
	}
	if len(gotLines) > len(wantLines) {
		t.Errorf("%d lines too many", len(gotLines)-len(wantLines))
	}
}

// withoutPlace drops the place in front of an error message.
func withoutPlace(line string) string {
	for _, chunk := range []string{"test:", ".lua:"} {
		if front, rest, ok := strings.Cut(line, chunk); ok {
			_, message, _ := strings.Cut(rest, ": ")
			return front[:strings.LastIndexAny(front, "\t ")+1] + message
		}
	}
	return line
}

// TestLibraries proves that each function is there, on each backend.
func TestLibraries(t *testing.T) {
	for _, b := range backends {
		s := newVM(t, b, backend.Options{}, nil)
		for library, functions := range stdlib.Functions() {
			for name := range functions {
				path := library + "." + name
				if f := run(t, s, "assert(type("+path+") == 'function', '"+path+"')"); f != nil {
					t.Errorf("%s: %s", b.Name(), backend.ToStringMeta(s, -1))
				}
				s.SetTop(0)
			}
		}
	}
}
