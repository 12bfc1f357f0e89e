package backend

import (
	"errors"
	"fmt"
)

// Failure is how a protected call failed. The error value itself is on the stack.
type Failure struct {
	// Traceback is the stack at the point where the error was raised.
	Traceback Traceback
	// Cause is the Go error with which a Function panicked; Lua sees its text. It is nil for other errors, and for an
	// error that a script caught and raised again.
	Cause error
	// OutOfMemory is set when a limit of the state was exceeded: its memory, its stack, its call depth, or the size of a
	// string.
	OutOfMemory bool
	// Interrupted is set when an interrupt of the state raised the error, whose text then ends with its message, or when
	// the state has run too many instructions: then Cause is ErrTooManyInstructions.
	Interrupted bool
	// Broken is set when the VM can no longer be used. Only Close may follow.
	Broken bool
}

// Traceback is a Lua stack at one moment: the lines of its functions, in the form of VM.Traceback. Most tracebacks are
// never read, so adapters write the text when it is asked for. A Traceback never changes, refers to no Lua values, and
// may be read by any goroutine, also when the VM is closed.
type Traceback interface {
	// String returns "stack traceback:" and a line per function.
	String() string
}

// TracebackText is a traceback that is written already.
type TracebackText string

// String returns the text.
func (t TracebackText) String() string { return string(t) }

// ErrGoFunction is returned by CopyFunction for a function that is written in Go.
var ErrGoFunction = errors.New("lua function expected")

// ErrForeignState is returned by CopyFunction when the two states are of different VMs.
var ErrForeignState = errors.New("function cannot be moved to a state of another VM (use a string with Lua code)")

// UpvalueError is returned by CopyFunction for a function that has upvalues.
type UpvalueError struct {
	// Name is the name of the first upvalue, or "?".
	Name string
}

// Error returns "function has upvalue 'name'".
func (e *UpvalueError) Error() string { return fmt.Sprintf("function has upvalue '%s'", Quote(e.Name)) }

// SyntaxError is returned by Load.
type SyntaxError struct {
	// Message is "chunk:line: what is wrong".
	Message string
}

// Error returns the message.
func (e *SyntaxError) Error() string { return e.Message }

// ErrOutOfMemory is what a Function panics with when a limit of the state is exceeded, see [RaiseOutOfMemory].
var ErrOutOfMemory = errors.New("not enough memory")
