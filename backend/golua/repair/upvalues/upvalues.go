// Package upvalues drops closed upvalues from go-lua's list of open ones, where the VM leaves them when it closes several
// at once: it would keep alive what is in them. Only package golua imports it.
//
// When the VM takes all upvalues that it closes out of the list, the package can go.
package upvalues

import (
	"errors"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when closed upvalues are dropped.
var Repair = repair.New("upvalues", "closed upvalues may keep handles of states alive", probe)

// probe lets the VM leave closed upvalues in its list.
func probe() error {
	if err := layout.Check(); err != nil {
		return err
	}
	l := lua.NewState()
	if err := lua.DoString(l, "do local a, b, c = 1, 2, 3 f = function() return a, b, c end end return f()"); err != nil {
		return err
	}
	drop(l)
	if layout.StateOf(l).UpValues != nil {
		return errors.New("closed upvalues stay in the list")
	}
	if err := lua.DoString(l, "return f()"); err != nil {
		return err
	}
	if n, _ := l.ToNumber(-1); n != 3 {
		return errors.New("a closed upvalue has lost its value")
	}
	return nil
}

// Drop drops the closed upvalues of a state.
func Drop(l *lua.State) {
	if Repair.On() {
		drop(l)
	}
}

func drop(l *lua.State) {
	for link := &layout.StateOf(l).UpValues; *link != nil; {
		if layout.KindOf((*link).UpValue.Home) == layout.LocationKind {
			link = &(*link).Next
		} else {
			*link = (*link).Next
		}
	}
}
