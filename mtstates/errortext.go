package mtstates

import (
	"strings"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// parts calls add with the pieces of a text in their order.
type parts func(add func(string))

// size returns the length of the text.
func size(of parts) (n int) {
	of(func(piece string) { n += len(piece) })
	return n
}

// text builds the text.
func text(of parts) string {
	var b strings.Builder
	b.Grow(size(of))
	of(func(piece string) { b.WriteString(piece) })
	return b.String()
}

func (e *Error) detailsParts(add func(string)) {
	add(e.details)
	if e.inner != nil {
		e.inner.headlineParts(add)
	}
}

func (e *Error) headlineParts(add func(string)) {
	add(e.name)
	if e.hasDetails {
		add(": ")
		e.detailsParts(add)
	}
}

func (e *Error) tracebackParts(add func(string)) {
	if e.inner != nil {
		e.inner.tracebackParts(add)
		if e.stacks != nil && e.inner.hasTraceback() {
			add("\n")
		}
	}
	e.stacks.parts(add)
}

func (e *Error) messageParts(add func(string)) {
	e.headlineParts(add)
	if e.hasTraceback() {
		add("\n")
		e.tracebackParts(add)
	}
}

func (e *Error) hasTraceback() bool {
	return e.stacks != nil || e.inner != nil && e.inner.hasTraceback()
}

// stacks are the stacks of an error, the innermost first. Their text is written when it is first asked for, as most
// errors are caught and never read. A nil *stacks has none.
type stacks struct {
	inner *stacks
	last  backend.Traceback // nil when it is written
	once  sync.Once
	text  string // of last
}

// and returns the stacks with one more behind them.
func (s *stacks) and(last backend.Traceback) *stacks { return &stacks{inner: s, last: last} }

func (s *stacks) parts(add func(string)) {
	if s == nil {
		return
	}
	if s.inner != nil {
		s.inner.parts(add)
		add("\n")
	}
	s.once.Do(func() { s.text, s.last = s.last.String(), nil })
	add(s.text)
}
