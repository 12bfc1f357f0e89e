package stdlib

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/arg"
)

// lua51 returns the functions of Lua 5.1 that Lua 5.2 dropped, by library. Functions for environments belong to the
// adapter.
func lua51() map[string]Library {
	return map[string]Library{
		baseName:    {"gcinfo": baseGcinfo, "newproxy": baseNewproxy},
		"math":      {"mod": mathLibrary()["fmod"]},
		packageName: {"seeall": packageSeeall},
		"string":    {"gfind": stringGmatch},
		"table":     {"foreach": tableForeach, "foreachi": tableForeachi, "getn": tableGetn},
	}
}

// baseGcinfo is gcinfo(): the size of the heap in KiB.
func baseGcinfo(s backend.VM) int {
	s.PushNumber(float64(heapSize() / 1024))
	return 1
}

// baseNewproxy is newproxy([boolean or proxy]): an empty userdata, with a metatable of its own or that of a proxy.
func baseNewproxy(s backend.VM) int {
	s.SetTop(1)
	hasMetatable := false
	switch s.Type(1) {
	case backend.Nil:
	case backend.Boolean:
		if hasMetatable = s.ToBoolean(1); hasMetatable {
			s.CreateTable(0, 0)
		}
	case backend.Userdata:
		if s.ToUserdata(1) != nil {
			return arg.Bad(s, 1, "newproxy", "boolean or proxy expected")
		}
		hasMetatable = s.GetMetatable(1)
	default:
		return arg.Bad(s, 1, "newproxy", "boolean or proxy expected")
	}
	s.PushUserdata(nil, "")
	if hasMetatable {
		s.PushValue(2)
		s.SetMetatable(3)
	}
	return 1
}

// packageSeeall is package.seeall(module): the module inherits the globals.
func packageSeeall(s backend.VM) int {
	arg.OneOf(s, 1, "seeall", backend.Table)
	s.SetTop(1)
	if !s.GetMetatable(1) {
		s.CreateTable(0, 0)
		s.PushValue(2)
		s.SetMetatable(1)
	}
	s.PushGlobalTable()
	s.RawSetField(2, "__index")
	return 0
}

// tableGetn is table.getn(t).
func tableGetn(s backend.VM) int {
	s.PushNumber(float64(s.RawLen(arg.OneOf(s, 1, "getn", backend.Table))))
	return 1
}

// tableForeach is table.foreach(t, f): f gets each key and value, until it returns something.
func tableForeach(s backend.VM) int {
	arg.OneOf(s, 1, "foreach", backend.Table)
	arg.OneOf(s, 2, "foreach", backend.FunctionType)
	s.SetTop(2)
	s.PushNil()
	for s.Next(1) {
		s.PushValue(2)
		s.PushValue(-3)
		s.PushValue(-3)
		s.Call(2, 1)
		if s.Type(-1) != backend.Nil {
			return 1
		}
		s.SetTop(3) // the key
	}
	return 0
}

// tableForeachi is table.foreachi(t, f): f gets each index and element, until it returns something.
func tableForeachi(s backend.VM) int {
	n := s.RawLen(arg.OneOf(s, 1, "foreachi", backend.Table))
	arg.OneOf(s, 2, "foreachi", backend.FunctionType)
	for i := 1; i <= n; i++ {
		s.SetTop(2)
		s.PushValue(2)
		s.PushNumber(float64(i))
		s.RawGetI(1, i)
		s.Call(2, 1)
		if s.Type(-1) != backend.Nil {
			return 1
		}
	}
	return 0
}
