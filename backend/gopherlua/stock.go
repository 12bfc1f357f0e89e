package gopherlua

import lua "github.com/yuin/gopher-lua"

// Functions of the VM that this package builds on. As Go functions they may run in any state.
var (
	vmCreate, vmResume     lua.LGFunction
	vmGetlocal, vmSetlocal lua.LGFunction
	vmGetfenv, vmSetfenv   lua.LGFunction
	vmModule               lua.LGFunction
	writer                 lua.LGFunction
	vmSearchPreload        lua.LGFunction // the searcher for package.preload
)

// findStockFunctions takes the functions from a state with the VM's own libraries.
func findStockFunctions(l *lua.LState) {
	function := func(library, name string) lua.LGFunction {
		return l.GetField(l.GetGlobal(library), name).(*lua.LFunction).GFunction
	}
	vmCreate, vmResume = function("coroutine", "create"), function("coroutine", "resume")
	vmGetlocal, vmSetlocal = function("debug", "getlocal"), function("debug", "setlocal")
	vmGetfenv, vmSetfenv = function("_G", "getfenv"), function("_G", "setfenv")
	vmModule = function("_G", "module")
	writer = function("debug", "traceback")
	vmSearchPreload = l.GetField(l.GetGlobal("package"), "loaders").(*lua.LTable).RawGetInt(1).(*lua.LFunction).GFunction
}
