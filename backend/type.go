package backend

// Type is the type of a Lua value.
type Type uint8

// The types of Lua, and None for an index where there is no value.
const (
	None Type = iota
	Nil
	Boolean
	LightUserdataType
	Number
	String
	Table
	FunctionType
	Userdata
	Thread
)

var typeNames = [...]string{"no value", "nil", "boolean", "userdata", "number", "string", "table", "function", "userdata", "thread"}

// String returns the name that Lua's type function and error messages use, "no value" for None.
func (t Type) String() string { return typeNames[t] }
