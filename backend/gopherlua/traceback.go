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
		return tracebacks.Capture(t, level)
	}
	if t != l {
		return threadTraceback(l, t, level)
	}
	return tracebacks.Normal(rawTraceback(l, level), tracebacks.Bottom(l, lua.LNil))
}

// threadTraceback returns the VM's traceback of another coroutine.
func threadTraceback(l, thread *lua.LState, level int) backend.Traceback {
	l.Push(newFunction(l, writer))
	l.Push(thread)
	l.Push(lua.LNumber(level))
	l.Call(2, 1)
	text := l.ToString(-1)
	l.Pop(1)
	return tracebacks.Normal(text, tracebacks.Bottom(thread, lua.LNil))
}

// rawTraceback returns the VM's traceback from level on.
func rawTraceback(l *lua.LState, level int) string {
	l.Push(newFunction(l, writer))
	l.Push(lua.LNil)
	l.Push(lua.LNumber(level + 1))
	l.Call(2, 1)
	text := l.ToString(-1)
	l.Pop(1)
	return text
}
