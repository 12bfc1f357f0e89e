package golua

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// transfer pushes the VM's values as they are when both states are of this VM: they are not boxed anew.
func transfer(l *lua.State, dst backend.State, from, to int) int {
	d, ok := dst.(state)
	if !ok {
		return backend.TransferNeutral(state{l}, dst, from, to)
	}
	if to < from {
		return 0
	}
	if !d.l.CheckStack(to - from + 1) {
		return backend.NoRoom
	}
	for i := from; i <= to; i++ {
		switch l.TypeOf(i) {
		case lua.TypeNumber, lua.TypeString, lua.TypeBoolean, lua.TypeNil:
			d.l.PushLightUserData(l.ToValue(i))
			continue
		case lua.TypeNone: // light userdata have no type in the VM
			if u, ok := toLight(l, i); ok {
				pushLight(d.l, u)
				continue
			}
		}
		d.l.SetTop(d.l.Top() - (i - from))
		return i
	}
	return 0
}
