package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/raised"
)

// makeInterruptible lets the interrupt of a new VM stop what will run in it.
func makeInterruptible(l *lua.State, d *vmdata) {
	i := d.env.Interrupt
	d.hooks.Interrupted = func(l *lua.State) {
		l.PushString(i.Message())
		panic(traced(l, raised.Interrupted))
	}
	d.hooks.Sample = func(l *lua.State) { i.Look(func() backend.VM { return state{l} }) }
	set := func(on bool) {
		d.hooks.Count(l)
		if d.hooks.Interrupt = nil; on {
			d.hooks.Interrupt = i
		}
		d.hooks.Enter(l)
	}
	set(true)
	d.env.OnInterruptible(set)
}

// isInterrupt reports whether the error value on the top is that of an interrupt.
func isInterrupt(l *lua.State) bool {
	i := envOf(l).Interrupt
	if i == nil || l.TypeOf(-1) != lua.TypeString {
		return false
	}
	return i.Caused(l.ToValue(-1).(string))
}
