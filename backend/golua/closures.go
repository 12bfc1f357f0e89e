package golua

import (
	"reflect"
	"slices"
	"unsafe"
	"weak"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/vmfield"
)

// Two things in the VM keep upvalues alive that no function has any more, and with them handles of states: the VM caches
// the last closure that it made of each function, and its list of open upvalues keeps some that it has closed. A
// collection empties both. They are fields that the VM does not export. Package vmfield finds them, and nothing is
// touched when one is not as it was in the version that go.mod names.

// closureLayout has the offsets of the fields.
type closureLayout struct {
	known bool

	upvalues       uintptr // in a State: the list of open upvalues
	upvalue, next  uintptr // in an element of the list
	home           uintptr // in an upvalue: its value, or while it is open a location on the stack
	prototype      uintptr // in a closure
	nested, cached uintptr // in a prototype: those of the functions in it, and the last closure of its own

	closure, location reflect.Type
	prototypeSize     uintptr
}

var closureFields closureLayout

func findClosureFields(state reflect.Type) (fields closureLayout) {
	var find vmfield.Finder
	var element, upvalue, next, prototype, nested, cached reflect.Type
	fields.upvalues, element = find.Target(state, "upValues", reflect.Pointer)
	fields.upvalue, upvalue = find.Target(element, "upValue", reflect.Pointer)
	fields.next, next = find.Target(element, "next", reflect.Pointer)
	fields.home = find.Offset(upvalue, "home", func(t reflect.Type) bool { return t.Kind() == reflect.Interface })
	if !find.Known() {
		return fields
	}
	fields.closure, fields.location = sampleTypes()
	find.Require(fields.closure != nil && fields.location != nil)
	if !find.Known() {
		return fields
	}
	fields.prototype, prototype = find.Target(fields.closure.Elem(), "prototype", reflect.Pointer)
	fields.nested, nested = find.Target(prototype, "prototypes", reflect.Slice)
	fields.cached, cached = find.Target(prototype, "cache", reflect.Pointer)
	find.Require(next == element && nested == prototype && cached == fields.closure.Elem())
	if fields.known = find.Known(); fields.known {
		fields.prototypeSize = prototype.Size()
	}
	return fields
}

// sampleTypes returns the type of a Lua function, and that of an open upvalue's home, which is nil when there is none.
func sampleTypes() (closure, location reflect.Type) {
	l := lua.NewState()
	l.Register("probe", func(l *lua.State) int {
		closure = reflect.TypeOf(l.ToValue(1))
		home := reflect.ValueOf(l).Elem().FieldByName("upValues").Elem().FieldByName("upValue").Elem().FieldByName("home")
		if !home.IsNil() && home.Elem().Kind() == reflect.Struct {
			location = home.Elem().Type()
		}
		return 0
	})
	if err := lua.DoString(l, "local x = 1 probe(function() return x end)"); err != nil {
		return nil, nil
	}
	return closure, location
}

// prototypes is an array of functions that stand in another one, in which the VM may have cached closures.
type prototypes struct {
	first weak.Pointer[byte]
	count int
}

// noteFunction notes the functions inside of the Lua function on the top, which was loaded, for forgetClosures.
func noteFunction(l *lua.State) {
	if !closureFields.known {
		return
	}
	v := reflect.ValueOf(l.ToValue(-1))
	if v.Type() != closureFields.closure {
		return
	}
	d := dataOf(l)
	if len(d.functions) >= 2*d.liveFunctions+16 { // a script that loads much
		d.functions = slices.DeleteFunc(d.functions, func(p prototypes) bool { return p.first.Value() == nil })
		d.liveFunctions = len(d.functions)
	}
	d.noteNested(*vmfield.At[unsafe.Pointer](v.UnsafePointer(), closureFields.prototype))
}

func (d *vmdata) noteNested(prototype unsafe.Pointer) {
	nested := *vmfield.At[[]byte](prototype, closureFields.nested) // the length is that of the real type
	if len(nested) == 0 {
		return
	}
	first := unsafe.Pointer(unsafe.SliceData(nested))
	d.functions = append(d.functions, prototypes{weak.Make((*byte)(first)), len(nested)})
	for i := range len(nested) {
		d.noteNested(unsafe.Add(first, uintptr(i)*closureFields.prototypeSize))
	}
}

// forgetClosures empties the caches of closures. The VM makes a new closure then, which is allowed at any time.
func forgetClosures(l *lua.State) {
	if !closureFields.known {
		return
	}
	for _, p := range dataOf(l).functions {
		first := unsafe.Pointer(p.first.Value())
		if first == nil {
			continue
		}
		for i := range p.count {
			*vmfield.At[unsafe.Pointer](unsafe.Add(first, uintptr(i)*closureFields.prototypeSize), closureFields.cached) = nil
		}
	}
	dropClosedUpvalues(l)
}

// dropClosedUpvalues takes the closed ones out of the list of open upvalues.
func dropClosedUpvalues(l *lua.State) {
	link := vmfield.At[unsafe.Pointer](unsafe.Pointer(l), closureFields.upvalues)
	for *link != nil {
		element := *link
		upvalue := *vmfield.At[unsafe.Pointer](element, closureFields.upvalue)
		if home := *vmfield.At[any](upvalue, closureFields.home); reflect.TypeOf(home) == closureFields.location {
			link = vmfield.At[unsafe.Pointer](element, closureFields.next)
		} else {
			*link = *vmfield.At[unsafe.Pointer](element, closureFields.next)
		}
	}
}
