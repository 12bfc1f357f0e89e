package golua

import (
	"bytes"
	"fmt"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/closures"
	"github.com/mtstates/go-mtstates/backend/golua/repair/code"
	"github.com/mtstates/go-mtstates/backend/golua/repair/source"
	"github.com/mtstates/go-mtstates/backend/internal/codecache"
)

func load(l *lua.State, text, chunk string, env int) error {
	if err := loadText(l, text, chunk); err != nil {
		return err
	}
	dataOf(l).Note(l)
	if env != 0 {
		l.PushValue(env)
		lua.SetUpValue(l, -2, 1)
	}
	return nil
}

// loadText compiles for the backend's own states through binary code, which is repaired, and kept for the next state that
// loads the same source.
func loadText(l *lua.State, text, chunk string) error {
	if strings.HasPrefix(text, lua.Signature[:1]) {
		return &backend.SyntaxError{Message: backend.ChunkID(chunk) + ":1: attempt to load a binary chunk (mode is 't')"}
	}
	repairs := dataOf(l).own && code.Repair.On()
	key := codecache.Key{Source: text, Chunk: chunk}
	if repairs {
		if binary, ok := compiled.Get(key); ok {
			return code.Load(l, binary)
		}
	}
	if err := source.Compile(l, text, chunk); err != nil || !repairs {
		return err
	}
	binary, err := code.Repaired(l)
	if err != nil {
		return &backend.SyntaxError{Message: fmt.Sprintf("%s:1: %v", backend.ChunkID(chunk), err)}
	}
	compiled.Add(key, binary, len(binary))
	return code.Load(l, binary)
}

// compiled is the binary code of chunks, for all states: states themselves cannot share functions.
var compiled = codecache.New[[]byte](4 << 20)

func copyFunction(l *lua.State, dst backend.VM, index int) error {
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
	binary, err := dump(l, index)
	if err != nil {
		return err
	}
	if !dataOf(d.l).own {
		d.l.PushNumber(0) // the code may have repaired operators
		if known := d.l.MetaTable(-1); !known {
			d.l.PushLightUserData(numbersMeta)
			d.l.SetMetaTable(-2)
		} else {
			d.l.Pop(1)
		}
		d.l.Pop(1)
	}
	if err := code.Load(d.l, binary); err != nil {
		return err
	}
	dataOf(d.l).Note(d.l)
	return nil
}

// upvalueError names the upvalue that keeps the function at index from being copied. _ENV alone does not: the VM sets a
// sole upvalue of a loaded function to the globals.
func upvalueError(l *lua.State, index int) error {
	count := code.VisibleUpvalues(l, index)
	for i := 1; i <= count; i++ {
		name, _ := lua.UpValue(l, index, i)
		l.Pop(1)
		if name == closures.Environment && count == 1 {
			continue
		}
		if name == "" {
			name = "?"
		}
		if name != closures.Environment || i == count {
			return &backend.UpvalueError{Name: name}
		}
	}
	return nil
}

// dumpCache holds the code of the functions that were copied last. A dump takes longer than all the rest, and the VM
// gives the same closure for every evaluation of a function literal without upvalues, so that a few entries are enough.
// The functions that it keeps alive hold no data. A cache for all states would keep the states of its functions alive.
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
