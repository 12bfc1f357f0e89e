package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/closures"
	"github.com/mtstates/go-mtstates/backend/golua/repair/coroutine"
	"github.com/mtstates/go-mtstates/backend/golua/repair/protect"
	"github.com/mtstates/go-mtstates/backend/golua/repair/traversal"
)

// prepare makes what all states of the process share, before the first of them, and probes the repairs. The order
// matters: the libraries have functions of this package in them.
func prepare() {
	l := lua.NewState()
	makeOwnFunctions(l)
	coroutines = newCoroutines()
	numbersMeta = newNumbersMeta(l)
	libraries = newLibraries(l)
	for _, r := range []interface{ On() bool }{closures.Repair, coroutine.Repair, protect.Repair, traversal.Repair} {
		r.On()
	}
}
