package gopherlua

import (
	"errors"
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"

	"github.com/mtstates/go-mtstates/backend"
)

func load(l *lua.LState, source, chunk string, env int) error {
	proto, err := compileCached(source, chunk)
	if err != nil {
		return err
	}
	f := l.NewFunctionFromProto(proto)
	if env != 0 {
		f.Env = tableAt(l, env)
	}
	l.Push(f)
	return nil
}

// compile returns the code of a chunk, which is immutable and may be used by all states.
func compile(source, chunk string) (proto *lua.FunctionProto, err error) {
	if strings.HasPrefix(chunk, "@") && strings.HasPrefix(source, "#") { // a script's "#!" line; its newline stays
		_, rest, _ := strings.Cut(source, "\n")
		source = "\n" + rest
	}
	name := backend.ChunkID(chunk)
	defer func() { // the VM's compiler panics on what it did not expect
		if e := recover(); e != nil {
			proto, err = nil, &backend.SyntaxError{Message: fmt.Sprintf("%s: %s", name, backend.Quote(fmt.Sprint(e)))}
		}
	}()
	if err := scanSource(source, name); err != nil {
		return nil, err
	}
	block, err := parse.Parse(strings.NewReader(source), name)
	if err != nil {
		return nil, syntaxError(err, source, name)
	}
	marks, tooDeep := rewrite(block)
	if tooDeep > 0 {
		return nil, &backend.SyntaxError{Message: fmt.Sprintf("%s:%d: %s", name, tooDeep, tooManyLevels)}
	}
	proto, err = lua.Compile(block, name)
	if err == nil {
		err = finish(proto, marks, &chunkName{chunk})
	}
	if err != nil {
		return nil, syntaxError(err, source, name)
	}
	return proto, nil
}

// syntaxError gives the VM's messages Lua's form.
func syntaxError(err error, source, name string) error {
	var parseErr *parse.Error
	var compileErr *lua.CompileError
	switch {
	case errors.As(err, new(*backend.SyntaxError)):
		return err
	case errors.As(err, &parseErr) && parseErr.Pos.Line == parse.EOF:
		lines := strings.Count(source, "\n") + 1
		return &backend.SyntaxError{Message: fmt.Sprintf("%s:%d: %s near <eof>", name, lines, backend.Quote(parseErr.Message))}
	case errors.As(err, &parseErr):
		return &backend.SyntaxError{Message: fmt.Sprintf("%s:%d: %s near '%s'", name, parseErr.Pos.Line,
			backend.Quote(parseErr.Message), backend.Quote(parseErr.Token))}
	case errors.As(err, &compileErr):
		return &backend.SyntaxError{Message: fmt.Sprintf("%s:%d: %s", name, max(compileErr.Line, 1), backend.Quote(compileErr.Message))}
	}
	return &backend.SyntaxError{Message: name + ": " + backend.Quote(strings.TrimSpace(err.Error()))}
}

func copyFunction(l *lua.LState, dst backend.VM, index int) error {
	f := l.Get(index).(*lua.LFunction)
	d, ok := dst.(state)
	switch {
	case f.IsG:
		return backend.ErrGoFunction
	case len(f.Upvalues) > 0:
		name := "?"
		if len(f.Proto.DbgUpvalues) > 0 {
			name = f.Proto.DbgUpvalues[0]
		}
		return &backend.UpvalueError{Name: name}
	case !ok:
		return backend.ErrForeignState
	}
	d.l.Push(d.l.NewFunctionFromProto(f.Proto))
	return nil
}

func transfer(l *lua.LState, dst backend.VM, from, to int) int {
	d, ok := dst.(state)
	if !ok {
		return backend.TransferNeutral(state{l}, dst, from, to)
	}
	if !reserve(d.l, to-from+1) {
		return backend.NoRoom
	}
	for i := from; i <= to; i++ {
		v := l.Get(i)
		if _, number := v.(lua.LNumber); number { // found sooner than by the switch
			d.l.Push(v)
			continue
		}
		switch v := v.(type) {
		case lua.LString, lua.LBool, *lua.LNilType:
			d.l.Push(v)
		case *lua.LUserData:
			light, ok := v.Value.(backend.LightUserdata)
			if !ok {
				d.l.Pop(i - from)
				return i
			}
			pushLight(d.l, light)
		default:
			d.l.Pop(i - from)
			return i
		}
	}
	return 0
}
