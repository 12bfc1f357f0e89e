package names

import (
	"reflect"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
)

// Code is the code that a frame of a Lua function runs. The VM does not show it, so it is read by reflection. What
// is not found, because the VM has changed, reads as unknown.
type Code struct {
	function reflect.Value // the VM's prototype
	frame    reflect.Value // the registers
	PC       int           // the instruction that is run
}

// Of returns the code of a frame; ok is false when it is not a Lua function, or has not begun.
func Of(l *lua.State, f lua.Frame) (c Code, ok bool) {
	defer func() {
		if recover() != nil {
			c, ok = Code{}, false
		}
	}()
	running := reflect.ValueOf(f).Elem().FieldByName("luaCallInfo")
	if !running.IsValid() || running.IsNil() {
		return Code{}, false
	}
	running = running.Elem()
	c.function = reflect.ValueOf(functionOf(l, f)).Elem().FieldByName("prototype").Elem()
	c.frame = running.FieldByName("frame")
	c.PC = int(running.FieldByName("savedPC").Int()) - 1
	return c, c.PC >= 0 && c.PC < c.function.FieldByName("code").Len()
}

// functionOf returns the function of a frame as the VM has it.
func functionOf(l *lua.State, f lua.Frame) any {
	lua.Info(l, "f", f)
	v := l.ToValue(-1)
	l.Pop(1)
	return v
}

func (c Code) At(pc int) bytecode.Instruction {
	return bytecode.Instruction(c.function.FieldByName("code").Index(pc).Uint())
}

// text returns a constant that is a string, or "?".
func (c Code) text(constant int) string {
	if v := c.function.FieldByName("constants").Index(constant).Elem(); v.Kind() == reflect.String {
		return v.String()
	}
	return "?"
}

// upvalue returns the name of an upvalue, or "?".
func (c Code) upvalue(i int) string {
	if name := c.function.FieldByName("upValues").Index(i).FieldByName("name").String(); name != "" {
		return name
	}
	return "?"
}

// local returns the name of local variable n, counted from 1, of those that are alive at pc.
func (c Code) local(n, pc int) string {
	variables := c.function.FieldByName("localVariables")
	for i := range variables.Len() {
		v := variables.Index(i)
		if int(v.FieldByName("startPC").Int()) > pc {
			break
		}
		if pc < int(v.FieldByName("endPC").Int()) {
			if n--; n == 0 {
				return v.FieldByName("name").String()
			}
		}
	}
	return ""
}

// registerType is the type of the value in a register, as messages name it.
func (c Code) registerType(register int) string {
	if register >= c.frame.Len() {
		return ""
	}
	v := c.frame.Index(register)
	if v.IsNil() {
		return "nil"
	}
	switch v = v.Elem(); v.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.Float64:
		return "number"
	case reflect.String:
		return "string"
	}
	switch v.Type().String() {
	case "*lua.table":
		return "table"
	case "*lua.luaClosure", "*lua.goClosure", "*lua.goFunction":
		return "function"
	case "*lua.State":
		return "thread"
	}
	return "userdata"
}
