package golua

import (
	"errors"
	"fmt"
	"strings"

	lua "github.com/Shopify/go-lua"
	"github.com/yuin/gopher-lua/pm"
)

// The VM has no patterns. The engine is gopher-lua's, so that both backends match alike.

// subject is a string and how a pattern matched it.
type subject struct {
	text string
	*pm.MatchData
}

// findAll returns up to limit matches (-1: all) from the offset on.
func findAll(l *lua.State, text, pattern string, offset, limit int) []*pm.MatchData {
	matches, err := pm.Find(pattern, []byte(text), offset, limit)
	var problem *pm.Error
	if errors.As(err, &problem) {
		raiseText(l, "malformed pattern ("+problem.Message+")")
	}
	return matches
}

// captures returns how many values a match has: its captures, or the whole match when the pattern has none.
func (s subject) captures() int { return max(1, s.CaptureLength()/2-1) }

// pushCapture pushes capture i, counted from 0.
func (s subject) pushCapture(l *lua.State, i int) {
	at := 0
	if s.CaptureLength() > 2 {
		at = 2 * (i + 1)
	}
	if s.IsPosCapture(at) {
		l.PushNumber(float64(s.Capture(at)))
		return
	}
	l.PushString(s.text[s.Capture(at):s.Capture(at+1)])
}

func (s subject) pushCaptures(l *lua.State) int {
	n := s.captures()
	lua.CheckStackWithMessage(l, n, "too many captures")
	for i := range n {
		s.pushCapture(l, i)
	}
	return n
}

// startOffset converts argument n, where a search starts; ok is false behind the end.
func startOffset(l *lua.State, n, length int) (offset int, ok bool) {
	start := lua.OptInteger(l, n, 1)
	if start < 0 {
		start += length + 1
	}
	start = max(start, 1)
	return start - 1, start <= length+1
}

func stringFind(l *lua.State) int {
	text, pattern := lua.CheckString(l, 1), lua.CheckString(l, 2)
	offset, ok := startOffset(l, 3, len(text))
	if !ok {
		l.PushNil()
		return 1
	}
	if l.ToBoolean(4) || !strings.ContainsAny(pattern, "^$*+?.([%-") {
		return findPlain(l, text, pattern, offset)
	}
	matches := findAll(l, text, pattern, offset, 1)
	if len(matches) == 0 {
		l.PushNil()
		return 1
	}
	s := subject{text, matches[0]}
	l.PushNumber(float64(s.Capture(0) + 1))
	l.PushNumber(float64(s.Capture(1)))
	if s.CaptureLength() == 2 {
		return 2
	}
	return 2 + s.pushCaptures(l)
}

func findPlain(l *lua.State, text, pattern string, offset int) int {
	i := strings.Index(text[offset:], pattern)
	if i < 0 {
		l.PushNil()
		return 1
	}
	l.PushNumber(float64(offset + i + 1))
	l.PushNumber(float64(offset + i + len(pattern)))
	return 2
}

func stringMatch(l *lua.State) int {
	text, pattern := lua.CheckString(l, 1), lua.CheckString(l, 2)
	if offset, ok := startOffset(l, 3, len(text)); ok {
		if matches := findAll(l, text, pattern, offset, 1); len(matches) > 0 {
			return subject{text, matches[0]}.pushCaptures(l)
		}
	}
	l.PushNil()
	return 1
}

func stringGmatch(l *lua.State) int {
	text, pattern := lua.CheckString(l, 1), lua.CheckString(l, 2)
	if strings.HasPrefix(pattern, "^") { // no anchor in gmatch
		pattern = "%" + pattern
	}
	matches := findAll(l, text, pattern, 0, -1)
	l.PushGoFunction(func(l *lua.State) int {
		defer contain(l)
		if len(matches) == 0 {
			l.PushNil()
			return 1
		}
		s := subject{text, matches[0]}
		matches = matches[1:]
		return s.pushCaptures(l)
	})
	return 1
}

func stringGsub(l *lua.State) int {
	text, pattern := lua.CheckString(l, 1), lua.CheckString(l, 2)
	replace := replacer(l)
	limit := lua.OptInteger(l, 4, -1)
	var matches []*pm.MatchData
	if limit > 0 || l.IsNoneOrNil(4) {
		matches = findAll(l, text, pattern, 0, limit)
	}
	var b strings.Builder
	end := 0
	for _, m := range matches {
		b.WriteString(text[end:m.Capture(0)])
		with, ok := replace(l, subject{text, m})
		if end = m.Capture(1); !ok {
			with = text[m.Capture(0):end]
		}
		checkLength(l, b.Len()+len(with)+len(text)-end)
		b.WriteString(with)
	}
	b.WriteString(text[end:])
	l.PushString(b.String())
	l.PushNumber(float64(len(matches)))
	return 2
}

// replacer returns what gives the replacement of a match, by the third argument; ok is false when the match stays.
func replacer(l *lua.State) func(l *lua.State, s subject) (with string, ok bool) {
	switch l.TypeOf(3) {
	case lua.TypeString, lua.TypeNumber:
		template, _ := toString(l, 3)
		return func(l *lua.State, s subject) (string, bool) { return s.expand(l, template), true }
	case lua.TypeTable:
		return func(l *lua.State, s subject) (string, bool) {
			s.pushCapture(l, 0)
			l.Table(3)
			return replacement(l)
		}
	case lua.TypeFunction:
		return func(l *lua.State, s subject) (string, bool) {
			l.PushValue(3)
			l.Call(s.pushCaptures(l), 1)
			return replacement(l)
		}
	}
	argumentError(l, 3, "gsub", "string/function/table expected, got "+typeOf(l, 3).String())
	return nil
}

// replacement pops the value that a table or function gave for a match.
func replacement(l *lua.State) (with string, ok bool) {
	if l.ToBoolean(-1) {
		if with, ok = toString(l, -1); !ok {
			raiseText(l, fmt.Sprintf("invalid replacement value (a %s)", typeOf(l, -1)))
		}
	}
	l.Pop(1)
	return with, ok
}

// expand replaces %0 to %9 in a template by captures, and %% by a percent sign.
func (s subject) expand(l *lua.State, template string) string {
	if !strings.Contains(template, "%") {
		return template
	}
	var b strings.Builder
	for i := 0; i < len(template); i++ {
		if template[i] != '%' {
			b.WriteByte(template[i])
			continue
		}
		i++
		switch {
		case i < len(template) && template[i] == '%':
			b.WriteByte('%')
		case i < len(template) && template[i] == '0':
			b.WriteString(s.text[s.Capture(0):s.Capture(1)])
		case i < len(template) && '1' <= template[i] && template[i] <= '9':
			n := int(template[i] - '0')
			if n > s.captures() {
				raiseText(l, fmt.Sprintf("invalid capture index %%%d in replacement string", n))
			}
			s.pushCapture(l, n-1)
			capture, _ := toString(l, -1)
			l.Pop(1)
			b.WriteString(capture)
		default:
			raiseText(l, "invalid use of '%' in replacement string")
		}
	}
	return b.String()
}
