package pattern

import "fmt"

// Error is a fault of a pattern, in Lua's words.
type Error struct{ message string }

// Error returns the message.
func (e *Error) Error() string { return e.message }

// ErrStopped is returned when a search was told to stop.
var ErrStopped = &Error{"stopped"}

var (
	errBalance         = &Error{"malformed pattern (missing arguments to '%b')"}
	errCaptureIndex    = &Error{"invalid capture index"}
	errEndsInPercent   = &Error{"malformed pattern (ends with '%')"}
	errFrontier        = &Error{"missing '[' after '%f' in pattern"}
	errPatternCapture  = &Error{"invalid pattern capture"}
	errSet             = &Error{"malformed pattern (missing ']')"}
	errTooComplex      = &Error{"pattern too complex"}
	errTooManyCaptures = &Error{"too many captures"}
	errUnfinished      = &Error{"unfinished capture"}
)

// captureIndexErrors are the errors for %0 to %9. They are made once, because what panics should not allocate.
var captureIndexErrors = func() (errs [10]*Error) {
	for i := range errs {
		errs[i] = &Error{fmt.Sprintf("invalid capture index %%%d", i)}
	}
	return errs
}()
