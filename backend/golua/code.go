package golua

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"sync"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/compiler"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/golua/repair/source"
	"github.com/mtstates/go-mtstates/backend/golua/repair/syntax"
	"github.com/mtstates/go-mtstates/backend/internal/codecache"
)

func load(l *lua.State, text, chunk string, env int) error {
	if strings.HasPrefix(text, lua.Signature[:1]) {
		return &backend.SyntaxError{Message: backend.ChunkID(chunk) + ":1: attempt to load a binary chunk (mode is 't')"}
	}
	if err := loadText(l, text, chunk); err != nil {
		return err
	}
	if env != 0 {
		l.PushValue(env)
		lua.SetUpValue(l, -2, 1)
	}
	return nil
}

// loadText pushes the main function of a chunk, with the globals as its upvalue.
func loadText(l *lua.State, text, chunk string) error {
	if !compiler.Repair.On() {
		return source.Compile(l, text, chunk)
	}
	key := codecache.Key{Source: text, Chunk: chunk}
	p, ok := compiled.Get(key)
	if !ok {
		var err error
		if p, err = compile(l, text, chunk); err != nil {
			return err
		}
		compiled.Add(key, p, p.Size())
	}
	compiler.Push(l, p)
	return nil
}

// compiled is the code of chunks, for all states.
var compiled = codecache.New[*layout.Prototype](8 << 20)

func compile(l *lua.State, text, chunk string) (*layout.Prototype, error) {
	if strings.HasPrefix(chunk, "@") && strings.HasPrefix(text, "#") { // a script's "#!" line; its end stays
		text = text[len(text)-len(strings.TrimLeftFunc(text, func(c rune) bool { return c != '\r' && c != '\n' })):]
	}
	p, err := compiler.Compile(text, chunk, func() error {
		if envOf(l).Interrupt.Pending() {
			return &backend.SyntaxError{Message: backend.InterruptedMessage}
		}
		return nil
	})
	if problem, ok := err.(*syntax.Error); ok {
		return nil, &backend.SyntaxError{Message: fmt.Sprintf("%s:%d: %s", backend.ChunkID(chunk), problem.Line, problem.Message)}
	}
	return p, err
}

func copyFunction(l *lua.State, dst backend.VM, index int) error {
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
	if compiler.Repair.On() {
		compiler.Push(d.l, layout.ClosureOf(l.ToValue(index)).Prototype)
		return nil
	}
	var binary bytes.Buffer
	l.PushValue(index)
	err := l.Dump(&binary)
	l.Pop(1)
	if err != nil {
		return err
	}
	return loadBinary(d.l, &binary)
}

// loadBinary pushes a function in the VM's binary form.
func loadBinary(l *lua.State, binary *bytes.Buffer) error {
	r := readers.Get().(*bufio.Reader)
	defer readers.Put(r)
	r.Reset(binary)
	if err := l.Load(r, "=copy", "b"); err != nil {
		l.Pop(1)
		return fmt.Errorf("cannot load binary code: %w", err)
	}
	return nil
}

// readers are what the VM reads from. It makes one of its own, and a large buffer with it, for readers of other types.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// upvalueError names the upvalue that keeps the function at index from being copied. _ENV alone does not.
func upvalueError(l *lua.State, index int) error {
	count := upvalueCount(l, index)
	for i := 1; i <= count; i++ {
		name, _ := lua.UpValue(l, index, i)
		l.Pop(1)
		if name == syntax.Environment && count == 1 {
			continue
		}
		if name == "" {
			name = "?"
		}
		if name != syntax.Environment || i == count {
			return &backend.UpvalueError{Name: name}
		}
	}
	return nil
}
