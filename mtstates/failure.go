package mtstates

import (
	"errors"
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/failure"
)

// failed makes the error of a protected call in st that failed; the error value is on the top of st's stack. prefix
// stands before the message in the details.
func (st *State) failed(caller backend.State, f *backend.Failure, prefix string) error {
	e := &Error{name: ErrInvokingState.name, details: prefix, hasDetails: true, traceback: f.Traceback}
	switch {
	case f.OutOfMemory:
		e.name = ErrOutOfMemory.name
	case f.Interrupted:
		e.name = ErrInterrupted.name
	}
	cause, message := failure.Value(st.vm, f)
	switch {
	case cause == nil:
		e.details += message
	case !errors.As(cause, &e.inner):
		e.cause = cause
		e.details += cause.Error()
	case e.inner.depth == maxDepth:
		e.name, e.inner = ErrOutOfMemory.name, nil
		e.details += fmt.Sprintf("more than %d errors are inside of each other", maxDepth)
	default:
		e.cause, e.depth = cause, e.inner.depth+1
		if e.inner.hasTraceback() { // it ends with the stack of this state, so a section of it here would be a second one
			e.traceback = ""
		}
	}
	if caller != nil {
		e.traceback += "\n" + caller.Traceback(0)
	}
	return e
}
