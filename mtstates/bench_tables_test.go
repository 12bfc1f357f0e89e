package mtstates_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates/internal/sidebyside"
)

// tables are ways to make a table in Lua.
var tables = []struct{ name, setup, build string }{
	{"fields100", "", constructor()},
	{"assigned100", `
		local names, texts = {}, {}
		for i = 1, 100 do names[i], texts[i] = "name" .. i, "text" .. i end`,
		"{} for i = 1, 100 do t[names[i]] = texts[i] end"},
	{"list1000", "", "{} for i = 1, 1000 do t[i] = i end"},
	{"records100", "", "{} for i = 1, 100 do t[i] = {id = i, name = 'x', price = 1.5} end"},
}

func constructor() string {
	var b strings.Builder
	for i := range 100 {
		fmt.Fprintf(&b, "name%d = 'text%d', ", i, i)
	}
	return "{" + b.String() + "}"
}

// BenchmarkTable compares the time in which a table crosses to another state ("ours") with the time in which the receiver
// makes it in Lua ("by hand"), on each backend and between them.
func BenchmarkTable(b *testing.B) {
	onEach(b, func(b *testing.B, from backend.Backend) {
		for _, to := range backends.All() {
			for _, c := range tables {
				b.Run(to.Name()+"/"+c.name, func(b *testing.B) {
					build := ours(b, to, c.setup+" return function(n) for i = 1, n do local t = "+c.build+" end end")
					cross := oursIn(b, hosttest.New(b, to), from, c.setup+`
						local s = newstate("return function(t) end")
						local t = `+c.build+`
						return function(n) for i = 1, n do s:call(t) end end`)
					sidebyside.Compare(b, cross, build)
				})
			}
		}
	})
}
