package golua

import (
	"fmt"
	"time"

	lua "github.com/Shopify/go-lua"
)

// osExit hands the status to the host, which may end the process; elsewhere a script must not.
func osExit(l *lua.State) int {
	exit := dataOf(l).exit
	if exit == nil {
		return raiseText(l, "os.exit is not available in this state")
	}
	status := 0
	if l.IsBoolean(1) {
		if !l.ToBoolean(1) {
			status = 1
		}
	} else {
		status = lua.OptInteger(l, 1, 0)
	}
	exit(status)
	return 0
}

// osTime is os.time([table]). The VM's takes the fields for those of C's struct tm.
func osTime(l *lua.State) int {
	if l.IsNoneOrNil(1) {
		l.PushNumber(float64(time.Now().Unix()))
		return 1
	}
	lua.CheckType(l, 1, lua.TypeTable)
	t := time.Date(dateField(l, "year", -1), time.Month(dateField(l, "month", -1)), dateField(l, "day", -1),
		dateField(l, "hour", 12), dateField(l, "min", 0), dateField(l, "sec", 0), 0, time.Local)
	l.PushNumber(float64(t.Unix()))
	return 1
}

// dateField returns a field of the table at index 1; one without a default, -1, must be there.
func dateField(l *lua.State, name string, otherwise int) int {
	l.Field(1, name)
	n, ok := toNumber(l, -1)
	l.Pop(1)
	switch {
	case ok:
		return int(n)
	case otherwise < 0:
		raiseText(l, fmt.Sprintf("field '%s' missing in date table", name))
	}
	return otherwise
}
