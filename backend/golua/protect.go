package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/protect"
	"github.com/mtstates/go-mtstates/backend/golua/repair/upvalues"
)

// protectedBy is the VM's ProtectedCall with a message handler in a slot of the stack, for the backend's own states: without
// its objects, and with all Go panics contained.
func protectedBy(l *lua.State, args, results, handler int) (err error) {
	if !protect.Repair.On() {
		return l.ProtectedCall(args, results, handler)
	}
	saved, function := protect.Save(l), l.Top()-args
	returned := false
	defer func() {
		if returned { // checking for a panic costs more than this
			return
		}
		if e := recover(); e != nil {
			err = unwind(l, &saved, function, e)
		}
	}()
	saved.Enter(l, handler)
	l.Call(args, results)
	saved.Leave(l)
	returned = true
	return nil
}

// unwind ends the frames of a call whose function stood at index function when it was made, and leaves the error value
// there alone. It returns the error that e was, or became.
func unwind(l *lua.State, saved *protect.State, function int, e any) error {
	err, ok := e.(error)
	if !ok {
		err = luaError(l, e)
	}
	saved.Restore(l)
	if upvalues.Repair.On() {
		upvalues.Close(l, function)
		l.Replace(function)
		l.SetTop(function)
		return err
	}
	// The error value is on the top, above the values of the dead frames. The VM's protection moves it down, and closes
	// the upvalues of these frames, when it believes that all of them were arguments of a function that failed.
	l.PushLightUserData(failingValue)
	l.Replace(function)
	_ = l.ProtectedCall(l.Top()-function, 0, 0)
	return err
}

// fail leaves its last argument as the error value.
func fail(*lua.State) int { panic(ordinary) }
