package gopherlua

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/classes"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/inspected"
)

// coroutineAt returns the coroutine at index, l itself for 0.
func coroutineAt(l *lua.LState, index int) *lua.LState {
	if thread, ok := l.Get(index).(*lua.LState); ok && index != 0 {
		return thread
	}
	return l
}

func getInfo(l *lua.LState, thread, level int, what string) (info backend.Info, ok bool) {
	var i inspected.Function
	if letters, given := strings.CutPrefix(what, ">"); given {
		what = letters
		i.Function = l.Get(-1).(*lua.LFunction)
		l.Pop(1)
	} else {
		if frames.Repair.On() {
			i.Frame, i.Tail = frames.From(frames.Of(l, coroutineAt(l, thread)), level)
		}
		if i.Frame == nil {
			return info, false
		}
		if !i.Tail {
			i.Function = i.Frame.Fn
		}
	}
	info = i.Describe(strings.Contains(what, "n"), strings.Contains(what, "L"))
	if strings.Contains(what, "f") {
		if i.Tail {
			l.Push(lua.LNil)
		} else {
			l.Push(i.Function)
		}
	}
	return info, true
}

func getUpvalue(l *lua.LState, index, n int) (name string, ok bool) {
	f, ok := l.Get(index).(*lua.LFunction)
	if !ok || n < 1 || n > len(f.Upvalues) {
		return "", false
	}
	l.Push(f.Upvalues[n-1].Value())
	return inspected.UpvalueName(f, n), true
}

func setUpvalue(l *lua.LState, index, n int) (name string, ok bool) {
	f, ok := l.Get(index).(*lua.LFunction)
	if !ok || n < 1 || n > len(f.Upvalues) {
		return "", false
	}
	classes.Show(l.Get(-1))
	f.Upvalues[n-1].SetValue(l.Get(-1))
	l.Pop(1)
	return inspected.UpvalueName(f, n), true
}
