package golua

import (
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// infoOptions are what the second argument of debug.getinfo may have.
const infoOptions = "SlnutLf"

// debugGetinfo is debug.getinfo([thread,] function or level [, what]).
func debugGetinfo(l *lua.State) int {
	if l.IsThread(1) {
		l.Remove(1)
	}
	what := infoOptions
	if !l.IsNoneOrNil(2) {
		what = checkString(l, 2, "getinfo")
	}
	if strings.Trim(what, infoOptions) != "" {
		return argumentError(l, 2, "getinfo", "invalid option")
	}
	if l.IsFunction(1) {
		l.SetTop(1)
		pushInfo(l, what, nil)
		return 1
	}
	level, ok := toNumber(l, 1)
	if !ok {
		return argumentError(l, 1, "getinfo", "function or level expected")
	}
	f, above, ok := frameAt(l, int(level))
	if !ok {
		l.PushNil()
		return 1
	}
	l.SetTop(0)
	pushFunctionOf(l, f)
	pushInfo(l, what, &activation{f, above})
	return 1
}

// activation is a frame and the one that called it, which may be of a Go function or nil.
type activation struct{ frame, caller lua.Frame }

// frameAt returns the frame at a level, not counting the adapter's own, and the one below.
func frameAt(l *lua.State, level int) (f, caller lua.Frame, ok bool) {
	if level < 0 {
		return nil, nil, false
	}
	for i := 0; ; i++ {
		f, ok = lua.Stack(l, i)
		if !ok {
			return nil, nil, false
		}
		if isOwn(l, f) {
			continue
		}
		if level == 0 {
			caller, _ = lua.Stack(l, i+1)
			return f, caller, true
		}
		level--
	}
}

// pushFunctionOf pushes the function of a frame, nil for a Go function without upvalues.
func pushFunctionOf(l *lua.State, f lua.Frame) { lua.Info(l, "f", f) }

// pushInfo pushes a table of what is known about the function at index 1, and the call of it if there is one.
func pushInfo(l *lua.State, what string, a *activation) {
	l.CreateTable(0, 8)
	var d lua.Debug
	if l.IsFunction(1) {
		l.PushValue(1)
		d, _ = lua.Info(l, ">Su", nil)
	} else { // the VM does not show the Go function of a frame that has no upvalues
		d = lua.Debug{What: "Go", Source: "=[Go]", LineDefined: -1, LastLineDefined: -1, IsVarArg: true}
	}
	for _, option := range what {
		switch option {
		case 'S':
			setSource(l, d)
		case 'l':
			line := -1
			if a != nil && d.What != "Go" {
				line = currentLine(l, a.frame, d)
			}
			setNumber(l, "currentline", line)
		case 'u':
			nups := 0
			if d.What != "Go" {
				nups = visibleUpvalues(l, 1)
			}
			setNumber(l, "nups", nups)
			setNumber(l, "nparams", d.ParameterCount)
			setBoolean(l, "isvararg", d.IsVarArg)
		case 'n':
			setName(l, a)
		case 't':
			tail := false
			if a != nil {
				t, _ := lua.Info(l, "t", a.frame)
				tail = t.IsTailCall
			}
			setBoolean(l, "istailcall", tail)
		case 'L':
			if d.What != "Go" {
				l.PushValue(1)
				lua.Info(l, ">L", nil)
				setRawField(l, -2, "activelines")
			}
		case 'f':
			l.PushValue(1)
			setRawField(l, -2, "func")
		}
	}
}

func setSource(l *lua.State, d lua.Debug) {
	source, what := d.Source, d.What
	if what == "Go" {
		source, what = "=[C]", "C"
	}
	setText(l, "source", source)
	setText(l, "short_src", backend.ChunkID(source))
	setText(l, "what", what)
	setNumber(l, "linedefined", d.LineDefined)
	setNumber(l, "lastlinedefined", d.LastLineDefined)
}

func setName(l *lua.State, a *activation) {
	kind, name := "", ""
	if a != nil {
		kind, name = a.name(l)
	}
	setText(l, "namewhat", kind)
	if kind != "" {
		setText(l, "name", name)
	}
}

// name tells how the function was named where it was called; both are empty when that is not known.
func (a activation) name(l *lua.State) (kind, name string) {
	if a.caller == nil {
		return "", ""
	}
	if t, _ := lua.Info(l, "t", a.frame); t.IsTailCall {
		return "", ""
	}
	if c, ok := codeOf(l, a.caller); ok {
		return c.callee()
	}
	return "", ""
}

func setText(l *lua.State, name, text string) {
	l.PushString(text)
	setRawField(l, -2, name)
}

func setNumber(l *lua.State, name string, n int) {
	l.PushNumber(float64(n))
	setRawField(l, -2, name)
}

func setBoolean(l *lua.State, name string, b bool) {
	l.PushBoolean(b)
	setRawField(l, -2, name)
}
