// Package upvalues drops closed upvalues from go-lua's list of open ones, where the VM leaves them when it closes several
// at once, and values from the stack that the VM leaves above its top: they would keep alive what is in them. It also closes
// upvalues as the VM does. Only package golua and its repairs import it.
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
	return probeClose()
}

// probeClose closes the upvalues of a Lua function that is running.
func probeClose() error {
	l := lua.NewState()
	l.Register("close", func(l *lua.State) int {
		s := layout.StateOf(l)
		Close(l, s.CallInfo.Previous.Base()-s.CallInfo.Function)
		return 0
	})
	err := lua.DoString(l, "local a, b = 1, 2 local function f() return a, b end close() a, b = 3, 4 local c, d = f() return c + 10 * d")
	if err != nil {
		return err
	}
	if n, _ := l.ToNumber(-1); n != 21 || layout.StateOf(l).UpValues != nil {
		return errors.New("upvalues are not closed")
	}
	return nil
}

// Scrub lets a thread forget closed upvalues, and the values that it leaves above the top of the stack. The VM does not
// export how many slots that are, but SetTop fills with nils up to the end of its slice and then panics with an index out of
// range, which is recovered here.
func Scrub(l *lua.State) {
	if Repair.On() {
		drop(l)
	}
	top := l.Top()
	defer func() {
		_ = recover()
		l.SetTop(top)
	}()
	l.SetTop(1 << 30)
}

// Close closes the upvalues of values at an index of the stack and above. The repair must be on.
func Close(l *lua.State, index int) {
	s := layout.StateOf(l)
	slot := s.CallInfo.Function + index
	for link := &s.UpValues; *link != nil; {
		u := (*link).UpValue
		if layout.KindOf(u.Home) == layout.LocationKind {
			if at := (*layout.StackLocation)(layout.Pointer(u.Home)); at.Index < slot {
				link = &(*link).Next
				continue
			}
			u.Home = u.Get()
		}
		*link = (*link).Next
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
