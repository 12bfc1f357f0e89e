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
		checkSize(l, len(message)+1+len(text))
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

func debugGetupvalue(l *lua.State) int {
	n, ok := checkUpvalue(l, 1, 2, "getupvalue")
	if !ok {
		return 0
	}
	name, _ := lua.UpValue(l, 1, n)
	l.PushString(name)
	l.Insert(-2)
	return 2
}

func debugSetupvalue(l *lua.State) int {
	checkAny(l, 3, "setupvalue")
	n, ok := checkUpvalue(l, 1, 2, "setupvalue")
	if !ok {
		return 0
	}
	l.SetTop(3)
	name, _ := lua.SetUpValue(l, 1, n)
	l.PushString(name)
	return 1
}

func debugUpvalueid(l *lua.State) int {
	n, ok := checkUpvalue(l, 1, 2, "upvalueid")
	if !ok {
		return argumentError(l, 2, "upvalueid", "invalid upvalue index")
	}
	l.PushLightUserData(lua.UpValueId(l, 1, n))
	return 1
}

func debugUpvaluejoin(l *lua.State) int {
	n1, ok1 := checkUpvalue(l, 1, 2, "upvaluejoin")
	n2, ok2 := checkUpvalue(l, 3, 4, "upvaluejoin")
	switch {
	case l.IsGoFunction(1):
		return argumentError(l, 1, "upvaluejoin", "Lua function expected")
	case l.IsGoFunction(3):
		return argumentError(l, 3, "upvaluejoin", "Lua function expected")
	case !ok1:
		return argumentError(l, 2, "upvaluejoin", "invalid upvalue index")
	case !ok2:
		return argumentError(l, 4, "upvaluejoin", "invalid upvalue index")
	}
	lua.UpValueJoin(l, 1, n1, 3, n2)
	return 0
}

// checkUpvalue returns the argument n, the index of an upvalue of the argument f; ok is false when there is none.
func checkUpvalue(l *lua.State, f, n int, function string) (i int, ok bool) {
	i = checkInteger(l, n, function)
	checkType(l, f, function, backend.FunctionType)
	return i, 1 <= i && i <= visibleUpvalues(l, f)
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
