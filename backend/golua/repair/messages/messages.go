// Package messages translates error messages of go-lua into Lua's words and names. Only package golua imports it.
//
// When the VM's messages are those of Lua 5.2, this package can go.
package messages

import (
	"fmt"
	"strconv"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/names"
)

// Overflow is the message when the stack is full.
const Overflow = "stack overflow"

// CodeOf returns the code of a frame for names; ok is false when it is not known.
func CodeOf(l *lua.State, f lua.Frame) (c names.Code, ok bool) {
	if !names.Repair.On() {
		return c, false
	}
	return names.Of(l, f)
}

// operations are those of which the VM's messages name an operand.
var operations = []string{"index", "call", "get length of", "perform arithmetic on"}

// Lua gives a message of the VM about an error in a frame the words of Lua.
func Lua(l *lua.State, f lua.Frame, text string) string {
	d, _ := lua.Info(l, "S", f)
	if short := backend.ChunkID(d.Source); short != d.ShortSource && strings.HasPrefix(text, d.ShortSource+":") {
		text = short + text[len(d.ShortSource):]
	}
	position, problem, ok := strings.Cut(text, "attempt to ")
	if !ok {
		return strings.Replace(text, "Go stack overflow", Overflow, 1)
	}
	if types, ok := strings.CutPrefix(problem, "compare "); ok {
		types = strings.ReplaceAll(types, "'", "")
		return position + "attempt to compare " + strings.ReplaceAll(types, "no value", "userdata")
	}
	for _, what := range operations {
		if rest, ok := strings.CutPrefix(problem, what+" "); ok {
			return position + operandMessage(l, f, what, rest)
		}
	}
	return text
}

// operandMessage is the message of the VM about an operand, whose end is rest, with its name.
func operandMessage(l *lua.State, f lua.Frame, what, rest string) string {
	typeName := strings.TrimSuffix(rest[strings.LastIndex(rest, "a ")+2:], ")")
	typeName = strings.TrimSuffix(typeName, " value")
	if typeName == "no" {
		typeName = "userdata" // light
	}
	var kind, name string
	if c, ok := CodeOf(l, f); ok {
		kind, name = c.Operand(what, typeName)
	}
	return OperandText(what, typeName, kind, name)
}

// OperandText is the message about an operand of a type, with its name if that is known.
func OperandText(what, typeName, kind, name string) string {
	if kind == "" {
		return fmt.Sprintf("attempt to %s a %s value", what, typeName)
	}
	return fmt.Sprintf("attempt to %s %s '%s' (a %s value)", what, kind, backend.Quote(name), typeName)
}

// Argument gives a message of the VM about an argument of the running library function: the VM looks for the name of
// the function at the wrong instruction, so it has another name or none, and may take it for a method.
func Argument(l *lua.State, text, name string) (repaired string, changed bool) {
	name = name[strings.LastIndexByte(name, '.')+1:]
	if position, rest, ok := strings.Cut(text, "calling '"); ok {
		_, problem, ok := strings.Cut(rest, "' on bad self ")
		return fmt.Sprintf("%sbad argument #1 to '%s' %s", position, name, problem), ok
	}
	position, rest, ok := strings.Cut(text, "bad argument #")
	if !ok {
		return "", false
	}
	number, rest, _ := strings.Cut(rest, " to '")
	_, problem, ok := strings.Cut(rest, "' ")
	n, err := strconv.Atoi(number)
	if !ok || err != nil {
		return "", false
	}
	if f, ok := lua.Stack(l, 0); ok {
		if d, _ := lua.Info(l, "n", f); d.NameKind == "method" {
			n++
		}
	}
	return fmt.Sprintf("%sbad argument #%d to '%s' %s", position, n, name, problem), true
}
