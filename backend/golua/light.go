package golua

import (
	"hash/maphash"
	"reflect"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// light is how a light userdata stands in the VM: a raw value of a type that the VM does not know. It compares and
// hashes it as an interface value, which is what equality of light userdata means.
type light struct{ pointer any }

// unequal stands in a light for a Go value that cannot be compared. It is equal only to itself.
type unequal struct{ value any }

func pushLight(l *lua.State, u backend.LightUserdata) {
	if u.Pointer != nil && !reflect.ValueOf(u.Pointer).Comparable() {
		u.Pointer = &unequal{u.Pointer}
	}
	l.PushLightUserData(light{u.Pointer})
}

// toLight returns the light userdata at index. ok is false for other values of types that the VM does not know, such
// as those that debug.upvalueid returns.
func toLight(l *lua.State, index int) (u backend.LightUserdata, ok bool) {
	v, ok := rawValue(l, index).(light)
	if box, boxed := v.pointer.(*unequal); boxed {
		return backend.LightUserdata{Pointer: box.value}, ok
	}
	return backend.LightUserdata{Pointer: v.pointer}, ok
}

// rawValue returns the value at index as the VM has it. The VM gives back raw values of its own types only; all others
// it shows through the address of an upvalue.
func rawValue(l *lua.State, index int) any {
	l.PushValue(index)
	l.PushGoClosure(nothing, 1)
	address := lua.UpValueId(l, -1, 1)
	l.Pop(1)
	return reflect.ValueOf(address).Elem().Interface()
}

func nothing(*lua.State) int { return 0 }

var textSeed = maphash.MakeSeed()

// lightPointer is what tostring shows of a light userdata: for a Go value without an address, a number that is made of it.
func lightPointer(v any) uintptr {
	u, ok := v.(light)
	if !ok {
		return reflect.ValueOf(v).Pointer()
	}
	switch p := reflect.ValueOf(u.pointer); p.Kind() {
	case reflect.Pointer, reflect.UnsafePointer, reflect.Chan:
		return p.Pointer()
	case reflect.Uintptr, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return uintptr(p.Uint())
	}
	return uintptr(maphash.Comparable(textSeed, u.pointer))
}
