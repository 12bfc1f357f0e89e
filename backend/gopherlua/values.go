package gopherlua

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/light"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/loop"
)

func typeOf(l *lua.LState, index int) backend.Type {
	if index > l.GetTop() {
		return backend.None
	}
	return typeOfValue(l.Get(index))
}

func typeOfValue(v lua.LValue) backend.Type {
	switch v := v.(type) {
	case *lua.LNilType:
		return backend.Nil
	case lua.LBool:
		return backend.Boolean
	case lua.LNumber:
		return backend.Number
	case lua.LString:
		return backend.String
	case *lua.LTable:
		return backend.Table
	case *lua.LFunction:
		return backend.FunctionType
	case *lua.LUserData:
		if _, ok := light.To(v); ok {
			return backend.LightUserdataType
		}
		return backend.Userdata
	case *lua.LState:
		return backend.Thread
	}
	return backend.Userdata // a channel, gopher-lua's own type
}

func toNumber(l *lua.LState, index int) (float64, bool) {
	switch v := l.Get(index).(type) {
	case lua.LNumber:
		return float64(v), true
	case lua.LString:
		return backend.ParseNumber(string(v))
	}
	return 0, false
}

func toString(l *lua.LState, index int) (string, bool) {
	switch v := l.Get(index).(type) {
	case lua.LString:
		return string(v), true
	case lua.LNumber:
		return backend.FormatNumber(float64(v)), true
	}
	return "", false
}

func toPointer(l *lua.LState, index int) uintptr {
	switch v := l.Get(index).(type) {
	case *lua.LTable, *lua.LFunction, *lua.LUserData, *lua.LState:
		return reflect.ValueOf(v).Pointer()
	}
	return 0
}

func toUserdata(l *lua.LState, index int) any {
	if ud, ok := l.Get(index).(*lua.LUserData); ok {
		if _, ok := light.To(ud); !ok {
			return ud.Value
		}
	}
	return nil
}

func toValue(l *lua.LState, index int) (backend.Value, bool) { return neutral(l.Get(index)) }

func neutral(native lua.LValue) (backend.Value, bool) {
	switch v := native.(type) {
	case lua.LNumber:
		return backend.NativeNumber(float64(v), native), true
	case lua.LString:
		return backend.NativeString(native), true
	case lua.LBool:
		return backend.BooleanValue(bool(v)), true
	case *lua.LNilType:
		return backend.NilValue(), true
	case *lua.LUserData:
		if u, ok := light.To(v); ok {
			return backend.LightValue(u), true
		}
	}
	return backend.Value{}, false
}

func pushValue(l *lua.LState, v backend.Value) { l.Push(fromNeutral(l, v)) }

// fromNeutral returns the value of a simple one in neutral form.
func fromNeutral(l *lua.LState, v backend.Value) lua.LValue {
	switch v.Kind {
	case backend.Boolean:
		return lua.LBool(v.Boolean())
	case backend.Number:
		if native, ok := v.Native().(lua.LValue); ok {
			return native
		}
		return lua.LNumber(v.Number())
	case backend.String:
		if native, ok := v.Native().(lua.LValue); ok {
			return native
		}
		return lua.LString(v.Text())
	case backend.LightUserdataType:
		return dataOf(l).light.Of(l, v.Light())
	}
	return lua.LNil
}

func pushUserdata(l *lua.LState, value any, typeName string) {
	ud := l.NewUserData()
	ud.Value = value
	dataOf(l).hasUserdata = true
	if mt, ok := l.G.Registry.RawGetString(typeName).(*lua.LTable); ok {
		ud.Metatable = mt
	}
	l.Push(ud)
}

func lessThan(l *lua.LState, a, b int) bool {
	if x, y, ok := loop.Texts(l.Get(a), l.Get(b)); ok {
		return x < y
	}
	if l.Get(a).Type() != lua.LTNumber {
		backend.EnterLua(state{l})
	}
	return l.LessThan(l.Get(a), l.Get(b))
}
