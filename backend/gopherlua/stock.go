package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/tracebacks"
)

// Functions of the VM that this package uses; prepare finds them. As Go functions they may run in any state.
var (
	vmCreate, vmResume   lua.LGFunction
	vmModule             lua.LGFunction
	vmGetfenv, vmSetfenv lua.LGFunction
	vmSearchPreload      lua.LGFunction // the searcher for package.preload
)

// findStock finds the functions in l, a state with all of the VM's libraries.
func findStock(l *lua.LState) {
	find := func(library, name string) lua.LGFunction {
		return l.GetField(l.GetGlobal(library), name).(*lua.LFunction).GFunction
	}
	vmCreate, vmResume = find("coroutine", "create"), find("coroutine", "resume")
	vmModule = find("_G", "module")

	vmGetfenv, vmSetfenv = find("_G", "getfenv"), find("_G", "setfenv")
	tracebacks.Writer = find("debug", "traceback")
	loaders := l.GetField(l.GetGlobal("package"), "loaders").(*lua.LTable)
	vmSearchPreload = loaders.RawGetInt(1).(*lua.LFunction).GFunction
}
