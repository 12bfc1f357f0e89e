// Package light gives light userdata to gopher-lua, which has none: each is a userdata with the Go value. Only package
// gopherlua imports it.
//
// When the VM has light userdata, this package can go.
package light

import (
	"reflect"
	"weak"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// To returns the light userdata that a value is; ok is false for other values.
func To(v lua.LValue) (light backend.LightUserdata, ok bool) {
	if u, isUserdata := v.(*lua.LUserData); isUserdata {
		light, ok = u.Value.(backend.LightUserdata)
	}
	return light, ok
}

// Values are the light userdata of a VM. Only a single object per Go value is equal to itself also as a table key. The
// zero value is ready.
type Values struct {
	objects map[any]weak.Pointer[lua.LUserData]
}

// Of returns the value of l's VM that is a light userdata.
func (v *Values) Of(l *lua.LState, light backend.LightUserdata) lua.LValue {
	comparable := light.Pointer == nil || reflect.ValueOf(light.Pointer).Comparable()
	if comparable {
		if u := v.objects[light.Pointer].Value(); u != nil {
			return u
		}
	}
	u := &lua.LUserData{Value: light, Metatable: lua.LNil, Env: l.Env}
	if comparable {
		v.sweep()
		v.objects[light.Pointer] = weak.Make(u)
	}
	return u
}

// sweep removes dead objects whenever the number of objects has doubled.
func (v *Values) sweep() {
	if v.objects == nil {
		v.objects = map[any]weak.Pointer[lua.LUserData]{}
	}
	if n := len(v.objects); n < 64 || n&(n-1) != 0 {
		return
	}
	for pointer, u := range v.objects {
		if u.Value() == nil {
			delete(v.objects, pointer)
		}
	}
}
