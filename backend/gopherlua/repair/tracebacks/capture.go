package tracebacks

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/rewrite"
	"github.com/mtstates/go-mtstates/backend/internal/traceback"
)

// captured is a stack as data. Code is all that it refers to, not functions, which have upvalues.
type captured struct {
	depth  int // of the stack, which may be deeper than what is shown
	frames []function
	few    [4]function // the room for most stacks
}

// function is a running function.
type function struct {
	proto  *lua.FunctionProto // nil for a Go function
	pc     int
	caller *lua.FunctionProto // nil for a Go function, and for none
	at     int                // the place of the call in caller
	tail   bool               // the call was a tail call
	bottom bool               // nothing called it
}

// Capture returns the traceback of a stack, from level on, which counts as in Lua 5.1: tail calls are levels, but have no lines,
// and hidden functions are neither. The repair frames must be on.
func Capture(innermost *layout.Frame, level int) backend.Traceback {
	start := skip(innermost, level)
	c := &captured{}
	for f := start; f != nil; f = f.Parent {
		if !hidden(f) {
			c.depth++
		}
	}
	c.frames = c.few[:0]
	i := 0
	for f := start; f != nil; f = f.Parent {
		if hidden(f) {
			continue
		}
		if traceback.Shows(i, c.depth) {
			c.frames = append(c.frames, capture(f))
		}
		i++
	}
	return c
}

// skip returns the first frame from f on that a traceback from a level on shows.
func skip(f *layout.Frame, level int) *layout.Frame {
	for ; f != nil && level > 0; f = f.Parent {
		if hidden(f) {
			continue
		}
		level--
		if !f.Fn.IsG {
			level -= f.TailCall
		}
	}
	return f
}

func hidden(f *layout.Frame) bool {
	if frames.IsHidden(f.Fn) {
		return true
	}
	return f.Fn.IsG && f.Parent != nil && !f.Parent.Fn.IsG && strings.HasPrefix(callName(f.Parent.Fn.Proto, f.Parent.Instruction()), rewrite.MarkStart)
}

func capture(f *layout.Frame) function {
	c := function{proto: f.Fn.Proto, tail: f.TailCall > 0, bottom: f.Parent == nil}
	if c.proto != nil {
		c.pc = f.Instruction()
	}
	if f.Parent != nil && !f.Parent.Fn.IsG {
		c.caller, c.at = f.Parent.Fn.Proto, f.Parent.Instruction()
	}
	return c
}

// callName returns the name that the compiler noted for the call at a place of the code.
func callName(p *lua.FunctionProto, pc int) string {
	for _, call := range p.DbgCalls {
		if call.Pc == pc {
			return call.Name
		}
	}
	return ""
}

// String returns the traceback.
func (c *captured) String() string {
	var b strings.Builder
	b.WriteString(traceback.Title)
	for i, f := range c.frames {
		if traceback.GapBefore(i, c.depth) {
			b.WriteString(traceback.Gap)
		}
		b.WriteString("\n\t")
		f.write(&b)
	}
	return b.String()
}

func (f function) write(b *strings.Builder) {
	name := f.name()
	if f.proto == nil {
		b.WriteString("[Go]: in ")
		if name == "" {
			b.WriteByte('?')
			return
		}
		b.WriteString("function '" + name + "'")
		return
	}
	b.WriteString(f.proto.SourceName + ":" + strconv.Itoa(f.line()) + ": in ")
	switch {
	case f.bottom && f.proto.LineDefined == 0:
		b.WriteString("main chunk")
	case name == "" || name == "?" || f.tail:
		b.WriteString("function <" + f.proto.SourceName + ":" + strconv.Itoa(f.proto.LineDefined) + ">")
	default:
		b.WriteString("function '" + name + "'")
	}
}

func (f function) name() string {
	if f.caller == nil {
		return ""
	}
	return callName(f.caller, f.at)
}

func (f function) line() int {
	if f.pc < 0 || f.pc >= len(f.proto.DbgSourcePositions) {
		return -1
	}
	return f.proto.DbgSourcePositions[f.pc]
}
