package stdlib

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/stdlib/pattern"
)

// stringFind is string.find(s, pattern [, init [, plain]]).
func stringFind(s backend.VM) int {
	t, p, from := text(s, 1, "find"), text(s, 2, "find"), optInteger(s, 3, "find", 1)
	offset := start(from, len(t))
	if offset > len(t) {
		s.PushNil()
		return 1
	}
	if s.ToBoolean(4) || !strings.ContainsAny(p, "^$*+?.([%-") {
		return findPlain(s, t, p, offset)
	}
	var m pattern.Matcher
	initMatcher(s, &m, t, p, true)
	first, behind := find(s, &m, offset)
	if first < 0 {
		s.PushNil()
		return 1
	}
	s.PushNumber(float64(first + 1))
	s.PushNumber(float64(behind))
	if m.Captures() == 0 {
		return 2
	}
	return 2 + pushCaptures(s, t, &m)
}

func findPlain(s backend.VM, t, plain string, offset int) int {
	i := strings.Index(t[offset:], plain)
	if i < 0 {
		s.PushNil()
		return 1
	}
	s.PushNumber(float64(offset + i + 1))
	s.PushNumber(float64(offset + i + len(plain)))
	return 2
}

// stringMatch is string.match(s, pattern [, init]).
func stringMatch(s backend.VM) int {
	t, p, from := text(s, 1, "match"), text(s, 2, "match"), optInteger(s, 3, "match", 1)
	if offset := start(from, len(t)); offset <= len(t) {
		var m pattern.Matcher
		initMatcher(s, &m, t, p, true)
		if first, _ := find(s, &m, offset); first >= 0 {
			return pushCaptures(s, t, &m)
		}
	}
	s.PushNil()
	return 1
}

// stringGmatch is string.gmatch(s, pattern).
func stringGmatch(s backend.VM) int {
	t, p, offset := text(s, 1, "gmatch"), text(s, 2, "gmatch"), 0
	s.SetTop(2)
	s.PushClosure(func(s backend.VM) int {
		if offset > len(t) {
			return 0
		}
		var m pattern.Matcher
		initMatcher(s, &m, t, p, false)
		first, behind := find(s, &m, offset)
		if first < 0 {
			offset = len(t) + 1
			return 0
		}
		if offset = behind; first == behind {
			offset++
		}
		return pushCaptures(s, t, &m)
	}, 2)
	return 1
}

// initMatcher prepares searches of a pattern, which an interrupt of the state can end.
func initMatcher(s backend.VM, m *pattern.Matcher, subject, p string, anchors bool) {
	var stopped pattern.Stopper
	if interrupt := s.Env().Interrupt; interrupt != nil {
		stopped = interrupt
	}
	m.Init(subject, pattern.Compile(p, anchors), stopped)
}

// find is m.Find, but raises errors.
func find(s backend.VM, m *pattern.Matcher, from int) (first, behind int) {
	first, behind, err := m.Find(from)
	if err == pattern.ErrStopped {
		raiseInterrupted(s)
	} else if err != nil {
		raise(s, err.Error())
	}
	return first, behind
}

// pushCaptures pushes the captures of the last match in t, or the whole match if there are none.
func pushCaptures(s backend.VM, t string, m *pattern.Matcher) int {
	n := max(1, m.Captures())
	if !s.CheckStack(n) {
		return raise(s, "stack overflow (too many captures)")
	}
	for i := range n {
		pushCapture(s, t, m, i)
	}
	return n
}

// pushCapture pushes capture i, counted from 0.
func pushCapture(s backend.VM, t string, m *pattern.Matcher, i int) {
	first, behind, err := m.Capture(i)
	switch {
	case err != nil:
		raise(s, err.Error())
	case behind < 0:
		s.PushNumber(float64(first + 1))
	default:
		s.PushString(cut(s, t, first, behind))
	}
}
