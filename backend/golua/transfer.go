package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/light"
)

// alwaysRoom is how many values there is room for without a check: half of what a function may push unasked.
const alwaysRoom = lua.MinStack / 2

// transfer pushes the VM's values as they are when both states are of this VM: they are not boxed again.
func transfer(l *lua.State, dst backend.VM, from, to int) int {
	d, ok := dst.(state)
	if !ok {
		return backend.TransferNeutral(state{l}, dst, from, to)
	}
	if to < from {
		return 0
	}
	if n := to - from + 1; n > alwaysRoom && !d.l.CheckStack(n) {
		return backend.NoRoom
	}
	for i := from; i <= to; i++ {
		switch l.TypeOf(i) {
		case lua.TypeNumber, lua.TypeBoolean, lua.TypeNil:
			d.l.PushLightUserData(l.ToValue(i))
			continue
		case lua.TypeString:
			v := l.ToValue(i)
			if s, _ := v.(string); !backend.TooLong(dst, len(s)) {
				d.l.PushLightUserData(v)
				continue
			}
		case lua.TypeNone: // light userdata have no type in the VM
			if u, ok := light.To(l, i); ok {
				light.Push(d.l, u)
				continue
			}
		}
		d.l.SetTop(d.l.Top() - (i - from))
		return i
	}
	return 0
}
