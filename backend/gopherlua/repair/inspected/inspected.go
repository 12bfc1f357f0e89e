// Package inspected describes functions as GetInfo does. Only package gopherlua imports it.
//
// The fault: the VM's GetInfo does not know how a function was called, tail calls, and the lines of a function. When it does,
// this package can go. It has no probe of its own: what it needs of the VM are frames, see package frames.
package inspected

import (
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/names"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/rewrite"
)

// Function is a function that GetInfo describes.
type Function struct {
	Frame    *layout.Frame  // nil for a function that was given
	Tail     bool           // a function that was replaced by a tail call
	Function *lua.LFunction // nil when Tail
}

// Describe returns what is known of the function; its name and its lines, which take longer, only when they are wanted.
func (i Function) Describe(name, lines bool) backend.Info {
	if i.Tail {
		return backend.Info{Source: "=(tail call)", What: "tail", LineDefined: -1, LastLineDefined: -1, CurrentLine: -1}
	}
	info := backend.Info{Source: "=[C]", What: "C", LineDefined: -1, LastLineDefined: -1, CurrentLine: -1, IsVararg: true}
	info.NUps = len(i.Function.Upvalues)
	if i.Frame != nil && name {
		info.Name, info.NameWhat = names.Callee(i.Frame)
	}
	proto := i.Function.Proto
	if i.Function.IsG {
		return info
	}
	info.Source, info.What = rewrite.ChunkOf(proto), "Lua"
	info.LineDefined, info.LastLineDefined = proto.LineDefined, proto.LastLineDefined
	if proto.LineDefined == 0 {
		info.What, info.LastLineDefined = "main", 0
	}
	info.NParams, info.IsVararg = int(proto.NumParameters), proto.IsVarArg != 0
	if lines {
		info.ActiveLines = slices.Clone(proto.DbgSourcePositions)
	}
	if i.Frame != nil {
		info.CurrentLine, info.IsTailCall = i.Frame.Line(), i.Frame.TailCall > 0
	}
	return info
}

// UpvalueName is the name of upvalue n, empty in a Go function.
func UpvalueName(f *lua.LFunction, n int) string {
	if f.IsG || n > len(f.Proto.DbgUpvalues) {
		return ""
	}
	return f.Proto.DbgUpvalues[n-1]
}
