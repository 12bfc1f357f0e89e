package golua

import (
	"bytes"
	"fmt"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

func load(l *lua.State, source, chunk string) (err error) {
	name := backend.ChunkID(chunk)
	if strings.HasPrefix(source, lua.Signature[:1]) {
		return &backend.SyntaxError{Message: name + ":1: attempt to load a binary chunk (mode is 't')"}
	}
	if strings.HasPrefix(chunk, "@") && strings.HasPrefix(source, "#") { // a script's "#!" line; its newline stays
		_, rest, _ := strings.Cut(source, "\n")
		source = "\n" + rest
	}
	top := l.Top()
	defer func() { // the VM's parser has panics that its protection does not stop
		if e := recover(); e != nil {
			l.SetTop(top)
			err = &backend.SyntaxError{Message: fmt.Sprintf("%s:1: %v", name, e)}
		}
	}()
	err = l.Load(strings.NewReader(source), "="+name, "t")
	if err == nil {
		return nil
	}
	message, ok := toString(l, -1)
	l.SetTop(top)
	if !ok || err != lua.SyntaxError {
		message = fmt.Sprintf("%s:1: %s", name, strings.TrimPrefix(err.Error(), "runtime error: "))
	}
	return &backend.SyntaxError{Message: message}
}

func copyFunction(l *lua.State, dst backend.State, index int) error {
	index = l.AbsIndex(index)
	if l.IsGoFunction(index) {
		return backend.ErrGoFunction
	}
	if err := upvalueError(l, index); err != nil {
		return err
	}
	d, ok := dst.(state)
	if !ok {
		return backend.ErrForeignState
	}
	code, err := dump(l, index)
	if err != nil {
		return err
	}
	if err := d.l.Load(bytes.NewReader(code), "=copy", "b"); err != nil {
		d.l.Pop(1)
		return fmt.Errorf("cannot copy the function: %w", err)
	}
	return nil
}

// upvalueError names the upvalue that keeps the function at index from being copied. _ENV alone does not: the VM sets a
// sole upvalue of a loaded function to the globals.
func upvalueError(l *lua.State, index int) error {
	count := 0
	for {
		name, ok := lua.UpValue(l, index, count+1)
		if !ok {
			break
		}
		l.Pop(1)
		count++
		if name != "_ENV" {
			if name == "" {
				name = "?"
			}
			return &backend.UpvalueError{Name: name}
		}
	}
	if count > 1 {
		return &backend.UpvalueError{Name: "_ENV"}
	}
	return nil
}

// dumpCache holds the code of the functions that were copied last. A dump takes longer than all the rest, and the VM
// gives the same closure for every evaluation of a function literal without upvalues, so that a few entries are enough.
// The functions that it keeps alive hold no data.
type dumpCache struct {
	entries [4]struct {
		function any
		code     []byte
	}
	next int
}

func dump(l *lua.State, index int) ([]byte, error) {
	cache, function := &dataOf(l).dumps, l.ToValue(index)
	for i := range cache.entries {
		if e := &cache.entries[i]; e.function == function {
			return e.code, nil
		}
	}
	var code bytes.Buffer
	l.PushValue(index)
	err := l.Dump(&code)
	l.Pop(1)
	if err != nil {
		return nil, err
	}
	e := &cache.entries[cache.next]
	e.function, e.code = function, code.Bytes()
	cache.next = (cache.next + 1) % len(cache.entries)
	return e.code, nil
}
