package instructions

import (
	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/golua/repair/names"
)

// code returns the running function's code.
func (e *engine) code() names.Code { return names.Running(e.callInfo, e.closure.Prototype) }

// fail raises the error of doing what with a value of a wrong type, an operand of the instruction.
func (e *engine) fail(what string, v any, operand int) (operation, code) {
	var kind, name string
	if operand&bytecode.ConstantBit == 0 {
		c := e.code()
		kind, name = c.NameOf(operand, c.PC)
	}
	return e.failNamed(what, v, kind, name)
}

// failNamed is fail for a value whose name is known, or not: then kind is empty.
func (e *engine) failNamed(what string, v any, kind, name string) (operation, code) {
	message := "attempt to " + what
	if kind == "" {
		message += " a " + layout.TypeName(v) + " value"
	} else {
		message += " " + kind + " '" + backend.Quote(name) + "' (a " + layout.TypeName(v) + " value)"
	}
	VM.Raise(e.l.VM(), message)
	return nil, 0
}

// failIndex raises the error of an instruction that indexes v: its object, or what an __index has led to.
func (e *engine) failIndex(i code, v any, isObject bool) (operation, code) {
	if !isObject {
		return e.failNamed("index", v, "", "")
	}
	switch i.Op() {
	case bytecode.XGetTableUp:
		return e.failNamed("index", v, "upvalue", e.code().Upvalue(i.B()))
	case bytecode.XSetTableUp:
		return e.failNamed("index", v, "upvalue", e.code().Upvalue(i.A()))
	case bytecode.XSetTable:
		return e.fail("index", v, i.A())
	}
	return e.fail("index", v, i.B())
}

// failConcat raises the error of a concatenation. named says that the register has the value.
func (e *engine) failConcat(v any, register int, named bool) (operation, code) {
	if !named {
		return e.failNamed("concatenate", v, "", "")
	}
	return e.fail("concatenate", v, register)
}

func (e *engine) failComparison(b, c any) (operation, code) {
	x, y := layout.TypeName(b), layout.TypeName(c)
	if x == y {
		VM.Raise(e.l.VM(), "attempt to compare two "+x+" values")
	}
	VM.Raise(e.l.VM(), "attempt to compare "+x+" with "+y)
	return nil, 0
}
