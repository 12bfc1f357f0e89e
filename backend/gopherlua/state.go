package gopherlua

import (
	"os"
	"runtime"

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
	d := dataOf(l)
	d.stdout, d.exit, d.collect = o.Stdout, o.Exit, o.Collect
	d.limit = o.MaxString
	if d.stdout == nil {
		d.stdout = os.Stdout
	}
	if d.collect == nil {
		d.collect = runtime.GC
	}
	openBase(l, d)
	for _, name := range o.Open {
		openLibrary(l, name)
	}
	for _, name := range o.Preload {
		d.preload.RawSetString(name, l.NewFunction(func(l *lua.LState) int {
			return loadHidden(l, name)
		}))
	}
	return state{l}, nil
}
