// Package messages gives error messages of gopher-lua the words of Lua. Only package gopherlua imports it.
//
// When the VM's messages are those of Lua 5.1, the package can go.
package messages

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
)

// What the VM says when one of its stacks is full: that of frames in a Go panic, that of values in an error.
const (
	FrameOverflow = "lua callstack overflow"
	SlotOverflow  = "registry overflow"
)

// StackOverflow is what Lua says.
const StackOverflow = "stack overflow"

// vmMessages are messages of the VM and what Lua says instead. %s stands for a word, %t for the type of the operand of
// the instruction that runs, which the VM does not tell.
var vmMessages = []struct{ vm, lua string }{
	{"attempt to index a non-table object(%s) with key ", "attempt to index a %s value"},
	{"attempt to call a non-function object", "attempt to call a %t value"},
	{"__unm undefined", "attempt to perform arithmetic on a %t value"},
	{"__len undefined", "attempt to get length of a %t value"},
	{"for statement init must be a number", "'for' initial value must be a number"},
	{"for statement limit must be a number", "'for' limit must be a number"},
	{"for statement step must be a number", "'for' step must be a number"},
	{"too many recursions in gettable", "loop in gettable"},
	{"too many recursions in settable", "loop in settable"},
	{SlotOverflow, StackOverflow},
	{FrameOverflow, StackOverflow},
}

// Lua returns a message of the VM, which may begin with a position, in Lua's words.
func Lua(l *lua.LState, message string) string {
	for _, m := range vmMessages {
		before, after, hasWord := strings.Cut(m.vm, "%s")
		at := strings.Index(message, before)
		if at < 0 {
			continue
		}
		text := m.lua
		if hasWord {
			word, _, ok := strings.Cut(message[at+len(before):], after)
			if !ok {
				continue
			}
			text = strings.Replace(text, "%s", word, 1)
		}
		if before, after, ok := strings.Cut(text, "%t"); ok {
			text = before + operandType(l) + after
		}
		return message[:at] + text
	}
	if position, name, ok := strings.Cut(message, "name conflict for module: "); ok {
		return position + "name conflict for module '" + backend.Quote(name) + "'"
	}
	if at := strings.Index(message, "cannot perform "); at >= 0 {
		return message[:at] + arithmeticMessage(message[at:])
	}
	if at := strings.Index(message, "attempt to compare "); at >= 0 {
		if a, b, ok := strings.Cut(message[at+len("attempt to compare "):], " with "); ok && a == b {
			return message[:at] + fmt.Sprintf("attempt to compare two %s values", a)
		}
	}
	return message
}

// arithmeticMessage is the message for "cannot perform add operation between table and number".
func arithmeticMessage(message string) string {
	var operation, a, b string
	if n, _ := fmt.Sscanf(message, "cannot perform %s operation between %s and %s", &operation, &a, &b); n != 3 {
		return message
	}
	if operation == "concat" {
		if a == "number" || a == "string" {
			a = b
		}
		return fmt.Sprintf("attempt to concatenate a %s value", a)
	}
	if a == "number" || a == "string" && b != "number" {
		a = b
	}
	return fmt.Sprintf("attempt to perform arithmetic on a %s value", a)
}

// operandType returns the type of the value that the running instruction works on.
func operandType(l *lua.LState) string {
	f := frames.Current(l)
	if !frames.Repair.On() || f == nil || f.Fn.IsG || f.Instruction() < 0 {
		return "non-function"
	}
	instruction := f.Fn.Proto.Code[f.Instruction()]
	register := instruction & 0x1ff
	switch int(instruction >> 26) {
	case lua.OP_CALL, lua.OP_TAILCALL, lua.OP_TFORLOOP:
		register = instruction >> 18 & 0xff
	}
	return adapter.TypeName(l, int(register)+1)
}
