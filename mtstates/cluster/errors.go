package cluster

import (
	"errors"
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// The two kinds of unreachable.
const (
	notRun     = false
	mayHaveRun = true
)

// interruption is the cause of an ErrUnreachable.
type interruption struct {
	ran   bool
	cause error
}

func (i *interruption) Error() string { return i.cause.Error() }

func (i *interruption) Unwrap() error { return i.cause }

// unreachable returns mtstates.ErrUnreachable for a state.
func unreachable(name string, ran bool, cause error) error {
	text := "not run: "
	if ran {
		text = "may have run: "
	}
	return mtstates.ErrorForm{
		Name:       mtstates.ErrUnreachable.Name(),
		Details:    label(name) + ": " + text + cause.Error(),
		HasDetails: true,
		Cause:      &interruption{ran, cause},
	}.Restore()
}

// MayHaveRun reports whether err is an mtstates.ErrUnreachable of a call that may have run.
func MayHaveRun(err error) bool {
	var i *interruption
	return errors.Is(err, mtstates.ErrUnreachable) && errors.As(err, &i) && i.ran
}

// unknown returns mtstates.ErrUnknownObject for a name.
func unknown(name string) error {
	return mtstates.ErrUnknownObject.With("state name \"" + backend.Quote(name) + "\"")
}

// label names a state in messages.
func label(name string) string { return "mtstates.state(name=\"" + backend.Quote(name) + "\")" }

// tooLong returns the error for a message that is longer than the limit.
func tooLong(what string, length, limit int) error {
	return mtstates.ErrOutOfMemory.With(fmt.Sprintf("%s: %d bytes are more than the limit of %d for a message", what, length, limit))
}
