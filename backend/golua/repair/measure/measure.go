// Package measure estimates the memory that the values of a go-lua VM hold. Only package golua imports it.
//
// The fault: the VM has no limit on memory, and no way to see what it uses; and its stack keeps what the functions that
// have returned left there. When the VM has a limit, this package can go.
package measure

import (
	"errors"
	"unsafe"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/memory"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when Bytes may be called.
var Repair = repair.New("measure", "states have no limit on memory", probe)

// The sizes of what is counted, in bytes.
const (
	wordBytes    = 8
	valueBytes   = 16 // a value in a register or field
	numberBytes  = 16 // a number: Go allocates them two by two
	upvalueBytes = 32
	threadBytes  = int(unsafe.Sizeof(layout.State{})) + 256 // a coroutine has more than the VM's state
	frameBytes   = int(unsafe.Sizeof(layout.Frame{})) + int(unsafe.Sizeof(layout.GoFrame{}))
	tableBytes   = int(unsafe.Sizeof(layout.Table{}))
	protoBytes   = int(unsafe.Sizeof(layout.Prototype{}))
	localBytes   = int(unsafe.Sizeof(layout.LocalVariable{}))
	nameBytes    = int(unsafe.Sizeof(layout.UpvalueDescription{}))
)

const maxRegisters = 255 // of a function; a register below them has the function

// Bytes estimates the memory of all that l's VM reaches. It clears the registers that no function uses any more: they would
// keep what they hold.
func Bytes(l *lua.State) int {
	w := walk{seen: memory.NewAddresses()}
	defer w.seen.Free()
	state := layout.StateOf(l)
	w.reach(layout.Value(layout.StateKind, unsafe.Pointer(state)))
	w.reach(layout.Value(layout.StateKind, unsafe.Pointer(state.Global.MainThread)))
	w.reachTable(state.Global.Registry)
	for _, t := range state.Global.MetaTables {
		w.reachTable(t)
	}
	for len(w.found) > 0 {
		v := w.found[len(w.found)-1]
		w.found = w.found[:len(w.found)-1]
		w.visit(v)
	}
	return w.bytes
}

// Forget clears the registers above the top of l, down to where no function has been for long: a function that is called
// next would find in its own ones what others left there. No function may run in l.
func Forget(l *lua.State) {
	s := layout.StateOf(l)
	empty := 0
	for i := s.Top; i < len(s.Stack) && empty <= maxRegisters; i++ {
		if s.Stack[i] == nil {
			empty++
		} else {
			s.Stack[i], empty = nil, 0
		}
	}
}

// walk is a walk over the values of a VM.
type walk struct {
	seen  *memory.Addresses
	bytes int
	found []any // seen and not visited
}

func (w *walk) reachTable(t *layout.Table) {
	if t != nil {
		w.reach(t.Value())
	}
}

func (w *walk) reachAll(values []any) {
	for _, v := range values {
		w.reach(v)
	}
}

func (w *walk) reach(v any) {
	switch text := v.(type) {
	case nil, bool:
		return
	case float64:
		w.bytes += numberBytes
		return
	case string:
		if w.seen.Add(layout.Pointer(v)) {
			w.bytes += valueBytes + w.seen.Text(text)
		}
		return
	}
	switch layout.KindOf(v) {
	case layout.TableKind, layout.UserdataKind, layout.ClosureKind, layout.GoClosureKind, layout.GoFunctionKind, layout.StateKind:
		if w.seen.Add(layout.Pointer(v)) {
			w.found = append(w.found, v)
		}
	}
}

func (w *walk) visit(v any) {
	p := layout.Pointer(v)
	switch layout.KindOf(v) {
	case layout.TableKind:
		w.table((*layout.Table)(p))
	case layout.UserdataKind:
		u := (*layout.Userdata)(p)
		w.bytes += int(unsafe.Sizeof(*u))
		w.reachTable(u.MetaTable)
		w.reachTable(u.Env)
		if sized, ok := u.Data.(backend.Sized); ok {
			w.bytes += sized.MemoryBytes()
		}
	case layout.ClosureKind:
		w.closure((*layout.Closure)(p))
	case layout.GoClosureKind:
		c := (*layout.GoClosure)(p)
		w.bytes += int(unsafe.Sizeof(*c)) + valueBytes*cap(c.UpValues)
		w.reachAll(c.UpValues)
	case layout.GoFunctionKind:
		w.bytes += upvalueBytes
	case layout.StateKind:
		w.thread((*layout.State)(p))
	}
}

func (w *walk) table(t *layout.Table) {
	w.bytes += tableBytes + valueBytes*(cap(t.Array)+cap(t.IterationKeys)) +
		memory.OfMap(*(*unsafe.Pointer)(unsafe.Pointer(&t.Hash)), 2*valueBytes)
	w.reachTable(t.MetaTable)
	w.reachAll(t.Array)
	for key, value := range t.Hash {
		w.reach(key)
		w.reach(value)
	}
}

func (w *walk) closure(c *layout.Closure) {
	w.bytes += int(unsafe.Sizeof(*c)) + wordBytes*cap(c.UpValues)
	for _, u := range c.UpValues {
		if u != nil && w.seen.Add(unsafe.Pointer(u)) {
			w.bytes += upvalueBytes
			w.reach(u.Get())
		}
	}
	w.prototype(c.Prototype)
}

func (w *walk) prototype(p *layout.Prototype) {
	if p == nil || !w.seen.Add(unsafe.Pointer(p)) {
		return
	}
	w.bytes += protoBytes + valueBytes*cap(p.Constants) + 4*cap(p.Code) + 4*cap(p.LineInfo) +
		localBytes*cap(p.LocalVariables) + nameBytes*cap(p.UpValues) + w.seen.Text(p.Source)
	w.reachAll(p.Constants)
	for i := range p.Prototypes {
		w.prototype(&p.Prototypes[i])
	}
}

// thread counts the stack of a coroutine or of the main thread.
func (w *walk) thread(s *layout.State) {
	used := s.Top
	w.bytes += threadBytes + valueBytes*cap(s.Stack)
	for f := &s.BaseCallInfo; f != nil; f = f.Next {
		w.bytes += frameBytes
	}
	for f := s.CallInfo; f != nil && f != f.Previous; f = f.Previous {
		used = max(used, f.Top)
	}
	used = min(used+lua.MinStack, len(s.Stack))
	clear(s.Stack[used:])
	w.reachAll(s.Stack[:used])
}

// probe measures a VM with values of known sizes.
func probe() error {
	if err := layout.Check(); err != nil {
		return err
	}
	l := lua.NewState()
	lua.OpenLibraries(l)
	before := Bytes(l)
	if err := lua.DoString(l, "t = {} for i = 1, 1000 do t[i] = {string.rep('x', 1000) .. i} end"); err != nil {
		return err
	}
	if grown := Bytes(l) - before; grown < 1_000_000 || grown > 1_500_000 {
		return errors.New("values have other sizes than expected")
	}
	return nil
}
