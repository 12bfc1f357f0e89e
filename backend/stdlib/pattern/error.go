package pattern

import "fmt"

// Error says what is wrong with a pattern, in Lua's words.
type Error struct{ message string }

// Error returns the message.
func (e *Error) Error() string { return e.message }

// ErrStopped is returned when the search was told to stop.
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

// captureIndexErrors are those of %0 to %9. They are made once: what panics should not allocate.
var captureIndexErrors = func() (errs [10]*Error) {
	for i := range errs {
		errs[i] = &Error{fmt.Sprintf("invalid capture index %%%d", i)}
	}
	return errs
}()
