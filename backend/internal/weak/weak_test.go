package weak_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua"
	"github.com/mtstates/go-mtstates/backend/gopherlua"
	"github.com/mtstates/go-mtstates/backend/internal/weak"
)

// TestUsed sees to it that functions ask for weak tables only in a process that has one: the backends' probes do not count.
func TestUsed(t *testing.T) {
	for _, c := range []struct {
		program string
		used    bool
	}{
		{"local t = setmetatable({}, {__index = print}) return t.x", false},
		{"return setmetatable({}, {__mode = 'k'})", true},
	} {
		for _, b := range []backend.Backend{gopherlua.Backend, golua.Backend} {
			vm, err := b.NewVM(backend.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer vm.Close()
			if err := vm.Load(c.program, "=test", 0); err != nil {
				t.Fatal(err)
			}
			if f := vm.PCall(0, 0); f != nil {
				t.Fatal(vm.ToString(-1))
			}
			if weak.Used() != c.used {
				t.Errorf("%s: %q: weak tables are used: %v, want %v", b.Name(), c.program, weak.Used(), c.used)
			}
		}
	}
}
