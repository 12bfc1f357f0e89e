package loop

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
)

// A Go error stands for its text wherever a string may be. As in Lua 5.1, no metamethod can say so for a comparison: the
// VM compares only values of one type, with a metamethod that both have.

func lessThan(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	a, b := operand(f, slots, code&0x1ff), operand(f, slots, code>>9&0x1ff)
	if x, ok := a.(lua.LNumber); ok {
		if y, ok := b.(lua.LNumber); ok {
			return jumpUnless(f, code, x < y)
		}
	} else if x, y, ok := Texts(a, b); ok {
		return jumpUnless(f, code, x < y)
	}
	return vmLessThan(l, code, base)
}

func lessEqual(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	a, b := operand(f, slots, code&0x1ff), operand(f, slots, code>>9&0x1ff)
	if x, ok := a.(lua.LNumber); ok {
		if y, ok := b.(lua.LNumber); ok {
			return jumpUnless(f, code, x <= y)
		}
	} else if x, y, ok := Texts(a, b); ok {
		return jumpUnless(f, code, x <= y)
	}
	return vmLessEqual(l, code, base)
}

// jumpUnless ends a comparison: the next instruction, a jump, is left out if the result is not what it is to be.
func jumpUnless(f *layout.Frame, code uint32, result bool) int {
	if result == (code>>18&0xff == 0) {
		f.Pc++
	}
	return 0
}

// Texts returns the texts of two values of which one is an error and the other an error or a string.
func Texts(a, b lua.LValue) (x, y string, ok bool) {
	e, isError := errorIn(a)
	d, alsoError := errorIn(b)
	switch {
	case isError && alsoError:
		return e.Error(), d.Error(), true
	case isError:
		text, ok := b.(lua.LString)
		if ok {
			return e.Error(), string(text), true
		}
	case alsoError:
		text, ok := a.(lua.LString)
		if ok {
			return string(text), d.Error(), true
		}
	}
	return "", "", false
}

func errorIn(v lua.LValue) (e error, ok bool) {
	u, ok := v.(*lua.LUserData)
	if !ok {
		return nil, false
	}
	e, ok = u.Value.(error)
	return e, ok
}
