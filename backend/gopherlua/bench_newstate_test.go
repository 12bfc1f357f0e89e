package gopherlua_test

import (
	"runtime"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
)

// newVM returns a VM that can create states, with the factory function on its stack.
func newVM(b *testing.B, source string) backend.VM {
	b.Helper()
	vm, err := hosttest.New(b, gopherlua.Backend).States.NewVM(gopherlua.Backend, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(vm.Close)
	if err := vm.Load(source, "=bench", 0); err != nil {
		b.Fatal(err)
	}
	vm.Call(0, 1)
	return vm
}

// BenchmarkNewState makes states with all libraries through mtstates.newstate, with all modules preloaded.
func BenchmarkNewState(b *testing.B) {
	for _, bench := range []struct{ name, source string }{
		{"function", `local newstate = require("mtstates").newstate
			return function() newstate(function() return function() end end):close() end`},
		{"string", `local newstate = require("mtstates").newstate
			return function() newstate("return function() end"):close() end`},
		{"function without libs", `local newstate = require("mtstates").newstate
			return function() newstate(false, function() return function() end end):close() end`},
		{"all libraries used", `local newstate = require("mtstates").newstate
			return function()
				newstate(function()
					local count = 0
					for name, library in pairs(_G) do
						if type(library) == "table" then
							for key in pairs(library) do count = count + 1 end
						end
					end
					return function() return count end
				end):close()
			end`},
	} {
		b.Run(bench.name, func(b *testing.B) {
			vm := newVM(b, bench.source)
			b.ReportAllocs()
			for b.Loop() {
				vm.PushValue(1)
				vm.Call(0, 0)
			}
		})
	}
}

// BenchmarkLiveState reports the bytes that each of 10,000 living states holds, and the time to make one.
func BenchmarkLiveState(b *testing.B) {
	const states = 10_000
	vm := newVM(b, `local newstate, kept = require("mtstates").newstate, {}
		return function() kept[#kept + 1] = newstate(function() return function() end end) end`)
	var before, after runtime.MemStats
	for b.Loop() {
		vm.SetTop(1)
		runtime.GC()
		runtime.ReadMemStats(&before)
		for range states {
			vm.PushValue(1)
			vm.Call(0, 0)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/states, "B/state")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/states, "µs/state")
}
