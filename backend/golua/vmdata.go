package golua

import (
	"io"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// vmdata is what the adapter keeps with a VM.
type vmdata struct {
	stdout  io.Writer // nil means os.Stdout
	exit    func(int)
	collect func() // nil means runtime.GC
	dumps   dumpCache
	// interrupt is nil when the state cannot be interrupted
	interrupt *backend.Interrupt
}

// registryKey is a key of the VM's registry that no script and no other package can have.
type registryKey struct{ name string }

var (
	dataKey    any = &registryKey{"data"}
	packageKey any = &registryKey{"package"} // the table package, also when a script has replaced it
)

// dataOf returns the data of l's VM; a wrapped state gets its own on first use.
func dataOf(l *lua.State) *vmdata {
	l.RawGetValue(lua.RegistryIndex, dataKey)
	d, ok := l.ToUserData(-1).(*vmdata)
	l.Pop(1)
	if !ok {
		d = &vmdata{}
		setData(l, d)
	}
	return d
}

func setData(l *lua.State, d *vmdata) {
	l.PushUserData(d)
	setRegistry(l, dataKey)
}

// setRegistry pops a value and stores it in the registry.
func setRegistry(l *lua.State, key any) {
	l.PushLightUserData(key)
	l.Insert(-2)
	l.RawSet(lua.RegistryIndex)
}

func owner(*lua.State) backend.Backend { return Backend }
