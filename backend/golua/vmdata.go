package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/hooks"
	"github.com/mtstates/go-mtstates/backend/golua/repair/traversal"
	"github.com/mtstates/go-mtstates/backend/golua/repair/weaktables"
)

// vmdata is what the adapter keeps with a VM.
type vmdata struct {
	own     bool // made by the backend: it has the base frame (state.go) and lazy libraries
	env     *backend.Env
	lazy    any            // the metatable of tables that are filled on use, as the VM has it; nil in a state of the host's own
	helpers map[string]any // see helper
	traversal.Traversals
	weak  weaktables.Tables
	hooks hooks.Threads
}

// dataIndex is where the VM's registry has the data: an index of its array is read fastest.
const dataIndex = lua.RegistryIndexGlobals + 1

// dataOf returns the data of l's VM; a wrapped state gets its own on first use.
func dataOf(l *lua.State) *vmdata {
	l.RawGetInt(lua.RegistryIndex, dataIndex)
	d, ok := l.ToUserData(-1).(*vmdata)
	l.Pop(1)
	if !ok {
		d = &vmdata{env: backend.NewEnv(Backend, backend.Options{})}
		d.env.Libraries = hostLibraries{}
		setData(l, d)
	}
	return d
}

func setData(l *lua.State, d *vmdata) {
	l.PushUserData(d)
	l.RawSetInt(lua.RegistryIndex, dataIndex)
}

func envOf(l *lua.State) *backend.Env { return dataOf(l).env }
