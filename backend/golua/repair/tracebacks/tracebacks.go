// Package tracebacks captures the stack of a go-lua state without writing its text. Only package golua imports it.
//
// The fault: the VM finds a frame by its level, in a time that grows with the level, and describes it in texts; errors
// that nobody reads would cost as much as those that are printed. When the VM can hand over its frames, the package can
// go.
package tracebacks

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/golua/repair/names"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
	"github.com/mtstates/go-mtstates/backend/internal/traceback"
)

// Repair is on when Capture may be called.
var Repair = repair.New("tracebacks", "each error costs the time of writing its traceback", probe)

// Adapter is what the package needs to know of the adapter. It is set before the first state.
var Adapter struct {
	// Own reports whether a Go function is one of the adapter's own, which scripts do not see.
	Own func(function any) bool
	// Name returns the name of a function of a library, given its first upvalue.
	Name func(upvalue any) (name string, ok bool)
}

// captured is a stack as data: the functions that its traceback shows.
type captured struct {
	depth     int // of the stack, which may be deeper
	functions []function
	few       [3]function // the room for most stacks
}

// function is a running function. It refers to the parts of its code and not to the VM's prototype, which keeps the last
// closure that was made of it, with upvalues.
type function struct {
	code   *layout.Prototype // nil for a Go function
	caller *layout.Prototype // nil for a Go function, and for one that was called by none, by a Go function or in a tail call
	name   string            // of a Go function of a library
	pc, at int32             // the next instruction of code and of caller
}

// Capture returns the traceback of l from level on. The adapter's own functions do not count.
func Capture(l *lua.State, level int) backend.Traceback {
	s := layout.StateOf(l)
	start := at(s, level)
	c := &captured{}
	for f := start; f != nil; f = f.Previous {
		if !skipped(s, f) {
			c.depth++
		}
	}
	c.functions = c.few[:0]
	i := 0
	for f := start; f != nil; f = f.Previous {
		if skipped(s, f) {
			continue
		}
		if traceback.Shows(i, c.depth) {
			c.functions = append(c.functions, capture(s, f))
		}
		i++
	}
	c.share()
	return c
}

// Position returns "chunk:line: " for the function at a level, and nothing if it is not written in Lua.
func Position(l *lua.State, level int) string {
	s := layout.StateOf(l)
	f := at(s, level)
	if f == nil || !f.IsLua() {
		return ""
	}
	closure := layout.ClosureOf(s.Stack[f.Function])
	if closure == nil {
		return ""
	}
	return backend.ChunkID(closure.Prototype.Source) + ":" + strconv.Itoa(lineAt(closure.Prototype, f.LuaCallInfo.SavedPC)) + ": "
}

// at returns the frame at a level, nil if there are fewer. The adapter's own functions do not count.
func at(s *layout.State, level int) *layout.Frame {
	f := s.CallInfo
	for ; f != nil && (level > 0 || skipped(s, f)); f = f.Previous {
		if !skipped(s, f) {
			level--
		}
	}
	return f
}

// Handler returns the message handler of the protected call in which l runs, nil if it has none.
func Handler(l *lua.State) any {
	s := layout.StateOf(l)
	if s.ErrorFunction == 0 {
		return nil
	}
	return s.Stack[s.ErrorFunction]
}

// skipped reports whether a frame is the VM's base, or of a function that scripts do not see.
func skipped(s *layout.State, f *layout.Frame) bool {
	if f.Previous == nil {
		return true
	}
	fn := s.Stack[f.Function]
	return layout.KindOf(fn) == layout.GoClosureKind && Adapter.Own(fn)
}

func capture(s *layout.State, f *layout.Frame) (c function) {
	fn := s.Stack[f.Function]
	if closure := layout.ClosureOf(fn); closure != nil && f.IsLua() {
		c.code, c.pc = closure.Prototype, int32(f.LuaCallInfo.SavedPC)
	} else if layout.KindOf(fn) == layout.GoClosureKind {
		if upvalues := (*layout.GoClosure)(layout.Pointer(fn)).UpValues; len(upvalues) > 0 {
			c.name, _ = Adapter.Name(upvalues[0])
		}
	}
	if f.CallStatus&layout.StatusTail != 0 {
		return c
	}
	if below := f.Previous; below.Previous != nil && below.IsLua() && below.LuaCallInfo.SavedPC > 0 {
		if caller := layout.ClosureOf(s.Stack[below.Function]); caller != nil {
			c.caller, c.at = caller.Prototype, int32(below.LuaCallInfo.SavedPC)
		}
	}
	return c
}

// share replaces the VM's prototypes by copies without what the VM keeps in them, one for each.
func (c *captured) share() {
	var last, copied *layout.Prototype
	take := func(p *layout.Prototype) *layout.Prototype {
		if p == nil {
			return nil
		}
		if p != last {
			last, copied = p, &layout.Prototype{
				Constants: p.Constants, Code: p.Code, LineInfo: p.LineInfo, LocalVariables: p.LocalVariables,
				UpValues: p.UpValues, Source: p.Source, LineDefined: p.LineDefined,
			}
		}
		return copied
	}
	for i := range c.functions {
		f := &c.functions[i]
		f.code, f.caller = take(f.code), take(f.caller)
	}
}

// String returns the traceback.
func (c *captured) String() string {
	var b strings.Builder
	b.WriteString(traceback.Title)
	for i, f := range c.functions {
		if traceback.GapBefore(i, c.depth) {
			b.WriteString(traceback.Gap)
		}
		b.WriteString("\n\t")
		b.WriteString(f.String())
	}
	return b.String()
}

func (f function) String() string {
	if f.code == nil {
		if f.name != "" {
			return goText(f.name)
		}
		return goText(f.calledAs())
	}
	return luaText(backend.ChunkID(f.code.Source), f.line(), f.code.LineDefined, f.calledAs())
}

// goText is the line for a Go function, whose name may be empty.
func goText(name string) string {
	if name == "" {
		return "[Go]: in ?"
	}
	return "[Go]: in function '" + name + "'"
}

// luaText is the line for a Lua function, whose name may be empty.
func luaText(chunk string, line, lineDefined int, name string) string {
	position := fmt.Sprintf("%s:%d: in ", chunk, line)
	switch {
	case lineDefined == 0:
		return position + "main chunk"
	case name != "":
		return position + "function '" + name + "'"
	}
	return position + fmt.Sprintf("function <%s:%d>", chunk, lineDefined)
}

// calledAs returns the name by which the function was called, and nothing if that is not known.
func (f function) calledAs() string {
	if f.caller == nil || !names.Repair.On() {
		return ""
	}
	return calledAs(names.At(f.caller, int(f.at)).Callee())
}

// calledAs returns the name by which tracebacks show a function that was named so where it was called.
func calledAs(kind, name string) string {
	if kind == "" || kind == "metamethod" || kind == "for iterator" {
		return ""
	}
	return backend.Quote(name)
}

// line returns the line that the function is at. That of a function that has not begun, in which a hook may run, is where
// it is defined.
func (f function) line() int {
	return lineAt(f.code, int(f.pc))
}

func lineAt(p *layout.Prototype, next int) int {
	if next < 1 || next > len(p.LineInfo) {
		return max(p.LineDefined, 1)
	}
	return int(p.LineInfo[next-1])
}

// probe captures the stack of a Go function below functions of several kinds.
func probe() error {
	if err := layout.Check(); err != nil {
		return err
	}
	l := lua.NewState()
	var got string
	var handler any
	l.Register("look", func(l *lua.State) int {
		got, handler = Capture(l, 0).String()+Position(l, 1), Handler(l)
		return 0
	})
	err := lua.LoadBuffer(l, "local function g()\nlook() end\nlocal function f()\nreturn g()\nend\nf()", "@probe", "t")
	if err != nil {
		return err
	}
	l.PushGoFunction(func(*lua.State) int { return 0 })
	l.Insert(1)
	if err := l.ProtectedCall(0, 0, 1); err != nil {
		return err
	}
	look := "?"
	if names.Repair.On() {
		look = "function 'look'"
	}
	want := traceback.Title + "\n\t[Go]: in " + look + "\n\tprobe:2: in function <probe:1>\n\tprobe:6: in main chunkprobe:2: "
	if got != want || handler != l.ToValue(1) || handler == nil {
		return errors.New("the stack is not as expected")
	}
	return nil
}
