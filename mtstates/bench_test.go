package mtstates_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/internal/sidebyside"
)

// The benchmarks run Lua scripts that return a function of n, which does the measured thing n times. They reach states
// through the global newstate(setup [, ...]), so that the same script runs on our bridge and on the one by hand
// (bench_gopherlua_test.go, bench_golua_test.go).

// byHand are the bridges by hand: what each returns runs the function that the script returns.
var byHand = map[string]func(b *testing.B, script string) sidebyside.Side{
	"gopherlua": gopherByHand,
	"golua":     goluaByHand,
}

// ours runs the function that the script returns, in a VM of a new registry.
func ours(b *testing.B, backend backend.Backend, script string) sidebyside.Side {
	return oursIn(b, hosttest.New(b, backend), backend, script)
}

// oursIn is ours with the states of h, in a VM of any backend.
func oursIn(b *testing.B, h *host.Host, backend backend.Backend, script string) sidebyside.Side {
	vm, err := h.States.NewVM(backend, nil)
	if err != nil {
		b.Fatal(err)
	}
	return sideIn(b, vm, script)
}

// sideIn is ours in a VM, which it closes at the end.
func sideIn(b *testing.B, vm backend.VM, script string) sidebyside.Side {
	b.Cleanup(vm.Close)
	if err := vm.Load(`newstate = require("mtstates").newstate `+script, "=benchmark", 0); err != nil {
		b.Fatal(err)
	}
	check := func(f *backendFailure) {
		if f != nil {
			b.Fatalf("%s\n%s", host.ErrorText(vm, f), f.Traceback)
		}
	}
	check(vm.PCall(0, 1))
	loop := vm.GetTop()
	return func(n int) {
		vm.PushValue(loop)
		vm.PushNumber(float64(n))
		check(vm.PCall(1, 0))
	}
}

type backendFailure = backend.Failure

// onEach runs a benchmark on each backend.
func onEach(b *testing.B, run func(b *testing.B, backend backend.Backend)) {
	for _, backend := range backends.All() {
		b.Run(backend.Name(), func(b *testing.B) { run(b, backend) })
	}
}
