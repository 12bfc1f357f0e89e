package golua

import (
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/tracebacks"
)

func getInfo(l *lua.State, thread, level int, what string) (info backend.Info, ok bool) {
	t := threadAt(l, thread)
	var a *tracebacks.Activation
	if letters, given := strings.CutPrefix(what, ">"); given {
		what = letters
	} else {
		at, ok := tracebacks.At(t, level)
		if !ok {
			return info, false
		}
		a = &at
		l.PushLightUserData(at.Function(t))
	}
	info = inspect(l, t, a, strings.Contains(what, "n"), strings.Contains(what, "L"))
	if !strings.Contains(what, "f") {
		l.Pop(1)
	}
	return info, true
}

// inspect returns what is known about the function on the top of l, and the call of it in t if there is one; its name and
// its lines, which take longer, only when they are wanted.
func inspect(l, t *lua.State, a *tracebacks.Activation, name, lines bool) backend.Info {
	// the VM does not show the Go function of a frame that has no upvalues
	d := lua.Debug{What: "Go", LineDefined: -1, LastLineDefined: -1, IsVarArg: true}
	if l.IsFunction(-1) {
		l.PushValue(-1)
		d, _ = lua.Info(l, ">Su", nil)
	}
	info := backend.Info{
		Source: d.Source, What: d.What, LineDefined: d.LineDefined, LastLineDefined: d.LastLineDefined, CurrentLine: -1,
		NParams: d.ParameterCount, IsVararg: d.IsVarArg,
	}
	if d.What == "Go" {
		info.Source, info.What = "=[C]", "C"
	} else {
		info.NUps = upvalueCount(l, -1)
		if lines {
			info.ActiveLines = activeLines(l)
		}
		if a != nil {
			info.CurrentLine = a.Line(t, d)
		}
	}
	if a != nil {
		call, _ := lua.Info(t, "t", a.Frame)
		info.IsTailCall = call.IsTailCall
		if name {
			info.NameWhat, info.Name = a.Name(t)
		}
	}
	return info
}

// activeLines returns the lines of the function on the top that have code.
func activeLines(l *lua.State) (lines []int) {
	top := l.Top()
	l.PushValue(-1)
	lua.Info(l, ">L", nil)
	for l.PushNil(); l.Next(top + 1); l.Pop(1) {
		if line, ok := l.ToInteger(-2); ok {
			lines = append(lines, line)
		}
	}
	l.SetTop(top)
	return lines
}
