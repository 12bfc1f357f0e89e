package golua

import (
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/names"
)

func getInfo(l *lua.State, thread, level int, what string) (info backend.Info, ok bool) {
	t := threadAt(l, thread)
	var a *activation
	if letters, given := strings.CutPrefix(what, ">"); given {
		what = letters
	} else {
		f, caller, ok := frameAt(t, level)
		if !ok {
			return info, false
		}
		a = &activation{f, caller}
		l.PushLightUserData(function(t, f))
	}
	info = inspect(l, t, a, strings.Contains(what, "n"), strings.Contains(what, "L"))
	if !strings.Contains(what, "f") {
		l.Pop(1)
	}
	return info, true
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

// inspect returns what is known about the function on the top of l, and the call of it in t if there is one; its name and
// its lines, which take longer, only when they are wanted.
func inspect(l, t *lua.State, a *activation, name, lines bool) backend.Info {
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
			info.CurrentLine = currentLine(t, a.frame, d)
		}
	}
	if a != nil {
		call, _ := lua.Info(t, "t", a.frame)
		info.IsTailCall = call.IsTailCall
		if name {
			info.NameWhat, info.Name = a.name(t)
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

// codeOf returns the code of a frame for names; ok is false when it is not known.
func codeOf(l *lua.State, f lua.Frame) (c names.Code, ok bool) {
	if !names.Repair.On() {
		return c, false
	}
	return names.Of(l, f)
}

// name returns how the function was named where it was called; both are empty when that is not known.
func (a activation) name(l *lua.State) (kind, name string) {
	if a.caller == nil {
		return "", ""
	}
	if t, _ := lua.Info(l, "t", a.frame); t.IsTailCall {
		return "", ""
	}
	if c, ok := codeOf(l, a.caller); ok {
		return c.Callee()
	}
	return "", ""
}
