package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/messages"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/protect"
)

// pcall and xpcall are not in package stdlib, because the way an error unwinds depends on the VM.

func basePcall(l *lua.LState) int {
	if f := l.Get(arg.Any(state{l}, 1, "pcall")); !messages.IsCallable(l, f) {
		l.Push(lua.LFalse)
		l.Push(messages.Call(f))
		return 2
	}
	return protected(l, protect.Call(l, l.GetTop()-1, lua.MultRet, nil, nil))
}

func baseXpcall(l *lua.LState) int {
	if l.GetTop() < 2 {
		arg.Bad(state{l}, 2, "xpcall", "value expected")
	}
	handler := l.Get(2)
	l.Remove(2)
	messages.CheckCallable(l, 1)
	return protected(l, protect.Call(l, l.GetTop()-1, lua.MultRet, handler, nil))
}

// protected returns the results of pcall and xpcall.
func protected(l *lua.LState, failed *lua.ApiError) int {
	if failed != nil {
		l.Push(lua.LFalse)
		l.Push(failed.Object)
		return 2
	}
	l.Insert(lua.LTrue, 1)
	return l.GetTop()
}
