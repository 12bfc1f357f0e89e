package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// hookCount is the number of instructions after which the VM checks for an interrupt.
const hookCount = 1000

// makeInterruptible lets the interrupt of a new VM stop what will run in it. The VM calls a hook after so many
// instructions; the hook must be set before a run.
func makeInterruptible(l *lua.State, env *backend.Env) {
	hook := hookOf(env.Interrupt)
	set := func(on bool) {
		switch {
		case !on:
			lua.SetDebugHook(l, nil, 0, 0)
		case lua.DebugHook(l) == nil:
			lua.SetDebugHook(l, hook, lua.MaskCount, hookCount)
		}
	}
	set(true)
	env.OnInterruptible(set)
}

// follow makes a coroutine that is about to run interruptible if l is.
func follow(l, t *lua.State) {
	switch hook := lua.DebugHook(l); {
	case hook == nil:
		if lua.DebugHook(t) != nil {
			lua.SetDebugHook(t, nil, 0, 0)
		}
		return
	case lua.DebugHook(t) == nil:
		lua.SetDebugHook(t, hook, lua.MaskCount, hookCount)
	}
	lookAtOnce(t)
}

// hookOf returns the hook that raises the error. During an interrupt the hook is called after each instruction:
// otherwise a loop around a protected call could be inside of the call each time the count is reached, and never end.
func hookOf(i *backend.Interrupt) lua.Hook {
	var hook lua.Hook
	setCount := func(l *lua.State, count int) {
		if lua.DebugHookCount(l) != count { // which has just been set back to the whole
			lua.SetDebugHook(l, hook, lua.MaskCount, count)
		}
	}
	hook = func(l *lua.State, _ lua.Debug) {
		if !i.Take() {
			setCount(l, hookCount)
			return
		}
		if i.Pending() {
			setCount(l, 1)
		}
		l.PushString(i.Message())
		panic(traced(l, interrupted))
	}
	return hook
}

// lookAtOnce lets an interrupt that came before a run stop it at its first instruction.
func lookAtOnce(l *lua.State) {
	if envOf(l).Interrupt.Pending() {
		lua.SetDebugHook(l, lua.DebugHook(l), lua.MaskCount, 1)
	}
}

// fromHook reports whether an error was raised by a hook.
func fromHook(err error) bool {
	r, ok := err.(*raised)
	return ok && r.interrupted
}

// isInterrupt reports whether the error value on the top is that of an interrupt.
func isInterrupt(l *lua.State) bool {
	i := envOf(l).Interrupt
	if i == nil || l.TypeOf(-1) != lua.TypeString {
		return false
	}
	return i.Caused(l.ToValue(-1).(string))
}
