package protect

import (
	"errors"
	"fmt"
	"reflect"
	"unsafe"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/internal/repair"
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

// fields are found when the repair is probed.
var fields vmFields

// Repair is on when Call does without the VM's protected call.
var Repair = repair.New("protect", "protected calls are not as fast as promised, and some Go panics pass them", probe)

// probe ends calls that fail at different depths, more often than the VM lets calls be nested.
func probe() error {
	if fields = findFields(reflect.TypeFor[lua.State]()); !fields.known {
		return errors.New("the fields of a state are others")
	}
	l := lua.NewState()
	l.Register("fail", func(l *lua.State) int { panic(errProbe) })
	if err := lua.LoadString(l, "local function f(n) if n > 0 then return 1 + f(n - 1) end fail() end f(20)"); err != nil {
		return err
	}
	for range 300 {
		l.PushValue(1)
		saved := save(l)
		saved.enter(l, 0)
		if err := failing(l); err != errProbe {
			return fmt.Errorf("a panic comes out as %v", err)
		}
		saved.restore(l)
		l.SetTop(1)
	}
	if err := lua.DoString(l, "return 6 * 7"); err != nil {
		return err
	}
	if n, _ := l.ToNumber(-1); n != 42 || l.Top() != 2 {
		return errors.New("the stack is not what it was")
	}
	return nil
}

var (
	errProbe  = errors.New("probe")
	errFailed = errors.New("failed")
)

func failing(l *lua.State) (e any) {
	defer func() { e = recover() }()
	l.Call(0, 0)
	return nil
}

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

// state is what a protected call restores after an error.
type state struct {
	callInfo             lua.Frame
	nonYieldable, nested int
	errorHandler         int
	allowHook            bool
	protection           func()
}

// save returns what a protected call restores.
func save(l *lua.State) state {
	return state{
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
func (s *state) enter(l *lua.State, handler int) {
	*field[int](l, fields.errorHandler) = handler
	*field[func()](l, fields.protection) = protection
}

// leave undoes enter.
func (s *state) leave(l *lua.State) {
	*field[int](l, fields.errorHandler) = s.errorHandler
	*field[func()](l, fields.protection) = s.protection
}

// restore makes the frame that was saved the running one.
func (s *state) restore(l *lua.State) {
	*field[lua.Frame](l, fields.callInfo) = s.callInfo
	*field[int](l, fields.nonYieldable) = s.nonYieldable
	*field[int](l, fields.nested) = s.nested
	*field[bool](l, fields.allowHook) = s.allowHook
	s.leave(l)
}
