package mtstates

import (
	"errors"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

func TestErrorTexts(t *testing.T) {
	one := (*stacks)(nil).and(backend.TracebackText("one"))
	two := (*stacks)(nil).and(backend.TracebackText("two"))
	plain := newError("m.error.plain")
	traced := &Error{name: "m.error.traced", details: "at", hasDetails: true, stacks: one}
	outer := &Error{name: "m.error.outer", details: "in: ", hasDetails: true, stacks: two, cause: traced, inner: traced}
	for _, c := range []struct {
		err                         *Error
		details, traceback, message string
	}{
		{plain, "", "", "m.error.plain"},
		{plain.With("x"), "x", "", "m.error.plain: x"},
		{traced, "at", "one", "m.error.traced: at\none"},
		{outer, "in: m.error.traced: at", "one\ntwo", "m.error.outer: in: m.error.traced: at\none\ntwo"},
		{&Error{name: "m.error.outer", hasDetails: true, inner: plain}, "m.error.plain", "", "m.error.outer: m.error.plain"},
		{&Error{name: "m.error.outer", hasDetails: true, stacks: two, inner: plain}, "m.error.plain", "two", "m.error.outer: m.error.plain\ntwo"},
		{&Error{name: "m.error.twice", stacks: one.and(backend.TracebackText("two"))}, "", "one\ntwo", "m.error.twice\none\ntwo"},
	} {
		if c.err.Details() != c.details || c.err.Traceback() != c.traceback || c.err.Error() != c.message || c.err.Size() != len(c.message) {
			t.Errorf("%q %q %q %d", c.err.Details(), c.err.Traceback(), c.err.Error(), c.err.Size())
		}
	}
	if !errors.Is(outer, traced) {
		t.Error("the cause is lost")
	}
}
