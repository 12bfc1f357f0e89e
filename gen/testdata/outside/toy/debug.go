package toy

import (
	"fmt"
	"strings"

	"github.com/mtstates/go-mtstates/backend"

	lua "example.com/outside/toylua"
)

// A traceback with more lines than maxLines leaves out its middle.
const (
	maxLines   = 19
	firstLines = 7
	lastLines  = 6
)

// tracebackOf is the operation Traceback. There is one coroutine only.
func tracebackOf(l *lua.State, _, level int) backend.Traceback {
	return backend.TracebackText(traceback(l, level))
}

func traceback(l *lua.State, level int) string {
	var b strings.Builder
	b.WriteString("stack traceback:")
	levels := l.Levels()
	for i := level; i < levels; i++ {
		if i == level+firstLines && levels-level > maxLines {
			b.WriteString("\n\t...")
			i = levels - lastLines
		}
		a, _ := l.Level(i)
		b.WriteString("\n\t" + line(a))
	}
	return b.String()
}

// line describes a function that runs.
func line(a lua.Activation) string {
	p := a.Function.Proto
	switch {
	case p == nil && a.Function.Name != "":
		return fmt.Sprintf("[Go]: in function '%s'", a.Function.Name)
	case p == nil:
		return "[Go]: in ?"
	}
	position := fmt.Sprintf("%s:%d: in ", backend.ChunkID(p.Chunk), a.Line)
	switch a.Kind {
	case "global", "local", "method", "field", "upvalue":
		return position + fmt.Sprintf("function '%s'", backend.Quote(a.Name))
	}
	if p.Main {
		return position + "main chunk"
	}
	return position + fmt.Sprintf("function <%s:%d>", backend.ChunkID(p.Chunk), p.Line)
}

func getInfo(l *lua.State, _, level int, what string) (info backend.Info, ok bool) {
	a, ok := l.Level(level)
	if letters, given := strings.CutPrefix(what, ">"); given {
		what, ok = letters, true
		a = lua.Activation{Function: l.Pop().(*lua.Function), Line: -1}
	}
	if !ok {
		return info, false
	}
	p := a.Function.Proto
	info = backend.Info{Source: "=[C]", What: "C", LineDefined: -1, LastLineDefined: -1, CurrentLine: -1, IsVararg: true}
	if p != nil {
		info = backend.Info{
			Source: p.Chunk, What: "Lua", LineDefined: p.Line, LastLineDefined: p.LastLine, CurrentLine: a.Line,
			NUps: len(p.Upvalues()), NParams: p.Params, IsVararg: p.Vararg, ActiveLines: p.Lines,
		}
		if p.Main {
			info.What = "main"
		}
	}
	info.Name, info.NameWhat, info.IsTailCall = a.Name, a.Kind, a.Tail
	if strings.Contains(what, "f") {
		l.Push(a.Function)
	}
	return info, true
}
