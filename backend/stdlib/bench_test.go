package stdlib_test

import (
	"testing"

	golualib "github.com/Shopify/go-lua"
	gopherlualib "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua"
	"github.com/mtstates/go-mtstates/backend/gopherlua"
)

// benchmarks are functions that get how often to do something; the loop is in Lua.
var benchmarks = []struct{ name, source string }{
	{"loop", `return function(n) for i = 1, n do end end`},
	{"byte", `local byte, s = string.byte, "abc" return function(n) for i = 1, n do byte(s, 2) end end`},
	{"sub", `local sub, s = string.sub, "hello world" return function(n) for i = 1, n do sub(s, 3, 7) end end`},
	{"rep", `local rep = string.rep return function(n) for i = 1, n do rep("ab", 50) end end`},
	{"upper", `local upper, s = string.upper, ("hello "):rep(10) return function(n) for i = 1, n do upper(s) end end`},
	{"format", `local format = string.format return function(n) for i = 1, n do format("%d: %s %5.2f", i, "name", 3.25) end end`},
	{"find plain", `local find, s = string.find, ("x"):rep(100) .. "needle" return function(n) for i = 1, n do find(s, "needle", 1, true) end end`},
	{"find", `local find, s = string.find, "the key = value" return function(n) for i = 1, n do find(s, "(%w+)%s*=%s*(%w+)") end end`},
	{"gsub", `local gsub, s = string.gsub, ("hello world "):rep(10) return function(n) for i = 1, n do gsub(s, "o", "0") end end`},
	{"gsub function", `local gsub, s = string.gsub, ("hello world "):rep(5) local function f(w) return w end return function(n) for i = 1, n do gsub(s, "%w+", f) end end`},
	{"gmatch", `local gmatch, s = string.gmatch, ("hello world "):rep(5) return function(n) for i = 1, n do for w in gmatch(s, "%w+") do end end end`},
	{"concat", `local concat, t = table.concat, {} for i = 1, 100 do t[i] = "item" end return function(n) for i = 1, n do concat(t, ",") end end`},
	{"insert", `local insert = table.insert return function(n) local t = {} for i = 1, n do insert(t, i) end end`},
	{"sort numbers", `local sort = table.sort return function(n) for i = 1, n do local t = {} for j = 1, 100 do t[j] = j * 37 % 101 end sort(t) end end`},
	{"sort function", `local sort = table.sort local function less(a, b) return a < b end return function(n) for i = 1, n do local t = {} for j = 1, 100 do t[j] = j * 37 % 101 end sort(t, less) end end`},
	{"unpack", `local unpack, t = table.unpack or unpack, {1, 2, 3} return function(n) for i = 1, n do unpack(t) end end`},
	{"floor", `local floor = math.floor return function(n) for i = 1, n do floor(2.5) end end`},
	{"random", `local random = math.random return function(n) for i = 1, n do random(100) end end`},
}

// BenchmarkFunctions has the functions of this package on both backends, beside those of the VMs.
func BenchmarkFunctions(b *testing.B) {
	for _, c := range benchmarks {
		for _, vm := range backends {
			b.Run(c.name+"/"+vm.Name(), func(b *testing.B) { benchmark(b, newVM(b, vm, backend.Options{}, nil), c.source) })
		}
		b.Run(c.name+"/gopherlua-own", func(b *testing.B) {
			l := gopherlualib.NewState()
			defer l.Close()
			benchmark(b, gopherlua.Wrap(l), c.source)
		})
		b.Run(c.name+"/golua-own", func(b *testing.B) {
			l := golualib.NewState()
			golualib.OpenLibraries(l)
			benchmark(b, golua.Wrap(l), c.source)
		})
	}
}

// benchmark logs that a VM has no such function of its own.
func benchmark(b *testing.B, s backend.VM, source string) {
	if err := s.Load(source, "=benchmark", 0); err != nil {
		b.Fatal(err)
	}
	if f := s.PCall(0, 1); f != nil {
		b.Fatal(backend.ToStringMeta(s, -1))
	}
	b.ReportAllocs()
	s.PushNumber(float64(b.N))
	b.ResetTimer()
	if f := s.PCall(1, 0); f != nil {
		b.Logf("not measured: %s", backend.ToStringMeta(s, -1))
	}
}
