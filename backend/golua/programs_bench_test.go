package golua

import (
	"testing"
	"time"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// programs are what scripts do all the time. Each runs for some milliseconds.
var programs = []struct{ name, source string }{
	{"loop", "local x = 0 for i = 1, 200000 do x = x + i * 2 - 1 end return x"},
	{"calls", "local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end return fib(20)"},
	{"tables", "local t = {} for i = 1, 20000 do t[i] = i end local s = 0 for i = 1, #t do s = s + t[i] end return s"},
	{"fields", "local p = {x = 1, y = 2} for i = 1, 50000 do p.x = p.x + p.y p.y = i end return p.x"},
	{"methods", "local c = {} c.__index = c function c:add(n) self.n = self.n + n return self end local o = setmetatable({n = 0}, c) for i = 1, 30000 do o:add(i) end return o.n"},
	{"strings", "local t = {} for i = 1, 5000 do t[#t + 1] = 'item' .. i end return #table.concat(t, ',')"},
	{"closures", "local function counter() local n = 0 return function() n = n + 1 return n end end local s = 0 for i = 1, 5000 do local c = counter() s = s + c() + c() end return s"},
	{"conditions", "local n = 0 for i = 1, 50000 do if i % 3 == 0 and i > 10 or i == 5 then n = n + 1 elseif not (i < 100) then n = n + 2 end end return n"},
}

// BenchmarkPrograms runs programs in a state of the backend next to one of the VM's own. The metric is how much longer the
// backend's takes.
func BenchmarkPrograms(b *testing.B) {
	for _, p := range programs {
		b.Run(p.name, func(b *testing.B) {
			ours, err := Backend.NewVM(backend.Options{Open: Backend.Libraries()})
			if err != nil {
				b.Fatal(err)
			}
			loadChunk(b, ours, p.source, "=program")
			raw := lua.NewState()
			lua.OpenLibraries(raw)
			if err := lua.LoadString(raw, p.source); err != nil {
				b.Fatal(err)
			}
			function := raw.Top()
			var least [2]time.Duration
			for b.Loop() {
				for k, run := range []func(){
					func() { ours.PushValue(1); ours.PCall(0, 1); ours.SetTop(1) },
					func() { raw.PushValue(function); raw.Call(0, 1); raw.SetTop(function) },
				} {
					start := time.Now()
					run()
					if took := time.Since(start); least[k] == 0 || took < least[k] {
						least[k] = took
					}
				}
			}
			b.ReportMetric(float64(least[0])/float64(least[1]), "ratio")
			b.ReportMetric(float64(least[0].Microseconds()), "ours-µs")
		})
	}
}
