package toylua

import (
	"math"
	"strconv"
	"strings"
)

// Value is a Lua value.
type Value = any

// Light is light userdata: a Go value that is equal to another one when the Go values are.
type Light struct{ Pointer any }

// Userdata is full userdata.
type Userdata struct {
	Value any
	meta  *Table
}

// Function is a function: of Lua when it has a Proto, otherwise of Go.
type Function struct {
	Proto *Proto
	Go    func(*State) int
	// Name is what a host calls a Go function.
	Name string
	ups  []*Cell
}

// Cell is a variable that closures share.
type Cell struct{ V Value }

// Upvalue returns the variable of upvalue n, from 1, and its name; nil when there is none.
func (f *Function) Upvalue(n int) (*Cell, string) {
	if f.Proto == nil || n < 1 || n > len(f.ups) {
		return nil, ""
	}
	return f.ups[n-1], f.Proto.ups[n-1].name
}

// SetUpvalue makes upvalue n, from 1, share the variable of another one.
func (f *Function) SetUpvalue(n int, c *Cell) { f.ups[n-1] = c }

// TypeName returns the name of a value's type.
func TypeName(v Value) string {
	switch v.(type) {
	case nil:
		return "nil"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "string"
	case *Table:
		return "table"
	case *Function:
		return "function"
	}
	return "userdata"
}

// Truth reports whether a value counts as true.
func Truth(v Value) bool {
	b, ok := v.(bool)
	return v != nil && (!ok || b)
}

// FormatNumber writes a number with up to 14 digits.
func FormatNumber(n float64) string {
	switch {
	case math.IsNaN(n):
		return "nan"
	case math.IsInf(n, 0):
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(n, 'g', -1, 64), "+"))
	}
	return strconv.FormatFloat(n, 'g', 14, 64)
}

// ParseNumber reads a number, with spaces around it.
func ParseNumber(text string) (float64, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	digits := strings.TrimLeft(text, "+-")
	if len(text)-len(digits) > 1 || digits == "" || !strings.ContainsRune(".0123456789", rune(digits[0])) {
		return 0, false
	}
	if strings.HasPrefix(digits, "0x") && !strings.Contains(digits, "p") {
		text += "p0"
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil || math.IsInf(n, 0)
}
