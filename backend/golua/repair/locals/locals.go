// Package locals finds the local variables of functions of go-lua, for debug.getlocal and debug.setlocal. Only package golua
// imports it.
//
// The fault: the VM has no such functions. When it has, this package can go.
package locals

import (
	"errors"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when the functions of this package may be called.
var Repair = repair.New("locals", "debug.getlocal and debug.setlocal find no variables", probe)

// At returns the name and the slot of variable n of a call in l, as Lua counts them: further arguments have negative numbers,
// and values without a name follow the variables. The slot is nil if there is none.
func At(l *lua.State, call lua.Frame, n int) (name string, slot *any) {
	s, f := layout.StateOf(l), layout.FrameOf(call)
	base := f.Function + 1
	if f.IsLua() {
		base = f.Base()
		p := layout.ClosureOf(s.Stack[f.Function]).Prototype
		if n < 0 {
			first := f.Function + p.ParameterCount
			if !p.IsVarArg || -n >= base-first {
				return "", nil
			}
			return "(*vararg)", &s.Stack[first-n]
		}
		if name := variable(p, n, int(f.LuaCallInfo.SavedPC)-1); name != "" {
			return name, &s.Stack[base+n-1]
		}
	}
	limit := s.Top
	if f != s.CallInfo {
		limit = f.Next.Function
	}
	if n <= 0 || n > limit-base {
		return "", nil
	}
	return "(*temporary)", &s.Stack[base+n-1]
}

// Parameter returns the name of parameter n of a Lua function, "" if there is none.
func Parameter(function any, n int) string {
	c := layout.ClosureOf(function)
	if c == nil {
		return ""
	}
	return variable(c.Prototype, n, 0)
}

// variable returns the name of the variable that is number n of those that live at an instruction, "" if there is none.
func variable(p *layout.Prototype, n, pc int) string {
	for i := range p.LocalVariables {
		v := &p.LocalVariables[i]
		if v.StartPC > pc {
			break
		}
		if pc < v.EndPC {
			if n--; n == 0 {
				return v.Name
			}
		}
	}
	return ""
}

// probe looks at the variables of a function from inside.
func probe() error {
	if err := layout.Check(); err != nil {
		return err
	}
	l := lua.NewState()
	found := ""
	l.PushGoFunction(func(l *lua.State) int {
		f, _ := lua.Stack(l, 1)
		for _, n := range []int{1, 2, 3, 9, -1, -2} {
			name, slot := At(l, f, n)
			if found += name + ";"; name == "b" {
				*slot = "changed"
			}
		}
		return 0
	})
	l.SetGlobal("look")
	source := "local function f(a, ...) local b do local c end look() return b end local x = f(1, 2) return x"
	if err := lua.LoadString(l, source); err != nil {
		return err
	}
	if err := l.ProtectedCall(0, 1, 0); err != nil {
		return err
	}
	if text, _ := l.ToString(-1); text != "changed" || found != "a;b;;;(*vararg);;" {
		return errors.New("variables are not found")
	}
	return nil
}
