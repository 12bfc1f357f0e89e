package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/tracebacks"
)

// tracebackOf is the operation Traceback.
func tracebackOf(l *lua.LState, thread, level int) backend.Traceback {
	t := coroutineAt(l, thread)
	if frames.Repair.On() {
		return tracebacks.Capture(frames.Of(l, t), level)
	}
	return tracebacks.ByVM(l, t, level)
}
