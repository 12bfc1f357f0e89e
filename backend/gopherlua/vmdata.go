package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/classes"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/deadkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/light"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/loop"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/numerals"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/weaktables"
)

// vmdata is the data that the adapter keeps with a VM. It is a value of the VM, so that dataOf finds it at the cost of
// a pointer: it is the metatable of the VM's registry table, which no script sees and the VM never reads.
type vmdata struct {
	closed bool // no second Close ends the VM again
	own    bool // made by NewVM; false for a state of the user's own
	env    *backend.Env

	lazy        *lua.LTable // the metatable of tables that are filled on use; nil in a state of the user's own
	strings     numerals.Strings
	resumes     int           // how many coroutines have resumed one another
	uncaught    *lua.ApiError // what throwValue raised and no function of the coroutine that was resumed last catches
	dead        deadkeys.Keys
	watch       *loop.Watch // checks what runs; nil if the VM runs its code itself
	hasUserdata bool        // Go has made userdata
	weak        weaktables.Tables
	light       light.Values
	classes     classes.Set
}

// String and Type make *vmdata a value of the VM.
func (*vmdata) String() string       { return "mtstates.vmdata" }
func (*vmdata) Type() lua.LValueType { return lua.LTUserData }

// ShowAll is called when Go code hands out the registry.
func (d *vmdata) ShowAll() { d.classes.ShowAll() }

// dataOf returns the data of l's VM; a wrapped state gets its data on first use.
func dataOf(l *lua.LState) *vmdata {
	if d, ok := l.G.Registry.Metatable.(*vmdata); ok {
		return d
	}
	d := &vmdata{env: backend.NewEnv(Backend, backend.Options{})}
	d.env.Libraries = hostLibraries{}
	d.env.SetContext(hostContext(l.G))
	l.G.Registry.Metatable = d
	return d
}

func envOf(l *lua.LState) *backend.Env { return dataOf(l).env }
