package stdlib

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// The base functions that access tables without metamethods.

// baseRawlen is rawlen(v).
func baseRawlen(s backend.VM) int {
	switch s.Type(1) {
	case backend.Table, backend.String:
		s.PushNumber(float64(s.RawLen(1)))
		return 1
	}
	return arg.Bad(s, 1, "rawlen", "table or string expected")
}

// baseGetmetatable is getmetatable(v).
func baseGetmetatable(s backend.VM) int {
	if !s.GetMetatable(arg.Any(s, 1, "getmetatable")) {
		s.PushNil()
		return 1
	}
	s.RawGetField(-1, "__metatable")
	if s.Type(-1) == backend.Nil {
		s.SetTop(s.GetTop() - 1)
	}
	return 1
}

// baseSetmetatable is setmetatable(table, metatable).
func baseSetmetatable(s backend.VM) int {
	arg.OneOf(s, 1, "setmetatable", backend.Table)
	if t := s.Type(2); t != backend.Nil && t != backend.Table {
		return arg.Bad(s, 2, "setmetatable", "nil or table expected")
	}
	if backend.GetMetafield(s, 1, "__metatable") {
		return raise(s, "cannot change a protected metatable")
	}
	s.SetTop(2)
	s.SetMetatable(1)
	return 1
}

func baseRawequal(s backend.VM) int {
	arg.Any(s, 1, "rawequal")
	arg.Any(s, 2, "rawequal")
	s.PushBoolean(backend.RawEqual(s, 1, 2))
	return 1
}

func baseRawget(s backend.VM) int {
	arg.OneOf(s, 1, "rawget", backend.Table)
	arg.Any(s, 2, "rawget")
	s.SetTop(2)
	s.RawGet(1)
	return 1
}

func baseRawset(s backend.VM) int {
	arg.OneOf(s, 1, "rawset", backend.Table)
	arg.Any(s, 2, "rawset")
	arg.Any(s, 3, "rawset")
	checkKey(s, 2)
	s.SetTop(3)
	s.RawSet(1)
	return 1
}

// checkKey raises the error for a key that no table accepts. Like all that Lua raises in a C function, it has no position.
func checkKey(s backend.VM, index int) {
	message := ""
	switch s.Type(index) {
	case backend.Nil:
		message = "table index is nil"
	case backend.Number:
		if n, _ := s.ToNumber(index); n != n {
			message = "table index is NaN"
		}
	}
	if message != "" {
		s.PushString(message)
		s.Error()
	}
}

// baseNext is next(table [, key]).
func baseNext(s backend.VM) int {
	arg.OneOf(s, 1, "next", backend.Table)
	s.SetTop(2)
	if s.Next(1) {
		return 2
	}
	s.PushNil()
	return 1
}

// basePairs is pairs(v), with the metamethod __pairs of Lua 5.2.
func basePairs(s backend.VM) int {
	if iteratorOf(s, "__pairs") {
		return 3
	}
	arg.OneOf(s, 1, "pairs", backend.Table)
	pushKept(s, nextKey, "next", baseNext)
	s.PushValue(1)
	s.PushNil()
	return 3
}

// baseIpairs is ipairs(v), with the metamethod __ipairs of Lua 5.2.
func baseIpairs(s backend.VM) int {
	if iteratorOf(s, "__ipairs") {
		return 3
	}
	arg.OneOf(s, 1, "ipairs", backend.Table)
	pushKept(s, ipairsKey, "ipairs_iterator", ipairsStep)
	s.PushValue(1)
	s.PushNumber(0)
	return 3
}

// iteratorOf pushes what a metamethod of argument 1 returns for a generic for, and reports whether there is such a
// metamethod.
func iteratorOf(s backend.VM, event string) bool {
	if s.Type(1) == backend.None || !backend.GetMetafield(s, 1, event) {
		return false
	}
	s.PushValue(1)
	s.Call(1, 3)
	return true
}

func ipairsStep(s backend.VM) int {
	arg.OneOf(s, 1, "ipairs", backend.Table)
	i := integer(s, 2, "ipairs") + 1
	s.PushNumber(float64(i))
	s.RawGetI(1, i)
	if s.Type(-1) == backend.Nil {
		return 1
	}
	return 2
}

// pushKept pushes a function of which a state has one instance, made on first use.
func pushKept(s backend.VM, key, name string, f backend.Function) {
	s.PushRegistry()
	registry := s.GetTop()
	s.RawGetField(registry, key)
	if s.Type(-1) == backend.Nil {
		s.SetTop(registry)
		of(s).pushFunction(s, name, f)
		s.PushValue(-1)
		s.RawSetField(registry, key)
	}
	backend.Remove(s, registry)
}
