// Package names finds the name in a script of the value in a register of gopher-lua. Package gopherlua imports it.
//
// The fault: the VM's messages say "attempt to call a non-function object", and do not name the variable or field. This
// package searches the code before the failing instruction for the one that has set the register. When the VM's
// messages have names, this package can go.
package names

import (
	"errors"
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when the functions of this package may be called.
var Repair = repair.New("names", "error messages do not name variables and fields", probe)

// instruction is one of the VM's: 6 bits for the operation, 8 for A, 9 for C, 9 for B; Bx is C and B together.
type instruction uint32

func (i instruction) op() int  { return int(i >> 26) }
func (i instruction) a() int   { return int(i >> 18 & 0xff) }
func (i instruction) b() int   { return int(i & 0x1ff) }
func (i instruction) c() int   { return int(i >> 9 & 0x1ff) }
func (i instruction) bx() int  { return int(i & 0x3ffff) }
func (i instruction) sbx() int { return i.bx() - 0x3ffff>>1 }

// constantBit marks the operands that are constants.
const constantBit = 1 << 8

// Operands returns the registers that the instruction at pc works on, in the order in which Lua looks at them. Constants
// are -1. The function of a generic for has no name.
func Operands(p *lua.FunctionProto, pc int) []int {
	if pc < 0 || pc >= len(p.Code) {
		return nil
	}
	i := instruction(p.Code[pc])
	register := func(operand int) int {
		if operand&constantBit != 0 {
			return -1
		}
		return operand
	}
	switch op := i.op(); op {
	case lua.OP_GETTABLE, lua.OP_GETTABLEKS, lua.OP_SELF, lua.OP_LEN, lua.OP_UNM:
		return []int{register(i.b())}
	case lua.OP_SETTABLE, lua.OP_SETTABLEKS, lua.OP_CALL, lua.OP_TAILCALL:
		return []int{i.a()}
	case lua.OP_TFORLOOP:
		return []int{i.a()}
	case lua.OP_ADD, lua.OP_SUB, lua.OP_MUL, lua.OP_DIV, lua.OP_MOD, lua.OP_POW:
		return []int{register(i.b()), register(i.c())}
	}
	return nil
}

// Register returns the kind and name of the value that a register has before the instruction at pc: "local", "global",
// "field", "method" or "upvalue", and a name, which is "?" for a field whose key is not in the source. Both are empty
// if it has no name.
func Register(p *lua.FunctionProto, register, pc int) (kind, name string) {
	if name, ok := local(p, register, pc); ok && !isHead(p, name, pc) {
		if strings.HasPrefix(name, "(") {
			return "", ""
		}
		return "local", name
	}
	at := setter(p, register, pc)
	if at < 0 {
		return "", ""
	}
	switch i := instruction(p.Code[at]); i.op() {
	case lua.OP_MOVE, lua.OP_MOVEN:
		if i.b() < i.a() {
			return Register(p, i.b(), at)
		}
	case lua.OP_GETGLOBAL:
		return "global", text(p, i.bx())
	case lua.OP_GETUPVAL:
		if i.b() < len(p.DbgUpvalues) {
			return "upvalue", p.DbgUpvalues[i.b()]
		}
	case lua.OP_GETTABLE:
		return "field", key(p, i.c())
	case lua.OP_GETTABLEKS:
		return "field", nameOf(p, i.c(), at)
	case lua.OP_SELF:
		if i.a() == register {
			return "method", nameOf(p, i.c(), at)
		}
	}
	return "", ""
}

// isHead reports whether an instruction before a loop uses the register of the loop's hidden variable: the VM declares it
// before the values are computed.
func isHead(p *lua.FunctionProto, name string, pc int) bool {
	return strings.HasPrefix(name, "(for ") && instruction(p.Code[pc]).op() != lua.OP_TFORLOOP
}

// Callee returns the name under which the function of f was called, and the kind of the name, as debug.getinfo has
// them.
func Callee(f *layout.Frame) (name, kind string) {
	caller := f.Parent
	for caller != nil && frames.IsHidden(caller.Fn) {
		caller = caller.Parent
	}
	if !Repair.On() || caller == nil || caller.Fn.IsG || !f.Fn.IsG && f.TailCall > 0 {
		return "", ""
	}
	proto, pc := caller.Fn.Proto, caller.Instruction()
	if !frames.IsCall(proto.Code[pc]) {
		return "", ""
	}
	kind, name = Register(proto, Operands(proto, pc)[0], pc)
	return name, kind
}

// Limit returns what an arithmetic instruction computes for a numeric for: "initial value", "limit" or "step". It is
// empty for all but a subtraction of 0, which package rewrite adds.
func Limit(p *lua.FunctionProto, pc int) string {
	i := instruction(p.Code[pc])
	if i.op() != lua.OP_SUB || i.c()&constantBit == 0 || p.Constants[i.c()&^constantBit] != lua.LNumber(0) {
		return ""
	}
	name, _ := local(p, i.a(), pc)
	return map[string]string{"(for index)": "initial value", "(for limit)": "limit", "(for step)": "step"}[name]
}

// local returns the name of the local variable in a register.
func local(p *lua.FunctionProto, register, pc int) (name string, ok bool) {
	for _, v := range p.DbgLocals {
		if v.StartPc > pc {
			break
		}
		if pc <= v.EndPc {
			if register == 0 {
				return v.Name, true
			}
			register--
		}
	}
	return "", false
}

// setter returns the instruction that has set a register before pc, -1 if there is none. Like Lua 5.1, it takes every jump
// ahead to be taken.
func setter(p *lua.FunctionProto, register, pc int) int {
	found := -1
	for at := 0; at < pc; at++ {
		i, here := instruction(p.Code[at]), at
		a, sets := i.a(), false
		switch i.op() {
		case lua.OP_MOVE:
			sets = register == a && i.b() != a // the compiler writes some that do nothing
		case lua.OP_LOADNIL:
			sets = a <= register && register <= i.b()
		case lua.OP_CALL, lua.OP_TAILCALL, lua.OP_VARARG:
			sets = register >= a
		case lua.OP_TFORLOOP:
			sets = register >= a+3
		case lua.OP_SELF:
			sets = register == a || register == a+1
		case lua.OP_JMP:
			if target := at + 1 + i.sbx(); at < target && target <= pc {
				at = target - 1
			}
		case lua.OP_SETLIST:
			if i.c() == 0 { // the number of the batch stands behind it
				at++
			}
		case lua.OP_CLOSURE:
			sets = register == a
			at += int(p.FunctionPrototypes[i.bx()].NumUpvalues) // where its upvalues come from
		case lua.OP_SETGLOBAL, lua.OP_SETUPVAL, lua.OP_SETTABLE, lua.OP_SETTABLEKS, lua.OP_EQ, lua.OP_LT, lua.OP_LE,
			lua.OP_RETURN, lua.OP_CLOSE, lua.OP_NOP:
		default:
			sets = register == a
		}
		if sets {
			found = here
		}
	}
	return found
}

// nameOf is the name of a field whose key is in the source. It may have been loaded into a register.
func nameOf(p *lua.FunctionProto, operand, pc int) string {
	if operand&constantBit != 0 {
		return key(p, operand)
	}
	if at := setter(p, operand, pc); at >= 0 {
		if i := instruction(p.Code[at]); i.op() == lua.OP_LOADK {
			return text(p, i.bx())
		}
	}
	return "?"
}

// key is the name of a constant key, "?" for others.
func key(p *lua.FunctionProto, operand int) string {
	if operand&constantBit == 0 {
		return "?"
	}
	return text(p, operand&^constantBit)
}

func text(p *lua.FunctionProto, constant int) string {
	if constant < len(p.Constants) {
		if s, ok := p.Constants[constant].(lua.LString); ok {
			return string(s)
		}
	}
	return "?"
}

// probe finds names of all kinds in a function that is called under them.
func probe() error {
	if err := repair.Off(frames.Repair); err != nil {
		return err
	}
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer l.Close()
	var found []string
	seen := l.NewFunction(func(l *lua.LState) int {
		caller := frames.Current(l).Parent
		pc := caller.Instruction()
		if operands := Operands(caller.Fn.Proto, pc); len(operands) == 1 {
			kind, name := Register(caller.Fn.Proto, operands[0], pc)
			found = append(found, kind+" "+name)
		}
		return 0
	})
	l.SetGlobal("see", seen)
	const program = `local t, up = {f = see}, see
		see() t.f() t:f() up()
		local function inner() up() end
		inner()
		for i = 1, 1 do local own = see own() end`
	if err := l.DoString(program); err != nil {
		return err
	}
	if got, want := strings.Join(found, ","), "global see,field f,method f,local up,upvalue up,local own"; got != want {
		return fmt.Errorf("names are %s", got)
	}
	if len(found) == 0 {
		return errors.New("no names are found")
	}
	return nil
}
