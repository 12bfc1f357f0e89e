package names

import "github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"

// NameOf says where the value of a register comes from: a kind such as "local", and a name. Both are empty when that is
// not known.
func (c Code) NameOf(register, pc int) (kind, name string) {
	if name = c.local(register+1, pc); name != "" {
		return "local", name
	}
	pc = c.origin(register, pc)
	if pc < 0 {
		return "", ""
	}
	switch i := c.at(pc); i.Base() {
	case bytecode.OpMove:
		if i.B() < i.A() {
			return c.NameOf(i.B(), pc)
		}
	case bytecode.OpLoadK:
		return c.constant(i.Bx())
	case bytecode.OpLoadKX:
		return c.constant(c.at(pc + 1).Ax())
	case bytecode.OpGetTableUp:
		return fieldKind(c.Upvalue(i.B())), c.key(i.C(), pc)
	case bytecode.OpGetTable:
		return fieldKind(c.local(i.B()+1, pc)), c.key(i.C(), pc)
	case bytecode.OpGetUpvalue:
		return "upvalue", c.Upvalue(i.B())
	case bytecode.OpSelf:
		if register == i.A() {
			return "method", c.key(i.C(), pc)
		}
	}
	return "", ""
}

func fieldKind(table string) string {
	if table == "_ENV" {
		return "global"
	}
	return "field"
}

// constant names a constant that is a string by itself.
func (c Code) constant(i int) (kind, name string) {
	if text, ok := c.prototype.Constants[i].(string); ok {
		return "constant", text
	}
	return "", ""
}

// key is the name of a constant key, "?" for others.
func (c Code) key(operand, pc int) string {
	if operand&bytecode.ConstantBit != 0 {
		return c.text(operand &^ bytecode.ConstantBit)
	}
	if kind, name := c.NameOf(operand, pc); kind == "constant" {
		return name
	}
	return "?"
}

// events are the metamethods that instructions call.
var events = map[bytecode.Opcode]string{
	bytecode.OpGetTable: "__index", bytecode.OpGetTableUp: "__index", bytecode.OpSelf: "__index",
	bytecode.OpSetTable: "__newindex", bytecode.OpSetTableUp: "__newindex",
	bytecode.OpAdd: "__add", bytecode.OpSub: "__sub", bytecode.OpMul: "__mul", bytecode.OpDiv: "__div",
	bytecode.OpMod: "__mod", bytecode.OpPow: "__pow", bytecode.OpUnaryMinus: "__unm",
	bytecode.OpLength: "__len", bytecode.OpConcat: "__concat",
	bytecode.OpEqual: "__eq", bytecode.OpLessThan: "__lt", bytecode.OpLessOrEqual: "__le",
}

// Callee says how the function was named that the running instruction calls.
func (c Code) Callee() (kind, name string) {
	switch i := c.at(c.PC); i.Base() {
	case bytecode.OpCall, bytecode.OpTailCall:
		return c.NameOf(i.A(), c.PC)
	case bytecode.OpTForCall:
		return "for iterator", "for iterator"
	default:
		if event := events[i.Base()]; event != "" {
			return "metamethod", event
		}
	}
	return "", ""
}
