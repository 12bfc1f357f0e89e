package gopherlua

import (
	"reflect"
	"weak"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
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
		if _, light := v.Value.(backend.LightUserdata); light {
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
		if _, light := ud.Value.(backend.LightUserdata); !light {
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
		if light, ok := v.Value.(backend.LightUserdata); ok {
			return backend.LightValue(light), true
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
		return lightOf(l, v.Light())
	}
	return lua.LNil
}

func pushLight(l *lua.LState, light backend.LightUserdata) { l.Push(lightOf(l, light)) }

// lightOf returns the userdata that represents a light userdata in this VM: gopher-lua has no light userdata, and only
// a single object per Go value is equal to itself also as a table key.
func lightOf(l *lua.LState, light backend.LightUserdata) lua.LValue {
	if light.Pointer != nil && !reflect.ValueOf(light.Pointer).Comparable() {
		return &lua.LUserData{Value: light, Metatable: lua.LNil, Env: l.Env}
	}
	d := dataOf(l)
	if ud := d.lights[light.Pointer].Value(); ud != nil {
		return ud
	}
	d.sweepLights()
	ud := &lua.LUserData{Value: light, Metatable: lua.LNil, Env: l.Env}
	d.lights[light.Pointer] = weak.Make(ud)
	return ud
}

// sweepLights removes dead light userdata from the map whenever its size has doubled.
func (d *vmdata) sweepLights() {
	if d.lights == nil {
		d.lights = map[any]weak.Pointer[lua.LUserData]{}
	}
	if n := len(d.lights); n < 64 || n&(n-1) != 0 {
		return
	}
	for key, ud := range d.lights {
		if ud.Value() == nil {
			delete(d.lights, key)
		}
	}
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
	return l.LessThan(l.Get(a), l.Get(b))
}
