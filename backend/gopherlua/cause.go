package gopherlua

import (
	"errors"

	lua "github.com/yuin/gopher-lua"
)

// Cause returns the Go error that Lua code raised as an object, such as an *mtstates.Error, in an LState of a program's
// own. The errors that the VM's DoString and PCall return do not unwrap, and their text is that of any userdata. Other
// errors are returned unchanged.
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
