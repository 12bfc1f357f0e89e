package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/coroutines"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/numerals"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

// The limits of a new state. A smaller registry would silently become the VM's default of 5120 slots. The call stack
// costs a pointer for every eight frames.
const (
	initialSlots = 128
	slotStep     = 256
	maxSlots     = 1 << 18
	maxFrames    = coroutines.MaxFrames
)

func closeState(l *lua.LState) {
	if d := dataOf(l); !d.closed {
		d.closed = true
		d.env.Closing()
		l.Close()
	}
}

func newVM(o backend.Options) (backend.VM, error) {
	if err := libraries.Check(Backend, o); err != nil {
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
	l.G.Registry = l.CreateTable(0, fewFields) // the VM's is large
	d := &vmdata{own: true, env: backend.NewEnv(Backend, o)}
	l.G.Registry.Metatable = d
	if err := limit(l, d); err != nil {
		return nil, err
	}
	watch(l, d, o.Interrupt)
	l.G.Global = &lua.LTable{Metatable: lua.LNil}
	l.Env = l.G.Global
	numerals.Install(l)
	libraries.Open(state{l})
	d.lazy = l.G.Registry.RawGetString(stdlib.LazyMetatable).(*lua.LTable)
	return state{l}, nil
}
