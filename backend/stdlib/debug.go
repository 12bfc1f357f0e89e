package stdlib

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// thread returns the index of the coroutine that a function of the debug library refers to, 0 for the running one, and
// the index of the next argument.
func thread(s backend.VM) (thread, next int) {
	if s.Type(1) == backend.Thread {
		return 1, 2
	}
	return 0, 1
}

// debugTraceback is debug.traceback([thread,] [message [, level]]); a message that is not a string is returned as it is.
func debugTraceback(s backend.VM) int {
	thread, next := thread(s)
	message, ok := arg.Text(s, next)
	if !ok && s.Type(next) > backend.Nil {
		s.PushValue(next)
		return 1
	}
	level := 1 // not this function
	if thread > 0 {
		level = 0
	}
	text := s.Traceback(thread, optInteger(s, next+1, "traceback", level)).String()
	if ok {
		checkSize(s, len(message)+1+len(text))
		text = message + "\n" + text
	}
	s.PushString(text)
	return 1
}

// infoLetters are the letters that the option of debug.getinfo may contain.
const infoLetters = "SlnutLf"

// debugGetinfo is debug.getinfo([thread,] function or level [, what]).
func debugGetinfo(s backend.VM) int {
	thread, next := thread(s)
	what := optText(s, next+1, "getinfo", infoLetters)
	if strings.Trim(what, infoLetters) != "" {
		return arg.Bad(s, next+1, "getinfo", "invalid option")
	}
	level := 0
	option := what
	if s.Type(next) == backend.FunctionType {
		s.PushValue(next)
		option = ">" + what
	} else {
		number, ok := s.ToNumber(next)
		if !ok {
			return arg.Bad(s, next, "getinfo", "function or level expected")
		}
		if level = clamp(number); level < 0 {
			s.PushNil()
			return 1
		}
	}
	info, ok := s.GetInfo(thread, level, option)
	if !ok {
		s.PushNil()
		return 1
	}
	function := s.GetTop() // when what has f
	s.CreateTable(0, 0)
	for _, letter := range what {
		setInfo(s, letter, &info, function)
	}
	return 1
}

// setInfo sets the fields that belong to a letter in the table on the top.
func setInfo(s backend.VM, letter rune, info *backend.Info, function int) {
	text := func(name, value string) { setText(s, -2, name, value) }
	number := func(name string, value int) {
		s.PushNumber(float64(value))
		s.RawSetField(-2, name)
	}
	boolean := func(name string, value bool) {
		s.PushBoolean(value)
		s.RawSetField(-2, name)
	}
	switch letter {
	case 'S':
		text("source", info.Source)
		text("short_src", backend.ChunkID(info.Source))
		text("what", info.What)
		number("linedefined", info.LineDefined)
		number("lastlinedefined", info.LastLineDefined)
	case 'l':
		number("currentline", info.CurrentLine)
	case 'u':
		number("nups", info.NUps)
		number("nparams", info.NParams)
		boolean("isvararg", info.IsVararg)
	case 'n':
		text("namewhat", info.NameWhat)
		if info.NameWhat != "" {
			text("name", info.Name)
		}
	case 't':
		boolean("istailcall", info.IsTailCall)
	case 'f':
		s.PushValue(function)
		s.RawSetField(-2, "func")
	case 'L':
		if info.ActiveLines == nil {
			return
		}
		s.CreateTable(0, 0)
		for _, line := range info.ActiveLines {
			s.PushBoolean(true)
			s.RawSetI(-2, line)
		}
		s.RawSetField(-2, "activelines")
	}
}

// debugGetupvalue is debug.getupvalue(f, n).
func debugGetupvalue(s backend.VM) int {
	n := integer(s, 2, "getupvalue")
	name, ok := s.GetUpvalue(arg.OneOf(s, 1, "getupvalue", backend.FunctionType), n)
	if !ok {
		return 0
	}
	s.PushString(name)
	backend.Insert(s, s.GetTop()-1)
	return 2
}

// debugSetupvalue is debug.setupvalue(f, n, value).
func debugSetupvalue(s backend.VM) int {
	arg.Any(s, 3, "setupvalue")
	n := integer(s, 2, "setupvalue")
	arg.OneOf(s, 1, "setupvalue", backend.FunctionType)
	s.SetTop(3)
	name, ok := s.SetUpvalue(1, n)
	if !ok {
		return 0
	}
	s.PushString(name)
	return 1
}

func debugGetmetatable(s backend.VM) int {
	if !s.GetMetatable(arg.Any(s, 1, "getmetatable")) {
		s.PushNil()
	}
	return 1
}

// debugSetmetatable is debug.setmetatable(v, metatable). It returns v as in Lua 5.2; in Lua 5.1 that counts as true as
// well.
func debugSetmetatable(s backend.VM) int {
	if t := s.Type(2); t != backend.Nil && t != backend.Table {
		return arg.Bad(s, 2, "setmetatable", "nil or table expected")
	}
	s.SetTop(2)
	s.SetMetatable(1)
	return 1
}

// registryGlobals is the index of the globals in the registry of Lua 5.2.
const registryGlobals = 2

// debugGetregistry returns a table with the same names as the registry, which itself belongs to the host.
func debugGetregistry(s backend.VM) int {
	o := of(s)
	o.pushPackage(s)
	s.CreateTable(0, 0)
	if o.set.dialect.Lua >= 502 {
		s.PushGlobalTable()
		s.RawSetI(-2, registryGlobals)
	}
	for _, key := range []string{loadedKey, preloadKey} {
		from := key
		if o.frozen != nil {
			from = visible[key]
		}
		backend.GetRegistered(s, from)
		s.RawSetField(-2, key)
	}
	return 1
}
