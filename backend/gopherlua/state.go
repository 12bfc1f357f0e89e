package gopherlua

import (
	"os"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// The limits of a new state. A smaller registry would silently become the VM's default of 5120 slots; the call stack
// costs a pointer for each eight frames.
const (
	initialSlots = 128
	slotStep     = 256
	maxSlots     = 1 << 18
	maxFrames    = 4096
)

func newState(o backend.Options) (backend.State, error) {
	if err := backend.CheckLibraries(Backend, o); err != nil {
		return nil, err
	}
	l := lua.NewState(lua.Options{
		SkipOpenLibs:        true,
		RegistrySize:        initialSlots,
		RegistryMaxSize:     maxSlots,
		RegistryGrowStep:    slotStep,
		CallStackSize:       maxFrames,
		MinimizeStackMemory: true,
	})
	l.G.Registry = &lua.LTable{Metatable: lua.LNil} // the VM's is large
	d := dataOf(l)
	d.own, d.stdout, d.exit, d.collect, d.noFiles = true, o.Stdout, o.Exit, o.Collect, o.NoFiles
	d.path = o.PathPrefix()
	if o.MaxString > 0 {
		d.maxString = o.MaxString
	}
	if d.stdout == nil {
		d.stdout = os.Stdout
	}
	if d.collect == nil {
		d.collect = collectTwice
	}
	if o.Interrupt != nil {
		makeInterruptible(l, o.Interrupt)
	}
	openLibraries(l, d, o)
	return state{l}, nil
}
