package golua

// The names of values in messages and of functions, as Lua finds them (ldebug.c): from the code that has loaded the
// value. The VM searches for the value instead, and takes the first that looks alike.

// nameOf tells where the value of a register comes from: a kind such as "local", and a name. Both are empty when that is
// not known.
func (c frameCode) nameOf(register, pc int) (kind, name string) {
	if name = c.local(register+1, pc); name != "" {
		return "local", name
	}
	pc = c.setter(register, pc)
	if pc < 0 {
		return "", ""
	}
	switch i := c.at(pc); i.op() {
	case opMove:
		if i.b() < i.a() {
			return c.nameOf(i.b(), pc)
		}
	case opGetTableUp:
		return fieldKind(c.upvalue(i.b())), c.key(i.c())
	case opGetTable:
		return fieldKind(c.local(i.b()+1, pc)), c.key(i.c())
	case opGetUpvalue:
		return "upvalue", c.upvalue(i.b())
	case opSelf:
		return "method", c.key(i.c())
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
func (c frameCode) key(operand int) string {
	if operand&constantBit == 0 {
		return "?"
	}
	return c.text(operand &^ constantBit)
}

// setter returns the instruction that has set a register before pc, -1 when that depends on conditions.
func (c frameCode) setter(register, pc int) (setter int) {
	setter = -1
	target := 0 // code before it is run under a condition
	for at := range pc {
		i, sets := c.at(at), false
		switch a := i.a(); i.op() {
		case opLoadNil:
			sets = a <= register && register <= a+i.b()
		case opTForCall:
			sets = register >= a+2
		case opCall, opTailCall:
			sets = register >= a
		case opJump:
			if to := at + 1 + i.sbx(); at < to && to <= pc && to > target {
				target = to
			}
		case opTest:
			sets = a == register
		case opSetTableUp, opSetTable, opEqual, opLessThan, opLessEqual, opReturn, opTForLoop, opSetList, opExtraArg, opSetUpvalue:
		default:
			sets = a == register
		}
		if sets {
			if at < target {
				setter = -1
			} else {
				setter = at
			}
		}
	}
	return setter
}

// operand tells where the culprit of an error comes from: the operand of the running instruction whose type the message
// of the VM says. what is the operation in the message.
func (c frameCode) operand(what, typeName string) (kind, name string) {
	i := c.at(c.pc)
	switch what {
	case "index":
		switch i.op() {
		case opGetTable, opSelf:
			return c.nameOfType(i.b(), typeName)
		case opSetTable:
			return c.nameOfType(i.a(), typeName)
		case opGetTableUp:
			return "upvalue", c.upvalue(i.b())
		case opSetTableUp:
			return "upvalue", c.upvalue(i.a())
		}
	case "call":
		switch i.op() {
		case opCall, opTailCall:
			return c.nameOfType(i.a(), typeName)
		}
	case "get length of":
		return c.nameOfType(i.b(), typeName)
	case "perform arithmetic on":
		for _, operand := range []int{i.b(), i.c()} {
			if operand&constantBit == 0 && c.registerType(operand) == typeName {
				return c.nameOf(operand, c.pc)
			}
			if i.op() == opUnaryMinus {
				break
			}
		}
	}
	return "", ""
}

// nameOfType is nameOf for a register with a value of a type. Another value means that the culprit is none of the
// instruction's, but what an __index has led to.
func (c frameCode) nameOfType(register int, typeName string) (kind, name string) {
	if c.registerType(register) != typeName {
		return "", ""
	}
	return c.nameOf(register, c.pc)
}

// callee tells how the function was named that the running instruction calls.
func (c frameCode) callee() (kind, name string) {
	switch i := c.at(c.pc); i.op() {
	case opCall, opTailCall:
		return c.nameOf(i.a(), c.pc)
	case opTForCall:
		return "for iterator", "for iterator"
	case opGetTable, opGetTableUp, opSelf:
		return "metamethod", "__index"
	case opSetTable, opSetTableUp:
		return "metamethod", "__newindex"
	case opLength:
		return "metamethod", "__len"
	case opEqual:
		return "metamethod", "__eq"
	case opLessThan:
		return "metamethod", "__lt"
	case opLessEqual:
		return "metamethod", "__le"
	case opUnaryMinus:
		return "metamethod", "__unm"
	case opAdd, opAdd + 1, opAdd + 2, opAdd + 3, opMod, opPow:
		return "metamethod", [...]string{"__add", "__sub", "__mul", "__div", "__mod", "__pow"}[i.op()-opAdd]
	}
	return "", ""
}
