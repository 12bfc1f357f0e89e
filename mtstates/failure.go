package mtstates

import (
	"context"
	"errors"
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/failure"
)

// stoppedBy reports whether a context has stopped the present call, or a part of it, which failed with cause.
func (st *State) stoppedBy(ctx context.Context, cause error) bool {
	err := ctx.Err()
	return err != nil && (st.interrupt.Stopped() || errors.Is(cause, err))
}

// failed returns the error of a protected call in st that failed, whose error value is on the top of vm's stack, which is
// that of st or of a coroutine in it. prefix precedes the message in the details.
func (st *State) failed(vm backend.VM, f *backend.Failure, prefix string) error {
	e := &Error{name: ErrInvokingState.name, hasDetails: true}
	switch {
	case f.OutOfMemory:
		e.name = ErrOutOfMemory.name
	case f.Interrupted:
		e.name = ErrInterrupted.name
	}
	message, cause := failure.Value(vm, f)
	e.details, e.cause = prefix+message, cause
	e.inner, _ = cause.(*Error)
	if m := moduleOf(vm); m != nil && cause == nil && e.name == ErrInvokingState.name {
		cause = m.raised.find(message)
		e.cause = cause
	}
	if ctx := st.run.ctx; ctx != nil && !f.OutOfMemory && st.stoppedBy(ctx, cause) {
		e.name, e.cause = ErrInterrupted.name, &ending{ctx, cause}
		if e.inner == nil {
			e.details += " (" + ctx.Err().Error() + ")"
		}
	}
	if e.inner == nil || !e.inner.hasTraceback() { // that ends with the stack of this state, which must not appear twice
		e.stacks = e.stacks.and(f.Traceback)
	}
	var wrapped *Error
	if errors.As(cause, &wrapped) && wrapped != nil {
		e.depth = wrapped.depth + 1
	}
	if e.depth > maxDepth {
		e.name, e.cause, e.inner, e.depth = ErrOutOfMemory.name, nil, nil, 0
		e.details = prefix + fmt.Sprintf("more than %d errors are inside of each other", maxDepth)
		e.stacks = (*stacks)(nil).and(f.Traceback)
	}
	return e
}
