package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// libraries are the standard libraries of all states; prepare makes them.
var libraries *stdlib.Set

func newLibraries() *stdlib.Set {
	return stdlib.NewSet(Backend.Libraries(), stdlib.Dialect{
		Lua:  501,
		Path: lua.LuaPathDefault,
		Own: map[string]stdlib.Library{
			"_G": ownLibrary(map[string]lua.LGFunction{
				"getfenv": baseGetfenv, "module": module, "pcall": basePcall,
				"setfenv": baseSetfenv, "xpcall": baseXpcall,
			}),
			"coroutine": ownLibrary(map[string]lua.LGFunction{
				"create": coroutineCreate, "resume": coroutineResume, "running": coroutineRunning,
				"status": coroutineStatus, "wrap": coroutineWrap, "yield": coroutineYield,
			}),
			"debug": ownLibrary(map[string]lua.LGFunction{
				"getfenv": debugGetfenv, "gethook": debugGethook, "getlocal": debugGetlocal, "setfenv": debugSetfenv,
				"sethook": debugSethook, "setlocal": debugSetlocal,
			}),
			"string": ownLibrary(map[string]lua.LGFunction{"dump": stringDump}),
		},
	})
}

// ownLibrary converts functions in the VM's form to functions of the contract.
func ownLibrary(functions map[string]lua.LGFunction) stdlib.Library {
	lib := stdlib.Library{}
	for name, f := range functions {
		lib[name] = func(vm backend.VM) int { return f(vm.(state).l) }
	}
	return lib
}

// complete fills t if it is a table that is filled on use, see backend.Libraries.
func complete(l *lua.LState, t *lua.LTable) *lua.LTable {
	d := dataOf(l)
	if mt, ok := t.Metatable.(*lua.LTable); ok && mt == d.lazy && mt != nil {
		l.Push(t)
		d.env.Libraries.Complete(state{l}, -1)
		l.Pop(1)
	}
	return t
}

// pushPackage pushes the table package.
func pushPackage(l *lua.LState) { libraries.PushPackage(state{l}) }

// hostLibraries are the libraries of a state of the host's own, which the host opens itself.
type hostLibraries struct{}

func (hostLibraries) Complete(backend.VM, int) {}

func (hostLibraries) HasFunction(module, name string) bool {
	return libraries.HasFunction(module, name)
}

func (hostLibraries) PushModules(vm backend.VM) {
	l := vm.(state).l
	l.Push(l.G.Registry.RawGetString(loadedKey))
	l.Push(preloadTable(l))
}

// Preload registers loader in package.preload. Without the library package, it gives the VM's require, which is a base
// function, what it needs to find preloaded modules and nothing else.
func (hostLibraries) Preload(vm backend.VM, name string, loader backend.Function) {
	l := vm.(state).l
	preloadTable(l).RawSetString(name, goFunction(l, loader))
}

// Where the VM's module functions look for package.loaded and package.loaders.
const (
	loadedKey  = "_LOADED"
	loadersKey = "_LOADERS"
)

func preloadTable(l *lua.LState) *lua.LTable {
	pkg, ok := l.G.Global.RawGetString("package").(*lua.LTable)
	if !ok {
		pkg = l.NewTable()
		l.G.Global.RawSetString("package", pkg)
	}
	if _, ok := l.G.Registry.RawGetString(loadersKey).(*lua.LTable); !ok {
		loaders := l.NewTable()
		loaders.Append(l.NewFunction(vmSearchPreload))
		l.G.Registry.RawSetString(loadersKey, loaders)
		pkg.RawSetString("loaders", loaders)
	}
	if _, ok := l.G.Registry.RawGetString(loadedKey).(*lua.LTable); !ok {
		l.G.Registry.RawSetString(loadedKey, l.NewTable())
	}
	preload, ok := pkg.RawGetString("preload").(*lua.LTable)
	if !ok {
		preload = l.NewTable()
		pkg.RawSetString("preload", preload)
	}
	return preload
}
