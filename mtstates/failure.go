package mtstates

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/failure"
)

// failed makes the error of a protected call in st that failed; the error value is on the top of st's stack. prefix
// stands before the message in the details.
func (st *State) failed(caller backend.State, f *backend.Failure, prefix string) error {
	e := &Error{name: ErrInvokingState.name, hasDetails: true, traceback: f.Traceback}
	switch {
	case f.OutOfMemory:
		e.name = ErrOutOfMemory.name
	case f.Interrupted:
		e.name = ErrInterrupted.name
	}
	cause, text := failure.Value(st.vm, f)
	e.cause, e.details = cause, prefix+text
	if inner, ok := cause.(*Error); ok {
		// The inner error's traceback ends with the stack of this state, so a section of it here would be a second one.
		e.details = prefix + inner.headline()
		if inner.traceback != "" {
			e.traceback = inner.traceback
		}
	}
	if caller != nil {
		e.traceback += "\n" + caller.Traceback(0)
	}
	return e
}
