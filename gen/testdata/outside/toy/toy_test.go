package toy_test

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"

	"example.com/outside/ledger"
	"example.com/outside/toy"
	"example.com/outside/toylua"
)

// TestMixed lets a script on gopher-lua call a state on this VM, which uses a module of the program.
func TestMixed(t *testing.T) {
	var out bytes.Buffer
	h, err := host.New(gopherlua.Backend, mtstates.WithStdout(&out), mtstates.WithModules(ledger.Modules(new(ledger.Ledger))...))
	if err != nil {
		t.Fatal(err)
	}
	payer, _, err := h.States.NewState(t.Context(), `
		local account = require("ledger").open("ann")
		return function(amount)
			account:deposit(amount)
			return account:balance(), _VERSION
		end`, mtstates.Named("payer"), mtstates.On(toy.Backend))
	if err != nil {
		t.Fatal(err)
	}
	vm, err := h.NewVM(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	err = vm.Load(`
		local payer = require("mtstates").state("payer")
		payer:call(3)
		print(_VERSION, payer:call(4))
		print(require("ledger").find("ann"):balance())`, "=script", 0)
	if err != nil {
		t.Fatal(err)
	}
	if f := vm.PCall(0, 0); f != nil {
		t.Fatalf("%s\n%s", host.ErrorText(vm, f), f.Traceback)
	}
	runtime.KeepAlive(payer)
	if want := "Lua 5.1\t7\tLua 5.2\n7\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

// TestWrap uses a VM that the program has made itself.
func TestWrap(t *testing.T) {
	l := toylua.NewState(toylua.Options{})
	vm := toy.Wrap(l)
	h, err := host.New(toy.Backend)
	if err != nil {
		t.Fatal(err)
	}
	h.Preload(vm)
	if err := vm.Load(`return require("mtstates").newstate("return function(n) return n + 1 end"):call(41)`, "=script", 0); err != nil {
		t.Fatal(err)
	}
	if f := vm.PCall(0, 1); f != nil {
		t.Fatal(backend.ToStringMeta(vm, -1))
	}
	if n, ok := vm.ToNumber(-1); !ok || n != 42 {
		t.Errorf("got %v", n)
	}
	if own, ok := toy.Unwrap(vm); !ok || own != l {
		t.Error("the VM is another one")
	}
}
