package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/tracebacks"
)

// tracebackOf is the operation Traceback.
func tracebackOf(l *lua.LState, thread, level int) backend.Traceback {
	return tracebacks.Of(l, coroutineAt(l, thread), level)
}

// where is the operation Where.
func where(l *lua.LState, level int) string { return frames.Where(l, level) }
