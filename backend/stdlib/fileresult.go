package stdlib

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"github.com/mtstates/go-mtstates/backend"
)

// fileResult pushes true, or nil, "name: what went wrong" and the error number of the system. An empty name is left
// out.
func fileResult(s backend.VM, err error, name string) int {
	if err == nil {
		s.PushBoolean(true)
		return 1
	}
	message, number := systemError(err)
	s.PushNil()
	if name != "" {
		message = backend.Quote(name) + ": " + message
	}
	s.PushString(message)
	s.PushNumber(float64(number))
	return 3
}

// systemError returns the text of a system error as C has it, and its number, 0 if it is not an error of the system.
func systemError(err error) (message string, number int) {
	var errno syscall.Errno
	var perr *fs.PathError
	switch {
	case errors.As(err, &errno):
		message, number = errno.Error(), int(errno)
	case errors.As(err, &perr):
		message = perr.Err.Error()
	default:
		message = err.Error()
	}
	return strings.ToUpper(message[:1]) + message[1:], number
}
