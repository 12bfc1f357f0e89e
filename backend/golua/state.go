package golua

import (
	"fmt"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// globals is how many globals a state with all libraries has, and some of its own.
const globals = 48

func newState(o backend.Options) (backend.State, error) {
	if err := backend.CheckLibraries(Backend, o); err != nil {
		return nil, err
	}
	l := lua.NewState()
	lua.AtPanic(l, unprotected)
	l.CreateTable(0, globals) // the VM's own table of globals would grow step by step
	l.RawSetInt(lua.RegistryIndex, lua.RegistryIndexGlobals)
	setData(l, &vmdata{stdout: o.Stdout, exit: o.Exit, collect: o.Collect, interrupt: o.Interrupt})
	if o.Interrupt != nil {
		makeInterruptible(l, o.Interrupt)
	}
	openBase(l)
	openPackage(l)
	for _, name := range o.Open {
		openLibrary(l, name)
	}
	for _, name := range o.Preload {
		preloadLibrary(l, name)
	}
	return state{l}, nil
}

// unprotected keeps the VM from writing to the log when an error is raised outside of any protected call.
func unprotected(l *lua.State) int {
	text, _ := toString(l, -1)
	panic(fmt.Errorf("error outside of a protected call: %s", text))
}

// closeState does nothing: all that a VM holds is on the Go heap.
func closeState(*lua.State) {}
