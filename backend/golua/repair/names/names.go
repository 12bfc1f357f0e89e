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
	switch i := c.At(pc); i.Op() {
	case bytecode.OpMove:
		if i.B() < i.A() {
			return c.NameOf(i.B(), pc)
		}
	case bytecode.OpGetTableUp:
		return fieldKind(c.upvalue(i.B())), c.key(i.C())
	case bytecode.OpGetTable:
		return fieldKind(c.local(i.B()+1, pc)), c.key(i.C())
	case bytecode.OpGetUpvalue:
		return "upvalue", c.upvalue(i.B())
	case bytecode.OpSelf:
		return "method", c.key(i.C())
	}
	return "", ""
}

func fieldKind(table string) string {
	if table == "_ENV" {
		return "global"
	}
	return "field"
}

// key is the name of a constant key, "?" for others.
func (c Code) key(operand int) string {
	if operand&bytecode.ConstantBit == 0 {
		return "?"
	}
	return c.text(operand &^ bytecode.ConstantBit)
}

// Operand says where the culprit of an error comes from: the operand of the running instruction whose type the message
// of the VM says. what is the operation in the message.
func (c Code) Operand(what, typeName string) (kind, name string) {
	i := c.At(c.PC)
	switch what {
	case "index":
		switch i.Op() {
		case bytecode.OpGetTable, bytecode.OpSelf:
			return c.nameOfType(i.B(), typeName)
		case bytecode.OpSetTable:
			return c.nameOfType(i.A(), typeName)
		case bytecode.OpGetTableUp:
			return "upvalue", c.upvalue(i.B())
		case bytecode.OpSetTableUp:
			return "upvalue", c.upvalue(i.A())
		}
	case "call":
		switch i.Op() {
		case bytecode.OpCall, bytecode.OpTailCall:
			return c.nameOfType(i.A(), typeName)
		}
	case "get length of":
		return c.nameOfType(i.B(), typeName)
	case "perform arithmetic on":
		for _, operand := range []int{i.B(), i.C()} {
			if operand&bytecode.ConstantBit == 0 && c.registerType(operand) == typeName {
				return c.NameOf(operand, c.PC)
			}
			if i.Op() == bytecode.OpUnaryMinus {
				break
			}
		}
	}
	return "", ""
}

// nameOfType is NameOf for a register with a value of a type. Another value means that the culprit is not one of the
// instruction's, but what an __index has led to.
func (c Code) nameOfType(register int, typeName string) (kind, name string) {
	if c.registerType(register) != typeName {
		return "", ""
	}
	return c.NameOf(register, c.PC)
}

// Callee says how the function was named that the running instruction calls.
func (c Code) Callee() (kind, name string) {
	switch i := c.At(c.PC); i.Op() {
	case bytecode.OpCall, bytecode.OpTailCall:
		return c.NameOf(i.A(), c.PC)
	case bytecode.OpTForCall:
		return "for iterator", "for iterator"
	case bytecode.OpGetTable, bytecode.OpGetTableUp, bytecode.OpSelf:
		return "metamethod", "__index"
	case bytecode.OpSetTable, bytecode.OpSetTableUp:
		return "metamethod", "__newindex"
	case bytecode.OpLength:
		return "metamethod", "__len"
	case bytecode.OpEqual:
		return "metamethod", "__eq"
	case bytecode.OpLessThan:
		return "metamethod", "__lt"
	case bytecode.OpLessEqual:
		return "metamethod", "__le"
	case bytecode.OpUnaryMinus:
		return "metamethod", "__unm"
	case bytecode.OpAdd, bytecode.OpAdd + 1, bytecode.OpAdd + 2, bytecode.OpAdd + 3, bytecode.OpMod, bytecode.OpPow:
		return "metamethod", [...]string{"__add", "__sub", "__mul", "__div", "__mod", "__pow"}[i.Op()-bytecode.OpAdd]
	}
	return "", ""
}

// Replaced reports whether the function calls another in place of itself: a tail call that repair/operators has made an
// ordinary one, all of whose results the next instruction returns.
func (c Code) Replaced() bool {
	call := c.At(c.PC)
	if call.Op() != bytecode.OpCall || call.C() != 0 || c.PC+1 >= c.function.FieldByName("code").Len() {
		return false
	}
	back := c.At(c.PC + 1)
	return back.Op() == bytecode.OpReturn && back.A() == call.A() && back.B() == 0
}
