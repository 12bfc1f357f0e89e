package golua

import (
	"reflect"

	lua "github.com/Shopify/go-lua"
)

// prepare makes what all states of the process share, before the first of them. The order matters: the template has
// functions of this package in it.
func prepare() {
	state := reflect.TypeFor[lua.State]()
	fields = findFields(state)
	closureFields = findClosureFields(state)
	l := lua.NewState()
	makeOwnFunctions(l)
	lazyMetatable = newSharedTable(l, map[string]lua.Function{
		"__index": lazyIndex, "__newindex": lazyNewIndex, "__len": lazyLength, "__eq": lazyEqual,
	})
	stock = newTemplate(l)
}
