package instructions

import (
	_ "unsafe" // for go:linkname

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

// code is an instruction of a function.
type code = bytecode.Instruction

// operation runs an instruction, and returns the next one and what runs that.
type operation func(e *engine, i code) (operation, code)

// engine mirrors what the VM's loop keeps of the function that it runs.
type engine struct {
	frame     []any // the registers
	closure   *layout.Closure
	constants []any
	callInfo  *layout.Frame
	l         *layout.State
}

// vmOperations is the VM's table. The linker takes the VM's variable for it; it stays empty when there is none of the
// name.
//
//go:linkname vmOperations github.com/Shopify/go-lua.jumpTable
var vmOperations []operation

// operations has the VM's operations and those of this package.
var operations [bytecode.Opcodes]operation

// Adapter is what this package needs of package golua.
type Adapter struct {
	// Raise raises a message with the position of the running function in front. It does not return.
	Raise func(l *lua.State, message string)
	// RaiseOverflow raises the error that too many calls are nested. It does not return.
	RaiseOverflow func(l *lua.State)
	// CheckSize raises the memory error for a string of so many bytes when that is too long.
	CheckSize func(l *lua.State, size int)
	// Helper returns a function of the state's own that was written in Lua, by its name: see package compiler.
	Helper func(l *lua.State, name string) any
	// StoreWeak is called before a value is stored in a weak table.
	StoreWeak func(l *lua.State)
}

// VM is set before the first state.
var VM = Adapter{Raise: raise, RaiseOverflow: raiseOverflow, CheckSize: func(*lua.State, int) {},
	StoreWeak: func(*lua.State) {}}

func raise(l *lua.State, message string) {
	lua.Where(l, 0)
	l.PushString(message)
	l.Concat(2)
	l.Error()
}

func raiseOverflow(l *lua.State) { raise(l, "stack overflow") }

// value returns what an operand stands for: a register or a constant.
func (e *engine) value(operand int) any {
	if operand&bytecode.ConstantBit != 0 {
		return e.constants[operand&^bytecode.ConstantBit]
	}
	return e.frame[operand]
}

// hooks are what makes the VM look at each instruction.
const hooks = lua.MaskLine | lua.MaskCount

// hooked reports whether the VM must look before the next instruction. If not, it counts the instruction: nearly all
// instructions of a thread that can be interrupted are only counted.
func (e *engine) hooked() bool {
	l := e.l
	if l.HookMask&hooks == 0 {
		return false
	}
	if l.HookMask&lua.MaskLine != 0 || l.HookCount <= 1 {
		return true
	}
	l.HookCount--
	return false
}

// next goes on with the next instruction.
func (e *engine) next() (operation, code) {
	if e.hooked() {
		return operations[bytecode.OpMove](e, 0) // which does nothing but look for hooks
	}
	f := e.callInfo.LuaCallInfo
	i := code(f.Code[f.SavedPC])
	f.SavedPC++
	return operations[i.Op()], i
}

// skip goes on behind the instruction that is for metamethods. It is next after one more, in one call: most instructions
// end with it.
func (e *engine) skip() (operation, code) {
	f := e.callInfo.LuaCallInfo
	if e.hooked() {
		f.SavedPC++
		return operations[bytecode.OpMove](e, 0)
	}
	pc := f.SavedPC + 1
	i := code(f.Code[pc])
	f.SavedPC = pc + 1
	return operations[i.Op()], i
}

// result puts the result of an instruction into a register, and goes on.
func (e *engine) result(register int, v any) (operation, code) {
	e.frame[register] = v
	return e.skip()
}

// branch goes on behind a comparison: when it has the outcome that the instruction names, with the jump that follows the
// test for metamethods.
func (e *engine) branch(i code, outcome bool) (operation, code) {
	f := e.callInfo.LuaCallInfo
	if outcome != (i.A() != 0) {
		f.SavedPC++
		return e.skip()
	}
	if jump := code(f.Code[f.SavedPC+1]); jump.A() == 0 { // no variables end
		f.SavedPC += 1 + jump.SBx()
	}
	return e.skip()
}

// leave goes on behind an instruction of the VM's, which is run instead of the one with an end for metamethods.
func (e *engine) leave(op bytecode.Opcode, i code) (operation, code) {
	e.callInfo.LuaCallInfo.SavedPC++
	return operations[op](e, i)
}

// scratch is the first of the registers that belong to metamethods.
func (e *engine) scratch() int { return e.closure.Prototype.MaxStackSize - bytecode.Scratch }

// maxNested is how many metamethods, and Go functions that call others, may be nested.
const maxNested = 200

// enter counts a metamethod that is called; the instruction behind the running one counts it as done. The VM counts its own
// calls alike, and protected calls restore the number.
func (e *engine) enter() {
	if e.l.NestedGoCallCount++; e.l.NestedGoCallCount >= maxNested {
		VM.RaiseOverflow(e.l.VM())
	}
}

func (e *engine) exit() {
	if e.l.NestedGoCallCount > 0 {
		e.l.NestedGoCallCount--
	}
}

// call2 calls a metamethod with two values, as the instruction for calls does. The result comes into the first scratch
// register.
func (e *engine) call2(metamethod, a, b any) (operation, code) {
	e.enter()
	at := e.scratch()
	registers := e.frame[at : at+3]
	registers[0], registers[1], registers[2] = metamethod, a, b
	return operations[bytecode.OpCall](e, bytecode.MakeABC(bytecode.OpCall, at, 3, 2))
}

// call3 is call2 with three values, and without a result.
func (e *engine) call3(metamethod, a, b, c any) (operation, code) {
	e.enter()
	at := e.scratch()
	registers := e.frame[at : at+4]
	registers[0], registers[1], registers[2], registers[3] = metamethod, a, b, c
	return operations[bytecode.OpCall](e, bytecode.MakeABC(bytecode.OpCall, at, 4, 1))
}

// help calls a function of the state's own, whose result comes into the first scratch register.
func (e *engine) help(name string, arguments ...any) (operation, code) {
	e.enter()
	at := e.scratch()
	f := VM.Helper(e.l.VM(), name)
	e.frame = e.callInfo.LuaCallInfo.Frame
	e.frame[at] = f
	copy(e.frame[at+1:], arguments)
	return operations[bytecode.OpCall](e, bytecode.MakeABC(bytecode.OpCall, at, 1+len(arguments), 2))
}

// The instructions that are run when a metamethod has returned.

func result(e *engine, i code) (operation, code) {
	e.exit()
	if i.B() == 0 {
		return e.next()
	}
	return operations[bytecode.OpMove](e, i)
}

func test(e *engine, i code) (operation, code) {
	e.exit()
	return operations[bytecode.OpTest](e, i)
}

// metamethod returns what the metatable of a value has for an event.
func (e *engine) metamethod(v any, event string) any {
	if meta := e.l.Metatable(v); meta != nil {
		return meta.Hash[event]
	}
	return nil
}

// metamethodOf is metamethod for the first of two values that has one.
func (e *engine) metamethodOf(a, b any, event string) any {
	if m := e.metamethod(a, event); m != nil {
		return m
	}
	return e.metamethod(b, event)
}

// isTable reports whether v is a table, and returns it.
func isTable(v any) (*layout.Table, bool) {
	if layout.KindOf(v) == layout.TableKind {
		return (*layout.Table)(layout.Pointer(v)), true
	}
	return nil, false
}

// push pushes any value, as it is, above the running function's registers.
func (e *engine) push(v any) { e.l.VM().PushLightUserData(v) }
