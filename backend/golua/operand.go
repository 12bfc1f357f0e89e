package golua

import (
	"fmt"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/names"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// namesRepair is on when the names of operands and functions may be looked for in the VM's code.
var namesRepair = repair.New("names", "messages and tracebacks name operands and functions as the VM does, or not at all", probeNames)

// codeOf returns the code of a frame; ok is false when it is not known.
func codeOf(l *lua.State, f lua.Frame) (c names.Code, ok bool) {
	if !namesRepair.On() {
		return c, false
	}
	return names.Of(l, f, function(l, f))
}

// probeNames looks for names at calls of a function: each is what the variable or field is called that it was in.
func probeNames() error {
	l := lua.NewState()
	found := ""
	look := func(l *lua.State) int {
		if f, ok := lua.Stack(l, 1); ok {
			if c, ok := names.Of(l, f, function(l, f)); ok {
				kind, name := c.Callee()
				found += kind + " " + name + ";"
			}
		}
		return 0
	}
	l.PushNil()
	l.PushGoClosure(look, 1)
	l.SetGlobal("look")
	err := lua.DoString(l, `
		local up, t = look, {field = look}
		local function f(local1)
			look() up() t.field() local1() t:field()
			local late = 1 > 2 and nil or local1
			late();
			(t and up)()
		end
		f(look)`)
	if err != nil {
		return err
	}
	const want = "global look;upvalue up;field field;local local1;method field;local late; ;"
	if found != want {
		return fmt.Errorf("the names are %q", found)
	}
	return nil
}
