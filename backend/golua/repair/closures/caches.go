package closures

import (
	"errors"
	"reflect"
	"slices"
	"unsafe"
	"weak"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/internal/repair"
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

// layout is that of the VM, found when the repair is probed.
var layout closureLayout

// Repair is on when Noted may be used.
var Repair = repair.New("closures", "dead closures may keep handles of states alive", probe)

// probe makes closures of one function literal, which the VM takes again until it is told to forget them.
func probe() error {
	if layout = findLayout(reflect.TypeFor[lua.State]()); !layout.known {
		return errors.New("the fields of a closure are others")
	}
	l := lua.NewState()
	var noted Noted
	if err := lua.LoadString(l, "return function() end"); err != nil {
		return err
	}
	noted.note(*vmfield.At[unsafe.Pointer](reflect.ValueOf(l.ToValue(-1)).UnsafePointer(), layout.prototype))
	for range 2 {
		l.PushValue(1)
		l.Call(0, 1)
	}
	if !l.RawEqual(2, 3) {
		return errors.New("the VM has no cache of closures")
	}
	noted.forget()
	l.PushValue(1)
	l.Call(0, 1)
	if l.RawEqual(3, 4) {
		return errors.New("the VM's cache of closures is elsewhere")
	}
	return nil
}

func findLayout(state reflect.Type) (fields closureLayout) {
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

// Noted are the functions that a VM has loaded, in which it may have cached closures.
type Noted struct {
	nested []prototypes
	live   int // how many there were when dead ones were last taken out
}

// prototypes is an array of functions that stand in another one.
type prototypes struct {
	first weak.Pointer[byte]
	count int
}

// Len returns how many arrays of functions are noted.
func (n *Noted) Len() int { return len(n.nested) }

// Note notes the functions inside of the Lua function on the top, which was loaded, for Forget.
func (n *Noted) Note(l *lua.State) {
	if !Repair.On() {
		return
	}
	v := reflect.ValueOf(l.ToValue(-1))
	if v.Type() != layout.closure {
		return
	}
	if len(n.nested) >= 2*n.live+16 { // a script that loads much
		n.nested = slices.DeleteFunc(n.nested, func(p prototypes) bool { return p.first.Value() == nil })
		n.live = len(n.nested)
	}
	n.note(*vmfield.At[unsafe.Pointer](v.UnsafePointer(), layout.prototype))
}

func (n *Noted) note(prototype unsafe.Pointer) {
	nested := *vmfield.At[[]byte](prototype, layout.nested) // the length is that of the real type
	if len(nested) == 0 {
		return
	}
	first := unsafe.Pointer(unsafe.SliceData(nested))
	n.nested = append(n.nested, prototypes{weak.Make((*byte)(first)), len(nested)})
	for i := range len(nested) {
		n.note(unsafe.Add(first, uintptr(i)*layout.prototypeSize))
	}
}

// Forget empties the caches of closures. The VM makes a new closure then, which is allowed at any time.
func (n *Noted) Forget() {
	if Repair.On() {
		n.forget()
	}
}

func (n *Noted) forget() {
	for _, p := range n.nested {
		first := unsafe.Pointer(p.first.Value())
		if first == nil {
			continue
		}
		for i := range p.count {
			*vmfield.At[unsafe.Pointer](unsafe.Add(first, uintptr(i)*layout.prototypeSize), layout.cached) = nil
		}
	}
}

// DropClosed takes the closed upvalues out of a thread's list of open ones.
func DropClosed(l *lua.State) {
	if !Repair.On() {
		return
	}
	link := vmfield.At[unsafe.Pointer](unsafe.Pointer(l), layout.upvalues)
	for *link != nil {
		element := *link
		upvalue := *vmfield.At[unsafe.Pointer](element, layout.upvalue)
		if home := *vmfield.At[any](upvalue, layout.home); reflect.TypeOf(home) == layout.location {
			link = vmfield.At[unsafe.Pointer](element, layout.next)
		} else {
			*link = *vmfield.At[unsafe.Pointer](element, layout.next)
		}
	}
}
