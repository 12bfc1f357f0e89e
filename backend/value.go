package backend

// Value is a simple value in a form that is independent of a VM: it crosses between states of different VMs, waits in
// message buffers, and is passed to Go programs. The zero Value is nil.
type Value struct {
	// Kind is Nil, Boolean, Number, String or LightUserdataType.
	Kind   Type
	number float64 // Number; Boolean as 0 or 1
	text   string  // String
	light  any     // LightUserdataType
}

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
func StringValue(s string) Value { return Value{Kind: String, text: s} }

// LightValue returns a light userdata.
func LightValue(l LightUserdata) Value { return Value{Kind: LightUserdataType, light: l.Pointer} }

// Boolean returns the boolean; Kind is Boolean.
func (v Value) Boolean() bool { return v.number != 0 }

// Number returns the number; Kind is Number.
func (v Value) Number() float64 { return v.number }

// Text returns the string; Kind is String.
func (v Value) Text() string { return v.text }

// Light returns the light userdata; Kind is LightUserdataType.
func (v Value) Light() LightUserdata { return LightUserdata{v.light} }
