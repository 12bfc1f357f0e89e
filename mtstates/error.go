package mtstates

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// Error is an error of one of the Lua modules, in Go an error and in Lua an object with the methods name, details,
// traceback and message. The modules' lists of errors (spec/errors.yaml) become sentinels without details; errors.Is
// compares names, so errors.Is(err, mtstates.ErrObjectClosed) holds for each object_closed. An Error does not change.
//
// An error that came through several states has an inner one, and keeps only what it adds to it. Its texts are made when
// they are asked for: each of the errors inside of each other would keep a copy of a long message.
type Error struct {
	name       string
	details    string // with an inner error, what stands before the headline of that
	traceback  string // of an inner error with a traceback, what follows that
	hasDetails bool
	cause      error
	inner      *Error // the cause when that is an *Error
	depth      int    // how many are inside of each other below
}

// NewError returns an error without details; name is MODULE.error.NAME.
func NewError(name string) *Error { return &Error{name: name} }

// With returns an error of the same name with details.
func (e *Error) With(details string) *Error {
	return &Error{name: e.name, details: details, hasDetails: true}
}

// Name returns the name, such as "mtstates.error.object_closed".
func (e *Error) Name() string { return e.name }

// Details returns what happened to which object, "" for a sentinel.
func (e *Error) Details() string { return text(e.detailsParts) }

// Traceback returns the Lua stack where the error occurred, "" when there is none. An error that came through several
// states has a section for each, the innermost first.
func (e *Error) Traceback() string { return text(e.tracebackParts) }

// Error returns the whole message: name, details and traceback.
func (e *Error) Error() string { return text(e.messageParts) }

// Size returns the length of what Error returns, without making it.
func (e *Error) Size() int { return size(e.messageParts) }

// Is reports whether target is an error of the same name.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t != nil && e != nil && t.name == e.name
}

// Unwrap returns the Go error inside the called state that caused this one, such as another *Error or what a function of
// the host raised or panicked with; nil when there is none.
func (e *Error) Unwrap() error {
	if e == nil { // errors.Is may come to one inside of an error of the host
		return nil
	}
	return e.cause
}

// typeName is the name of the metatable of the error's module, "mtstates.error".
func (e *Error) typeName() string { return e.name[:strings.LastIndexByte(e.name, '.')] }

// ArgumentError is the error of a value that a call or a setup cannot take.
type ArgumentError struct {
	// Index is the number of the argument, from 1.
	Index int
	// Function is the Lua name of the function.
	Function string
	// Message says what is wrong.
	Message string
}

// Error returns "bad argument #1 to 'call' (message)".
func (e *ArgumentError) Error() string {
	return "bad argument #" + backend.FormatNumber(float64(e.Index)) + " to '" + e.Function + "' (" + e.Message + ")"
}

func unsupported(index int, function string, t backend.Type) error {
	return &ArgumentError{index, function, "type '" + t.String() + "' not supported"}
}

// Raise raises err in Lua, as an object when it is an *Error, otherwise as a message with the position of the caller.
// Outside of the state errors.Is and errors.As find err, unless a script caught it and raised something else. Raise does
// not return; the int lets a backend.Function write "return Raise(s, err)".
func Raise(s backend.VM, err error) int {
	if e, ok := err.(*Error); ok {
		s.PushUserdata(e, e.typeName())
		return s.Error()
	}
	raised := &located{s.Where(1), err}
	if len(raised.Error()) > s.Env().MaxString {
		return s.RaiseOutOfMemory()
	}
	panic(raised)
}

// located is a Go error on its way through Lua, where it is a message.
type located struct {
	position string
	err      error
}

func (l *located) Error() string { return l.position + l.err.Error() }

func (l *located) Unwrap() error { return l.err }
