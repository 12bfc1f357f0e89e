package golua

import (
	"fmt"
	"slices"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/tracebacks"
	"github.com/mtstates/go-mtstates/backend/internal/traceback"
)

// fewFrames is up to how many frames all are read. Reading one costs as much as it is deep.
const fewFrames = 64

// tracebackOf is the operation Traceback.
func tracebackOf(l *lua.State, thread, level int) backend.Traceback {
	return stackOf(threadAt(l, thread), level)
}

// stackOf returns the traceback of l from level on.
func stackOf(l *lua.State, level int) backend.Traceback {
	if tracebacks.Repair.On() {
		return tracebacks.Capture(l, level)
	}
	return written(l, level)
}

// threadAt returns the thread at index, or l for 0.
func threadAt(l *lua.State, index int) *lua.State {
	if index == 0 {
		return l
	}
	return l.ToThread(index)
}

// written is stackOf in the VM's own way.
func written(l *lua.State, level int) backend.Traceback {
	var b strings.Builder
	b.WriteString(traceback.Title)
	frames, depth := framesFrom(l, level)
	for i, f := range frames {
		if traceback.GapBefore(i, depth) {
			b.WriteString(traceback.Gap)
		}
		b.WriteString("\n\t")
		b.WriteString(frameText(l, f))
	}
	return backend.TracebackText(b.String())
}

// framesFrom returns the frames from level on that a traceback shows, and about how many there are: on a deep stack, the
// adapter's own count.
func framesFrom(l *lua.State, level int) (shown []activation, depth int) {
	all := countFrames(l)
	if all-level > fewFrames {
		shown = walk(l, 0, all, 1, level, traceback.First)
		last := walk(l, all-1, -1, -1, 0, traceback.Last)
		slices.Reverse(last)
		return append(shown, last...), all
	}
	frames := walk(l, 0, all, 1, level, all)
	for i, f := range frames {
		if traceback.Shows(i, len(frames)) {
			shown = append(shown, f)
		}
	}
	return shown, len(frames)
}

// walk returns up to n frames that are not the adapter's own, after skip such, from a level on in steps.
func walk(l *lua.State, from, to, step, skip, n int) (frames []activation) {
	for i := from; i != to && len(frames) < n; i += step {
		f, ok := lua.Stack(l, i)
		switch {
		case !ok:
			return frames
		case isOwn(l, f):
		case skip > 0:
			skip--
		default:
			caller, _ := lua.Stack(l, i+1)
			frames = append(frames, activation{f, caller})
		}
	}
	return frames
}

func countFrames(l *lua.State) int {
	low, high := 0, 1
	for exists(l, high-1) {
		low, high = high, 2*high
	}
	for low < high {
		if middle := (low + high) / 2; exists(l, middle) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

func exists(l *lua.State, level int) bool {
	_, ok := lua.Stack(l, level)
	return ok
}

// function returns the function of a frame as a raw value, nil for a Go function without upvalues.
func function(l *lua.State, f lua.Frame) any {
	lua.Info(l, "f", f)
	v := l.ToValue(-1)
	l.Pop(1)
	return v
}

func isOwn(l *lua.State, f lua.Frame) bool {
	fn := function(l, f)
	return fn != nil && ownFunctions[fn]
}

func frameText(l *lua.State, a activation) string {
	f := a.frame
	d, _ := lua.Info(l, "S", f)
	switch {
	case d.What == "Go":
		pushFunctionOf(l, f)
		name, ok := libraryName(l)
		l.Pop(1)
		if !ok {
			name = a.calledAs(l)
		}
		if name != "" {
			return fmt.Sprintf("[Go]: in function '%s'", name)
		}
		return "[Go]: in ?"
	case d.What == "main":
		return fmt.Sprintf("%s:%d: in main chunk", backend.ChunkID(d.Source), currentLine(l, f, d))
	}
	if name := a.calledAs(l); name != "" {
		return fmt.Sprintf("%s:%d: in function '%s'", backend.ChunkID(d.Source), currentLine(l, f, d), name)
	}
	return fmt.Sprintf("%s:%d: in function <%s:%d>", backend.ChunkID(d.Source), currentLine(l, f, d), backend.ChunkID(d.Source), d.LineDefined)
}

// calledAs returns the name by which tracebacks show the function of a call, and nothing if that is not known.
func (a activation) calledAs(l *lua.State) string {
	kind, name := a.name(l)
	if kind == "" || kind == "metamethod" || kind == "for iterator" {
		return ""
	}
	return backend.Quote(name)
}

// currentLine returns the line that a frame of a Lua function is at. The VM dies of a frame that has not begun, in which
// a hook may run; its line is where the function is defined.
func currentLine(l *lua.State, f lua.Frame, function lua.Debug) (line int) {
	defer func() {
		if recover() != nil {
			line = max(function.LineDefined, 1)
		}
	}()
	d, _ := lua.Info(l, "l", f)
	return d.CurrentLine
}

func where(l *lua.State, level int) string {
	if tracebacks.Repair.On() {
		return tracebacks.Position(l, level)
	}
	frames := walk(l, 0, -1, 1, level, 1)
	if len(frames) == 0 {
		return ""
	}
	d, _ := lua.Info(l, "S", frames[0].frame)
	if line := currentLine(l, frames[0].frame, d); line > 0 {
		return fmt.Sprintf("%s:%d: ", backend.ChunkID(d.Source), line)
	}
	return ""
}
