// Package dump writes code of gopher-lua as bytes and reads it again, for string.dump, which the VM does not have. Only
// package gopherlua imports it.
//
// It needs one field of the VM's code that is not exported, and goes when the VM can dump functions itself.
package dump

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/rewrite"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
	"github.com/mtstates/go-mtstates/backend/vmfield"
)

// Shared are the functions that code may have as constants, by the names that they have in bytes.
type Shared map[string]*lua.LFunction

// ErrConstant is returned for code with a constant that cannot be written.
var ErrConstant = errors.New("unable to dump given function")

// errForm is the panic of a reader whose bytes are not of its form.
var errForm = errors.New("bad binary format")

// Repair is on when Write and Read may be called.
var Repair = repair.New("dump", "string.dump is not available", probe)

// stringsOffset is where code has the strings of its constants.
var stringsOffset uintptr

func probe() error {
	var find vmfield.Finder
	stringsOffset = find.Offset(reflect.TypeFor[lua.FunctionProto](), "stringConstants", vmfield.Is[[]string])
	if !find.Known() {
		return errors.New("code has no strings")
	}
	l := lua.NewState()
	defer l.Close()
	f, err := l.LoadString(`local a, t = 1.5, {x = "field"} t.y = t.x .. a return function() return t.y, a, nil, true end`)
	if err != nil {
		return err
	}
	code, err := Write(f.Proto, nil)
	if err != nil {
		return err
	}
	p, err := Read(code, nil)
	if err != nil {
		return err
	}
	l.Push(l.NewFunctionFromProto(p))
	l.Call(0, 1)
	l.Call(0, 2)
	if text, n := l.Get(-2), l.Get(-1); text != lua.LString("field1.5") || n != lua.LNumber(1.5) {
		return fmt.Errorf("code gives %s, %s", text, n)
	}
	return nil
}

func stringsOf(p *lua.FunctionProto) *[]string {
	return vmfield.At[[]string](unsafe.Pointer(p), stringsOffset)
}

// The kinds of constants.
const (
	nilConstant = iota
	falseConstant
	trueConstant
	numberConstant
	stringConstant
	sharedConstant
	chunkConstant
)

// Write returns the bytes of code.
func Write(p *lua.FunctionProto, shared Shared) (code string, err error) {
	w := writer{shared: map[lua.LValue]string{}}
	for name, f := range shared {
		w.shared[f] = name
	}
	if !w.proto(p) {
		return "", ErrConstant
	}
	return string(w.code), nil
}

type writer struct {
	code   []byte
	shared map[lua.LValue]string
}

func (w *writer) int(n int) { w.code = binary.AppendVarint(w.code, int64(n)) }

func (w *writer) text(s string) {
	w.int(len(s))
	w.code = append(w.code, s...)
}

// proto is false when there is a constant that cannot be written.
func (w *writer) proto(p *lua.FunctionProto) bool {
	w.text(p.SourceName)
	w.int(p.LineDefined)
	w.int(p.LastLineDefined)
	w.code = append(w.code, p.NumUpvalues, p.NumParameters, p.IsVarArg, p.NumUsedRegisters)
	w.int(len(p.Code))
	for _, i := range p.Code {
		w.code = binary.LittleEndian.AppendUint32(w.code, i)
	}
	w.int(len(p.Constants))
	for _, c := range p.Constants {
		if !w.constant(c) {
			return false
		}
	}
	w.int(len(p.FunctionPrototypes))
	for _, inner := range p.FunctionPrototypes {
		if !w.proto(inner) {
			return false
		}
	}
	w.int(len(p.DbgSourcePositions))
	for _, line := range p.DbgSourcePositions {
		w.int(line)
	}
	w.int(len(p.DbgLocals))
	for _, v := range p.DbgLocals {
		w.text(v.Name)
		w.int(v.StartPc)
		w.int(v.EndPc)
	}
	w.int(len(p.DbgCalls))
	for _, c := range p.DbgCalls {
		w.text(c.Name)
		w.int(c.Pc)
	}
	w.int(len(p.DbgUpvalues))
	for _, name := range p.DbgUpvalues {
		w.text(name)
	}
	return true
}

func (w *writer) constant(c lua.LValue) bool {
	switch c := c.(type) {
	case *lua.LNilType:
		w.code = append(w.code, nilConstant)
	case lua.LBool:
		if c {
			w.code = append(w.code, trueConstant)
		} else {
			w.code = append(w.code, falseConstant)
		}
	case lua.LNumber:
		w.code = binary.LittleEndian.AppendUint64(append(w.code, numberConstant), math.Float64bits(float64(c)))
	case lua.LString:
		w.code = append(w.code, stringConstant)
		w.text(string(c))
	case *rewrite.ChunkName:
		w.code = append(w.code, chunkConstant)
		w.text(c.Name)
	default:
		name, ok := w.shared[c]
		w.code = append(w.code, sharedConstant)
		w.text(name)
		return ok
	}
	return true
}

// Read returns the code that Write has written.
func Read(code string, shared Shared) (p *lua.FunctionProto, err error) {
	defer func() {
		if recover() != nil { // it ends early, or refers to what is not there
			p, err = nil, errForm
		}
	}()
	r := reader{[]byte(code), shared}
	p = r.proto()
	if len(r.rest) > 0 {
		return nil, errForm
	}
	return p, nil
}

type reader struct {
	rest   []byte
	shared Shared
}

func (r *reader) take(n int) []byte {
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) int() int {
	n, size := binary.Varint(r.rest)
	if size <= 0 {
		panic(errForm)
	}
	r.take(size)
	return int(n)
}

// count reads how many follow that take so many bytes at least.
func (r *reader) count(size int) int {
	n := r.int()
	if n < 0 || n > len(r.rest)/size {
		panic(errForm)
	}
	return n
}

func (r *reader) text() string { return string(r.take(r.count(1))) }

func (r *reader) proto() *lua.FunctionProto {
	p := &lua.FunctionProto{SourceName: r.text(), LineDefined: r.int(), LastLineDefined: r.int()}
	b := r.take(4)
	p.NumUpvalues, p.NumParameters, p.IsVarArg, p.NumUsedRegisters = b[0], b[1], b[2], b[3]
	p.Code = make([]uint32, r.count(4))
	for i := range p.Code {
		p.Code[i] = binary.LittleEndian.Uint32(r.take(4))
	}
	p.Constants = make([]lua.LValue, r.count(1))
	texts := make([]string, len(p.Constants))
	for i := range p.Constants {
		p.Constants[i] = r.constant()
		if s, ok := p.Constants[i].(lua.LString); ok {
			texts[i] = string(s)
		}
	}
	*stringsOf(p) = texts
	p.FunctionPrototypes = make([]*lua.FunctionProto, r.count(1))
	for i := range p.FunctionPrototypes {
		p.FunctionPrototypes[i] = r.proto()
	}
	p.DbgSourcePositions = make([]int, r.count(1))
	for i := range p.DbgSourcePositions {
		p.DbgSourcePositions[i] = r.int()
	}
	p.DbgLocals = make([]*lua.DbgLocalInfo, r.count(3))
	for i := range p.DbgLocals {
		p.DbgLocals[i] = &lua.DbgLocalInfo{Name: r.text(), StartPc: r.int(), EndPc: r.int()}
	}
	p.DbgCalls = make([]lua.DbgCall, r.count(2))
	for i := range p.DbgCalls {
		p.DbgCalls[i] = lua.DbgCall{Name: r.text(), Pc: r.int()}
	}
	p.DbgUpvalues = make([]string, r.count(1))
	for i := range p.DbgUpvalues {
		p.DbgUpvalues[i] = r.text()
	}
	return p
}

func (r *reader) constant() lua.LValue {
	switch r.take(1)[0] {
	case nilConstant:
		return lua.LNil
	case falseConstant:
		return lua.LFalse
	case trueConstant:
		return lua.LTrue
	case numberConstant:
		return lua.LNumber(math.Float64frombits(binary.LittleEndian.Uint64(r.take(8))))
	case stringConstant:
		return lua.LString(r.text())
	case chunkConstant:
		return &rewrite.ChunkName{Name: r.text()}
	case sharedConstant:
		if f := r.shared[r.text()]; f != nil {
			return f
		}
	}
	panic(errForm)
}

// NewFunction returns a function with code that was read. Its upvalues, if it has any, are new and nil.
func NewFunction(l *lua.LState, p *lua.FunctionProto) *lua.LFunction {
	f := l.NewFunctionFromProto(p)
	for i := range f.Upvalues {
		f.Upvalues[i] = &lua.Upvalue{}
		f.Upvalues[i].Close()
		f.Upvalues[i].SetValue(lua.LNil)
	}
	return f
}
