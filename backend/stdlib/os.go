package stdlib

import (
	"os"
	"slices"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// started is roughly the time at which the process started.
var started = time.Now()

// osClock is os.clock(): the processor time of the process, all of its threads and the Go collector together. Where the
// system does not say, as on WebAssembly, it is the time since the start of the process.
func osClock(s backend.VM) int {
	used, ok := processorTime()
	if !ok {
		used = time.Since(started)
	}
	s.PushNumber(used.Seconds())
	return 1
}

// osDifftime is os.difftime(t2 [, t1]).
func osDifftime(s backend.VM) int {
	later := arg.Number(s, 1, "difftime")
	earlier, _ := arg.OptNumber(s, 2, "difftime")
	s.PushNumber(later - earlier)
	return 1
}

// osExit passes the status to the host, which may end the process. Where the host forbids it, scripts get an error.
func osExit(s backend.VM) int {
	status := 0
	if s.Type(1) != backend.Boolean {
		status = optInteger(s, 1, "exit", 0)
	} else if !s.ToBoolean(1) {
		status = 1
	}
	s.Env().Exit(status)
	return raise(s, "os.exit is not available in this state")
}

func osGetenv(s backend.VM) int {
	if value, ok := os.LookupEnv(text(s, 1, "getenv")); ok {
		checkSize(s, len(value))
		s.PushString(value)
	} else {
		s.PushNil()
	}
	return 1
}

func osRemove(s backend.VM) int {
	name := text(s, 1, "remove")
	return fileResult(s, os.Remove(name), name)
}

func osRename(s backend.VM) int {
	from, to := text(s, 1, "rename"), text(s, 2, "rename")
	return fileResult(s, os.Rename(from, to), from)
}

// osTmpname makes an empty file, so that no other program takes its name, and returns the name.
func osTmpname(s backend.VM) int {
	f, err := os.CreateTemp("", "lua_")
	if err != nil {
		return raise(s, "unable to generate a unique filename")
	}
	_ = f.Close() // nothing was written
	s.PushString(f.Name())
	return 1
}

// osSetlocale is os.setlocale([locale [, category]]). The only locale is C.
func osSetlocale(s backend.VM) int {
	locale, category := optText(s, 1, "setlocale", "C"), optText(s, 2, "setlocale", "all")
	if !slices.Contains([]string{"all", "collate", "ctype", "monetary", "numeric", "time"}, category) {
		return arg.Bad(s, 2, "setlocale", "invalid option '"+backend.Quote(category)+"'")
	}
	if slices.Contains([]string{"", "C", "POSIX"}, locale) {
		s.PushString("C")
	} else {
		s.PushNil()
	}
	return 1
}
