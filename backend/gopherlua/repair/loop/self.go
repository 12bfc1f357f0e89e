package loop

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/classes"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
)

// self finds a method of an object of the host's without looking it up.
func self(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	object, ok := slots[code&0x1ff].(*lua.LUserData)
	if !ok {
		return vmSelf(l, code, base)
	}
	class := classes.Of(object)
	if class == nil {
		return vmSelf(l, code, base)
	}
	name, ok := operand(f, slots, code>>9&0x1ff).(lua.LString)
	if !ok {
		return vmSelf(l, code, base)
	}
	method := class.Method(string(name))
	if method == nil {
		return vmSelf(l, code, base)
	}
	at := code >> 18 & 0xff
	slots[at], slots[at+1] = method, object
	if top := f.LocalBase + int(at) + 2; top > s.Reg.Top {
		s.Reg.Top = top
	}
	return 0
}
