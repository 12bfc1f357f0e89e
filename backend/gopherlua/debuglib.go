package gopherlua

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
)

// debugLibrary is the functions of the library that this package has otherwise than the VM.
func debugLibrary() map[string]entry {
	return map[string]entry{
		"getfenv":      {function: debugGetfenv},
		"getinfo":      {function: debugGetinfo},
		"getlocal":     {function: debugGetlocal},
		"getmetatable": {function: debugGetmetatable},
		"setfenv":      {function: debugSetfenv},
		"setlocal":     {function: debugSetlocal},
		"setmetatable": {function: debugSetmetatable},
		"traceback":    {function: debugTraceback},
	}
}

func debugGetmetatable(l *lua.LState) int {
	checkAny(l, 1, "getmetatable")
	if !metatable(l, 1) {
		l.Push(lua.LNil)
	}
	return 1
}

func debugSetmetatable(l *lua.LState) int {
	v, mt := l.Get(1), l.Get(2)
	if l.GetTop() < 2 || mt != lua.LNil && mt.Type() != lua.LTTable {
		badArgument(l, 2, "setmetatable", "nil or table expected")
	}
	fillValue(l, v)
	if t, ok := mt.(*lua.LTable); ok {
		fillTable(l, t)
	} else if v.Type() == lua.LTString {
		mt = template.numeralMeta
	}
	l.SetMetatable(v, mt)
	l.SetTop(1)
	return 1
}

func debugGetfenv(l *lua.LState) int {
	env := l.GetFEnv(checkAny(l, 1, "getfenv"))
	if env == lua.LValue(noEnvironment) {
		env = l.G.Global
	}
	l.Push(env)
	return 1
}

// debugSetfenv leaves Go functions alone, as setfenv does.
func debugSetfenv(l *lua.LState) int {
	v, env := l.Get(1), checkTable(l, 2, "setfenv")
	f, isFunction := v.(*lua.LFunction)
	if isFunction && f.IsG || !isFunction && v.Type() != lua.LTUserData && v.Type() != lua.LTThread {
		raiseText(l, "'setfenv' cannot change environment of given object")
	}
	l.SetFEnv(v, env)
	l.SetTop(1)
	return 1
}

func debugGetlocal(l *lua.LState) int { return debugLocal(l, "getlocal", vmGetlocal) }

func debugSetlocal(l *lua.LState) int { return debugLocal(l, "setlocal", vmSetlocal) }

// debugLocal does what the VM's function does, which takes any number for that of a register, and has levels for
// functions that are none to a script.
func debugLocal(l *lua.LState, function string, local lua.LGFunction) int {
	number, ok := toNumber(l, 1)
	if !ok {
		wrongType(l, 1, function, backend.Number.String())
	}
	n := optInt(l, 2, function, 0)
	if !(number >= 0 && number <= maxLevel) {
		badArgument(l, 1, function, "level out of range")
	}
	tail := false
	if frames.Repair.On() {
		level := int(number)
		f, isTail := frames.At(l, level)
		if f == nil {
			badArgument(l, 1, function, "level out of range")
		}
		for above := frames.Current(l); above != f; above = above.Parent {
			if frames.IsHidden(above.Fn) {
				level++
			}
		}
		l.Replace(1, lua.LNumber(level))
		tail = isTail
	}
	if tail || n < 1 || n > maxRegisters {
		l.Push(lua.LNil)
		return 1
	}
	return local(l)
}

const maxLevel = 1 << 30 // tail calls count, too

const maxRegisters = 255 // of a function of the VM

// debugTraceback is debug.traceback([thread,] [message [, level]]); a message that is no string is returned as it is.
func debugTraceback(l *lua.LState) int {
	thread, _ := l.Get(1).(*lua.LState)
	arg := 1
	if thread != nil {
		arg = 2
	}
	message := l.Get(arg)
	text, ok := toString(l, arg)
	if !ok && message != lua.LNil {
		l.Push(message)
		return 1
	}
	trace := ""
	if thread == nil || thread == l {
		trace = traceback(l, optInt(l, arg+1, "traceback", 1))
	} else {
		trace = threadTraceback(l, thread, optInt(l, arg+1, "traceback", 0))
	}
	if ok {
		checkSize(l, len(text)+1+len(trace))
		trace = text + "\n" + trace
	}
	l.Push(lua.LString(trace))
	return 1
}

// debugGetinfo is debug.getinfo([thread,] function or level [, what]).
func debugGetinfo(l *lua.LState) int {
	thread, arg := l, 1
	if t, ok := l.Get(1).(*lua.LState); ok {
		thread, arg = t, 2
	}
	what := optText(l, arg+1, "getinfo", "flnSu")
	if i := strings.IndexFunc(what, func(c rune) bool { return !strings.ContainsRune("flnSuL", c) }); i >= 0 {
		badArgument(l, arg+1, "getinfo", "invalid option")
	}
	var info functionInfo
	if f, ok := l.Get(arg).(*lua.LFunction); ok {
		info.function = f
	} else {
		level, ok := toNumber(l, arg)
		if !ok {
			badArgument(l, arg, "getinfo", "function or level expected")
		}
		if frames.Repair.On() {
			info.frame, info.tail = frames.At(thread, int(level))
		}
		if level < 0 || info.frame == nil {
			l.Push(lua.LNil)
			return 1
		}
		if !info.tail {
			info.function = info.frame.Fn
		}
	}
	l.Push(info.table(l, what))
	return 1
}

// functionInfo is what debug.getinfo tells about.
type functionInfo struct {
	frame    *layout.Frame  // nil for a function that was given
	tail     bool           // a function that was replaced by a tail call
	function *lua.LFunction // nil when tail
}

func (i functionInfo) table(l *lua.LState, what string) *lua.LTable {
	t := l.NewTable()
	for _, c := range what {
		switch c {
		case 'S':
			i.source(t)
		case 'l':
			line := -1
			if i.frame != nil && !i.tail && !i.function.IsG {
				line = i.frame.Line()
			}
			t.RawSetString("currentline", lua.LNumber(line))
		case 'u':
			n := 0
			if !i.tail {
				n = len(i.function.Upvalues)
			}
			t.RawSetString("nups", lua.LNumber(n))
		case 'n':
			name, kind := "", ""
			if i.frame != nil && !i.tail {
				name, kind = callee(i.frame)
			}
			if name != "" {
				t.RawSetString("name", lua.LString(name))
			}
			t.RawSetString("namewhat", lua.LString(kind))
		case 'f':
			if !i.tail {
				t.RawSetString("func", i.function)
			}
		case 'L':
			i.activeLines(l, t)
		}
	}
	return t
}

func (i functionInfo) source(t *lua.LTable) {
	source, what, first, last := "=[C]", "C", -1, -1
	switch {
	case i.tail:
		source, what = "=(tail call)", "tail"
	case !i.function.IsG:
		proto := i.function.Proto
		source, what, first, last = chunkOf(proto), "Lua", proto.LineDefined, proto.LastLineDefined
		if first == 0 {
			what, last = "main", 0
		}
	}
	t.RawSetString("source", lua.LString(source))
	t.RawSetString("short_src", lua.LString(backend.ChunkID(source)))
	t.RawSetString("what", lua.LString(what))
	t.RawSetString("linedefined", lua.LNumber(first))
	t.RawSetString("lastlinedefined", lua.LNumber(last))
}

func (i functionInfo) activeLines(l *lua.LState, t *lua.LTable) {
	if i.tail || i.function.IsG {
		return
	}
	lines := l.NewTable()
	for _, line := range i.function.Proto.DbgSourcePositions {
		lines.RawSetInt(line, lua.LTrue)
	}
	t.RawSetString("activelines", lines)
}
