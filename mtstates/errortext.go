package mtstates

import "strings"

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
	}
	add(e.traceback)
}

func (e *Error) messageParts(add func(string)) {
	e.headlineParts(add)
	if e.hasTraceback() {
		add("\n")
		e.tracebackParts(add)
	}
}

func (e *Error) hasTraceback() bool {
	return e.traceback != "" || e.inner != nil && e.inner.hasTraceback()
}
