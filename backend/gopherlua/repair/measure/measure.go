// Package measure estimates the memory that the values of a gopher-lua VM hold. Only package gopherlua imports it.
//
// The fault: the VM has no limit on memory, and no way to see what it uses. When it has, this package can go.
package measure

import (
	"errors"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/memory"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when Bytes may be called.
var Repair = repair.New("measure", "states have no limit on memory", probe)

// The sizes of what has no exported type, in bytes.
const (
	wordBytes    = 8
	valueBytes   = 16 // a value in a register or field
	stateBytes   = 1200
	protoBytes   = 288
	numberBlock  = 256 // the VM allocates numbers in blocks, which one number keeps
	framesInPart = 8   // frames that are allocated at once
	localBytes   = 48  // of the names of a local variable, a call and an upvalue
	callBytes    = 24
	upvalueName  = 16
	upvalueBytes = int(unsafe.Sizeof(layout.Upvalue{}))
	tableBytes   = int(unsafe.Sizeof(layout.Table{}))
	frameBytes   = int(unsafe.Sizeof(layout.Frame{}))
)

// Bytes estimates the memory of all that l's VM reaches.
func Bytes(l *lua.LState) int {
	w := walk{seen: memory.NewAddresses()}
	defer w.seen.Free()
	for state := l.G.CurrentThread; state != nil; state = state.Parent {
		w.reach(state)
	}
	w.reach(l)
	w.reach(l.G.Registry)
	w.reach(l.G.Global)
	w.reach(l.GetMetatable(lua.LString("")))
	for len(w.found) > 0 {
		v := w.found[len(w.found)-1]
		w.found = w.found[:len(w.found)-1]
		w.visit(v)
	}
	return w.bytes
}

// walk is a walk over the values of a VM.
type walk struct {
	seen  *memory.Addresses
	bytes int
	block uintptr      // of the last number
	found []lua.LValue // seen and not visited
}

func (w *walk) reach(v lua.LValue) {
	p := (*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1]
	switch v := v.(type) {
	case lua.LNumber:
		if block := uintptr(p) &^ (numberBlock - 1); block != w.block {
			w.block = block
			if w.seen.AddNumber(block) {
				w.bytes += numberBlock
			}
		}
	case lua.LString:
		if w.seen.Add(p) {
			w.bytes += valueBytes + w.seen.Text(string(v))
		}
	case *lua.LTable, *lua.LFunction, *lua.LUserData, *lua.LState:
		if w.seen.Add(p) {
			w.found = append(w.found, v)
		}
	}
}

func (w *walk) visit(v lua.LValue) {
	switch v := v.(type) {
	case *lua.LTable:
		w.table(v)
	case *lua.LFunction:
		w.function(v)
	case *lua.LUserData:
		w.bytes += int(unsafe.Sizeof(*v))
		w.reach(v.Metatable)
		if v.Env != nil {
			w.reach(v.Env)
		}
		if sized, ok := v.Value.(backend.Sized); ok {
			w.bytes += sized.MemoryBytes()
		}
	case *lua.LState:
		w.state(v)
	}
}

func (w *walk) table(table *lua.LTable) {
	w.reach(table.Metatable)
	t := layout.TableOf(table)
	w.bytes += tableBytes + valueBytes*(cap(t.Array)+cap(t.Keys)) +
		memory.OfMap(*(*unsafe.Pointer)(unsafe.Pointer(&t.StrDict)), 2*valueBytes) +
		memory.OfMap(*(*unsafe.Pointer)(unsafe.Pointer(&t.Dict)), 2*valueBytes) +
		memory.OfMap(*(*unsafe.Pointer)(unsafe.Pointer(&t.K2I)), valueBytes+wordBytes)
	for _, v := range t.Array {
		w.reach(v)
	}
	for _, v := range t.StrDict {
		w.reach(v)
	}
	for _, v := range t.Dict {
		w.reach(v)
	}
	for _, key := range t.Keys { // of all fields that there ever were; strings are boxed twice
		if _, ok := key.(lua.LString); ok {
			w.bytes += valueBytes
		}
		w.reach(key)
	}
}

func (w *walk) function(f *lua.LFunction) {
	w.bytes += int(unsafe.Sizeof(*f)) + wordBytes*cap(f.Upvalues)
	if f.Env != nil {
		w.reach(f.Env)
	}
	for _, u := range f.Upvalues {
		if u != nil && w.seen.Add(unsafe.Pointer(u)) {
			w.bytes += upvalueBytes
			w.reach(u.Value())
		}
	}
	w.proto(f.Proto)
}

func (w *walk) proto(p *lua.FunctionProto) {
	if p == nil || !w.seen.Add(unsafe.Pointer(p)) {
		return
	}
	w.bytes += protoBytes + 4*cap(p.Code) + 2*valueBytes*cap(p.Constants) + wordBytes*cap(p.DbgSourcePositions) +
		localBytes*cap(p.DbgLocals) + callBytes*cap(p.DbgCalls) + upvalueName*cap(p.DbgUpvalues)
	for _, v := range p.Constants {
		w.reach(v)
	}
	for _, nested := range p.FunctionPrototypes {
		w.proto(nested)
	}
}

// state counts the stack of a coroutine or of the VM itself.
func (w *walk) state(l *lua.LState) {
	s := layout.StateOf(l)
	parts := s.CurrentFrame.Depth()/framesInPart + 1
	w.bytes += stateBytes + l.Options.CallStackSize/framesInPart*wordBytes + parts*framesInPart*frameBytes
	if l.Env != nil {
		w.reach(l.Env)
	}
	if l.Parent != nil {
		w.reach(l.Parent)
	}
	if s.Reg == nil {
		return
	}
	w.bytes += valueBytes * cap(s.Reg.Array)
	for _, v := range s.Reg.Array[:min(s.Reg.Top, len(s.Reg.Array))] {
		w.reach(v)
	}
}

// probe measures a VM with values of known sizes.
func probe() error {
	if err := layout.CheckState(); err != nil {
		return err
	}
	if err := layout.CheckTable(); err != nil {
		return err
	}
	l := lua.NewState()
	defer l.Close()
	before := Bytes(l)
	if err := l.DoString("t = {} for i = 1, 1000 do t[i] = {string.rep('x', 1000) .. i} end"); err != nil {
		return err
	}
	if grown := Bytes(l) - before; grown < 1_000_000 || grown > 1_500_000 {
		return errors.New("values have other sizes than expected")
	}
	return nil
}
