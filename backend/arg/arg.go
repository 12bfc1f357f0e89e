// Package arg reads the arguments of Go functions that Lua calls, and raises Lua's standard errors for wrong ones:
//
//	bad argument #1 to 'state' (integer or string expected, got no value)
//
// Packages binding and stdlib use it. index is the position on the stack, function the name in Lua. If the argument
// does not fit, the functions raise and do not return.
package arg

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// Bad raises "bad argument #n to 'function' (message)" with the position of the caller, for the argument at index. As
// in PUC Lua, the object of a call with a colon does not count.
func Bad(s backend.VM, index int, function, message string) int {
	number := index
	if info, ok := s.GetInfo(0, 0, "n"); ok && info.NameWhat == "method" {
		number--
	}
	problem := fmt.Sprintf("bad argument #%d to '%s'", number, function)
	if number == 0 {
		problem = fmt.Sprintf("calling '%s' on bad self", function)
	}
	s.PushString(fmt.Sprintf("%s%s (%s)", s.Where(1), problem, message))
	return s.Error()
}

// TypeName returns the type of the value at index as Lua's type does, but for userdata the __name of a metatable that
// is registered under that name.
func TypeName(s backend.VM, index int) string {
	plain := s.Type(index)
	if plain != backend.Userdata || !s.GetMetatable(index) {
		return plain.String()
	}
	top := s.GetTop()
	defer s.SetTop(top - 1)
	s.RawGetField(top, "__name")
	if s.Type(-1) != backend.String {
		return plain.String()
	}
	name, _ := s.ToString(-1)
	backend.GetRegistered(s, name)
	if !backend.RawEqual(s, -1, top) {
		return plain.String()
	}
	return name
}

func expected(s backend.VM, index int, function, want string) {
	Bad(s, index, function, fmt.Sprintf("%s expected, got %s", want, s.Type(index)))
}

// Text returns the string at index; ok reports whether there is one. Numbers count as strings. So does userdata that
// holds a Go error, as its message: errors of mtstates pass where scripts expect error strings. A message beyond the
// limit of s raises the memory error.
func Text(s backend.VM, index int) (text string, ok bool) {
	if text, ok = s.ToString(index); ok {
		return text, true
	}
	err, ok := s.ToUserdata(index).(error)
	if !ok {
		return "", false
	}
	if sized, ok := err.(interface{ Size() int }); ok && sized.Size() > s.Env().MaxString {
		backend.RaiseOutOfMemory()
	}
	text = err.Error()
	if len(text) > s.Env().MaxString {
		backend.RaiseOutOfMemory()
	}
	return text, true
}

// String returns a string argument, as defined by [Text].
func String(s backend.VM, index int, function string) string {
	text, ok := Text(s, index)
	if !ok {
		expected(s, index, function, "string")
	}
	return text
}

// Number returns a number argument. A string that Lua converts to a number counts as one.
func Number(s backend.VM, index int, function string) float64 {
	number, ok := s.ToNumber(index)
	if !ok {
		expected(s, index, function, "number")
	}
	return number
}

// Integer returns a number argument that has no fraction and is within 2^53.
func Integer(s backend.VM, index int, function string) int64 {
	number := Number(s, index, function)
	if number != math.Trunc(number) || math.Abs(number) > 1<<53 {
		Bad(s, index, function, "number has no integer representation")
	}
	return int64(number)
}

// AtLeast checks that a number argument is not below a minimum, and not NaN.
func AtLeast(s backend.VM, index int, function string, least float64) {
	if number, _ := s.ToNumber(index); !(number >= least) {
		Bad(s, index, function, "must be at least "+backend.FormatNumber(least))
	}
}

// Boolean returns a boolean argument.
func Boolean(s backend.VM, index int, function string) bool {
	if s.Type(index) != backend.Boolean {
		expected(s, index, function, "boolean")
	}
	return s.ToBoolean(index)
}

// Any checks that there is an argument, of any type, and returns its index.
func Any(s backend.VM, index int, function string) int {
	if s.Type(index) == backend.None {
		Bad(s, index, function, "value expected")
	}
	return index
}

// OneOf checks that the argument has one of the types and returns its index.
func OneOf(s backend.VM, index int, function string, types ...backend.Type) int {
	got := s.Type(index)
	names := make([]string, len(types))
	for i, t := range types {
		if t == got {
			return index
		}
		names[i] = t.String()
	}
	expected(s, index, function, strings.Join(names, " or "))
	return index
}

// Union checks that the argument is of one of the types and returns its index. names are names of builtin types and of
// classes, such as "mtmsg.buffer".
func Union(s backend.VM, index int, function string, names ...string) int {
	got := TypeName(s, index)
	if !slices.Contains(names, got) {
		Bad(s, index, function, fmt.Sprintf("%s expected, got %s", strings.Join(names, " or "), got))
	}
	return index
}

// ID returns the number at index as an id; ok is false for a number with a fraction, which is never an id.
func ID(s backend.VM, index int) (id int64, ok bool) {
	n, _ := s.ToNumber(index)
	id = int64(n)
	return id, float64(id) == n
}

func given(s backend.VM, index int) bool { return s.Type(index) > backend.Nil }

// OptString is String for an argument that may be absent or nil; ok reports whether it is there.
func OptString(s backend.VM, index int, function string) (text string, ok bool) {
	if !given(s, index) {
		return "", false
	}
	return String(s, index, function), true
}

// OptNumber is Number for an argument that may be absent or nil; ok reports whether it is there.
func OptNumber(s backend.VM, index int, function string) (number float64, ok bool) {
	if !given(s, index) {
		return 0, false
	}
	return Number(s, index, function), true
}
