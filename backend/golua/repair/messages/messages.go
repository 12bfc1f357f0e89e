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
)

// Overflow is the message when the stack is full.
const Overflow = "stack overflow"

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
	problem = strings.ReplaceAll(problem, "no value", "userdata") // light
	if types, ok := strings.CutPrefix(problem, "compare "); ok {
		problem = "compare " + strings.ReplaceAll(types, "'", "")
	}
	return position + "attempt to " + problem
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
