package gopherlua

import (
	"io"
	"weak"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// vmdata is what the adapter keeps with a VM.
type vmdata struct {
	stdout  io.Writer
	exit    func(int)
	collect func()
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

func owner(*lua.LState) backend.Backend { return Backend }
