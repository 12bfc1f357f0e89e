package stdlib

import (
	"fmt"
	"math"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// maxTime is the second that ends the last year which C's struct tm can represent.
const maxTime = 67768036191676799

// osTime is os.time([table]).
func osTime(s backend.VM) int {
	if s.Type(1) <= backend.Nil {
		s.PushNumber(float64(time.Now().Unix()))
		return 1
	}
	arg.OneOf(s, 1, "time", backend.Table)
	sec, minute, hour := dateField(s, "sec", 0), dateField(s, "min", 0), dateField(s, "hour", 12)
	day, month, year := dateField(s, "day", -1), dateField(s, "month", -1), dateField(s, "year", -1)
	t := time.Date(year, time.Month(month), day, hour, minute, sec, 0, time.Local)
	pushDateField(s, "isdst")
	if s.Type(-1) != backend.Nil {
		t = withDST(t, s.ToBoolean(-1))
	}
	s.PushNumber(float64(t.Unix()))
	return 1
}

func pushDateField(s backend.VM, name string) {
	s.PushString(name)
	backend.GetTable(s, 1)
}

// dateField returns a field of the table at index 1. A field whose default is -1 is required.
func dateField(s backend.VM, name string, otherwise int) int {
	pushDateField(s, name)
	n, ok := s.ToNumber(-1)
	s.SetTop(s.GetTop() - 1)
	switch {
	case ok:
		return int(int32(int64(min(max(n, -maxExact), maxExact)))) // as in C's struct tm
	case otherwise < 0:
		raise(s, fmt.Sprintf("field '%s' missing in date table", name))
	}
	return otherwise
}

// withDST returns the time at which the clock shows the same as at t, with or without daylight saving time. Where there
// is none, the difference is an hour, as in C.
func withDST(t time.Time, dst bool) time.Time {
	if t.IsDST() == dst {
		return t
	}
	_, offset := t.Zone()
	for months := 1; months < 12; months++ {
		if other := t.AddDate(0, months, 0); other.IsDST() == dst {
			_, there := other.Zone()
			return t.Add(time.Duration(offset-there) * time.Second)
		}
	}
	return t.Add(-time.Hour)
}

// osDate is os.date([format [, time]]).
func osDate(s backend.VM) int {
	format, seconds := optText(s, 1, "date", "%c"), float64(time.Now().Unix())
	if n, ok := arg.OptNumber(s, 2, "date"); ok {
		seconds = n
	}
	if !(math.Abs(seconds) <= maxTime) {
		s.PushNil()
		return 1
	}
	t := time.Unix(int64(seconds), 0)
	if format != "" && format[0] == '!' {
		format, t = format[1:], t.UTC()
	}
	if format == "*t" {
		return pushDate(s, t)
	}
	b := newBuffer(s)
	b.addDate(s, format, t)
	b.push(s)
	return 1
}

// pushDate pushes a table with the fields of a time.
func pushDate(s backend.VM, t time.Time) int {
	s.CreateTable(0, 0)
	for _, field := range [...]struct {
		name  string
		value int
	}{
		{"sec", t.Second()}, {"min", t.Minute()}, {"hour", t.Hour()}, {"day", t.Day()}, {"month", int(t.Month())},
		{"year", t.Year()}, {"wday", int(t.Weekday()) + 1}, {"yday", t.YearDay()},
	} {
		s.PushNumber(float64(field.value))
		s.RawSetField(-2, field.name)
	}
	s.PushBoolean(t.IsDST())
	s.RawSetField(-2, "isdst")
	return 1
}
