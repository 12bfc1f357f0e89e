package gopherlua

import (
	lua "github.com/yuin/gopher-lua"
)

// newIO lets the VM open the library, because its functions share the state's default files. The VM stores it as a
// global and in a table of loaded modules, so it gets tables of its own for that.
func newIO(l *lua.LState) *lua.LTable {
	globals, registry := l.G.Global, l.G.Registry
	loaded := registry.RawGetString(loadedKey)
	l.G.Global = &lua.LTable{Metatable: lua.LNil}
	registry.RawSetString(loadedKey, &lua.LTable{Metatable: lua.LNil})
	defer func() {
		l.G.Global = globals
		registry.RawSetString(loadedKey, loaded)
	}()
	l.Push(newFunction(l, lua.OpenIo))
	l.Call(0, 1)
	t := l.Get(-1).(*lua.LTable)
	l.Pop(1)
	return t
}
