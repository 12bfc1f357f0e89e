package gopherlua

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// baseLibrary is the base functions that the VM has otherwise than the contract or the Lua manual.
func baseLibrary() map[string]entry {
	lib := map[string]entry{
		"_G":       {make: func(l *lua.LState, _ *vmdata) lua.LValue { return l.G.Global }},
		"_VERSION": {constant: lua.LString(Backend.LuaVersion())},
		"next":     {make: nextFunction},
	}
	for name, f := range map[string]lua.LGFunction{
		"assert":         baseAssert,
		"collectgarbage": collectGarbage,
		"dofile":         baseDofile,
		"error":          baseError,
		"getfenv":        baseGetfenv,
		"getmetatable":   baseGetmetatable,
		"ipairs":         baseIpairs,
		"load":           baseLoad,
		"loadfile":       baseLoadfile,
		"loadstring":     baseLoadstring,
		"module":         module,
		"newproxy":       baseNewproxy,
		"pairs":          basePairs,
		"pcall":          basePcall,
		"print":          basePrint,
		"rawequal":       baseRawequal,
		"rawget":         baseRawget,
		"rawset":         baseRawset,
		"require":        require,
		"setfenv":        baseSetfenv,
		"setmetatable":   baseSetmetatable,
		"tostring":       baseTostring,
		"type":           baseType,
		"xpcall":         baseXpcall,
	} {
		lib[name] = entry{function: f}
	}
	return lib
}

func baseAssert(l *lua.LState) int {
	if lua.LVAsBool(checkAny(l, 1, "assert")) {
		return l.GetTop()
	}
	message := l.Get(2)
	if message == lua.LNil {
		message = lua.LString("assertion failed!")
	}
	if text, ok := message.(lua.LString); ok {
		return raiseAt(l, 1, string(text))
	}
	return raiseValue(l, message)
}

func baseError(l *lua.LState) int {
	value, level := l.Get(1), optInt(l, 2, "error", 1)
	if text, ok := toString(l, 1); ok && level > 0 {
		return raiseAt(l, level, text)
	}
	return raiseValue(l, value)
}

func basePrint(l *lua.LState) int {
	var b strings.Builder
	own := l.GetField(l.G.Global, "tostring")
	f, isFunction := own.(*lua.LFunction)
	replaced := !isFunction || !f.IsG
	for i := 1; i <= l.GetTop(); i++ {
		if i > 1 {
			b.WriteByte('\t')
		}
		if b.Len() > backend.MaxPrinted {
			_ = envOf(l).WriteOutput(b.String())
			b.Reset()
		}
		if replaced {
			b.WriteString(textBy(l, own, l.Get(i), "'tostring' must return a string to 'print'"))
		} else {
			b.WriteString(toStringMeta(l, i))
		}
	}
	b.WriteByte('\n')
	_ = envOf(l).WriteOutput(b.String())
	return 0
}

func baseTostring(l *lua.LState) int {
	checkAny(l, 1, "tostring")
	l.Push(lua.LString(toStringMeta(l, 1)))
	return 1
}

func baseType(l *lua.LState) int {
	checkAny(l, 1, "type")
	l.Push(lua.LString(typeOf(l, 1).String()))
	return 1
}

func baseRawequal(l *lua.LState) int {
	checkAny(l, 1, "rawequal")
	checkAny(l, 2, "rawequal")
	l.Push(lua.LBool(l.RawEqual(l.Get(1), l.Get(2))))
	return 1
}

// baseNewproxy is newproxy([boolean or proxy]): an empty userdata, with a metatable of its own or that of a proxy.
func baseNewproxy(l *lua.LState) int {
	proxy := &lua.LUserData{Metatable: lua.LNil, Env: l.G.Global}
	switch v := l.Get(1).(type) {
	case *lua.LNilType:
	case lua.LBool:
		if bool(v) {
			proxy.Metatable = l.NewTable()
		}
	case *lua.LUserData:
		if v.Value != nil {
			badArgument(l, 1, "newproxy", "boolean or proxy expected")
		}
		proxy.Metatable = v.Metatable
	default:
		badArgument(l, 1, "newproxy", "boolean or proxy expected")
	}
	l.Push(proxy)
	return 1
}

func basePcall(l *lua.LState) int {
	if f := checkAny(l, 1, "pcall"); !isCallable(l, f) {
		l.Push(lua.LFalse)
		l.Push(callMessage(l, f))
		return 2
	}
	return protected(l, protect(l, l.GetTop()-1, lua.MultRet, nil, false))
}

func isCallable(l *lua.LState, f lua.LValue) bool {
	return f.Type() == lua.LTFunction || l.GetMetaField(f, "__call").Type() == lua.LTFunction
}

// callMessage is the error of a call of f by a Go function, which the VM would not name.
func callMessage(l *lua.LState, f lua.LValue) lua.LString {
	return lua.LString("attempt to call a " + typeOfValue(f).String() + " value")
}

func baseXpcall(l *lua.LState) int {
	if l.GetTop() < 2 {
		badArgument(l, 2, "xpcall", "value expected")
	}
	handler := l.Get(2)
	l.Remove(2)
	if f := l.Get(1); !isCallable(l, f) {
		l.Replace(1, newFunction(l, func(l *lua.LState) int { return raiseValue(l, callMessage(l, f)) }))
	}
	return protected(l, protect(l, l.GetTop()-1, lua.MultRet, handler, false))
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

// baseGetfenv is the VM's, for functions and levels only.
func baseGetfenv(l *lua.LState) int {
	if f, ok := l.Get(1).(*lua.LFunction); ok && f.IsG || l.GetTop() > 0 && l.Get(1).Type() == lua.LTNil {
		l.Push(l.G.Global)
		return 1
	}
	if l.GetTop() > 0 && l.Get(1).Type() != lua.LTFunction {
		level := optInt(l, 1, "getfenv", 1)
		if level < 0 {
			badArgument(l, 1, "getfenv", "level must be non-negative")
		}
		if !hasLevel(l, level) {
			badArgument(l, 1, "getfenv", "invalid level")
		}
	}
	return vmGetfenv(l)
}

// baseSetfenv is the VM's, which leaves Go functions alone; so that shared ones have one environment for ever.
func baseSetfenv(l *lua.LState) int {
	if l.GetTop() < 2 || l.Get(2).Type() != lua.LTTable {
		wrongType(l, 2, "setfenv", backend.Table.String())
	}
	if level := l.Get(1); level.Type() != lua.LTFunction && level.Type() != lua.LTNumber {
		wrongType(l, 1, "setfenv", backend.Number.String())
	}
	if f, ok := l.Get(1).(*lua.LFunction); ok && f.IsG {
		raiseText(l, "'setfenv' cannot change environment of given object")
	}
	return vmSetfenv(l)
}
