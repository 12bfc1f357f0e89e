package backend

import "fmt"

// Value is a value in a form that is independent of a VM: it crosses between states of different VMs, waits in message
// buffers, and is passed to Go programs. The zero Value is nil.
type Value struct {
	// Kind is Nil, Boolean, Number, String or LightUserdataType, which are the simple values, or Table or Userdata.
	Kind   Type
	number float64 // Number; Boolean as 0 or 1
	object any     // Number, String: see Native; LightUserdataType: its Go value; Table: a *NeutralTable; Userdata: a Handle
}

// Handle is the Go value of a userdata that crosses between states: in each of them it stands for the same object. All
// other full userdata stay in their state.
type Handle interface {
	// PushTo pushes a userdata for the object onto a VM that may not know the type yet. It uses at most HandleRoom slots,
	// and may raise the memory error, see RaiseOutOfMemory.
	PushTo(vm VM)
	// Object returns the object, as Go programs know it.
	Object() any
}

// Detachable is a [Handle] that belongs to the VM in which it was found, and ends with it.
type Detachable interface {
	Handle
	// Detach returns a handle for the same object that belongs to no VM, for values that wait outside of all.
	Detach() Handle
}

// HandleRoom is the number of stack slots that a caller of Handle.PushTo must have free.
const HandleRoom = 20

// LightUserdata is a Go value that Lua scripts can hold, compare and pass on, but not use otherwise. Two are equal in
// Lua if their Go values are equal, so Pointer must be of a comparable type.
type LightUserdata struct{ Pointer any }

// NilValue returns nil.
func NilValue() Value { return Value{Kind: Nil} }

// BooleanValue returns a boolean.
func BooleanValue(b bool) Value {
	if b {
		return Value{Kind: Boolean, number: 1}
	}
	return Value{Kind: Boolean}
}

// NumberValue returns a number.
func NumberValue(n float64) Value { return Value{Kind: Number, number: n} }

// StringValue returns a string.
func StringValue(s string) Value { return Value{Kind: String, object: s} }

// NativeNumber returns a number that a VM has as native, see [Value.Native].
func NativeNumber(n float64, native any) Value { return Value{Kind: Number, number: n, object: native} }

// NativeString returns a string that a VM has as native, which has the method String unless it is a Go string; see
// [Value.Native].
func NativeString(native any) Value { return Value{Kind: String, object: native} }

// LightValue returns a light userdata.
func LightValue(l LightUserdata) Value { return Value{Kind: LightUserdataType, object: l.Pointer} }

// TableValue returns a table.
func TableValue(t *NeutralTable) Value { return Value{Kind: Table, object: t} }

// HandleValue returns a userdata.
func HandleValue(h Handle) Value { return Value{Kind: Userdata, object: h} }

// Boolean returns the boolean; Kind is Boolean.
func (v Value) Boolean() bool { return v.number != 0 }

// Number returns the number; Kind is Number.
func (v Value) Number() float64 { return v.number }

// Text returns the string; Kind is String.
func (v Value) Text() string {
	if text, ok := v.object.(string); ok {
		return text
	}
	return v.object.(fmt.Stringer).String()
}

// Native returns a number or string in the form in which a VM has it, or nil; a VM of the same kind need not make it
// again. Kind is Number or String.
func (v Value) Native() any { return v.object }

// Light returns the light userdata; Kind is LightUserdataType.
func (v Value) Light() LightUserdata { return LightUserdata{v.object} }

// Table returns the table; Kind is Table.
func (v Value) Table() *NeutralTable { return v.object.(*NeutralTable) }

// Handle returns the userdata; Kind is Userdata.
func (v Value) Handle() Handle { return v.object.(Handle) }
