package names

import (
	"fmt"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when names may be looked for.
var Repair = repair.New("names", "messages and tracebacks name operands and functions as the VM does, or not at all", probe)

// probe looks for names at calls of a function: each is what the variable or field is called that it was in.
func probe() error {
	if err := layout.Check(); err != nil {
		return err
	}
	l := lua.NewState()
	found := ""
	look := func(l *lua.State) int {
		if f, ok := lua.Stack(l, 1); ok {
			if c, ok := Of(l, f); ok {
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
