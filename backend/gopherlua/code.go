package gopherlua

import (
	"fmt"
	"strings"

	"github.com/yuin/gopher-lua/ast"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/classes"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/dump"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/light"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/loop"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/rewrite"
	scan "github.com/mtstates/go-mtstates/backend/gopherlua/repair/source"
	"github.com/mtstates/go-mtstates/backend/internal/codecache"
	"github.com/mtstates/go-mtstates/backend/internal/dumped"
)

func load(l *lua.LState, source, chunk string, env int) error {
	f, err := loadFunction(l, source, chunk)
	if err != nil {
		return err
	}
	dataOf(l).weak.Loaded(source)
	if env != 0 {
		f.Env = tableAt(l, env)
		classes.Show(f.Env)
	}
	l.Push(f)
	return nil
}

// loadFunction returns the function of a chunk, which may be one that stringDump has dumped.
func loadFunction(l *lua.LState, source, chunk string) (*lua.LFunction, error) {
	if strings.HasPrefix(source, dumped.Mark[:1]) {
		code, err := dumped.Open(Backend.Name(), source)
		if err != nil {
			return nil, &backend.SyntaxError{Message: backend.ChunkID(chunk) + ": " + err.Error()}
		}
		proto, err := dump.Read(code, sharedFunctions())
		if err != nil {
			return nil, err
		}
		return dump.NewFunction(l, proto), nil
	}
	proto, err := compileCached(source, chunk)
	if err != nil {
		return nil, err
	}
	return l.NewFunctionFromProto(proto), nil
}

// sharedFunctions returns the functions that code may have as constants.
func sharedFunctions() dump.Shared {
	return dump.Shared{"concat": concatFunction, "concat list": concatListFunction}
}

// stringDump is string.dump.
func stringDump(l *lua.LState) int {
	f := functionArgument(l, "dump")
	if f.IsG || !dump.Repair.On() {
		raiseText(l, "%v", dump.ErrConstant)
	}
	code, err := dump.Write(f.Proto, sharedFunctions())
	if err != nil {
		raiseText(l, "%v", err)
	}
	checkSize(l, len(code))
	l.Push(lua.LString(dumped.Sign(Backend.Name(), code)))
	return 1
}

// compiled is the code of chunks, for all states.
var compiled = codecache.New[*lua.FunctionProto](1 << 20)

// compileCached is compile with a cache.
func compileCached(source, chunk string) (*lua.FunctionProto, error) {
	key := codecache.Key{Source: source, Chunk: chunk}
	if code, ok := compiled.Get(key); ok {
		return code, nil
	}
	code, err := compile(source, chunk)
	if err == nil {
		compiled.Add(key, code, 0)
	}
	return code, err
}

// compile returns the code of a chunk, which is immutable and may be used by all states.
func compile(source, chunk string) (proto *lua.FunctionProto, err error) {
	if strings.HasPrefix(chunk, "@") && strings.HasPrefix(source, "#") { // a script's "#!" line; its newline stays
		_, rest, _ := strings.Cut(source, "\n")
		source = "\n" + rest
	}
	name := backend.ChunkID(chunk)
	defer func() { // the VM's compiler panics on unexpected trees
		if e := recover(); e != nil {
			proto, err = nil, &backend.SyntaxError{Message: fmt.Sprintf("%s: %s", name, backend.Quote(fmt.Sprint(e)))}
		}
	}()
	prepared, problem := scan.Prepare(source)
	if problem != nil {
		return nil, scan.SyntaxError(problem, source, name)
	}
	block, err := parse.Parse(strings.NewReader(prepared.Text), name)
	if err == nil {
		proto, err = compileTree(block, prepared, name, chunk)
	}
	if err != nil {
		return nil, scan.SyntaxError(err, source, name)
	}
	return proto, nil
}

func compileTree(block []ast.Stmt, prepared scan.Prepared, name, chunk string) (*lua.FunctionProto, error) {
	if !rewrite.Repair.On() {
		return rewrite.CompileTree(block, prepared, name)
	}
	functions := rewrite.Functions{Concat: concatFunction, ConcatList: concatListFunction}
	if loop.Repair.On() {
		functions.Power, functions.Modulo = backend.Power, backend.Modulo
	}
	return rewrite.Compile(block, prepared, name, functions, &rewrite.ChunkName{Name: chunk})
}

func copyFunction(l *lua.LState, dst backend.VM, index int) error {
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
	d.l.Push(d.l.NewFunctionFromProto(l.Get(index).(*lua.LFunction).Proto))
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
		case lua.LString:
			if backend.TooLong(dst, len(v)) {
				d.l.Pop(i - from)
				return i
			}
			d.l.Push(v)
		case lua.LBool, *lua.LNilType:
			d.l.Push(v)
		case *lua.LUserData:
			u, ok := light.To(v)
			if !ok {
				d.l.Pop(i - from)
				return i
			}
			d.l.Push(dataOf(d.l).light.Of(d.l, u))
		default:
			d.l.Pop(i - from)
			return i
		}
	}
	return 0
}
