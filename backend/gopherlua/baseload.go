package gopherlua

import (
	"io"
	"os"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// The base functions that compile.

// baseLoad is load(chunk [, chunkname [, mode [, env]]]), as in Lua 5.2.
func baseLoad(l *lua.LState) int {
	mode := optText(l, 3, "load", "bt")
	var env *lua.LTable
	if l.GetTop() >= 4 && l.Get(4) != lua.LNil {
		env = checkTable(l, 4, "load")
	}
	if text, ok := toString(l, 1); ok {
		return loadText(l, text, optText(l, 2, "load", text), mode, env)
	}
	f := checkFunction(l, 1, "load")
	chunk := optText(l, 2, "load", "=(load)")
	text, problem := readPieces(l, f)
	if problem != nil {
		l.Push(lua.LNil)
		l.Push(problem)
		return 2
	}
	return loadText(l, text, chunk, mode, env)
}

// readPieces calls a reader until there is no more; what it raises is returned as a problem.
func readPieces(l *lua.LState, reader *lua.LFunction) (text string, problem lua.LValue) {
	var source strings.Builder
	limit := envOf(l).MaxString
	for {
		l.Push(reader)
		if failed := protect(l, 0, 1, nil, false); failed != nil {
			return "", failed.Object
		}
		piece := l.Get(-1)
		text, ok := toString(l, -1)
		l.Pop(1)
		switch {
		case piece == lua.LNil || ok && text == "":
			return source.String(), nil
		case !ok:
			return "", lua.LString("reader function must return a string")
		case source.Len()+len(text) > limit:
			return "", lua.LString(memoryMessage)
		}
		source.WriteString(text)
	}
}

func baseLoadstring(l *lua.LState) int {
	text := checkText(l, 1, "loadstring")
	return loadText(l, text, optText(l, 2, "loadstring", text), "bt", nil)
}

// baseLoadfile is loadfile([filename [, mode [, env]]]).
func baseLoadfile(l *lua.LState) int {
	mode := optText(l, 2, "loadfile", "bt")
	var env *lua.LTable
	if l.GetTop() >= 3 && l.Get(3) != lua.LNil {
		env = checkTable(l, 3, "loadfile")
	}
	source, chunk, err := readSource(l, "loadfile")
	if err != nil {
		l.Push(lua.LNil)
		l.Push(lua.LString(err.Error()))
		return 2
	}
	return loadText(l, source, chunk, mode, env)
}

func baseDofile(l *lua.LState) int {
	source, chunk, err := readSource(l, "dofile")
	if err == nil {
		err = load(l, source, chunk)
	}
	if err != nil {
		raiseValue(l, lua.LString(err.Error()))
	}
	base := l.GetTop() - 1
	l.Call(0, lua.MultRet)
	return l.GetTop() - base
}

// readSource reads the file that the first argument names, or the standard input.
func readSource(l *lua.LState, function string) (source, chunk string, err error) {
	var text []byte
	if name := optText(l, 1, function, ""); name != "" {
		text, err = os.ReadFile(name)
		if err != nil {
			return "", "", backend.FileError(name, err)
		}
		return string(text), "@" + name, nil
	}
	text, err = io.ReadAll(os.Stdin)
	return string(text), "=stdin", err
}

// binaryMark begins the binary chunks of Lua, which this VM does not have.
const binaryMark = "\x1b"

// loadText pushes the compiled chunk, with env as its globals if it is not nil; or nil and the message.
func loadText(l *lua.LState, source, chunk, mode string, env *lua.LTable) int {
	kind, problem := "text", ""
	if strings.HasPrefix(source, binaryMark) {
		kind, problem = "binary", ": binary chunks are not supported"
	}
	if !strings.Contains(mode, kind[:1]) {
		problem = "attempt to load a " + kind + " chunk (mode is '" + backend.Quote(mode) + "')"
	} else if problem != "" {
		problem = backend.ChunkID(chunk) + problem
	}
	if problem == "" {
		code, err := compile(source, chunk)
		if err == nil {
			l.Push(l.NewFunctionFromProto(code))
			if env != nil {
				l.Get(-1).(*lua.LFunction).Env = env
			}
			return 1
		}
		problem = err.Error()
	}
	l.Push(lua.LNil)
	l.Push(lua.LString(problem))
	return 2
}
