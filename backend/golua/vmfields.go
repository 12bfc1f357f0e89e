package golua

import (
	"reflect"
	"unsafe"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/vmfield"
)

// The VM's own protected call makes five objects each time, and takes about as long as all the rest of a call between
// two states. One that does without needs fields of the VM that it does not export. Package vmfield finds them. When one is
// not what it was in the version that go.mod names, the VM's protected call does the work.

// vmFields are the offsets of the fields in a lua.State.
type vmFields struct {
	known bool // all fields are as expected

	callInfo                           uintptr // the running frame
	nonYieldable, nested, errorHandler uintptr // counters of calls, and the slot of the message handler
	allowHook                          uintptr
	protection                         uintptr // what the VM's errors look at: nil when nothing protects the running function
}

var fields vmFields

func findFields(state reflect.Type) (fields vmFields) {
	var find vmfield.Finder
	fields.callInfo = find.Offset(state, "callInfo", func(t reflect.Type) bool {
		return t.ConvertibleTo(reflect.TypeFor[lua.Frame]())
	})
	fields.nonYieldable = find.Offset(state, "nonYieldableCallCount", vmfield.Is[int])
	fields.nested = find.Offset(state, "nestedGoCallCount", vmfield.Is[int])
	fields.errorHandler = find.Offset(state, "errorFunction", vmfield.Is[int])
	fields.allowHook = find.Offset(state, "allowHook", vmfield.Is[bool])
	fields.protection = find.Offset(state, "protectFunction", vmfield.Is[func()])
	fields.known = find.Known()
	return fields
}

// field returns the field at offset of a VM.
func field[T any](l *lua.State, offset uintptr) *T { return vmfield.At[T](unsafe.Pointer(l), offset) }

// vmState is what a protected call restores after an error.
type vmState struct {
	callInfo             lua.Frame
	nonYieldable, nested int
	errorHandler         int
	allowHook            bool
	protection           func()
}

func saveState(l *lua.State) vmState {
	return vmState{
		callInfo:     *field[lua.Frame](l, fields.callInfo),
		nonYieldable: *field[int](l, fields.nonYieldable),
		nested:       *field[int](l, fields.nested),
		errorHandler: *field[int](l, fields.errorHandler),
		allowHook:    *field[bool](l, fields.allowHook),
		protection:   *field[func()](l, fields.protection),
	}
}

// protection is the VM's function that says "protected". Nothing calls it.
var protection = func() {}

// enter lets the VM's errors be panics, and call the message handler in a slot of the stack.
func (s *vmState) enter(l *lua.State, handler int) {
	*field[int](l, fields.errorHandler) = handler
	*field[func()](l, fields.protection) = protection
}

// leave undoes enter.
func (s *vmState) leave(l *lua.State) {
	*field[int](l, fields.errorHandler) = s.errorHandler
	*field[func()](l, fields.protection) = s.protection
}

// restore makes the frame that was saved the running one.
func (s *vmState) restore(l *lua.State) {
	*field[lua.Frame](l, fields.callInfo) = s.callInfo
	*field[int](l, fields.nonYieldable) = s.nonYieldable
	*field[int](l, fields.nested) = s.nested
	*field[bool](l, fields.allowHook) = s.allowHook
	s.leave(l)
}
