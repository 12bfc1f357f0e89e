package loop

import (
	"math"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

var loops = []struct{ name, source string }{
	{"calls", `local function fib(n) if n < 2 then return n end return fib(n-1) + fib(n-2) end return function() return fib(18) end`},
	{"loop", `return function() local x = 0 for i = 1, 20000 do x = x + i * 2 end return x end`},
	{"while", `return function() local x = 0 while x < 20000 do x = x + 1 end return x end`},
	{"fill", `return function() local t = {} for i = 1, 5000 do t[i] = i end return #t end`},
	{"sieve", `return function()
		local t = {}
		for i = 1, 2000 do t[i] = true end
		for i = 2, 2000 do if t[i] then for j = i*i, 2000, i do t[j] = false end end end
	end`},
	{"fields", `return function() local t = {x=1,y=2} for i = 1, 5000 do t.x = t.x + t.y end return t.x end`},
}

// BenchmarkLoop compares this package's loop with the VM's, side by side: ns/op is a run of all of them, the ratios are of
// the fastest runs.
func BenchmarkLoop(b *testing.B) {
	if !Repair.On() {
		b.Fatal("the repair is off")
	}
	for _, p := range loops {
		b.Run(p.name, func(b *testing.B) {
			var states []*lua.LState
			for _, w := range []*Watch{nil, {}, {interrupt: &backend.Interrupt{}, Sample: func(*lua.LState) {}}} {
				states = append(states, newState(b, w, p.source))
			}
			fastest := []time.Duration{math.MaxInt64, math.MaxInt64, math.MaxInt64}
			for b.Loop() {
				for i, l := range states {
					start := time.Now()
					l.Push(l.Get(1))
					l.Call(0, 0)
					fastest[i] = min(fastest[i], time.Since(start))
				}
			}
			b.ReportMetric(float64(fastest[1])/float64(fastest[0]), "ratio")
			b.ReportMetric(float64(fastest[2])/float64(fastest[0]), "interruptible-ratio")
		})
	}
}

// newState returns a state in which a program has returned its function. watch is nil for the VM's loop.
func newState(b *testing.B, watch *Watch, source string) *lua.LState {
	l := lua.NewState(lua.Options{RegistrySize: 128, RegistryMaxSize: 1 << 18, RegistryGrowStep: 256, CallStackSize: 4096, MinimizeStackMemory: true})
	if watch != nil {
		watch.Install(l)
	}
	if err := l.DoString(source); err != nil {
		b.Fatal(err)
	}
	return l
}
