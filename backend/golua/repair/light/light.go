// Package light gives light userdata to go-lua, whose API can push them but does not know them: they have no type and
// cannot be read back. Only package golua imports it.
//
// When the VM's TypeOf and ToUserData know them, this package can go.
package light

import (
	"hash/maphash"
	"reflect"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// value is how a light userdata stands in the VM: a raw value of a type that the VM does not know. It compares and
// hashes it as an interface value, which is what equality of light userdata means.
type value struct{ pointer any }

// unequal stands in a value for a Go value that cannot be compared. It is equal only to itself.
type unequal struct{ value any }

// Push pushes a light userdata.
func Push(l *lua.State, u backend.LightUserdata) {
	if u.Pointer != nil && !reflect.ValueOf(u.Pointer).Comparable() {
		u.Pointer = &unequal{u.Pointer}
	}
	l.PushLightUserData(value{u.Pointer})
}

// To returns the light userdata at index. ok is false for other values of types that the VM does not know, such
// as those that debug.upvalueid returns.
func To(l *lua.State, index int) (u backend.LightUserdata, ok bool) {
	v, ok := Raw(l, index).(value)
	if box, boxed := v.pointer.(*unequal); boxed {
		return backend.LightUserdata{Pointer: box.value}, ok
	}
	return backend.LightUserdata{Pointer: v.pointer}, ok
}

// Raw returns the value at index as the VM has it. The VM gives back raw values of its own types only; all others
// it shows through the address of an upvalue.
func Raw(l *lua.State, index int) any {
	l.PushValue(index)
	l.PushGoClosure(nothing, 1)
	address := lua.UpValueId(l, -1, 1)
	l.Pop(1)
	return reflect.ValueOf(address).Elem().Interface()
}

func nothing(*lua.State) int { return 0 }

var textSeed = maphash.MakeSeed()

// Pointer is what tostring shows of a light userdata: for a Go value without an address, a number that is made of it.
func Pointer(v any) uintptr {
	u, ok := v.(value)
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
