package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/compiler"
	"github.com/mtstates/go-mtstates/backend/golua/repair/instructions"
	"github.com/mtstates/go-mtstates/backend/golua/repair/raised"
	"github.com/mtstates/go-mtstates/backend/golua/repair/tracebacks"
	"github.com/mtstates/go-mtstates/backend/internal/pace"
)

// prepare makes what all states of the process share, before the first of them, and probes the repairs. The order
// matters: the libraries have functions of this package in them.
func prepare() {
	l := lua.NewState()
	makeOwnFunctions(l)
	coroutines = newCoroutines()
	libraries = newLibraries(l)
	instructions.VM = instructions.Adapter{
		Raise:         func(l *lua.State, message string) { raiseAt(l, 0, message) },
		RaiseOverflow: raiseOverflow,
		CheckSize:     checkSize,
		Helper:        helper,
		StoreWeak:     pollWeak,
	}
	tracebacks.Adapter.Own = func(f any) bool { return ownFunctions[f] }
	tracebacks.Adapter.Name = func(upvalue any) (string, bool) {
		name, ok := upvalue.(functionName)
		return string(name), ok
	}
	for _, r := range repairs {
		r.On()
	}
}

// helper returns the function of a state that the instructions call by a name.
func helper(l *lua.State, name string) any {
	d := dataOf(l)
	f := d.helpers[name]
	if f == nil {
		f = compiler.Helper(l, name)
		if d.helpers == nil {
			d.helpers = map[string]any{}
		}
		d.helpers[name] = f
	}
	return f
}

// checkSize raises the memory error when a string of that size is too long for the state.
func checkSize(l *lua.State, size int) {
	if pace.LookSoon(size) {
		dataOf(l).hooks.LookSoon(l)
	}
	if env := envOf(l); size > env.MaxString || !env.Budget.Reserve(size) {
		l.PushString(backend.ErrOutOfMemory.Error())
		panic(traced(l, raised.Exceeded))
	}
}
