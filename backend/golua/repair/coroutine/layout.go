package coroutine

import (
	"errors"
	"reflect"
	"unsafe"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/vmfield"
)

// state mirrors lua.State.
type state struct {
	Error                 error
	ShouldYield           bool
	Top                   int // the first free slot
	Global                *global
	CallInfo              *frame
	OldPC                 int // for line hooks
	StackLast             int // len(Stack) - extraStack
	Stack                 []any
	NonYieldableCallCount int
	NestedGoCallCount     int
	HookMask              byte
	AllowHook             bool
	InternalHook          bool
	BaseHookCount         int
	HookCount             int
	Hooker                lua.Hook
	UpValues              *struct{}
	ErrorFunction         int // the slot of the message handler
	BaseCallInfo          frame
	ProtectFunction       func()
}

// global mirrors the beginning of what the threads of a VM share.
type global struct{ MainThread *lua.State }

// frame mirrors a frame.
type frame struct {
	Function, Top, ResultCount int
	Previous, Next             *frame
	CallStatus                 byte
	LuaCallInfo                *luaInfo // nil in a frame of a Go function
	GoCallInfo                 *goInfo  // nil in a frame of a Lua function
}

// luaInfo mirrors what only frames of Lua functions have.
type luaInfo struct {
	Frame   []any // the registers
	SavedPC int
	Code    []bytecode.Instruction
}

// goInfo mirrors what only frames of Go functions have.
type goInfo struct {
	Context, Extra, OldErrorFunction int
	Continuation                     lua.Function
	OldAllowHook, ShouldYield        bool
	Error                            error
}

// The bits of a frame's CallStatus that are used.
const (
	statusReentry   = 1 << 2 // the VM's loop goes on with the frame below when this one returns
	statusYielded   = 1 << 3 // Context tells how the call has ended
	statusProtected = 1 << 4 // errors end here
)

const (
	extraStack = 5
	firstSize  = 2 * lua.MinStack // of a stack
)

// closure mirrors the beginning of a Lua function.
type closure struct{ Prototype *prototype }

// prototype mirrors the beginning of a function's code.
type prototype struct{ Constants []any }

func stateOf(l *lua.State) *state { return (*state)(unsafe.Pointer(l)) }

// constantsOf returns the constants of a Lua function.
func constantsOf(function any) []any {
	c := (*closure)((*[2]unsafe.Pointer)(unsafe.Pointer(&function))[1])
	return c.Prototype.Constants
}

// checkLayout returns an error unless the VM's types are as they are mirrored.
func checkLayout() error {
	if err := vmfield.Mirror(reflect.TypeFor[state](), reflect.TypeFor[lua.State]()); err != nil {
		return err
	}
	if reflect.TypeFor[state]().Size() != reflect.TypeFor[lua.State]().Size() {
		return errors.New("lua.State has fields that are not known")
	}
	l := lua.NewState()
	if err := lua.LoadString(l, ""); err != nil {
		return err
	}
	function := reflect.TypeOf(l.ToValue(-1))
	if function.Kind() != reflect.Pointer {
		return errors.New("a Lua function is not a pointer")
	}
	return vmfield.Mirror(reflect.TypeFor[closure](), function.Elem())
}

func (s *state) isMain(l *lua.State) bool { return s.Global.MainThread == l }

func (f *frame) isLua() bool { return f.LuaCallInfo != nil }

// current returns the instruction that runs in f, a frame of a Lua function.
func (f *frame) current() bytecode.Instruction { return f.LuaCallInfo.Code[f.LuaCallInfo.SavedPC-1] }

// base returns the slot of the first register of f, a frame of a Lua function.
func (f *frame) base() int { return f.Top - len(f.LuaCallInfo.Frame) }
