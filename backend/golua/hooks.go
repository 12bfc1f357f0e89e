package golua

import lua "github.com/Shopify/go-lua"

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
