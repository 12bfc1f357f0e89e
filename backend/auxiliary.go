package backend

import (
	"fmt"
	"strconv"
)

// Functions that the operations of a VM can express, under the names of Lua's auxiliary library and of its macros.

// Insert moves the topmost value into the positive index and shifts the values above it up.
func Insert(vm VM, index int) { vm.Rotate(index, 1) }

// Remove removes the value at the positive index and shifts the values above it down.
func Remove(vm VM, index int) {
	vm.Rotate(index, -1)
	vm.SetTop(vm.GetTop() - 1)
}

// NewMetatable pushes the metatable registered under typeName and reports whether it is new. A new one has typeName as
// __name.
func NewMetatable(vm VM, typeName string) bool {
	vm.PushRegistry()
	registry := vm.GetTop()
	vm.RawGetField(registry, typeName)
	isNew := vm.Type(-1) != Table
	if isNew {
		vm.SetTop(registry)
		vm.CreateTable(0, 0)
		vm.PushString(typeName)
		vm.RawSetField(-2, "__name")
		vm.PushValue(-1)
		vm.RawSetField(registry, typeName)
	}
	Remove(vm, registry)
	return isNew
}

// GetRegistered pushes the value that the registry has under name, such as a metatable, or nil.
func GetRegistered(vm VM, name string) {
	vm.PushRegistry()
	vm.RawGetField(-1, name)
	Remove(vm, vm.GetTop()-1)
}

// GetMetafield pushes a field of the metatable of the value at index and reports whether there is one. If not, it
// pushes nothing.
func GetMetafield(vm VM, index int, event string) bool {
	if !vm.GetMetatable(index) {
		return false
	}
	vm.RawGetField(-1, event)
	Remove(vm, vm.GetTop()-1)
	if vm.Type(-1) == Nil {
		vm.SetTop(vm.GetTop() - 1)
		return false
	}
	return true
}

// RawEqual reports whether the values at the two indexes are primitively equal, without metamethods;
// numbers as ToNumber returns them.
func RawEqual(vm VM, a, b int) bool {
	t := vm.Type(a)
	if t != vm.Type(b) {
		return false
	}
	x, simple := vm.ToNeutral(a)
	if !simple {
		return vm.ToPointer(a) == vm.ToPointer(b)
	}
	y, _ := vm.ToNeutral(b)
	switch t {
	case Boolean:
		return x.Boolean() == y.Boolean()
	case Number:
		return x.Number() == y.Number()
	case String:
		return x.Text() == y.Text()
	case LightUserdataType:
		return x.Light() == y.Light()
	}
	return true // Nil
}

// Raise raises a message that begins with the position of the function's caller. It does not return.
func Raise(vm VM, message string) int {
	position := vm.Where(1)
	if len(position)+len(message) > vm.Env().MaxString {
		return RaiseOutOfMemory()
	}
	vm.PushString(position + message)
	return vm.Error()
}

// RaiseOutOfMemory raises "not enough memory" as an error for which a Failure says OutOfMemory. A Function calls it; it
// does not return.
func RaiseOutOfMemory() int { panic(ErrOutOfMemory) }

// CallToString calls the metamethod __tostring of the value at index, and pushes its result. It returns false if there is
// none.
func CallToString(vm VM, index int) bool {
	if !GetMetafield(vm, index, "__tostring") {
		return false
	}
	if index < 0 {
		index--
	}
	if kind := vm.Type(-1); kind != FunctionType && !GetMetafield(vm, -1, "__call") {
		vm.PushString(fmt.Sprintf("attempt to call a %s value", kind))
		vm.Error()
	} else if kind != FunctionType {
		vm.SetTop(vm.GetTop() - 1)
	}
	vm.PushValue(index)
	vm.Call(1, 1)
	return true
}

// ToStringMeta returns the text of the value at index. It honours __tostring, so it may run Lua code, and raises an error
// if that returns no text.
func ToStringMeta(vm VM, index int) string {
	if CallToString(vm, index) {
		text, ok := vm.ToString(-1)
		vm.SetTop(vm.GetTop() - 1)
		if !ok {
			Raise(vm, "'tostring' must return a string")
		}
		return text
	}
	switch kind := vm.Type(index); kind {
	case None, Nil:
		return Nil.String()
	case Boolean:
		return strconv.FormatBool(vm.ToBoolean(index))
	case Number, String:
		text, _ := vm.ToString(index)
		return text
	default:
		return fmt.Sprintf("%s: %#x", kind, vm.ToPointer(index))
	}
}

// maxIndexChain bounds the number of __index values that GetTable follows, so that a loop of them ends.
const maxIndexChain = 100

// GetTable pops a key and pushes the value that the value at index has under it. It honours __index, so it may run Lua
// code and may raise.
func GetTable(vm VM, index int) {
	key := vm.GetTop()
	vm.PushValue(index)
	for range maxIndexChain {
		object := vm.GetTop()
		isTable := vm.Type(object) == Table
		if isTable {
			vm.PushValue(key)
			vm.RawGet(object)
			if vm.Type(-1) != Nil || !GetMetafield(vm, object, "__index") {
				replaceFrom(vm, key)
				return
			}
		} else if !GetMetafield(vm, object, "__index") {
			Raise(vm, fmt.Sprintf("attempt to index a %s value", vm.Type(object)))
		}
		if vm.Type(-1) == FunctionType {
			vm.PushValue(object)
			vm.PushValue(key)
			vm.Call(2, 1)
			replaceFrom(vm, key)
			return
		}
		replaceFrom(vm, key+1)
	}
	Raise(vm, "loop in gettable")
}

// replaceFrom moves the topmost value to index and drops the other values from there on.
func replaceFrom(vm VM, index int) {
	Insert(vm, index)
	vm.SetTop(index)
}

// Len returns the length of the table or string at index, as Lua's # does: it may run __len. It raises if the result is
// not a number.
func Len(vm VM, index int) int {
	if kind := vm.Type(index); kind == String {
		return vm.RawLen(index)
	} else if !GetMetafield(vm, index, "__len") {
		if kind != Table {
			Raise(vm, fmt.Sprintf("attempt to get length of a %s value", kind))
		}
		return vm.RawLen(index)
	}
	if index < 0 {
		index--
	}
	vm.PushValue(index)
	vm.Call(1, 1)
	n, ok := vm.ToNumber(-1)
	vm.SetTop(vm.GetTop() - 1)
	if !ok {
		Raise(vm, "object length is not a number")
	}
	return int(n)
}

// ClassHider is a VM that finds methods sooner when it knows that no script can change them.
type ClassHider interface {
	// HideClass says that only the caller has the metatable at an index, and the table that is its __index. The VM notices
	// when Go code changes one of them later, or hands out one to a script, or the registry that has it.
	HideClass(index int)
}
