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
			i.frame, i.tail = frames.At(coroutineAt(l, thread), level)
		}
		if i.frame == nil {
			return info, false
		}
		if !i.tail {
			i.function = i.frame.Fn
		}
	}
	for _, letter := range what {
		i.tell(&info, letter)
	}
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

// tell sets the fields that belong to a letter.
func (i inspected) tell(info *backend.Info, letter rune) {
	switch letter {
	case 'S':
		i.tellSource(info)
	case 'l':
		info.CurrentLine = -1
		if i.frame != nil && !i.tail && !i.function.IsG {
			info.CurrentLine = i.frame.Line()
		}
	case 'u':
		if i.tail {
			break
		}
		info.NUps, info.IsVararg = len(i.function.Upvalues), true
		if !i.function.IsG {
			info.NParams = int(i.function.Proto.NumParameters)
			info.IsVararg = i.function.Proto.IsVarArg != 0
		}
	case 'n':
		if i.frame != nil && !i.tail {
			info.Name, info.NameWhat = names.Callee(i.frame)
		}
	case 't':
		info.IsTailCall = i.frame != nil && !i.tail && !i.function.IsG && i.frame.TailCall > 0
	case 'L':
		if !i.tail && !i.function.IsG {
			info.ActiveLines = slices.Clone(i.function.Proto.DbgSourcePositions)
		}
	}
}

func (i inspected) tellSource(info *backend.Info) {
	info.Source, info.What, info.LineDefined, info.LastLineDefined = "=[C]", "C", -1, -1
	switch {
	case i.tail:
		info.Source, info.What = "=(tail call)", "tail"
	case !i.function.IsG:
		proto := i.function.Proto
		info.Source, info.What = rewrite.ChunkOf(proto), "Lua"
		info.LineDefined, info.LastLineDefined = proto.LineDefined, proto.LastLineDefined
		if proto.LineDefined == 0 {
			info.What, info.LastLineDefined = "main", 0
		}
	}
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
