package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
)

// where returns "chunk:line: " for the function at a level, or nothing if it is not written in Lua.
func where(l *lua.LState, level int) string {
	if !frames.Repair.On() {
		if position := l.Where(level); len(position) > 0 && position[0] != '[' {
			return position + " "
		}
		return ""
	}
	return frames.Where(l, level)
}

// hasLevel reports whether there is a function at a level.
func hasLevel(l *lua.LState, level int) bool {
	if !frames.Repair.On() {
		_, ok := l.GetStack(level)
		return ok
	}
	f, _ := frames.At(l, level)
	return f != nil
}

// isTail reports whether a tail call has replaced the function at a level. The repair frames must be on.
func isTail(l *lua.LState, level int) bool {
	_, tail := frames.At(l, level)
	return tail
}
