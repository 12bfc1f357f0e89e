package golua

import (
	"fmt"
	"reflect"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/light"
	"github.com/mtstates/go-mtstates/backend/internal/boxes"
)

// types are the contract's types by those of the VM, from TypeNil on.
var types = [...]backend.Type{
	lua.TypeNil:      backend.Nil,
	lua.TypeBoolean:  backend.Boolean,
	lua.TypeNumber:   backend.Number,
	lua.TypeString:   backend.String,
	lua.TypeTable:    backend.Table,
	lua.TypeFunction: backend.FunctionType,
	lua.TypeUserData: backend.Userdata,
	lua.TypeThread:   backend.Thread,
}

// typeOf distinguishes light userdata, which have no type in the VM, from indexes above the top, which have none either.
func typeOf(l *lua.State, index int) backend.Type {
	if t := l.TypeOf(index); t != lua.TypeNone {
		return types[t]
	}
	if index > l.Top() {
		return backend.None
	}
	return backend.LightUserdataType
}

// toNumber converts strings with the rules that tonumber has in all backends; the VM's own allocates and knows less.
func toNumber(l *lua.State, index int) (float64, bool) {
	switch l.TypeOf(index) {
	case lua.TypeNumber:
		return l.ToValue(index).(float64), true
	case lua.TypeString:
		return backend.ParseNumber(l.ToValue(index).(string))
	}
	return 0, false
}

// toString does not use the VM's ToString, which turns a number on the stack into a string.
func toString(l *lua.State, index int) (string, bool) {
	switch l.TypeOf(index) {
	case lua.TypeString:
		return l.ToValue(index).(string), true
	case lua.TypeNumber:
		return backend.FormatNumber(l.ToValue(index).(float64)), true
	}
	return "", false
}

func toPointer(l *lua.State, index int) uintptr {
	switch typeOf(l, index) {
	case backend.Table, backend.FunctionType, backend.Userdata, backend.Thread:
		return reflect.ValueOf(light.Raw(l, index)).Pointer()
	case backend.LightUserdataType:
		return light.Pointer(light.Raw(l, index))
	}
	return 0
}

func toUserdata(l *lua.State, index int) any { return l.ToUserData(index) }

func toValue(l *lua.State, index int) (backend.Value, bool) {
	switch typeOf(l, index) {
	case backend.Nil:
		return backend.NilValue(), true
	case backend.Boolean, backend.Number, backend.String: // the VM's ToValue looks into userdata
		return neutral(l.ToValue(index))
	case backend.LightUserdataType:
		if u, ok := light.To(l, index); ok {
			return backend.LightValue(u), true
		}
	}
	return backend.Value{}, false
}

// neutral returns the neutral form of a boolean, number or string of the VM.
func neutral(native any) (backend.Value, bool) {
	switch v := native.(type) {
	case string:
		return backend.NativeString(native), true
	case float64:
		return backend.NativeNumber(v, native), true
	case bool:
		return backend.BooleanValue(v), true
	}
	return backend.Value{}, false
}

// lessThan raises for nil, too, which the VM's comparison takes for no value.
func lessThan(l *lua.State, a, b int) bool {
	for _, index := range []int{a, b} {
		if l.IsNil(index) {
			raiseText(l, fmt.Sprintf("attempt to compare %s with %s", typeOf(l, a), typeOf(l, b)))
		}
	}
	if l.TypeOf(a) != lua.TypeNumber {
		backend.EnterLua(state{l})
	}
	return l.Compare(a, b, lua.OpLT)
}

func pushValue(l *lua.State, v backend.Value) {
	switch v.Kind {
	case backend.Boolean:
		l.PushBoolean(v.Boolean())
	case backend.Number:
		if _, own := v.Native().(float64); own {
			l.PushLightUserData(v.Native())
			return
		}
		l.PushNumber(v.Number())
	case backend.String:
		if _, own := v.Native().(string); own {
			l.PushLightUserData(v.Native())
			return
		}
		l.PushLightUserData(boxes.Of(v.Text()))
	case backend.LightUserdataType:
		light.Push(l, v.Light())
	default:
		l.PushNil()
	}
}

func pushUserdata(l *lua.State, value any, typeName string) {
	l.PushUserData(value)
	lua.SetMetaTableNamed(l, typeName) // a nil leaves it without
}
