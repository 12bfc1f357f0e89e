package golua

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"sync"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/closures"
	"github.com/mtstates/go-mtstates/backend/golua/repair/operators"
)

// load compiles for the backend's own states through binary code: with the operators repaired, and kept for the next
// state that loads the same source.
func load(l *lua.State, source, chunk string, env int) error {
	if err := loadSource(l, source, chunk); err != nil {
		return err
	}
	if env != 0 {
		l.PushValue(env)
		lua.SetUpValue(l, -2, 1)
	}
	return nil
}

// loadSource is load with the VM's globals.
func loadSource(l *lua.State, source, chunk string) error {
	if strings.HasPrefix(source, lua.Signature[:1]) {
		return &backend.SyntaxError{Message: backend.ChunkID(chunk) + ":1: attempt to load a binary chunk (mode is 't')"}
	}
	if !dataOf(l).own {
		err := compile(l, source, chunk)
		if err == nil {
			noteFunction(l)
		}
		return err
	}
	key := codeKey{source, chunk}
	if code := compiled.find(key); code != nil {
		return loadCode(l, code)
	}
	if err := compile(l, source, chunk); err != nil {
		return err
	}
	if !codeRepair.On() {
		noteFunction(l)
		return nil
	}
	return repairCode(l, key)
}

// compiled is shared by all states of the process.
var compiled codeCache

// repairCode replaces the function on the top, which was compiled from key, by one with its operators and closures
// repaired.
func repairCode(l *lua.State, key codeKey) error {
	var dumped bytes.Buffer
	if err := l.Dump(&dumped); err != nil {
		l.Pop(1)
		return err
	}
	code, err := repaired(dumped.Bytes())
	if err != nil {
		l.Pop(1)
		return &backend.SyntaxError{Message: fmt.Sprintf("%s:1: %v", backend.ChunkID(key.chunk), err)}
	}
	compiled.add(key, code)
	l.Pop(1)
	return loadCode(l, code)
}

// repaired returns code with what the VM has wrong repaired. Code that cannot be decoded stays as it is.
func repaired(code []byte) ([]byte, error) {
	main, err := bytecode.Decode(code)
	if err != nil {
		return code, nil
	}
	changedOperators, err := operators.Rewrite(main)
	if err != nil {
		return nil, err
	}
	changedClosures, err := closures.Freshen(main)
	if err != nil {
		return nil, err
	}
	if !changedOperators && !changedClosures {
		return code, nil
	}
	return bytecode.Encode(code, main), nil
}

// loadCode pushes a function in binary form.
func loadCode(l *lua.State, code []byte) error {
	r := readers.Get().(*bufio.Reader)
	defer readers.Put(r)
	r.Reset(bytes.NewReader(code))
	if err := l.Load(r, "=copy", "b"); err != nil {
		l.Pop(1)
		return fmt.Errorf("cannot load binary code: %w", err)
	}
	noteFunction(l)
	setUpvalues(l)
	return nil
}

func noteFunction(l *lua.State) { dataOf(l).Note(l) }

// readers are what the VM reads from. It makes one of its own, and a large buffer with it, for readers of other types.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

const longChunkName = 4096

// compile pushes the function that the VM's parser makes of a source.
func compile(l *lua.State, source, chunk string) (err error) {
	name := backend.ChunkID(chunk)
	if strings.HasPrefix(chunk, "@") && strings.HasPrefix(source, "#") { // a script's "#!" line; its newline stays
		_, rest, _ := strings.Cut(source, "\n")
		source = "\n" + rest
	}
	source = normalNewlines(source)
	top := l.Top()
	defer func() { // the VM's parser has panics that its protection does not stop
		if e := recover(); e != nil {
			l.SetTop(top)
			err = &backend.SyntaxError{Message: fmt.Sprintf("%s:1: %s", name, backend.Quote(fmt.Sprint(e)))}
		}
	}()
	if len(chunk) > 0 && len(chunk) < longChunkName { // the VM reads the whole name whenever it shows it
		if err = l.Load(strings.NewReader(source), chunk, "t"); err == nil {
			return nil
		}
		l.SetTop(top)
	}
	if err = l.Load(strings.NewReader(source), "="+name, "t"); err == nil {
		return nil
	}
	message, ok := toString(l, -1)
	l.SetTop(top)
	if !ok || err != lua.SyntaxError {
		message = fmt.Sprintf("%s:1: %s", name, strings.TrimPrefix(err.Error(), "runtime error: "))
	}
	return &backend.SyntaxError{Message: quoteToken(message)}
}

// normalNewlines makes each end of a line, "\r\n", "\n\r" or "\r", one newline. The VM takes those with two characters
// for two.
func normalNewlines(source string) string {
	if !strings.Contains(source, "\r") {
		return source
	}
	return newlines.Replace(source)
}

var newlines = strings.NewReplacer("\r\n", "\n", "\n\r", "\n", "\r", "\n")

// quoteToken puts quotes around the token at which a syntax error is, and cuts what the message has from the source.
func quoteToken(message string) string {
	problem, token, ok := strings.Cut(message, " near ")
	if !ok || token == "" || token[0] == '\'' || token[0] == '<' {
		return backend.Quote(message)
	}
	return backend.Quote(problem) + " near '" + backend.Quote(token) + "'"
}

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
	code, err := dump(l, index)
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
	return loadCode(d.l, code)
}

// upvalueError names the upvalue that keeps the function at index from being copied. _ENV alone does not: the VM sets a
// sole upvalue of a loaded function to the globals.
func upvalueError(l *lua.State, index int) error {
	count := visibleUpvalues(l, index)
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
