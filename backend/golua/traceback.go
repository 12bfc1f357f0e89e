package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/tracebacks"
)

func tracebackOf(l *lua.State, thread, level int) backend.Traceback {
	return tracebacks.Of(threadAt(l, thread), level)
}

// threadAt returns the thread at index, or l for 0.
func threadAt(l *lua.State, index int) *lua.State {
	if index == 0 {
		return l
	}
	return l.ToThread(index)
}

func where(l *lua.State, level int) string { return tracebacks.Where(l, level) }
