package mtstates_test

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/sidebyside"
)

// calls are ways to call a state: the setup of the state, and what is repeated.
var calls = []struct{ name, setup, body string }{
	{"empty", "return function() end", "s:call()"},
	{"number", "return function(i) return i end", "s:call(i)"},
	{"mixed8", "return function(...) return ... end", "s:call(i, 'two', true, nil, 5.5, 'six', false, 8)"},
	{"string1KiB", "return function(x) return x end", "s:call(kib)"},
	{"string1MiB", "return function(x) return x end", "s:call(mib)"},
	{"error", "return function() error('no') end", "pcall(call, s)"},
	{"nested", "local inner = newstate('return function(i) return i end') return function(i) return inner:call(i) end", "s:call(i)"},
}

// callScript returns a script that repeats body with s, a state of the given setup.
func callScript(setup, body string) string {
	return `
		local s = newstate([[local newstate = newstate or require("mtstates").newstate ` + setup + `]])
		local pcall, call = pcall, s.call
		local kib, mib = ("x"):rep(2 ^ 10), ("x"):rep(2 ^ 20)
		return function(n)
			for i = 1, n do ` + body + ` end
		end`
}

// BenchmarkCall measures s:call from Lua.
func BenchmarkCall(b *testing.B) {
	onEach(b, func(b *testing.B, backend backend.Backend) {
		for _, c := range calls {
			b.Run(c.name, func(b *testing.B) {
				script := callScript(c.setup, c.body)
				sidebyside.Compare(b, ours(b, backend, script), byHand[backend.Name()](b, script))
			})
		}
	})
}
