package toy

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/stdlib"

	lua "example.com/outside/toylua"
)

// vmdata is what the adapter keeps with a VM.
type vmdata struct {
	env  *backend.Env
	lazy *lua.Table // the metatable of tables that are filled on use
}

func newVM(o backend.Options) (backend.VM, error) {
	if err := libraries.Check(Backend, o); err != nil {
		return nil, err
	}
	l := lua.NewState(lua.Options{})
	setUp(l, o)
	return state{l}, nil
}

// setUp gives a VM its Env and its libraries.
func setUp(l *lua.State, o backend.Options) *vmdata {
	d := &vmdata{env: backend.NewEnv(Backend, o)}
	l.Host = d
	l.Options = lua.Options{
		MaxString: d.env.MaxString,
		Format:    backend.FormatNumber,
		Parse:     backend.ParseNumber,
		Power:     backend.Power,
	}
	if d.env.Interrupt != nil {
		makeInterruptible(l, d.env)
	}
	libraries.Open(state{l})
	d.lazy, _ = l.Registry.Get(stdlib.LazyMetatable).(*lua.Table)
	return d
}

func makeInterruptible(l *lua.State, env *backend.Env) {
	poll := func(l *lua.State) {
		if i := env.Interrupt; i.Take() {
			l.Raise(i.Message())
		}
	}
	l.Poll = poll
	env.OnInterruptible(func(on bool) {
		l.Poll = nil
		if on {
			l.Poll = poll
		}
	})
}

// dataOf returns the data of a VM; one that the host has made itself gets its own on first use.
func dataOf(l *lua.State) *vmdata {
	if d, ok := l.Host.(*vmdata); ok {
		return d
	}
	return setUp(l, backend.Options{})
}

func envOf(l *lua.State) *backend.Env { return dataOf(l).env }

// scrubStack has nothing to restore: the VM has no weak tables.
func scrubStack(l *lua.State) (restore backend.Restore) {
	l.Scrub()
	return nil
}

func closeState(l *lua.State) { dataOf(l).env.Closing() }

// degraded is empty: the VM needs no repairs.
func degraded() []backend.Degradation { return nil }
