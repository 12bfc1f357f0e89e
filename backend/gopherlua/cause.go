package gopherlua

import (
	"errors"

	lua "github.com/yuin/gopher-lua"
)

// Cause returns the Go error that Lua code raised as an object in an LState of a program's own, such as an
// *mtstates.Error: the VM's errors, which DoString and PCall return, do not unwrap, and their text is that of any
// userdata. Other errors are returned as they are.
func Cause(err error) error {
	var failed *lua.ApiError
	if !errors.As(err, &failed) {
		return err
	}
	if object, ok := failed.Object.(*lua.LUserData); ok {
		if cause, ok := object.Value.(error); ok {
			return cause
		}
	}
	return err
}
