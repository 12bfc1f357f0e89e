package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/messages"
)

// luaMessage gives a message of the VM, about an error in the function that runs, the words of Lua.
func luaMessage(l *lua.State, text string) string {
	f, ok := callerFrame(l)
	if !ok {
		return text
	}
	return messages.Lua(l, f, text)
}

// callerFrame returns the topmost frame that is not the adapter's own.
func callerFrame(l *lua.State) (f lua.Frame, ok bool) {
	frames := walk(l, 0, -1, 1, 0, 1)
	if len(frames) == 0 {
		return nil, false
	}
	return frames[0].frame, true
}
