package golua

import (
	"fmt"
	"io"
	"os"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// baseLoad is load(chunk [, name [, mode [, env]]]). It does not use the VM's own, which has another short form of chunk
// names.
func baseLoad(l *lua.State) int {
	mode := lua.OptString(l, 3, "bt")
	source, ok := toString(l, 1)
	if ok {
		return loadText(l, source, lua.OptString(l, 2, source), mode, 4)
	}
	checkType(l, 1, "load", backend.FunctionType)
	chunk := lua.OptString(l, 2, "=(load)")
	top := l.Top()
	l.PushLightUserData(piecesValue)
	l.PushValue(1)
	if err := l.ProtectedCall(1, 1, mendingHandler); err != nil {
		settle(l, err)
		l.PushNil()
		l.Insert(-2)
		return 2
	}
	source, _ = toString(l, -1)
	l.SetTop(top)
	return loadText(l, source, chunk, mode, 4)
}

// baseLoadstring is loadstring(text [, name]) of Lua 5.1.
func baseLoadstring(l *lua.State) int {
	source := checkString(l, 1, "loadstring")
	chunk := lua.OptString(l, 2, source)
	l.SetTop(1)
	return loadText(l, source, chunk, "t", 4)
}

// readPieces calls the function at index 1 until it returns nothing more, and returns all that it returned.
func readPieces(l *lua.State) int {
	defer contain(l)
	var source strings.Builder
	for {
		l.PushValue(1)
		l.Call(0, 1)
		piece, ok := toString(l, -1)
		if !ok && !l.IsNil(-1) {
			l.PushString("reader function must return a string")
			return raise(l)
		}
		l.Pop(1)
		if piece == "" {
			l.PushString(source.String())
			return 1
		}
		checkSize(l, source.Len()+len(piece))
		source.WriteString(piece)
	}
}

func baseLoadfile(l *lua.State) int {
	mode := lua.OptString(l, 2, "bt")
	source, chunk, err := readSource(l)
	if err != nil {
		l.PushNil()
		l.PushString(err.Error())
		return 2
	}
	return loadText(l, source, chunk, mode, 3)
}

func baseDofile(l *lua.State) int {
	source, chunk, err := readSource(l)
	if err == nil {
		err = load(l, source, chunk)
	}
	if err != nil {
		l.PushString(err.Error())
		return raise(l)
	}
	base := l.Top() - 1
	l.Call(0, lua.MultipleReturns)
	return l.Top() - base
}

// readSource reads the file that the first argument names, or the standard input.
func readSource(l *lua.State) (source, chunk string, err error) {
	name := lua.OptString(l, 1, "")
	if name == "" {
		text, err := io.ReadAll(os.Stdin)
		return string(text), "=stdin", err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return "", "", backend.FileError(name, err)
	}
	return string(text), "@" + name, nil
}

// loadText pushes the compiled chunk, with the environment that argument env gives if it is there, or nil and the
// message.
func loadText(l *lua.State, source, chunk, mode string, env int) int {
	err := checkMode(mode)
	if err == nil {
		err = load(l, source, chunk)
	}
	if err != nil {
		l.PushNil()
		l.PushString(err.Error())
		return 2
	}
	if l.Top() > env { // the chunk stands above the argument
		l.PushValue(env)
		lua.SetUpValue(l, -2, 1)
	}
	return 1
}

func checkMode(mode string) error {
	if !strings.Contains(mode, "t") {
		return fmt.Errorf("attempt to load a text chunk (mode is '%s')", backend.Quote(mode))
	}
	return nil
}
