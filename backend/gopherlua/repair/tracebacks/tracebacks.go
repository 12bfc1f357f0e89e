// Package tracebacks gives tracebacks of gopher-lua the form of Lua's. The VM writes them itself, and its writer is the only
// one that can count tail calls; so the contract's form is made from its text. What differs: Go functions are "[G]", tail
// calls have lines, the bottom function counts as the main chunk whatever it is, and a line for the host ends it. Only
// package gopherlua imports it.
//
// When the VM's tracebacks are those of Lua 5.1, the package can go.
package tracebacks

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/rewrite"
)

// hiddenFunction and hiddenChunk begin the lines of functions that stand for an instruction or begin a coroutine.
const (
	hiddenFunction = "\t[G]: in function '" + rewrite.MarkStart
	hiddenChunk    = "\t" + rewrite.MarkStart
)

// tailCall is the line for a function that called the one above in place of itself.
const tailCall = "\t(tailcall): ?"

// Bottom returns the function of the outermost frame, or called when nothing runs.
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
func Normal(text string, bottom *lua.LFunction) string {
	lines := strings.Split(text, "\n")
	last := len(lines) - 1
	for last > 0 && (lines[last] == "\t[G]: ?" || lines[last] == tailCall || strings.HasPrefix(lines[last], hiddenChunk)) {
		last--
	}
	var b strings.Builder
	b.WriteString("stack traceback:")
	for i, line := range lines[:last+1] {
		if i == 0 || line == tailCall || strings.HasPrefix(line, hiddenFunction) {
			continue
		}
		b.WriteByte('\n')
		b.WriteString(normalLine(line, i == last, bottom))
	}
	return b.String()
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
