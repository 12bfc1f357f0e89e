package golua

import (
	"io"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// vmdata is what the adapter keeps with a VM.
type vmdata struct {
	own       bool // made by the backend: it has the base frame (state.go) and lazy libraries
	noFiles   bool
	maxString int
	stdout    io.Writer // nil means os.Stdout
	exit      func(int)
	collect   func() // nil means runtime.GC
	dumps     dumpCache
	libraries
	traversals
}

// dataIndex is where the VM's registry has the data: an index of its array is read fastest.
const dataIndex = lua.RegistryIndexGlobals + 1

// dataOf returns the data of l's VM; a wrapped state gets its own on first use.
func dataOf(l *lua.State) *vmdata {
	l.RawGetInt(lua.RegistryIndex, dataIndex)
	d, ok := l.ToUserData(-1).(*vmdata)
	l.Pop(1)
	if !ok {
		d = &vmdata{maxString: backend.DefaultMaxString}
		setData(l, d)
	}
	return d
}

func setData(l *lua.State, d *vmdata) {
	l.PushUserData(d)
	l.RawSetInt(lua.RegistryIndex, dataIndex)
}

func owner(*lua.State) backend.Backend { return Backend }
