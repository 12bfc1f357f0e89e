package gopherlua

import (
	"io"
	"os"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// mended are the base functions that the VM has otherwise than the contract or the Lua manual.
var mended = map[string]lua.LGFunction{
	"assert":         baseAssert,
	"collectgarbage": collectGarbage,
	"dofile":         baseDofile,
	"error":          baseError,
	"load":           baseLoad,
	"loadfile":       baseLoadfile,
	"loadstring":     baseLoadstring,
	"print":          basePrint,
	"require":        require,
	"tostring":       baseTostring,
	"xpcall":         baseXpcall,
}

func openBase(l *lua.LState, d *vmdata) {
	g := l.G.Global
	fill(l, g, stock["_G"])
	setFunctions(l, g, mended)
	g.RawSetString("_G", g)
	openPackage(l, d)
	loadedTable(l).RawSetString("_G", g)
}

func baseAssert(l *lua.LState) int {
	l.CheckAny(1)
	if l.ToBool(1) {
		return l.GetTop()
	}
	if l.GetTop() < 2 || l.Get(2) == lua.LNil {
		l.Error(lua.LString("assertion failed!"), 0)
	}
	l.Error(l.Get(2), 0)
	return 0
}

func baseError(l *lua.LState) int {
	value, level := l.Get(1), l.OptInt(2, 1)
	if text, ok := value.(lua.LString); ok && level > 0 {
		value = lua.LString(where(l, level)) + text
	}
	l.Error(value, 0)
	return 0
}

func basePrint(l *lua.LState) int {
	var b strings.Builder
	for i := 1; i <= l.GetTop(); i++ {
		if i > 1 {
			b.WriteByte('\t')
		}
		b.WriteString(toStringMeta(l, i))
	}
	b.WriteByte('\n')
	_ = writeOutput(l, b.String())
	return 0
}

func baseTostring(l *lua.LState) int {
	l.CheckAny(1)
	l.Push(lua.LString(toStringMeta(l, 1)))
	return 1
}

// baseXpcall hands further arguments to the function, which the VM drops.
func baseXpcall(l *lua.LState) int {
	handler := l.CheckFunction(2)
	l.Remove(2)
	if err := l.PCall(l.GetTop()-1, lua.MultRet, handler); err != nil {
		l.Push(lua.LFalse)
		l.Push(err.(*lua.ApiError).Object)
		return 2
	}
	l.Insert(lua.LTrue, 1)
	return l.GetTop()
}

func baseLoad(l *lua.LState) int {
	if text, ok := l.Get(1).(lua.LString); ok {
		return loadText(l, string(text), l.OptString(2, string(text)))
	}
	f := l.CheckFunction(1)
	chunk := l.OptString(2, "=(load)")
	var source strings.Builder
	for {
		l.Push(f)
		l.Call(0, 1)
		piece := l.Get(-1)
		l.Pop(1)
		if piece == lua.LNil || piece == lua.LString("") {
			return loadText(l, source.String(), chunk)
		}
		if !lua.LVCanConvToString(piece) {
			l.RaiseError("reader function must return a string")
		}
		source.WriteString(piece.String())
	}
}

func baseLoadstring(l *lua.LState) int {
	text := l.CheckString(1)
	return loadText(l, text, l.OptString(2, text))
}

func baseLoadfile(l *lua.LState) int {
	source, chunk, err := readSource(l)
	if err != nil {
		l.Push(lua.LNil)
		l.Push(lua.LString(err.Error()))
		return 2
	}
	return loadText(l, source, chunk)
}

func baseDofile(l *lua.LState) int {
	source, chunk, err := readSource(l)
	if err == nil {
		err = load(l, source, chunk)
	}
	if err != nil {
		l.Error(lua.LString(err.Error()), 0)
	}
	base := l.GetTop() - 1
	l.Call(0, lua.MultRet)
	return l.GetTop() - base
}

// readSource reads the file that the first argument names, or the standard input.
func readSource(l *lua.LState) (source, chunk string, err error) {
	var text []byte
	if name := l.OptString(1, ""); name != "" {
		text, err = os.ReadFile(name)
		if err != nil {
			return "", "", backend.FileError(name, err)
		}
		return string(text), "@" + name, nil
	}
	text, err = io.ReadAll(os.Stdin)
	return string(text), "=stdin", err
}

// loadText pushes the compiled chunk, or nil and the message.
func loadText(l *lua.LState, source, chunk string) int {
	if err := load(l, source, chunk); err != nil {
		l.Push(lua.LNil)
		l.Push(lua.LString(err.Error()))
		return 2
	}
	return 1
}
