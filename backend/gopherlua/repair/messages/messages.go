// Package messages translates the errors of gopher-lua into Lua's words. Only package gopherlua imports it.
//
// The fault: the VM has its own messages, such as "attempt to call a non-function object". Package names finds the name
// of the operand. A message that is not known stays as it is, so there is nothing to probe. When the VM's messages are
// Lua's, this package can go.
package messages

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/names"
)

// The VM's messages about a full stack: that of frames in a Go panic, that of values in an error.
const (
	FrameOverflow = "lua callstack overflow"
	SlotOverflow  = "registry overflow"
)

// StackOverflow is Lua's message about a full stack.
const StackOverflow = "stack overflow"

// vmMessages are messages of the VM, and Lua's messages for them. An operation is one for which Operand has a message;
// %s stands for the type of its operand.
var vmMessages = []struct{ vm, operation, lua string }{
	{vm: "attempt to index a non-table object(%s) with key ", operation: "index"},
	{vm: "attempt to call a non-function object", operation: "call"},
	{vm: "__unm undefined", operation: "perform arithmetic on"},
	{vm: "__len undefined", operation: "get length of"},
	{vm: "for statement init must be a number", lua: "'for' initial value must be a number"},
	{vm: "for statement limit must be a number", lua: "'for' limit must be a number"},
	{vm: "for statement step must be a number", lua: "'for' step must be a number"},
	{vm: "too many recursions in gettable", lua: "loop in gettable"},
	{vm: "too many recursions in settable", lua: "loop in settable"},
	{vm: SlotOverflow, lua: StackOverflow},
	{vm: FrameOverflow, lua: StackOverflow},
}

// Lua returns a message of the VM, which may begin with a position, in Lua's words. It is called where the error
// was raised.
func Lua(l *lua.LState, message string) string {
	for _, m := range vmMessages {
		before, after, hasType := strings.Cut(m.vm, "%s")
		at := strings.Index(message, before)
		if at < 0 {
			continue
		}
		position := message[:at]
		if m.operation == "" {
			return position + m.lua
		}
		var culprit string
		if hasType {
			culprit, _, hasType = strings.Cut(message[at+len(before):], after)
			if !hasType {
				continue
			}
		}
		return position + atFrame(l).first(m.operation, culprit)
	}
	if position, name, ok := strings.Cut(message, "name conflict for module: "); ok {
		return position + "name conflict for module '" + backend.Quote(name) + "'"
	}
	if at := strings.Index(message, "cannot perform "); at >= 0 {
		return message[:at] + arithmetic(l, message[at:])
	}
	if at := strings.Index(message, "attempt to compare "); at >= 0 {
		if a, b, ok := strings.Cut(message[at+len("attempt to compare "):], " with "); ok && a == b {
			return message[:at] + fmt.Sprintf("attempt to compare two %s values", a)
		}
	}
	return message
}

// arithmetic is the message for "cannot perform add operation between table and number".
func arithmetic(l *lua.LState, message string) string {
	var operation, a, b string
	if n, _ := fmt.Sscanf(message, "cannot perform %s operation between %s and %s", &operation, &a, &b); n != 3 {
		return message
	}
	if operation == "concat" {
		if a == "number" || a == "string" {
			a = b
		}
		return text("concatenate", a, "", "")
	}
	culprit, operand := a, 0
	if a == "number" || a == "string" && b != "number" {
		culprit, operand = b, 1
	}
	return atFrame(l).operand("perform arithmetic on", culprit, operand)
}

func text(operation, typeName, kind, name string) string {
	if kind == "" {
		return fmt.Sprintf("attempt to %s a %s value", operation, typeName)
	}
	return fmt.Sprintf("attempt to %s %s '%s' (a %s value)", operation, kind, backend.Quote(name), typeName)
}

// Operand returns "attempt to perform arithmetic on local 'x' (a nil value)" for operand n, from 0 on, of the running
// instruction, which is that of the caller of the running Go function.
func Operand(l *lua.LState, operation, culprit string, n int) string {
	return caller(l).operand(operation, culprit, n)
}

// Argument is Operand for the function's argument n, from 1 on, where the function stands for an instruction of its caller.
func Argument(l *lua.LState, operation, culprit string, n int) string {
	at := caller(l)
	if at.frame == nil {
		return text(operation, culprit, "", "")
	}
	register := int(at.frame.Fn.Proto.Code[at.frame.Instruction()]>>18&0xff) + n
	kind, name := names.Register(at.frame.Fn.Proto, register, at.frame.Instruction())
	return text(operation, culprit, kind, name)
}

// place is where an error was raised: a frame of a function written in Lua, nil when there is none.
type place struct {
	l     *lua.LState
	frame *layout.Frame
}

func atFrame(l *lua.LState) place {
	if !names.Repair.On() {
		return place{l, nil}
	}
	return placeIn(l, frames.Current(l))
}

func caller(l *lua.LState) place {
	if !names.Repair.On() {
		return place{l, nil}
	}
	return placeIn(l, frames.Current(l).Parent)
}

func placeIn(l *lua.LState, f *layout.Frame) place {
	if f == nil || f.Fn.IsG || f.Instruction() < 0 {
		return place{l, nil}
	}
	return place{l, f}
}

// value returns the value of a register.
func (p place) value(register int) lua.LValue {
	slots := layout.StateOf(p.l).Reg.Array
	if at := p.frame.LocalBase + register; at < len(slots) && slots[at] != nil {
		return slots[at]
	}
	return lua.LNil
}

// first is operand for the first operand of the instruction. culprit may be empty when the VM does not say of what type
// it is.
func (p place) first(operation, culprit string) string {
	if p.frame != nil && culprit == "" {
		proto, pc := p.frame.Fn.Proto, p.frame.Instruction()
		operands := names.Operands(proto, pc)
		switch {
		case len(operands) == 0:
		case operands[0] >= 0:
			culprit = adapter.TypeNameOf(p.value(operands[0]))
		default: // a constant
			culprit = adapter.TypeNameOf(proto.Constants[proto.Code[pc]&0xff])
		}
	}
	if culprit == "" {
		culprit = "non-function"
	}
	return p.operand(operation, culprit, 0)
}

// operand is the message for operand n of the instruction, with its name if it is of the culprit's type: the VM may have
// come to another value by metamethods.
func (p place) operand(operation, culprit string, n int) string {
	if p.frame == nil {
		return text(operation, culprit, "", "")
	}
	proto, pc := p.frame.Fn.Proto, p.frame.Instruction()
	if limit := names.Limit(proto, pc); limit != "" {
		return "'for' " + limit + " must be a number"
	}
	operands := names.Operands(proto, pc)
	if n >= len(operands) || operands[n] < 0 || adapter.TypeNameOf(p.value(operands[n])) != culprit {
		return text(operation, culprit, "", "")
	}
	kind, name := names.Register(proto, operands[n], pc)
	return text(operation, culprit, kind, name)
}
