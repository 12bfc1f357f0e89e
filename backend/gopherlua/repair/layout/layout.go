// Package layout gives the repairs of gopher-lua access to what the VM does not export: its frames, registers, tables
// and upvalues. Only package gopherlua and its repairs import it.
//
// # Rules
//
// The types mirror those of the VM. The functions StateOf, TableOf and so on convert an object of the VM to its mirror.
// Only a repair whose probe has called [CheckState] or [CheckTable] may call them: in another version of the VM the
// fields may be elsewhere, and then the repair is off.
package layout

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/vmfield"
)

// State mirrors the beginning of lua.LState.
type State struct {
	G       *lua.Global
	Parent  *lua.LState
	Env     *lua.LTable
	Panic   func(*lua.LState)
	Dead    bool
	Options lua.Options

	Stop         int32
	Reg          *Registry
	Stack        [2]uintptr // of frames; see FrameStack
	Alloc        *Allocator
	CurrentFrame *Frame
	Wrapped      bool
	UVCache      *Upvalue
	HasErrorFunc bool
	MainLoop     func(*lua.LState, *Frame)
}

// Registry mirrors the VM's stack of registers.
type Registry struct {
	Array  []lua.LValue
	Top    int
	GrowBy int
}

// GrowFor makes the stack grow by at least n slots when it grows. The VM copies all slots for each few that are added.
func (r *Registry) GrowFor(n int) { r.GrowBy = max(r.GrowBy, n) }

// Allocator mirrors the VM's maker of numbers.
type Allocator struct {
	Size  int       // of a block
	Fptrs []float64 // the block that is being filled
}

// Frame mirrors a frame of the VM's call stack: a running function.
type Frame struct {
	Idx        int
	Fn         *lua.LFunction
	Parent     *Frame
	Pc         int
	Base       int
	LocalBase  int
	ReturnBase int
	NArgs      int
	NRet       int
	TailCall   int
}

// Upvalue mirrors lua.Upvalue.
type Upvalue struct {
	Next   *Upvalue
	Reg    *Registry
	Index  int
	Value  lua.LValue
	Closed bool
}

// Table mirrors lua.LTable.
type Table struct {
	Metatable lua.LValue
	Array     []lua.LValue
	Dict      map[lua.LValue]lua.LValue
	StrDict   map[string]lua.LValue
	Keys      []lua.LValue
	K2I       map[lua.LValue]int
}

// StateOf returns the mirror of l.
func StateOf(l *lua.LState) *State { return (*State)(unsafe.Pointer(l)) }

// TableOf returns the mirror of t.
func TableOf(t *lua.LTable) *Table { return (*Table)(unsafe.Pointer(t)) }

// VM returns the upvalue that u mirrors.
func (u *Upvalue) VM() *lua.Upvalue { return (*lua.Upvalue)(unsafe.Pointer(u)) }

// CheckState returns an error unless lua.LState, and everything that it refers to, matches State.
var CheckState = sync.OnceValue(func() error {
	state := reflect.TypeFor[lua.LState]()
	if err := vmfield.Mirror(reflect.TypeFor[State](), state); err != nil {
		return err
	}
	if err := vmfield.Mirror(reflect.TypeFor[Upvalue](), reflect.TypeFor[lua.Upvalue]()); err != nil {
		return err
	}
	field, _ := state.FieldByName("stack")
	if !field.Type.Implements(reflect.TypeFor[frameStack]()) {
		return fmt.Errorf("the stack of frames is a %s", field.Type)
	}
	frameStackType = field.Type
	return nil
})

// CheckTable returns an error unless lua.LTable matches Table.
var CheckTable = sync.OnceValue(func() error {
	return vmfield.Mirror(reflect.TypeFor[Table](), reflect.TypeFor[lua.LTable]())
})

// frameStack is the part of the VM's stack of frames that is used.
type frameStack interface {
	Sp() int
	SetSp(sp int)
}

var frameStackType reflect.Type

// SetDepth drops the frames above depth. If there are none, the VM must not be called: if the frames fill the last part
// of its stack, it would drop that part.
func (s *State) SetDepth(depth int) {
	stack := reflect.NewAt(frameStackType, unsafe.Pointer(&s.Stack)).Elem().Interface().(frameStack)
	if stack.Sp() > depth {
		stack.SetSp(depth)
	}
}

// Depth returns the number of frames up to f, which may be nil.
func (f *Frame) Depth() int {
	if f == nil {
		return 0
	}
	return f.Idx + 1
}

// FirstRegister returns the number of the register for index 1 while f runs; f may be nil.
func (f *Frame) FirstRegister() int {
	if f == nil {
		return 0
	}
	return f.LocalBase
}

// Instruction returns the place of the instruction that runs in f, a frame of a Lua function.
func (f *Frame) Instruction() int { return f.Pc - 1 }

// Line returns the line that runs in f, a frame of a Lua function.
func (f *Frame) Line() int {
	lines, pc := f.Fn.Proto.DbgSourcePositions, f.Instruction()
	if pc < 0 || pc >= len(lines) {
		return -1
	}
	return lines[pc]
}
