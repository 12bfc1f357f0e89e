package gopherlua

import (
	"io"
	"os"
	"weak"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// vmdata is what the adapter keeps with a VM.
type vmdata struct {
	stdout  io.Writer
	exit    func(int)
	collect func()
	limit   int // of strings; 0 means backend.DefaultMaxString
	kept    map[any]any
	preload *lua.LTable // package.preload; nil in a wrapped state, where it is looked up
	lights  map[any]weak.Pointer[lua.LUserData]
}

const vmdataKey = "mtstates.vmdata"

// dataOf returns the data of l's VM; a wrapped state gets its own on first use.
func dataOf(l *lua.LState) *vmdata {
	if ud, ok := l.G.Registry.RawGetString(vmdataKey).(*lua.LUserData); ok {
		return ud.Value.(*vmdata)
	}
	d := &vmdata{}
	l.G.Registry.RawSetString(vmdataKey, &lua.LUserData{Value: d, Metatable: lua.LNil})
	return d
}

func maxString(l *lua.LState) int {
	if limit := dataOf(l).limit; limit > 0 {
		return limit
	}
	return backend.DefaultMaxString
}

func writeOutput(l *lua.LState, text string) error {
	out := dataOf(l).stdout
	if out == nil { // in a wrapped state
		out = os.Stdout
	}
	_, err := io.WriteString(out, text)
	return err
}

func exit(l *lua.LState, status int) {
	if exit := dataOf(l).exit; exit != nil {
		exit(status)
	}
}

func keep(l *lua.LState, key, value any) {
	d := dataOf(l)
	if d.kept == nil {
		d.kept = map[any]any{}
	}
	d.kept[key] = value
}

func kept(l *lua.LState, key any) any { return dataOf(l).kept[key] }

func owner(*lua.LState) backend.Backend { return Backend }
