package mtstates

import "github.com/mtstates/go-mtstates/backend"

// ErrorForm is an [Error] in parts, for what carries errors to other processes.
type ErrorForm struct {
	Name string
	// Details are the details without those of Inner, in front of whose text they stand.
	Details string
	// HasDetails is false for a sentinel.
	HasDetails bool
	// Traceback is the part of the traceback behind that of Inner.
	Traceback string
	// Inner is the error that this one adds to, nil if there is none.
	Inner *Error
	// Cause is the Go error that this one wraps, nil if there is none. It may be or wrap Inner.
	Cause error
}

// Form returns the parts of the error.
func (e *Error) Form() ErrorForm {
	return ErrorForm{e.name, e.details, e.hasDetails, text(e.stacks.parts), e.inner, e.cause}
}

// Restore returns the error that has the parts. Name has the form MODULE.error.NAME. If more than 100 errors are inside
// of each other, the inner ones are left out.
func (f ErrorForm) Restore() *Error {
	e := &Error{name: f.Name, details: f.Details, hasDetails: f.HasDetails, inner: f.Inner, cause: f.Cause}
	if f.Traceback != "" {
		e.stacks = (*stacks)(nil).and(backend.TracebackText(f.Traceback))
	}
	if f.Inner != nil {
		if e.depth = f.Inner.depth + 1; e.depth > maxDepth {
			e.inner, e.cause, e.depth = nil, nil, 0
		}
	}
	return e
}
