package toy

import (
	"errors"
	"strings"

	"github.com/mtstates/go-mtstates/backend"

	lua "example.com/outside/toylua"
)

func load(l *lua.State, source, chunk string, env int) error {
	if strings.HasPrefix(source, "\x1b") {
		return &backend.SyntaxError{Message: backend.ChunkID(chunk) + ":1: attempt to load a binary chunk (mode is 't')"}
	}
	p, err := lua.Compile(source, chunk)
	var syntax *lua.SyntaxError
	if errors.As(err, &syntax) {
		return &backend.SyntaxError{Message: syntax.Error()}
	}
	if err != nil {
		return err
	}
	f := lua.NewFunction(p, l.Globals)
	if env != 0 {
		cell, _ := f.Upvalue(1)
		cell.V = l.Get(env)
	}
	l.Push(f)
	return nil
}

// copyFunction shares the code, which never changes, and gives it the globals of dst.
func copyFunction(l *lua.State, dst backend.VM, index int) error {
	if err := backend.CheckCopy(state{l}, index); err != nil {
		return err
	}
	other, ok := dst.(state)
	if !ok {
		return backend.ErrForeignState
	}
	other.l.Push(lua.NewFunction(l.Get(index).(*lua.Function).Proto, other.l.Globals))
	return nil
}

func getUpvalue(l *lua.State, index, n int) (string, bool) {
	cell, name := upvalue(l, index, n)
	if cell == nil {
		return "", false
	}
	l.Push(cell.V)
	return name, true
}

func setUpvalue(l *lua.State, index, n int) (string, bool) {
	cell, name := upvalue(l, index, n)
	value := l.Pop()
	if cell == nil {
		return "", false
	}
	cell.V = value
	return name, true
}

func upvalue(l *lua.State, index, n int) (*lua.Cell, string) {
	f, ok := l.Get(index).(*lua.Function)
	if !ok {
		return nil, ""
	}
	return f.Upvalue(n)
}
