package wire

import (
	"context"
	"encoding/binary"
	"errors"
	"strings"

	"github.com/mtstates/go-mtstates/mtstates"
)

// Sentinels are Go errors that keep their identity in other processes, by the names under which all of them know them.
type Sentinels map[string]error

// common are the sentinels that every process knows.
var common = Sentinels{
	"context.DeadlineExceeded": context.DeadlineExceeded,
	"context.Canceled":         context.Canceled,
}

// The kinds of errors.
const (
	kindPlain    = iota // a text and the names of sentinels
	kindArgument        // *mtstates.ArgumentError
	kindModule          // *mtstates.Error: a chain of forms, the innermost first
)

// maxChain is how many errors of modules may be inside of each other.
const maxChain = 101

// appendError appends an error.
func appendError(b []byte, err error, known Sentinels) []byte {
	if e, ok := err.(*mtstates.Error); ok && e != nil {
		return appendModuleError(append(b, kindModule), e, known)
	}
	if e, ok := err.(*mtstates.ArgumentError); ok && e != nil {
		b = binary.AppendUvarint(append(b, kindArgument), uint64(max(e.Index, 0)))
		return appendString(appendString(b, e.Function), e.Message)
	}
	b = appendString(append(b, kindPlain), err.Error())
	return appendSentinels(b, err, known)
}

// appendSentinels appends the names of the sentinels that err is.
func appendSentinels(b []byte, err error, known Sentinels) []byte {
	var names []string
	for _, list := range []Sentinels{common, known} {
		for name, sentinel := range list {
			if errors.Is(err, sentinel) {
				names = append(names, name)
			}
		}
	}
	b = binary.AppendUvarint(b, uint64(len(names)))
	for _, name := range names {
		b = appendString(b, name)
	}
	return b
}

func appendModuleError(b []byte, e *mtstates.Error, known Sentinels) []byte {
	var chain []mtstates.ErrorForm
	for ; e != nil && len(chain) < maxChain; e = chain[len(chain)-1].Inner {
		chain = append(chain, e.Form())
	}
	b = binary.AppendUvarint(b, uint64(len(chain)))
	for i := len(chain) - 1; i >= 0; i-- {
		f := chain[i]
		b = appendString(b, f.Name)
		if f.HasDetails {
			b = appendString(append(b, 1), f.Details)
		} else {
			b = append(b, 0)
		}
		b = appendString(b, f.Traceback)
		if f.Cause == nil || f.Inner != nil && f.Cause == error(f.Inner) {
			b = append(b, 0)
			continue
		}
		b = appendString(append(b, 1), f.Cause.Error())
		b = appendSentinels(b, f.Cause, known)
	}
	return b
}

// error reads an error.
func (d *decoder) error() error {
	switch d.byte() {
	case kindPlain:
		return &remoteError{text: d.string(), is: d.sentinels()}
	case kindArgument:
		index := d.uint64()
		if index > 1<<30 {
			d.fail("no index")
		}
		return &mtstates.ArgumentError{Index: int(index), Function: d.string(), Message: d.string()}
	case kindModule:
		if e := d.moduleError(); e != nil {
			return e
		}
	}
	d.fail("no error")
	return d.err
}

func (d *decoder) moduleError() (e *mtstates.Error) {
	n := d.count(4)
	if n > maxChain {
		d.fail("too many errors inside of each other")
	}
	for ; n > 0 && d.err == nil; n-- {
		f := mtstates.ErrorForm{Name: d.string(), Inner: e}
		if f.HasDetails = d.flag(); f.HasDetails {
			f.Details = d.string()
		}
		f.Traceback = d.string()
		if d.flag() {
			f.Cause = &remoteError{d.string(), d.sentinels(), e}
		} else if e != nil {
			f.Cause = e
		}
		if !isErrorName(f.Name) {
			d.fail("no name of an error")
			return nil
		}
		e = f.Restore()
	}
	return e
}

func (d *decoder) flag() bool {
	b := d.byte()
	if b > 1 {
		d.fail("no flag")
	}
	return b == 1
}

// sentinels reads names. What nobody here knows is left out.
func (d *decoder) sentinels() (list []error) {
	for n := d.count(1); n > 0 && d.err == nil; n-- {
		name := d.string()
		for _, of := range []Sentinels{common, d.known} {
			if sentinel, ok := of[name]; ok {
				list = append(list, sentinel)
			}
		}
	}
	return list
}

// isErrorName reports whether a name is MODULE.error.NAME.
func isErrorName(name string) bool {
	module, short, ok := strings.Cut(name, ".error.")
	return ok && module != "" && short != "" && !strings.Contains(short, ".")
}

// remoteError is a Go error of another process.
type remoteError struct {
	text  string
	is    []error
	inner *mtstates.Error // nil if it wraps none
}

func (e *remoteError) Error() string { return e.text }

// Unwrap returns the sentinels that the error is, and the error of a module that it wraps.
func (e *remoteError) Unwrap() []error {
	if e.inner == nil {
		return e.is
	}
	return append(e.is[:len(e.is):len(e.is)], e.inner)
}
