package golua

import lua "github.com/Shopify/go-lua"

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
