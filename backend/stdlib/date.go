package stdlib

import (
	"fmt"
	"strings"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// The modifiers of C99's strftime, and what may follow them. They have no effect in the locale C.
var dateModifiers = map[byte]string{'E': "cCxXyY", 'O': "deHImMSuUVwWy"}

// addDate appends a time in the format of C's strftime in the locale C.
func (b *buffer) addDate(s backend.VM, format string, t time.Time) {
	for {
		i := strings.IndexByte(format, '%')
		if i < 0 {
			break
		}
		b.add(s, format[:i])
		verb, length := byte(0), 1
		if rest := format[i+1:]; rest != "" {
			verb = rest[0]
			if allowed, ok := dateModifiers[verb]; ok {
				length = 2
				if verb = 0; len(rest) > 1 && strings.IndexByte(allowed, rest[1]) >= 0 {
					verb = rest[1]
				}
			}
		}
		written, ok := dateVerb(t, verb)
		if !ok {
			specifier := format[i:min(i+1+length, len(format))]
			arg.Bad(s, 1, "date", "invalid conversion specifier '"+specifier+"'")
		}
		b.add(s, written)
		format = format[i+1+length:]
	}
	b.add(s, format)
}

// dateVerb appends one conversion; ok is false for an unknown one.
func dateVerb(t time.Time, verb byte) (written string, ok bool) {
	if number, width, ok := dateNumber(t, verb); ok {
		return fmt.Sprintf("%0*d", width, number), true
	}
	zone, offset := t.Zone()
	switch verb {
	case 'a':
		return t.Weekday().String()[:3], true
	case 'A':
		return t.Weekday().String(), true
	case 'b', 'h':
		return t.Month().String()[:3], true
	case 'B':
		return t.Month().String(), true
	case 'c':
		return t.Format("Mon Jan _2 15:04:05 ") + fmt.Sprint(t.Year()), true
	case 'D', 'x':
		return t.Format("01/02/06"), true
	case 'e':
		return fmt.Sprintf("%2d", t.Day()), true
	case 'F':
		return fmt.Sprintf("%d-%02d-%02d", t.Year(), t.Month(), t.Day()), true
	case 'n':
		return "\n", true
	case 'p':
		return t.Format("PM"), true
	case 'r':
		return t.Format("03:04:05 PM"), true
	case 'R':
		return t.Format("15:04"), true
	case 't':
		return "\t", true
	case 'T', 'X':
		return t.Format("15:04:05"), true
	case 'z':
		sign := '+'
		if offset < 0 {
			sign, offset = '-', -offset
		}
		return fmt.Sprintf("%c%02d%02d", sign, offset/3600, offset/60%60), true
	case 'Z':
		if t.Location() == time.UTC {
			zone = "GMT"
		}
		return zone, true
	case '%':
		return "%", true
	}
	return "", false
}

// dateNumber returns the value of a numeric conversion, and its minimal number of digits.
func dateNumber(t time.Time, verb byte) (number, width int, ok bool) {
	isoYear, isoWeek := t.ISOWeek()
	weekday, yearDay := int(t.Weekday()), t.YearDay()-1
	switch verb {
	case 'C':
		return floorDiv(t.Year(), 100), 2, true
	case 'd':
		return t.Day(), 2, true
	case 'g':
		return isoYear - 100*floorDiv(isoYear, 100), 2, true
	case 'G':
		return isoYear, 1, true
	case 'H':
		return t.Hour(), 2, true
	case 'I':
		return (t.Hour()+11)%12 + 1, 2, true
	case 'j':
		return yearDay + 1, 3, true
	case 'm':
		return int(t.Month()), 2, true
	case 'M':
		return t.Minute(), 2, true
	case 'S':
		return t.Second(), 2, true
	case 'u':
		return (weekday+6)%7 + 1, 1, true
	case 'U':
		return (yearDay + 7 - weekday) / 7, 2, true
	case 'V':
		return isoWeek, 2, true
	case 'w':
		return weekday, 1, true
	case 'W':
		return (yearDay + 7 - (weekday+6)%7) / 7, 2, true
	case 'y':
		return t.Year() - 100*floorDiv(t.Year(), 100), 2, true
	case 'Y':
		return t.Year(), 1, true
	}
	return 0, 0, false
}

// floorDiv divides and rounds down.
func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
