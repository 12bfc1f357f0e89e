package mtstates

import (
	"errors"
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// crossingError returns the error for arguments of a module's function that package crossing could not take from the
// stack of vm; first is the index of the argument that counts as the first. An interrupt of vm is raised in it instead.
func crossingError(vm backend.VM, err error, function string, first int) error {
	var unsupported *crossing.UnsupportedError
	var interrupted *crossing.InterruptedError
	switch {
	case errors.As(err, &unsupported):
		return &ArgumentError{unsupported.Index - first + 1, function, unsupported.Error()}
	case errors.As(err, &interrupted):
		if vm != nil && interrupted.By == vm.Env().Interrupt {
			raiseInterrupted(vm)
		}
		return ErrInterrupted.With(interrupted.By.Message())
	}
	return ErrOutOfMemory.With(err.Error())
}

// argumentFault is crossingError for arguments that a state receives; caller is nil for Go.
func (st *State) argumentFault(caller backend.VM, err error, function string, first int) error {
	err = crossingError(caller, err, function, first)
	if e, ok := err.(*Error); ok {
		return st.whileCrossing(e)
	}
	return err
}

// resultFault returns the error for results of a state that did not cross to caller, which is nil for Go. origin is what
// returned them, and below the index in front of the first. An interrupt of the caller is raised in it instead.
func (st *State) resultFault(caller backend.VM, err error, origin string, below int) error {
	var unsupported *crossing.UnsupportedError
	var tooLong *crossing.TooLongError
	switch {
	case errors.As(err, &unsupported):
		number := unsupported.Index - below
		if st.mode.Load() == inSetup { // the callback is its first result
			number++
		}
		return ErrStateResult.With(fmt.Sprintf("%s returns bad parameter #%d: %s", origin, number, unsupported))
	case errors.Is(err, crossing.ErrNoRoom):
		return ErrOutOfMemory.With(st.label() + ": no room for the results on the caller's stack")
	case errors.Is(err, backend.ErrOutOfMemory), errors.As(err, &tooLong):
		return ErrOutOfMemory.With(st.label() + ": no room for the results in the caller: " + err.Error())
	}
	return st.argumentFault(caller, err, "", 1)
}

// whileCrossing completes an error that happened while values crossed to or from the state.
func (st *State) whileCrossing(e *Error) error {
	details := e.Details()
	if st.mode.Load() != inSetup {
		details = st.label() + ": " + details
	}
	if ctx := st.run.ctx; ctx != nil && e.Is(ErrInterrupted) && st.stoppedBy(ctx, nil) {
		return endedBy(ctx, details, nil)
	}
	return newError(e.name).With(details)
}

// raiseInterrupted raises the error of an interrupt. It does not return.
func raiseInterrupted(vm backend.VM) {
	vm.PushString(vm.Env().Interrupt.Message())
	vm.Error()
}
