package stdlib

import (
	"fmt"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/stdlib/pattern"
)

// stringGsub is string.gsub(s, pattern, replacement [, n]).
func stringGsub(s backend.VM) int {
	t, p := text(s, 1, "gsub"), text(s, 2, "gsub")
	g := gsub{subject: t, kind: s.Type(3), buffer: newBuffer(s)}
	if g.kind != backend.Table && g.kind != backend.FunctionType {
		var ok bool
		if g.template, ok = arg.Text(s, 3); !ok {
			return arg.Bad(s, 3, "gsub", "string/function/table expected")
		}
		g.plain = strings.IndexByte(g.template, '%') < 0
	}
	most := optInteger(s, 4, "gsub", len(t)+1)
	initMatcher(s, &g.matcher, t, p, true)
	n := g.run(s, most)
	if len(g.bytes) == 0 && g.copied == 0 {
		s.PushString(t) // nothing was replaced
	} else {
		g.add(s, t[g.copied:])
		g.push(s)
	}
	s.PushNumber(float64(n))
	return 2
}

// gsub is a substitution in progress.
type gsub struct {
	*buffer
	matcher  pattern.Matcher
	subject  string
	copied   int // the part of the subject that is done
	kind     backend.Type
	template string
	plain    bool // the template has no %
}

// run replaces at most most matches and returns the number of replacements.
func (g *gsub) run(s backend.VM, most int) (n int) {
	for at := 0; n < most && at <= len(g.subject); {
		first, behind := find(s, &g.matcher, at)
		if first < 0 {
			break
		}
		n++
		g.replace(s, first, behind)
		if at = behind; first == behind {
			at++
		}
		if g.matcher.Anchored() {
			break
		}
	}
	return n
}

// replace appends the subject between the previous match and this one, from first to behind, and the replacement.
func (g *gsub) replace(s backend.VM, first, behind int) {
	top := s.GetTop()
	switch g.kind {
	case backend.FunctionType:
		s.PushValue(3)
		s.Call(pushCaptures(s, g.subject, &g.matcher), 1)
	case backend.Table:
		pushCapture(s, g.subject, &g.matcher, 0)
		backend.GetTable(s, 3)
	default:
		g.add(s, g.subject[g.copied:first])
		g.copied = behind
		if g.plain {
			g.add(s, g.template)
		} else {
			g.expand(s, first, behind)
		}
		return
	}
	if s.ToBoolean(-1) {
		with, ok := arg.Text(s, -1)
		if !ok {
			raise(s, fmt.Sprintf("invalid replacement value (a %s)", s.Type(-1)))
		}
		g.add(s, g.subject[g.copied:first])
		g.copied = behind
		g.add(s, with)
	}
	s.SetTop(top)
}

// expand appends the template, with captures for %0 to %9 and a percent sign for %%.
func (g *gsub) expand(s backend.VM, first, behind int) {
	rest := g.template
	for {
		i := strings.IndexByte(rest, '%')
		if i < 0 {
			g.add(s, rest)
			return
		}
		g.add(s, rest[:i])
		c := byte(0)
		if i+1 < len(rest) {
			c = rest[i+1]
		}
		switch {
		case c == '%':
			g.add(s, "%")
		case c == '0':
			g.add(s, g.subject[first:behind])
		case '1' <= c && c <= '9':
			g.addCapture(s, int(c-'1'))
		default:
			raise(s, "invalid use of '%' in replacement string")
		}
		rest = rest[i+2:]
	}
}

func (g *gsub) addCapture(s backend.VM, i int) {
	first, behind, err := g.matcher.Capture(i)
	switch {
	case err != nil:
		raise(s, err.Error())
	case behind < 0:
		g.add(s, backend.FormatNumber(float64(first+1)))
	default:
		g.add(s, g.subject[first:behind])
	}
}
