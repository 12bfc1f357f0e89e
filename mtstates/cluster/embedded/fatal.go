package embedded

import "fmt"

// fatal is the log of a server that keeps why the server cannot start, such as an address that is in use: the server tells
// nobody else.
type fatal struct{ first chan error }

func newFatal() *fatal { return &fatal{make(chan error, 1)} }

// Fatalf keeps the first reason.
func (f *fatal) Fatalf(format string, v ...any) {
	select {
	case f.first <- fmt.Errorf(format, v...):
	default:
	}
}

// Noticef does nothing, like the other methods.
func (*fatal) Noticef(string, ...any) {}
func (*fatal) Warnf(string, ...any)   {}
func (*fatal) Errorf(string, ...any)  {}
func (*fatal) Debugf(string, ...any)  {}
func (*fatal) Tracef(string, ...any)  {}
