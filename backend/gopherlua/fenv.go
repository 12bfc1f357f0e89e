package gopherlua

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
)

// The functions of Lua 5.1 for environments.

// baseGetfenv is the VM's getfenv for functions and levels only.
func baseGetfenv(l *lua.LState) int {
	if f, ok := l.Get(1).(*lua.LFunction); ok && f.IsG || l.GetTop() > 0 && l.Get(1).Type() == lua.LTNil {
		l.Push(l.G.Global)
		return 1
	}
	if l.GetTop() > 0 && l.Get(1).Type() != lua.LTFunction {
		level := optInt(l, 1, "getfenv", 1)
		if level < 0 {
			arg.Bad(state{l}, 1, "getfenv", "level must be non-negative")
		}
		exists, tail := frames.Exists(l, level)
		if !exists {
			arg.Bad(state{l}, 1, "getfenv", "invalid level")
		}
		if tail {
			raiseText(l, "no function environment for tail call at level %d", level)
		}
	}
	return vmGetfenv(l)
}

// baseSetfenv is the VM's setfenv, except that it leaves Go functions alone, so that shared ones never change their
// environment.
func baseSetfenv(l *lua.LState) int {
	if l.GetTop() < 2 || l.Get(2).Type() != lua.LTTable {
		arg.OneOf(state{l}, 2, "setfenv", backend.Table)
	}
	if level := l.Get(1); level.Type() != lua.LTFunction && level.Type() != lua.LTNumber {
		arg.OneOf(state{l}, 1, "setfenv", backend.Number)
	}
	if f, ok := l.Get(1).(*lua.LFunction); ok && f.IsG {
		raiseText(l, "'setfenv' cannot change environment of given object")
	}
	return vmSetfenv(l)
}

func debugGetfenv(l *lua.LState) int {
	env := l.GetFEnv(l.Get(arg.Any(state{l}, 1, "getfenv")))
	if env == lua.LValue(adapter.NoEnvironment) {
		env = l.G.Global
	}
	l.Push(env)
	return 1
}

// debugSetfenv leaves Go functions alone, as setfenv does.
func debugSetfenv(l *lua.LState) int {
	v, env := l.Get(1), tableAt(l, arg.OneOf(state{l}, 2, "setfenv", backend.Table))
	f, isFunction := v.(*lua.LFunction)
	if isFunction && f.IsG || !isFunction && v.Type() != lua.LTUserData && v.Type() != lua.LTThread {
		raiseText(l, "'setfenv' cannot change environment of given object")
	}
	l.SetFEnv(v, env)
	l.SetTop(1)
	return 1
}

// module is the VM's module function, which accesses the globals and package.loaded without metamethods.
func module(l *lua.LState) int {
	arg.String(state{l}, 1, "module")
	pushPackage(l)
	l.Pop(1)
	complete(l, l.G.Global)
	return vmModule(l)
}
