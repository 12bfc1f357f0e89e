package golua

import (
	"reflect"

	lua "github.com/Shopify/go-lua"
)

// prepare makes what all states of the process share, before the first of them. The order matters: the libraries have
// functions of this package in them.
func prepare() {
	state := reflect.TypeFor[lua.State]()
	fields = findFields(state)
	closureFields = findClosureFields(state)
	l := lua.NewState()
	makeOwnFunctions(l)
	numbersMeta = newNumbersMeta(l)
	libraries = newLibraries(l)
}
