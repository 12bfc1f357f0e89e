package mtstates

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// Error is an error of one of the Lua modules: an error in Go, and in Lua an object with the methods name, details,
// traceback and message. The sentinels, such as [ErrObjectClosed], are Errors without details. errors.Is compares
// names, so errors.Is(err, mtstates.ErrObjectClosed) holds for every object_closed. An Error never changes.
//
// An error that came through several states wraps the inner one and holds only what it adds. Texts are built on demand;
// otherwise each level would keep a copy of a long message.
type Error struct {
	name       string
	details    string  // with an inner error, the text in front of its headline
	stacks     *stacks // with an inner error, those behind its stacks; nil if there are none
	hasDetails bool
	cause      error
	inner      *Error // the cause, if it is an *Error
	depth      int    // the number of inner errors below
}

// newError returns an error without details. The name has the form MODULE.error.NAME.
func newError(name string) *Error { return &Error{name: name} }

// With returns an error with the same name and the given details.
func (e *Error) With(details string) *Error {
	return &Error{name: e.name, details: details, hasDetails: true}
}

// Name returns the name, for example "mtstates.error.object_closed".
func (e *Error) Name() string { return e.name }

// Details returns what happened to which object. It is empty for a sentinel.
func (e *Error) Details() string { return text(e.detailsParts) }

// Traceback returns the Lua stack at the point of the error, or an empty string. An error that came through several
// states has a section for each of them, the innermost first.
func (e *Error) Traceback() string { return text(e.tracebackParts) }

// Error returns name, details and traceback in one text.
func (e *Error) Error() string { return text(e.messageParts) }

// Size returns the length of the text of Error without building it.
func (e *Error) Size() int { return size(e.messageParts) }

// errorBytes is about what an error takes beside its texts.
const errorBytes = 200

// MemoryBytes returns about how many bytes the error holds, for the limit of a state that keeps it. Its texts may belong to
// other errors as well.
func (e *Error) MemoryBytes() int { return errorBytes + e.Size() }

// Is reports whether target is an *Error with the same name.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t != nil && e != nil && t.name == e.name
}

// raisedIn returns the error as it leaves a function that s runs, with the stack of s behind those that it has.
func (e *Error) raisedIn(s backend.VM) *Error {
	raised := *e
	raised.stacks = e.stacks.and(s.Traceback(0, 0))
	return &raised
}

// Unwrap returns the Go error in the called state that caused this one: another *Error, or what a function of the host
// raised or panicked with. It is nil if there is none.
func (e *Error) Unwrap() error {
	if e == nil { // errors.Is may reach a nil *Error in an error of the host
		return nil
	}
	return e.cause
}

// typeName returns the name of the metatable for errors of the module, such as "mtstates.error".
func (e *Error) typeName() string { return e.name[:strings.LastIndexByte(e.name, '.')] }

// ArgumentError reports a value that a call or a setup cannot take.
type ArgumentError struct {
	// Index is the position of the argument, from 1.
	Index int
	// Function is the name of the function in Lua.
	Function string
	// Message describes the fault.
	Message string
}

// Error returns "bad argument #1 to 'call' (message)".
func (e *ArgumentError) Error() string {
	return "bad argument #" + backend.FormatNumber(float64(e.Index)) + " to '" + e.Function + "' (" + e.Message + ")"
}

// raise raises err in Lua: an *Error as an object with the stack of s, or as its text in an edition with such errors; any
// other error as a message with the position of the caller. Outside of the state errors.Is and errors.As find err, unless
// a script caught it and raised something that does not end with its message. raise does not return; its result allows "return raise(s, err)" in a
// backend.Function.
func raise(s backend.VM, err error) int {
	if e, ok := err.(*Error); ok {
		raised := e.raisedIn(s)
		if !editionIn(s).textErrors {
			raised.PushTo(s)
			return s.Error()
		}
		if raised.Size() > s.Env().MaxString {
			return backend.RaiseOutOfMemory()
		}
		return raiseText(s, raised)
	}
	raised := &located{s.Where(1), err}
	if len(raised.Error()) > s.Env().MaxString {
		return backend.RaiseOutOfMemory()
	}
	return raiseText(s, raised)
}

// raiseText raises an error that appears in Lua as its text.
func raiseText(s backend.VM, err error) int {
	if m := moduleOf(s); m != nil {
		m.raised.add(err)
	}
	panic(err)
}

// located is a Go error on its way through Lua, where it appears as a message.
type located struct {
	position string
	err      error
}

func (l *located) Error() string { return l.position + l.err.Error() }

func (l *located) Unwrap() error { return l.err }
