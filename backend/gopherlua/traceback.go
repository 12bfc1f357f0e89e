package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/tracebacks"
)

// tracebackOf is the operation Traceback.
func tracebackOf(l *lua.LState, thread, level int) string {
	if t := coroutineAt(l, thread); t != l {
		return threadTraceback(l, t, level)
	}
	return traceback(l, level)
}

func traceback(l *lua.LState, level int) string {
	return tracebacks.Normal(rawTraceback(l, level), tracebacks.Bottom(l, lua.LNil))
}

// threadTraceback is traceback for another coroutine.
func threadTraceback(l, thread *lua.LState, level int) string {
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
