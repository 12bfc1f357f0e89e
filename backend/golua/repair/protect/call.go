package protect

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/upvalues"
)

// Call is the VM's ProtectedCall with a message handler in a slot of the stack, for the backend's own states: without the
// VM's objects, and with all Go panics contained. luaError returns the error for a recovered value that is not an error; it
// leaves the error value on the top of the stack.
func Call(l *lua.State, args, results, handler int, luaError func(l *lua.State, e any) error) (err error) {
	if !Repair.On() {
		return l.ProtectedCall(args, results, handler)
	}
	saved, function := save(l), l.Top()-args
	returned := false
	defer func() {
		if returned { // checking for a panic costs more than this
			return
		}
		if e := recover(); e != nil {
			var ok bool
			if err, ok = e.(error); !ok {
				err = luaError(l, e)
			}
			saved.unwind(l, function)
		}
	}()
	saved.enter(l, handler)
	l.Call(args, results)
	saved.leave(l)
	returned = true
	return nil
}

// unwind ends the frames of a call whose function stood at index function when it was made, and leaves the error value
// there alone.
func (s *state) unwind(l *lua.State, function int) {
	s.restore(l)
	if upvalues.Repair.On() {
		upvalues.Close(l, function)
		l.Replace(function)
		l.SetTop(function)
		return
	}
	// The error value is on the top, above the values of the dead frames. The VM's protection moves it down, and closes
	// the upvalues of these frames, when it believes that all of them were arguments of a function that failed.
	l.PushGoFunction(fail)
	l.Replace(function)
	_ = l.ProtectedCall(l.Top()-function, 0, 0)
}

// fail leaves its last argument as the error value.
func fail(*lua.State) int { panic(errFailed) }
