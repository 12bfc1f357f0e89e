// Package layout gives the repairs of go-lua access to what the VM does not export: its frames, stack, tables, functions
// and upvalues. Only package golua and its repairs import it.
//
// # Rules
//
// The types mirror the VM's. An object of the VM is seen as one of them by the functions StateOf, TableOf and so on, which
// may be called only by a repair whose probe has asked [Check]: with another version of the VM the fields may be
// elsewhere, and the repair is off then.
package layout

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"sync"
	"unsafe"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/vmfield"
)

// State mirrors lua.State.
type State struct {
	Error                 error
	ShouldYield           bool
	Top                   int // of the stack: the first free slot
	Global                *Global
	CallInfo              *Frame // that runs
	OldPC                 int
	StackLast             int
	Stack                 []any
	NonYieldableCallCount int
	NestedGoCallCount     int
	HookMask              byte
	AllowHook             bool
	InternalHook          bool
	BaseHookCount         int
	HookCount             int
	Hooker                lua.Hook
	UpValues              *OpenUpvalue
	ErrorFunction         int
	BaseCallInfo          Frame
	ProtectFunction       func()
}

// Global mirrors what the states of one VM share.
type Global struct {
	MainThread     *State
	TagMethodNames [17]string
	MetaTables     [lua.TypeCount]*Table // of the types that are neither tables nor userdata
	Registry       *Table
}

// Frame mirrors a running function.
type Frame struct {
	Function, Top, ResultCount int // Function is its slot of the stack
	Previous, Next             *Frame
	CallStatus                 byte
	LuaCallInfo                *LuaFrame // nil for a Go function
	GoCallInfo                 *GoFrame  // nil for a Lua function
}

// LuaFrame mirrors the part of a frame that only Lua functions have.
type LuaFrame struct {
	Frame   []any // the registers
	SavedPC int   // of the next instruction
	Code    []uint32
}

// GoFrame mirrors the part of a frame that only Go functions have.
type GoFrame struct {
	Context, Extra, OldErrorFunction int
	Continuation                     lua.Function
	OldAllowHook, ShouldYield        bool
	Error                            error
}

// The bits of a frame's status.
const (
	StatusReentry   = 1 << 2 // the VM's loop goes on with the frame below when this one returns
	StatusYielded   = 1 << 3 // Context tells how the call has ended
	StatusProtected = 1 << 4 // errors end here
	StatusTail      = 1 << 6 // it was tail-called
)

// IsLua reports whether f is a frame of a Lua function.
func (f *Frame) IsLua() bool { return f.LuaCallInfo != nil }

// Current returns the instruction that runs in f, a frame of a Lua function.
func (f *Frame) Current() bytecode.Instruction {
	return bytecode.Instruction(f.LuaCallInfo.Code[f.LuaCallInfo.SavedPC-1])
}

// Base returns the slot of the stack of f's first register.
func (f *Frame) Base() int { return f.Top - len(f.LuaCallInfo.Frame) }

// Table mirrors a table.
type Table struct {
	Array         []any
	Hash          map[any]any
	MetaTable     *Table
	Flags         byte
	IterationKeys []any
}

// Get returns the value of a key.
func (t *Table) Get(key any) any {
	if n, ok := key.(float64); ok {
		if i := int(n); 0 < i && i <= len(t.Array) && float64(i) == n {
			return t.Array[i-1]
		}
	}
	return t.Hash[key]
}

// fewFields is how many fields of the hash part the VM may count for each new key.
const fewFields = 64

// PutSparse stores a value under an integer key that is far behind the list, and reports whether it did. For each such key
// the VM counts all integer keys, to see whether the list should reach that far, so that a table which is filled backwards
// takes a time that grows with the square of its size. This leaves the key to the VM only when the number of fields is a
// power of two.
func (t *Table) PutSparse(key, value any) bool {
	n := len(t.Hash)
	if n < fewFields || value == nil {
		return false
	}
	number, ok := key.(float64)
	if !ok || number <= float64(len(t.Array)+1) || number != math.Trunc(number) {
		return false
	}
	if _, known := t.Hash[key]; !known {
		if n&(n-1) == 0 {
			return false
		}
		t.IterationKeys = nil // as the VM does for a new key
	}
	t.Hash[key] = value
	return true
}

// Event is one of the metamethods for which a metatable notes in its flags that it has none: its bit. The VM clears the
// flags whenever a field changes.
type Event byte

// The events. The VM takes all of them for missing when the first one is noted, so that nothing but the VM notes it.
const (
	IndexEvent    Event = 1 << 0
	NewIndexEvent Event = 1 << 1
	ModeEvent     Event = 1 << 3
	LengthEvent   Event = 1 << 4
	EqualEvent    Event = 1 << 5
)

// WeakFlag is in the flags of a metatable of weak tables, until it is written to.
const WeakFlag = 1 << 7

// Metamethod returns what a metatable, which may be nil, has for an event, whose name is given too.
func (t *Table) Metamethod(event Event, name string) any {
	if t == nil || t.Flags&byte(event) != 0 {
		return nil
	}
	m := t.Hash[name]
	if m == nil && event != IndexEvent {
		t.Flags |= byte(event)
	}
	return m
}

// Clear clears the field of a key.
func (t *Table) Clear(key any) {
	t.Flags = 0
	if n, ok := key.(float64); ok {
		if i := int(n); 0 < i && i <= len(t.Array) && float64(i) == n {
			t.Array[i-1] = nil
			return
		}
	}
	delete(t.Hash, key)
}

// Value returns the table as a value of the VM.
func (t *Table) Value() any { return Value(TableKind, unsafe.Pointer(t)) }

// Userdata mirrors a userdata.
type Userdata struct {
	MetaTable, Env *Table
	Data           any
}

// Closure mirrors a Lua function.
type Closure struct {
	Prototype *Prototype
	UpValues  []*Upvalue
}

// GoClosure mirrors a Go function with upvalues.
type GoClosure struct {
	Function lua.Function
	UpValues []any
}

// GoFunction mirrors a Go function without upvalues.
type GoFunction struct {
	Function lua.Function
}

// Upvalue mirrors a variable of a function that others use.
type Upvalue struct {
	Home any // its value, or a StackLocation while it is open
}

// OpenUpvalue mirrors an element of the list of open upvalues.
type OpenUpvalue struct {
	UpValue *Upvalue
	Next    *OpenUpvalue
}

// StackLocation mirrors the slot of an open upvalue.
type StackLocation struct {
	State *State
	Index int
}

// Prototype mirrors the code of a function.
type Prototype struct {
	Constants                    []any
	Code                         []uint32
	Prototypes                   []Prototype
	LineInfo                     []int32
	LocalVariables               []LocalVariable
	UpValues                     []UpvalueDescription
	Cache                        *Closure
	Source                       string
	LineDefined, LastLineDefined int
	ParameterCount, MaxStackSize int
	IsVarArg                     bool
}

// Size is about how many bytes the code takes.
func (p *Prototype) Size() int {
	n := 256 + 8*len(p.Code) + 16*len(p.Constants) + 32*(len(p.LocalVariables)+len(p.UpValues))
	for i := range p.Prototypes {
		n += p.Prototypes[i].Size()
	}
	return n
}

// LocalVariable mirrors the name of a variable and where in the code it lives.
type LocalVariable struct {
	Name           string
	StartPC, EndPC int
}

// UpvalueDescription mirrors where a function finds an upvalue when it is made.
type UpvalueDescription struct {
	Name    string
	IsLocal bool
	Index   int
}

// Kind is the type of a value in the VM, as the first word of an interface has it.
type Kind unsafe.Pointer

// The kinds of values that Go code cannot name. They are known after Check.
var TableKind, UserdataKind, ClosureKind, GoClosureKind, GoFunctionKind, StateKind, LocationKind Kind

// words are the parts of an interface.
type words struct {
	kind Kind
	data unsafe.Pointer
}

// KindOf returns the kind of a value; nil has none.
func KindOf(v any) Kind { return (*words)(unsafe.Pointer(&v)).kind }

// Pointer returns the address that a value of a pointer's kind holds.
func Pointer(v any) unsafe.Pointer { return (*words)(unsafe.Pointer(&v)).data }

// Value returns the value of a kind whose address is p.
func Value(kind Kind, p unsafe.Pointer) (v any) {
	*(*words)(unsafe.Pointer(&v)) = words{kind, p}
	return v
}

// StateOf returns the mirror of l.
func StateOf(l *lua.State) *State { return (*State)(unsafe.Pointer(l)) }

// VM returns the state that s mirrors.
func (s *State) VM() *lua.State { return (*lua.State)(unsafe.Pointer(s)) }

// TableOf returns the mirror of v, nil when it is not a table.
func TableOf(v any) *Table {
	if KindOf(v) != TableKind {
		return nil
	}
	return (*Table)(Pointer(v))
}

// FrameOf returns the mirror of f.
func FrameOf(f lua.Frame) *Frame { return (*Frame)(unsafe.Pointer(f)) }

// ClosureOf returns the mirror of v, nil when it is not a Lua function.
func ClosureOf(v any) *Closure {
	if KindOf(v) != ClosureKind {
		return nil
	}
	return (*Closure)(Pointer(v))
}

// Value returns the function as a value of the VM.
func (c *Closure) Value() any { return Value(ClosureKind, unsafe.Pointer(c)) }

// IsFunction reports whether v is a function.
func IsFunction(v any) bool {
	k := KindOf(v)
	return k == ClosureKind || k == GoClosureKind || k == GoFunctionKind
}

// Get returns the value of an upvalue.
func (u *Upvalue) Get() any {
	if KindOf(u.Home) == LocationKind {
		at := (*StackLocation)(Pointer(u.Home))
		return at.State.Stack[at.Index]
	}
	return u.Home
}

// Metatable returns the metatable of a value, nil when it has none.
func (s *State) Metatable(v any) *Table {
	switch KindOf(v) {
	case TableKind:
		return (*Table)(Pointer(v)).MetaTable
	case UserdataKind:
		return (*Userdata)(Pointer(v)).MetaTable
	case ClosureKind, GoClosureKind, GoFunctionKind:
		return s.Global.MetaTables[lua.TypeFunction]
	case StateKind:
		return s.Global.MetaTables[lua.TypeThread]
	}
	switch v.(type) {
	case string:
		return s.Global.MetaTables[lua.TypeString]
	case float64:
		return s.Global.MetaTables[lua.TypeNumber]
	case bool:
		return s.Global.MetaTables[lua.TypeBoolean]
	case nil:
		return s.Global.MetaTables[lua.TypeNil]
	}
	return nil
}

// TypeName returns the name of the type of a value. Light userdata is what the VM does not know.
func TypeName(v any) string {
	switch v.(type) {
	case nil:
		return "nil"
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "boolean"
	}
	switch KindOf(v) {
	case TableKind:
		return "table"
	case ClosureKind, GoClosureKind, GoFunctionKind:
		return "function"
	case StateKind:
		return "thread"
	}
	return "userdata"
}

// Check returns an error unless the VM's objects are as the types of this package mirror them.
var Check = sync.OnceValue(func() error {
	if err := vmfield.Mirror(reflect.TypeFor[State](), reflect.TypeFor[lua.State]()); err != nil {
		return err
	}
	l := lua.NewState()
	checked := errors.New("a function is not called")
	l.Register("check", func(l *lua.State) int {
		checked = checkValues(l)
		return 0
	})
	if err := lua.DoString(l, "local x = 1 check(function() return x end)"); err != nil {
		return err
	}
	return checked
})

// checkValues compares values of all kinds with their mirrors. Argument 1 is a function with an open upvalue.
func checkValues(l *lua.State) error {
	nothing := func(*lua.State) int { return 0 }
	l.NewTable()
	l.PushGoFunction(nothing)
	l.PushNil()
	l.PushGoClosure(nothing, 1)
	l.PushUserData(nil)
	l.PushGoClosure(nothing, 1) // a userdata is seen as an upvalue only
	userdata := reflect.ValueOf(lua.UpValueId(l, -1, 1)).Elem().Interface()
	closure := l.ToValue(1)
	for _, m := range []struct {
		mirror reflect.Type
		sample any
		kind   *Kind
	}{
		{reflect.TypeFor[Closure](), closure, &ClosureKind},
		{reflect.TypeFor[Table](), l.ToValue(2), &TableKind},
		{reflect.TypeFor[GoFunction](), l.ToValue(3), &GoFunctionKind},
		{reflect.TypeFor[GoClosure](), l.ToValue(4), &GoClosureKind},
		{reflect.TypeFor[Userdata](), userdata, &UserdataKind},
		{reflect.TypeFor[State](), l, &StateKind},
	} {
		t := reflect.TypeOf(m.sample)
		if t == nil || t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Struct {
			return fmt.Errorf("a %s is a %v", m.mirror.Name(), t)
		}
		if err := vmfield.Mirror(m.mirror, t.Elem()); err != nil {
			return err
		}
		*m.kind = KindOf(m.sample)
	}
	upvalues := (*Closure)(Pointer(closure)).UpValues
	if len(upvalues) != 1 {
		return fmt.Errorf("a function has %d upvalues", len(upvalues))
	}
	home := reflect.TypeOf(upvalues[0].Home)
	if home == nil || home.Kind() != reflect.Struct {
		return fmt.Errorf("an open upvalue is a %v", home)
	}
	LocationKind = KindOf(upvalues[0].Home)
	return vmfield.Mirror(reflect.TypeFor[StackLocation](), home)
}
