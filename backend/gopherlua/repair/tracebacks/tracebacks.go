// Package tracebacks gives tracebacks of gopher-lua the form of Lua, and captures a stack without writing its text. Only
// package gopherlua imports it.
//
// The faults: Go functions are "[G]", tail calls have lines, the bottom function always counts as the main chunk, a line
// for the host ends the text, and the VM writes it for each error. Capture does without the VM's writer; it needs the
// repair frames. Where that is off, Normal converts the VM's text.
//
// When the VM's tracebacks are those of Lua 5.1, this package can go.
package tracebacks

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/rewrite"
	"github.com/mtstates/go-mtstates/backend/internal/traceback"
)

// hiddenFunction and hiddenChunk begin the lines of functions that stand for an instruction or start a coroutine.
const (
	hiddenFunction = "\t[G]: in function '" + rewrite.MarkStart
	hiddenChunk    = "\t" + rewrite.MarkStart
)

// tailCall is the line for a function that was replaced by the one above it in a tail call.
const tailCall = "\t(tailcall): ?"

// Writer is the VM's debug.traceback. It is set before the first state.
var Writer lua.LGFunction

// Of returns the traceback of a thread from level on, while l runs.
func Of(l, thread *lua.LState, level int) backend.Traceback {
	if frames.Repair.On() {
		return Capture(frames.Of(l, thread), level)
	}
	return byVM(l, thread, level)
}

// AtError returns the traceback of the running functions, or an empty one if the VM has no room to write it.
func AtError(l *lua.LState) (trace backend.Traceback) {
	if frames.Repair.On() {
		return Capture(frames.Current(l), 0)
	}
	top := l.GetTop()
	defer func() {
		if recover() != nil {
			trace = traceback.Empty
		}
		l.SetTop(top)
	}()
	return byVM(l, l, 0)
}

// byVM returns the traceback that the VM writes, of a thread from level on.
func byVM(l, thread *lua.LState, level int) backend.Traceback {
	l.Push(&lua.LFunction{IsG: true, Env: l.G.Global, GFunction: Writer})
	if thread == l {
		l.Push(lua.LNil)
		level++ // the writer counts
	} else {
		l.Push(thread)
	}
	l.Push(lua.LNumber(level))
	l.Call(2, 1)
	text := l.ToString(-1)
	l.Pop(1)
	return Normal(text, Bottom(thread, lua.LNil))
}

// Bottom returns the function of the outermost frame, or called if no function is running.
func Bottom(l *lua.LState, called lua.LValue) *lua.LFunction {
	if frame, ok := l.GetStack(-1); ok {
		if fn, err := l.GetInfo("f", frame, lua.LNil); err == nil {
			called = fn
		}
	}
	fn, _ := called.(*lua.LFunction)
	return fn
}

// Normal brings a traceback of the VM into the contract's form.
func Normal(text string, bottom *lua.LFunction) backend.Traceback {
	lines := strings.Split(text, "\n")
	last := len(lines) - 1
	for last > 0 && (lines[last] == "\t[G]: ?" || lines[last] == tailCall || strings.HasPrefix(lines[last], hiddenChunk)) {
		last--
	}
	var b strings.Builder
	b.WriteString(traceback.Title)
	for i, line := range lines[:last+1] {
		if i == 0 || line == tailCall || strings.HasPrefix(line, hiddenFunction) {
			continue
		}
		b.WriteByte('\n')
		b.WriteString(normalLine(line, i == last, bottom))
	}
	return backend.TracebackText(b.String())
}

func normalLine(line string, last bool, bottom *lua.LFunction) string {
	if rest, ok := strings.CutPrefix(line, "\t[G]: in "); ok {
		if !strings.HasPrefix(rest, "function '") {
			rest = "?"
		}
		return "\t[Go]: in " + rest
	}
	position, _, isMain := strings.Cut(line, " in main chunk")
	if !isMain {
		position, _, isMain = strings.Cut(line, " in corountine")
	}
	if isMain && last && bottom != nil && !bottom.IsG && bottom.Proto.LineDefined != 0 {
		return fmt.Sprintf("%s in function <%s:%d>", position, bottom.Proto.SourceName, bottom.Proto.LineDefined)
	}
	return line
}
