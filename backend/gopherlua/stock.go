package gopherlua

import lua "github.com/yuin/gopher-lua"

// Functions of the VM that this package builds on. As Go functions they may run in any state.
var (
	vmCreate   = stockGoFunction("coroutine", "create")
	vmModule   = stockGoFunction("_G", "module")
	vmResume   = stockGoFunction("coroutine", "resume")
	vmGetlocal = stockGoFunction("debug", "getlocal")
	vmSetlocal = stockGoFunction("debug", "setlocal")
	vmGetfenv  = stockGoFunction("_G", "getfenv")
	vmSetfenv  = stockGoFunction("_G", "setfenv")
	writer     = stockGoFunction("debug", "traceback")
)

// vmSearchPreload is the VM's searcher for package.preload.
var vmSearchPreload = func() lua.LGFunction {
	l := lua.NewState()
	defer l.Close()
	return l.GetField(l.GetGlobal("package"), "loaders").(*lua.LTable).RawGetInt(1).(*lua.LFunction).GFunction
}()

func stockGoFunction(library, name string) lua.LGFunction {
	l := lua.NewState()
	defer l.Close()
	return l.GetField(l.GetGlobal(library), name).(*lua.LFunction).GFunction
}
