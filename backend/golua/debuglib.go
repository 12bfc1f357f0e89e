package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// debugTraceback is debug.traceback([thread,] [message [, level]]); a message that is no string is returned as it is.
func debugTraceback(l *lua.State) int {
	if l.IsThread(1) { // the only one there is
		l.Remove(1)
	}
	message, ok := toString(l, 1)
	if l.Top() > 0 && !ok && !l.IsNil(1) {
		l.SetTop(1)
		return 1
	}
	text := traceback(l, lua.OptInteger(l, 2, 1))
	if ok {
		text = message + "\n" + text
	}
	l.PushString(text)
	return 1
}

// debugSethook and debugGethook stand for functions that the VM has only begun: hooks belong to the host.
func debugSethook(l *lua.State) int {
	if l.ToBoolean(1) {
		return raiseText(l, "debug.sethook is not available in this state")
	}
	return 0
}

func debugGethook(l *lua.State) int {
	l.PushNil()
	return 1
}

// debugGetupvalue and debugSetupvalue leave Go functions alone: those of the libraries are shared by all states.
func debugGetupvalue(l *lua.State) int {
	n := checkUpvalue(l)
	if l.IsGoFunction(1) {
		return 0
	}
	name, ok := lua.UpValue(l, 1, n)
	if !ok {
		return 0
	}
	l.PushString(name)
	l.Insert(-2)
	return 2
}

func debugSetupvalue(l *lua.State) int {
	n := checkUpvalue(l)
	checkAny(l, 3, "setupvalue")
	if l.IsGoFunction(1) {
		return 0
	}
	l.SetTop(3)
	name, ok := lua.SetUpValue(l, 1, n)
	if !ok {
		return 0
	}
	l.PushString(name)
	return 1
}

func checkUpvalue(l *lua.State) int {
	lua.CheckType(l, 1, lua.TypeFunction)
	return lua.CheckInteger(l, 2)
}

func debugGetmetatable(l *lua.State) int {
	checkAny(l, 1, "getmetatable")
	if !metatable(l, 1) {
		l.PushNil()
	}
	return 1
}

func debugSetmetatable(l *lua.State) int {
	if t := typeOf(l, 2); t != backend.Nil && t != backend.Table {
		return argumentError(l, 2, "setmetatable", "nil or table expected")
	}
	l.SetTop(2)
	if typeOf(l, 1) != backend.LightUserdataType { // they have no metatable in the VM
		setMetatable(l, 1)
		l.SetTop(1)
	}
	l.PushValue(1)
	return 1
}

// debugGetregistry shows a copy: what is in the registry itself belongs to the host.
func debugGetregistry(l *lua.State) int {
	d := dataOf(l)
	l.CreateTable(2, 2)
	l.PushThread()
	l.RawSetInt(-2, lua.RegistryIndexMainThread)
	l.PushGlobalTable()
	l.RawSetInt(-2, lua.RegistryIndexGlobals)
	d.pushTable(l, loadedTable)
	setRawField(l, -2, loadedKey)
	d.pushTable(l, preloadTable)
	setRawField(l, -2, preloadKey)
	return 1
}
