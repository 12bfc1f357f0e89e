package mtstates

import "strings"

// raisedErrors are the Go errors that were raised last in a VM where scripts see them as texts. A script that catches one can
// only raise its text again, alone or at the end of a longer one; the error of the call finds it here.
type raisedErrors struct {
	last [maxRaised]error
	next int
}

// maxRaised is enough for a script that tries a few things, and raises what the first of them said when all have failed.
const maxRaised = 4

func (r *raisedErrors) add(err error) {
	r.last[r.next] = err
	r.next = (r.next + 1) % maxRaised
}

// find returns the error that a text comes from, the youngest if there are several, or nil.
func (r *raisedErrors) find(text string) error {
	for i := 1; i <= maxRaised; i++ {
		err := r.last[(r.next+maxRaised-i)%maxRaised]
		if err == nil {
			return nil
		}
		raised := err.Error()
		if text == raised || distinct(err) && strings.HasSuffix(text, raised) {
			return err
		}
	}
	return nil
}

// distinct reports whether the text of an error begins with a place in a script, or the name of an error of a module, so that
// hardly anything else ends with it.
func distinct(err error) bool {
	if l, ok := err.(*located); ok {
		return l.position != ""
	}
	return true
}
