package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua"
	"github.com/mtstates/go-mtstates/backend/gopherlua"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"

	"example.com/outside/ledger"
)

var backends = []backend.Backend{gopherlua.Backend, golua.Backend}

// run runs a script that requires the module and returns its results as tostring shows them, or its error.
func run(t *testing.T, b backend.Backend, l *ledger.Ledger, script string) string {
	t.Helper()
	h, err := host.New(b, mtstates.WithModules(ledger.Modules(l)...))
	if err != nil {
		t.Fatal(err)
	}
	vm, err := h.NewVM(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	if err := vm.Load(`local ledger = require("ledger") `+script, "=script", 0); err != nil {
		t.Fatal(err)
	}
	if failure := vm.PCall(0, backend.MultipleResults); failure != nil {
		text, _, _ := strings.Cut(host.ErrorText(vm, failure), "\n") // without the traceback
		return text
	}
	var results []string
	for i := 1; i <= vm.GetTop(); i++ {
		results = append(results, backend.ToStringMeta(vm, i))
	}
	return strings.Join(results, ", ")
}

func TestModule(t *testing.T) {
	cases := []struct{ script, want string }{
		{`return ledger._VERSION, ledger.PRECISION`, "1.0, 2"},
		{`return ledger.open("ann"), ledger.open("ann"):name()`, "account of ann, ann"},
		{`return getmetatable(ledger.open("ann"))`, "ledger.account"},
		{`local a = ledger.open("ann") a:deposit(3) return a:balance(), a:last()`, "3, nil, 3"},
		{`local a = ledger.open("ann") a:deposit(3, "gift") return a:last()`, "gift, 3"},
		{`return select("#", ledger.open("ann"):last()), (ledger.open("ann"):last())`, "1, nil"},
		{`return ledger.open("ann"):partner()`, "nil"},
		{`local a, b = ledger.open("ann", 5), ledger.open("bob")
			return ledger.transfer(a, b, 4, "rent"), b:balance(), b:partner(), b:last()`, "-4, 4, account of ann, rent, 4"},
		{`return ledger.transfer(ledger.open("ann", 5), ledger.open("bob"), 6.5)`,
			`ledger.error.overdrawn: "ann", 1.5 is missing`},
		{`local ok, err = pcall(ledger.find, "zoe") return err == ledger.error.unknown_account, err:details(), err:name()`,
			`true, "zoe", ledger.error.unknown_account`},
		{`ledger.open("bob") ledger.open("ann") return ledger.names()`, "ann, bob"},
		{`ledger.open("bob") ledger.open("ann") local log = {}
			local n = ledger.each(function(a, x, y) log[#log + 1] = a:name() .. tostring(x) .. tostring(y) end, 1, nil)
			return n, table.concat(log, " ")`, "2, ann1nil bob1nil"},
		{`ledger.open("bob") ledger.open("ann") return ledger.each(function(a) return a:name() ~= "ann" end)`, "1"},
		{`ledger.open("ann") ledger.each(function() error("no", 0) end)`, "no"},

		{`ledger.open()`, "script:1: bad argument #1 to 'open' (string expected, got no value)"},
		{`ledger.open("ann", -1)`, "script:1: bad argument #2 to 'open' (must be at least 0)"},
		{`ledger.open("ann"):deposit("x")`, "script:1: bad argument #1 to 'deposit' (number expected, got string)"},
		{`ledger.open("ann").deposit(1, 2)`, "script:1: bad argument #1 to 'deposit' (ledger.account expected, got number)"},
		{`ledger.transfer(ledger.open("ann"), require("mtmsg").newbuffer(), 1)`,
			"script:1: bad argument #2 to 'transfer' (ledger.account expected, got mtmsg.buffer)"},
		{`ledger.each(1)`, "script:1: bad argument #1 to 'each' (function expected, got number)"},
	}
	for _, b := range backends {
		t.Run(b.Name(), func(t *testing.T) {
			for _, c := range cases {
				if got := run(t, b, new(ledger.Ledger), c.script); got != c.want {
					t.Errorf("%s\ngot  %s\nwant %s", c.script, got, c.want)
				}
			}
		})
	}
}

// TestShared proves that the states of a registry share a module, and that its errors keep their identity in Go.
func TestShared(t *testing.T) {
	for _, b := range backends {
		t.Run(b.Name(), func(t *testing.T) {
			l := new(ledger.Ledger)
			registry, err := mtstates.NewRegistry(b, mtstates.WithModules(ledger.Modules(l)...))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"first", "second"} {
				_, _, err := registry.NewState(t.Context(), `require("ledger").open("ann"):deposit(1) return function() end`, mtstates.Named(name))
				if err != nil {
					t.Fatal(err)
				}
			}
			a, err := l.Find(nil, "ann")
			if err != nil {
				t.Fatal(err)
			}
			if balance, _ := a.Balance(nil); balance != 2 {
				t.Errorf("the states paid in %v", balance)
			}
			_, _, err = registry.NewState(t.Context(), `require("ledger").find("zoe")`)
			if !errors.Is(err, ledger.ErrUnknownAccount) || !errors.Is(err, mtstates.ErrInvokingState) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestObjects hands an object from Go to Lua and back.
func TestObjects(t *testing.T) {
	for _, b := range backends {
		t.Run(b.Name(), func(t *testing.T) {
			vm, err := b.NewVM(backend.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer vm.Close()
			l := new(ledger.Ledger)
			ledger.Open(vm, l)
			vm.SetTop(0)
			a, _ := l.Open(vm, "ann", 0)
			if err := vm.Load(`local a = ... a:deposit(5) return a`, "=script", 0); err != nil {
				t.Fatal(err)
			}
			ledger.PushAccount(vm, a)
			if failure := vm.PCall(1, 1); failure != nil {
				t.Fatal(backend.ToStringMeta(vm, -1))
			}
			got, ok := ledger.ToAccount(vm, 1)
			if !ok || got != a {
				t.Errorf("got %v, %v", got, ok)
			}
			vm.PushNumber(1)
			if _, ok := ledger.ToAccount(vm, 2); ok {
				t.Error("a number is an account")
			}
		})
	}
}
