package gopherlua

import (
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/names"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/rewrite"
)

// coroutineAt returns the coroutine at index, l itself for 0.
func coroutineAt(l *lua.LState, index int) *lua.LState {
	if thread, ok := l.Get(index).(*lua.LState); ok && index != 0 {
		return thread
	}
	return l
}

func getInfo(l *lua.LState, thread, level int, what string) (info backend.Info, ok bool) {
	var i inspected
	if letters, given := strings.CutPrefix(what, ">"); given {
		what = letters
		i.function = l.Get(-1).(*lua.LFunction)
		l.Pop(1)
	} else {
		if frames.Repair.On() {
			i.frame, i.tail = frames.From(frames.Of(l, coroutineAt(l, thread)), level)
		}
		if i.frame == nil {
			return info, false
		}
		if !i.tail {
			i.function = i.frame.Fn
		}
	}
	info = i.describe(strings.Contains(what, "n"), strings.Contains(what, "L"))
	if strings.Contains(what, "f") {
		if i.tail {
			l.Push(lua.LNil)
		} else {
			l.Push(i.function)
		}
	}
	return info, true
}

// inspected is a function that GetInfo describes.
type inspected struct {
	frame    *layout.Frame  // nil for a function that was given
	tail     bool           // a function that was replaced by a tail call
	function *lua.LFunction // nil when tail
}

// describe returns what is known of the function; its name and its lines, which take longer, only when they are wanted.
func (i inspected) describe(name, lines bool) backend.Info {
	if i.tail {
		return backend.Info{Source: "=(tail call)", What: "tail", LineDefined: -1, LastLineDefined: -1, CurrentLine: -1}
	}
	info := backend.Info{Source: "=[C]", What: "C", LineDefined: -1, LastLineDefined: -1, CurrentLine: -1, IsVararg: true}
	info.NUps = len(i.function.Upvalues)
	if i.frame != nil && name {
		info.Name, info.NameWhat = names.Callee(i.frame)
	}
	proto := i.function.Proto
	if i.function.IsG {
		return info
	}
	info.Source, info.What = rewrite.ChunkOf(proto), "Lua"
	info.LineDefined, info.LastLineDefined = proto.LineDefined, proto.LastLineDefined
	if proto.LineDefined == 0 {
		info.What, info.LastLineDefined = "main", 0
	}
	info.NParams, info.IsVararg = int(proto.NumParameters), proto.IsVarArg != 0
	if lines {
		info.ActiveLines = slices.Clone(proto.DbgSourcePositions)
	}
	if i.frame != nil {
		info.CurrentLine, info.IsTailCall = i.frame.Line(), i.frame.TailCall > 0
	}
	return info
}

func getUpvalue(l *lua.LState, index, n int) (name string, ok bool) {
	f, ok := l.Get(index).(*lua.LFunction)
	if !ok || n < 1 || n > len(f.Upvalues) {
		return "", false
	}
	l.Push(f.Upvalues[n-1].Value())
	return upvalueName(f, n), true
}

func setUpvalue(l *lua.LState, index, n int) (name string, ok bool) {
	f, ok := l.Get(index).(*lua.LFunction)
	if !ok || n < 1 || n > len(f.Upvalues) {
		return "", false
	}
	show(l.Get(-1))
	f.Upvalues[n-1].SetValue(l.Get(-1))
	l.Pop(1)
	return upvalueName(f, n), true
}

// upvalueName is the name of upvalue n, empty in a Go function.
func upvalueName(f *lua.LFunction, n int) string {
	if f.IsG || n > len(f.Proto.DbgUpvalues) {
		return ""
	}
	return f.Proto.DbgUpvalues[n-1]
}
