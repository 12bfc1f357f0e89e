package toylua

import (
	"fmt"
	"strings"
)

// Activation is a function that runs, or a function as such.
type Activation struct {
	Function *Function
	Line     int    // where it is, 0 for a Go function
	Kind     string // how it was named where it was called: "global", "local", "method", "field", "upvalue", or ""
	Name     string
	Tail     bool // called by a tail call
}

// Level returns the function that runs at a level: 0 is the running one, 1 its caller.
func (l *State) Level(level int) (a Activation, ok bool) {
	i := len(l.calls) - 1 - level
	if level < 0 || i < 0 {
		return a, false
	}
	c := &l.calls[i]
	a = Activation{Function: c.function, Line: c.line, Tail: c.tail}
	if i > 0 && !c.tail && l.calls[i-1].site != nil {
		a.Kind, a.Name = l.calls[i-1].site.kind, l.calls[i-1].site.name
	}
	return a, true
}

// Levels returns how many functions run.
func (l *State) Levels() int { return len(l.calls) }

// Where returns the position "chunk:line: " of a Lua function at a level, "" for any other.
func (l *State) Where(level int) string {
	a, ok := l.Level(level)
	if !ok || a.Function.Proto == nil || a.Line == 0 {
		return ""
	}
	return fmt.Sprintf("%s:%d: ", ShortName(a.Function.Proto.Chunk), a.Line)
}

// ShortName returns a chunk's name for messages.
func ShortName(chunk string) string {
	const size = 59
	switch {
	case strings.HasPrefix(chunk, "="):
		return chunk[1:min(len(chunk), size+1)]
	case strings.HasPrefix(chunk, "@"):
		if len(chunk) <= size+1 {
			return chunk[1:]
		}
		return "..." + chunk[len(chunk)-size+3:]
	}
	line, _, cut := strings.Cut(chunk, "\n")
	if room := size - len(`[string ""]`); cut || len(line) > room {
		line = line[:min(len(line), room-len("..."))] + "..."
	}
	return `[string "` + line + `"]`
}
