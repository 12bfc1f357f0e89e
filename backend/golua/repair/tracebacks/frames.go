package tracebacks

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/names"
	"github.com/mtstates/go-mtstates/backend/internal/traceback"
)

// Of returns the traceback of l from level on: Capture's if the repair is on, otherwise what the VM says about its frames.
func Of(l *lua.State, level int) backend.Traceback {
	if Repair.On() {
		return Capture(l, level)
	}
	var b strings.Builder
	b.WriteString(traceback.Title)
	frames, depth := framesFrom(l, level)
	for i, f := range frames {
		if traceback.GapBefore(i, depth) {
			b.WriteString(traceback.Gap)
		}
		b.WriteString("\n\t")
		b.WriteString(f.text(l))
	}
	return backend.TracebackText(b.String())
}

// Where returns "chunk:line: " for the function at a level, and nothing if it is not written in Lua.
func Where(l *lua.State, level int) string {
	if Repair.On() {
		return Position(l, level)
	}
	f, ok := At(l, level)
	if !ok {
		return ""
	}
	d, _ := lua.Info(l, "S", f.Frame)
	if line := f.Line(l, d); line > 0 {
		return fmt.Sprintf("%s:%d: ", backend.ChunkID(d.Source), line)
	}
	return ""
}

// Activation is a frame of a function that scripts see.
type Activation struct {
	Frame  lua.Frame
	caller lua.Frame // may be of a Go function or nil
}

// At returns the frame at a level. The adapter's own functions do not count.
func At(l *lua.State, level int) (a Activation, ok bool) {
	if level < 0 {
		return a, false
	}
	frames := walk(l, 0, -1, 1, level, 1)
	if len(frames) == 0 {
		return a, false
	}
	return frames[0], true
}

// fewFrames is up to how many frames all are read. Reading one costs as much as it is deep.
const fewFrames = 64

// framesFrom returns the frames from level on that a traceback shows, and about how many there are: on a deep stack, the
// adapter's own count.
func framesFrom(l *lua.State, level int) (shown []Activation, depth int) {
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
func walk(l *lua.State, from, to, step, skip, n int) (frames []Activation) {
	for i := from; i != to && len(frames) < n; i += step {
		f, ok := lua.Stack(l, i)
		if !ok {
			return frames
		}
		a := Activation{Frame: f}
		switch {
		case Adapter.Own(a.Function(l)):
		case skip > 0:
			skip--
		default:
			a.caller, _ = lua.Stack(l, i+1)
			frames = append(frames, a)
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

// PushFunction pushes the function of the frame, nil for a Go function without upvalues.
func (a Activation) PushFunction(l *lua.State) { lua.Info(l, "f", a.Frame) }

// Function returns the function of the frame as a raw value, nil for a Go function without upvalues.
func (a Activation) Function(l *lua.State) any {
	a.PushFunction(l)
	v := l.ToValue(-1)
	l.Pop(1)
	return v
}

// Line returns the line that the frame of a Lua function is at. The VM dies of a frame that has not begun, in which a hook
// may run; its line is where the function is defined.
func (a Activation) Line(l *lua.State, function lua.Debug) (line int) {
	defer func() {
		if recover() != nil {
			line = max(function.LineDefined, 1)
		}
	}()
	d, _ := lua.Info(l, "l", a.Frame)
	return d.CurrentLine
}

// Name returns how the function was named where it was called; both are empty when that is not known.
func (a Activation) Name(l *lua.State) (kind, name string) {
	if a.caller == nil || !names.Repair.On() {
		return "", ""
	}
	if t, _ := lua.Info(l, "t", a.Frame); t.IsTailCall {
		return "", ""
	}
	if c, ok := names.Of(l, a.caller); ok {
		return c.Callee()
	}
	return "", ""
}

func (a Activation) text(l *lua.State) string {
	d, _ := lua.Info(l, "S", a.Frame)
	if d.What == "Go" {
		name, ok := a.libraryName(l)
		if !ok {
			name = calledAs(a.Name(l))
		}
		return goText(name)
	}
	return luaText(backend.ChunkID(d.Source), a.Line(l, d), d.LineDefined, calledAs(a.Name(l)))
}

// libraryName returns the name of a function of a library; ok is false for other functions.
func (a Activation) libraryName(l *lua.State) (name string, ok bool) {
	a.PushFunction(l)
	defer l.Pop(1)
	if !l.IsGoFunction(-1) {
		return "", false
	}
	return Adapter.Name(reflect.ValueOf(lua.UpValueId(l, -1, 1)).Elem().Interface())
}
