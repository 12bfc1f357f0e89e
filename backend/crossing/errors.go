package crossing

import (
	"errors"
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
)

// ErrNoRoom is returned when a stack cannot hold the values.
var ErrNoRoom = errors.New("no room for the values on the stack")

// UnsupportedError reports a value that stays in its state.
type UnsupportedError struct {
	// Index is the index on the stack of the value, or of the table that it is in.
	Index int
	// Type is the type of the value.
	Type backend.Type
	// Path leads from the table to the value; it is empty for a value on the stack.
	Path Path
}

// Error returns "type 'function' not supported at [1].handlers.open".
func (e *UnsupportedError) Error() string {
	return fmt.Sprintf("type '%s' not supported%s", e.Type, e.Path.At())
}

// TooLongError reports a string that is longer than the receiver allows.
type TooLongError struct{ Length int }

// Error returns the message.
func (e *TooLongError) Error() string {
	return fmt.Sprintf("a string of %d bytes is too long", e.Length)
}

// InterruptedError is returned when an interrupt stopped the copying.
type InterruptedError struct{ By *backend.Interrupt }

// Error returns the message of an interrupt.
func (e *InterruptedError) Error() string { return backend.InterruptedMessage }

// checkEvery is the number of fields after which Read and Push look for an interrupt.
const checkEvery = 1000

// checks looks for an interrupt now and then.
type checks struct {
	interrupt *backend.Interrupt
	left      int
}

func (c *checks) step() error {
	if c.left--; c.left > 0 {
		return nil
	}
	c.left = checkEvery
	if c.interrupt.Take() {
		return &InterruptedError{c.interrupt}
	}
	return nil
}
