package stdlib

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// baseToNumber is tonumber(v [, base]).
func baseToNumber(s backend.VM) int {
	if s.Type(2) <= backend.Nil {
		if n, ok := s.ToNumber(arg.Any(s, 1, "tonumber")); ok {
			s.PushNumber(n)
		} else {
			s.PushNil()
		}
		return 1
	}
	digits := text(s, 1, "tonumber")
	base := integer(s, 2, "tonumber")
	if base < 2 || base > 36 {
		return arg.Bad(s, 2, "tonumber", "base out of range")
	}
	if n, ok := parseDigits(digits, base); ok {
		s.PushNumber(n)
	} else {
		s.PushNil()
	}
	return 1
}

// parseDigits converts digits of a base, with a sign in front and spaces around. Like Lua, it rounds large numbers
// instead of refusing them.
func parseDigits(t string, base int) (n float64, ok bool) {
	t = strings.Trim(t, " \t\n\v\f\r")
	negative := strings.HasPrefix(t, "-")
	digits := t
	if negative || strings.HasPrefix(t, "+") {
		digits = t[1:]
	}
	for _, c := range []byte(digits) {
		d := digitValue(c)
		if d >= base {
			return 0, false
		}
		n = n*float64(base) + float64(d)
	}
	if negative {
		n = -n
	}
	return n, digits != ""
}

// digitValue returns the value of a digit, 36 for other bytes.
func digitValue(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'Z':
		return int(c-'A') + 10
	}
	return 36
}
