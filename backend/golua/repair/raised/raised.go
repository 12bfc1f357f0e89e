// Package raised has errors of go-lua with values of all types, the traceback of the raise, and the Go error behind it. Only
// package golua imports it.
//
// The fault: the VM's Error takes strings only, and its protected calls return a text. But they recover every panic whose
// value is a Go error, and then take whatever is topmost on the stack for the error value. When the VM raises values of all
// types, the package can go.
package raised

import (
	"fmt"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/messages"
	"github.com/mtstates/go-mtstates/backend/golua/repair/tracebacks"
)

// Error is the panic value for an error whose value is on the top of the stack.
type Error struct {
	OutOfMemory bool
	Interrupted bool              // by a hook; the VM calls no hooks until a protected call has dropped its frames
	Traceback   backend.Traceback // of the raise, for protected calls of the host
	Cause       error             // with which a Go function panicked
	Value       any               // in a state of the host's own, which sees the error: what was raised
}

// The errors without anything else.
var (
	Ordinary    = &Error{}
	Exceeded    = &Error{OutOfMemory: true}
	Interrupted = &Error{Interrupted: true}
)

// Panicked returns the error for a value that Go code or the VM panicked with, and the text that a script sees.
func Panicked(value any) (text string, e *Error) {
	err, ok := value.(error)
	switch {
	case !ok:
		return fmt.Sprint(value), Ordinary
	case err == lua.ErrorError: // the stack overflowed a second time
		return messages.Overflow, Exceeded
	case err == lua.MemoryError || err == backend.ErrOutOfMemory:
		return backend.ErrOutOfMemory.Error(), Exceeded
	}
	return fmt.Sprint(err), &Error{Cause: err}
}

// Error returns the text of the error value. A program that runs a state of its own gets it from its calls into Lua.
func (e *Error) Error() string {
	switch v := e.Value.(type) {
	case nil:
		return "lua error"
	case string, error:
		return fmt.Sprint(v)
	}
	return fmt.Sprintf("lua error (error object is a %T)", e.Value)
}

// Unwrap returns the Go error that was raised, so that errors.Is and errors.As find it.
func (e *Error) Unwrap() error {
	if err, ok := e.Value.(error); ok {
		return err
	}
	return e.Cause
}

// Showing returns e for a state of the host's own.
func (e *Error) Showing(value any) *Error {
	shown := *e
	shown.Value = value
	return &shown
}

// Traced returns e for a protected call of the host.
func (e *Error) Traced(t backend.Traceback) *Error {
	traced := *e
	traced.Traceback = t
	return &traced
}

// mark is the message that tells a handler that the raised value may not be a string. The VM's Error passes the message to
// the handler of the enclosing protected call; without a handler, it raises the message.
const mark = "\x00raise"

// In returns the error to panic with in a state for e and the value on the top, with the traceback if the enclosing
// protected call has the handler tracing, which calls Trace.
func (e *Error) In(l *lua.State, tracing any) (err error) {
	if tracebacks.Repair.On() {
		if tracebacks.Handler(l) == tracing {
			return e.Traced(tracebacks.Capture(l, 0))
		}
		return e
	}
	defer func() {
		if noted, ok := recover().(*Error); ok {
			l.Pop(2) // the handler and the mark
			err = e.Traced(noted.Traceback)
			return
		}
		l.Pop(1)
		err = e
	}()
	l.PushString(mark)
	l.Error()
	return e
}

// Trace is the message handler of the host's protected calls.
func Trace(l *lua.State) int {
	text, _ := l.ToValue(1).(string)
	if text != mark {
		l.PushString(Message(l, text))
	}
	panic(&Error{OutOfMemory: isOverflow(text), Traceback: tracebacks.Of(l, 0)})
}

// Translate is the message handler of scripts' protected calls.
func Translate(l *lua.State) int {
	if text, _ := l.ToValue(1).(string); text != mark {
		l.PushString(Message(l, text))
	}
	return 1
}

// Message gives a message of the VM, about an error in the function that runs, the words of Lua.
func Message(l *lua.State, text string) string {
	f, ok := tracebacks.At(l, 0)
	if !ok {
		return text
	}
	return messages.Lua(l, f.Frame, text)
}

// Settle replaces the error value of an error that is not one of Lua; the VM takes whatever was on the top for it.
func Settle(l *lua.State, err error) {
	switch e := err.(type) {
	case *Error, lua.RuntimeError:
		return
	default:
		text := e.Error()
		if err == lua.ErrorError {
			text = messages.Overflow
		}
		l.Pop(1)
		l.PushString(text)
	}
}

// Again returns what an error is raised with that has come out of a coroutine.
func Again(err error) *Error {
	r, ok := err.(*Error)
	switch {
	case IsOutOfMemory(err):
		return Exceeded
	case ok && r.Cause != nil:
		return &Error{Cause: r.Cause}
	}
	return Ordinary
}

// FromHook reports whether an error was raised by an interrupt.
func FromHook(err error) bool {
	e, ok := err.(*Error)
	return ok && e.Interrupted
}

// IsOutOfMemory reports whether an error says that a limit of the VM was exceeded.
func IsOutOfMemory(err error) bool {
	switch err := err.(type) {
	case *Error:
		return err.OutOfMemory
	case lua.RuntimeError: // raised by the VM or its libraries: scripts raise an Error
		return isOverflow(string(err))
	}
	return err == lua.ErrorError || err == lua.MemoryError
}

func isOverflow(text string) bool {
	return strings.HasSuffix(text, messages.Overflow) || strings.Contains(text, messages.Overflow+" (")
}
