package golua

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"sync"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/golua/repair/compiler"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/golua/repair/source"
	"github.com/mtstates/go-mtstates/backend/golua/repair/syntax"
	"github.com/mtstates/go-mtstates/backend/internal/codecache"
	"github.com/mtstates/go-mtstates/backend/internal/dumped"
)

func load(l *lua.State, text, chunk string, env int) error {
	var err error
	if strings.HasPrefix(text, dumped.Mark[:1]) {
		err = loadDumped(l, text, chunk)
	} else {
		err = loadText(l, text, chunk)
	}
	if err != nil {
		return err
	}
	dataOf(l).weak.Loaded(text)
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
			return &backend.SyntaxError{Message: envOf(l).Interrupt.Message()}
		}
		return nil
	})
	if problem, ok := err.(*syntax.Error); ok {
		return nil, &backend.SyntaxError{Message: fmt.Sprintf("%s:%d: %s", backend.ChunkID(chunk), problem.Line, problem.Message)}
	}
	return p, err
}

func copyFunction(l *lua.State, dst backend.VM, index int) error {
	if err := backend.CheckCopy(state{l}, index); err != nil {
		return err
	}
	d, ok := dst.(state)
	if !ok {
		return backend.ErrForeignState
	}
	if dataOf(l).weak.Hidden() {
		dataOf(d.l).weak.Hide()
	}
	if compiler.Repair.On() {
		compiler.Push(d.l, layout.ClosureOf(l.ToValue(index)).Prototype)
		return nil
	}
	binary, err := dump(l, index)
	if err != nil {
		return err
	}
	return loadBinary(d.l, binary)
}

// dump returns the function at index in the VM's binary form.
func dump(l *lua.State, index int) (string, error) {
	var binary bytes.Buffer
	l.PushValue(index)
	err := l.Dump(&binary)
	l.Pop(1)
	return binary.String(), err
}

// stringDump is string.dump.
func stringDump(l *lua.State) int {
	arg.OneOf(state{l}, 1, "dump", backend.FunctionType)
	if l.IsGoFunction(1) {
		return raiseText(l, "unable to dump given function")
	}
	binary, err := dump(l, 1)
	if err != nil {
		return raiseText(l, err.Error())
	}
	checkSize(l, len(binary))
	l.PushString(dumped.Sign(Backend.Name(), binary))
	return 1
}

// loadDumped pushes a function that stringDump has dumped.
func loadDumped(l *lua.State, text, chunk string) error {
	binary, err := dumped.Open(Backend.Name(), text)
	if err != nil {
		return &backend.SyntaxError{Message: backend.ChunkID(chunk) + ": " + err.Error()}
	}
	return loadBinary(l, binary)
}

// loadBinary pushes a function in the VM's binary form.
func loadBinary(l *lua.State, binary string) error {
	r := readers.Get().(*bufio.Reader)
	defer readers.Put(r)
	r.Reset(strings.NewReader(binary))
	if err := l.Load(r, "=copy", "b"); err != nil {
		l.Pop(1)
		return fmt.Errorf("cannot load binary code: %w", err)
	}
	return nil
}

// readers are what the VM reads from. It makes one of its own, and a large buffer with it, for readers of other types.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}
