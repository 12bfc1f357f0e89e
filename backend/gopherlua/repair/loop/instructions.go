package loop

import (
	"math"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/adapter"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/bigkeys"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/weak"
)

// vmGetTable and its like are the VM's own functions, for what is left to them.
var vmGetTable, vmSetTable, vmSetList, vmSelf, vmArithmetic, vmLessThan, vmLessEqual, vmVararg instruction

func replaceInstructions() {
	for i := range smallNumbers {
		smallNumbers[i] = lua.LNumber(i)
	}
	vmGetTable, vmSetTable, vmSetList = instructions[lua.OP_GETTABLE], instructions[lua.OP_SETTABLE], instructions[lua.OP_SETLIST]
	instructions[lua.OP_GETTABLE], instructions[lua.OP_SETTABLE], instructions[lua.OP_SETLIST] = getTable, setTable, setList
	vmSelf, instructions[lua.OP_SELF] = instructions[lua.OP_SELF], self
	vmArithmetic = instructions[lua.OP_ADD]
	instructions[lua.OP_ADD], instructions[lua.OP_SUB] = add, subtract
	instructions[lua.OP_MUL], instructions[lua.OP_DIV] = multiply, divide
	instructions[lua.OP_MOD], instructions[lua.OP_POW] = modulo, power
	vmLessThan, vmLessEqual = instructions[lua.OP_LT], instructions[lua.OP_LE]
	instructions[lua.OP_LT], instructions[lua.OP_LE] = lessThan, lessEqual
	vmVararg = instructions[lua.OP_VARARG]
	instructions[lua.OP_VARARG] = vararg
}

// constantBit marks the operands that are constants.
const constantBit = 1 << 8

// operand returns the value of an operand that may be a constant. slots are the registers of f.
func operand(f *layout.Frame, slots []lua.LValue, n uint32) lua.LValue {
	if n&constantBit == 0 {
		return slots[n]
	}
	return f.Fn.Proto.Constants[n&^constantBit]
}

func getTable(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	table, ok := slots[code&0x1ff].(*lua.LTable)
	if !ok {
		return vmGetTable(l, code, base)
	}
	key := operand(f, slots, code>>9&0x1ff)
	index, ok := bigkeys.Array(key)
	if !ok {
		return vmGetTable(l, code, base)
	}
	v := bigkeys.GetAt(layout.TableOf(table), index, key)
	if v == lua.LNil && table.Metatable != lua.LNil {
		if v = Inherited(table, index, key); v == lua.LNil {
			return vmGetTable(l, code, base)
		}
	}
	return store(s, f, code, v)
}

// Inherited returns what a table that has nothing under a key gets from tables that are its __index, or theirs, nil when
// there is nothing.
func Inherited(table *lua.LTable, index int, key lua.LValue) lua.LValue {
	for range lua.MaxTableGetLoop {
		if table = nextTable(table, "__index"); table == nil {
			break
		}
		if v := bigkeys.GetAt(layout.TableOf(table), index, key); v != lua.LNil {
			return v
		}
	}
	return lua.LNil
}

// nextTable returns the table that is an event's metamethod, nil when that is something else.
func nextTable(table *lua.LTable, event string) *lua.LTable {
	if mt, ok := table.Metatable.(*lua.LTable); ok {
		next, _ := mt.RawGetString(event).(*lua.LTable)
		return next
	}
	return nil
}

func setTable(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	table, ok := slots[code>>18&0xff].(*lua.LTable)
	if !ok {
		return vmSetTable(l, code, base)
	}
	key := operand(f, slots, code&0x1ff)
	index, ok := bigkeys.Array(key)
	if weak.Used() && table.Metatable != lua.LNil {
		adapter.PollWeak(l)
	}
	if !ok {
		return vmSetTable(l, code, base)
	}
	if table.Metatable != lua.LNil {
		if table = Receiver(table, index, key); table == nil {
			return vmSetTable(l, code, base)
		}
	}
	bigkeys.SetAt(table, index, key, operand(f, slots, code>>9&0x1ff))
	return 0
}

// Receiver returns the table that gets an assignment to a field of table, nil when a metamethod that is a function, or an
// error, is in the way.
func Receiver(table *lua.LTable, index int, key lua.LValue) *lua.LTable {
	for range lua.MaxTableGetLoop {
		if bigkeys.GetAt(layout.TableOf(table), index, key) != lua.LNil {
			return table
		}
		mt, ok := table.Metatable.(*lua.LTable)
		if !ok {
			return table
		}
		switch next := mt.RawGetString("__newindex").(type) {
		case *lua.LNilType:
			return table
		case *lua.LTable:
			table = next
		default:
			return nil
		}
	}
	return nil
}

// listSlot is the size of an element of a list.
const listSlot = 16

func setList(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	first := f.LocalBase + int(code>>18&0xff)
	table := s.Reg.Array[first].(*lua.LTable)
	n := int(code & 0x1ff)
	if n == 0 {
		n = s.Reg.Top - first - 1
	}
	batch := int(code >> 9 & 0x1ff)
	if batch == 0 {
		batch = int(f.Fn.Proto.Code[f.Pc])
	}
	if n > lua.FieldsPerFlush {
		adapter.CheckSize(l, n*listSlot) // all arguments of a vararg function, perhaps
	}
	result := vmSetList(l, code, base)
	bigkeys.Listed(table, (batch-1)*lua.FieldsPerFlush, n)
	return result
}

// smallNumbers are objects for the numbers that are needed most.
var smallNumbers [128]lua.LValue

// object returns a number as a value of the VM. As the VM does, it makes objects for many numbers at once.
func object(a *layout.Allocator, n lua.LNumber) (v lua.LValue) {
	if i := int(n); uint(i) < uint(len(smallNumbers)) && lua.LNumber(i) == n && math.Float64bits(float64(n)) != 1<<63 {
		return smallNumbers[i]
	}
	if len(a.Fptrs) == cap(a.Fptrs) {
		a.Fptrs = make([]float64, 0, a.Size)
	}
	a.Fptrs = append(a.Fptrs, float64(n))
	v = lua.LNumber(0)
	(*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1] = unsafe.Pointer(&a.Fptrs[len(a.Fptrs)-1])
	return v
}

// store puts the result of an instruction of f into its register, and returns what the loop goes on with. The VM has no
// values above the top of its registers, also while a function runs that uses them.
func store(s *layout.State, f *layout.Frame, code uint32, v lua.LValue) int {
	at := f.LocalBase + int(code>>18&0xff)
	s.Reg.Array[at] = v
	if at >= s.Reg.Top {
		s.Reg.Top = at + 1
	}
	return 0
}

// Arithmetic is written out for each operator: a call for the operation alone would take as long as the rest.

func add(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	if a, ok := operand(f, slots, code&0x1ff).(lua.LNumber); ok {
		if b, ok := operand(f, slots, code>>9&0x1ff).(lua.LNumber); ok {
			return store(s, f, code, object(s.Alloc, a+b))
		}
	}
	return vmArithmetic(l, code, base)
}

func subtract(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	if a, ok := operand(f, slots, code&0x1ff).(lua.LNumber); ok {
		if b, ok := operand(f, slots, code>>9&0x1ff).(lua.LNumber); ok {
			return store(s, f, code, object(s.Alloc, a-b))
		}
	}
	return vmArithmetic(l, code, base)
}

func multiply(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	if a, ok := operand(f, slots, code&0x1ff).(lua.LNumber); ok {
		if b, ok := operand(f, slots, code>>9&0x1ff).(lua.LNumber); ok {
			return store(s, f, code, object(s.Alloc, a*b))
		}
	}
	return vmArithmetic(l, code, base)
}

func divide(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	if a, ok := operand(f, slots, code&0x1ff).(lua.LNumber); ok {
		if b, ok := operand(f, slots, code>>9&0x1ff).(lua.LNumber); ok {
			return store(s, f, code, object(s.Alloc, a/b))
		}
	}
	return vmArithmetic(l, code, base)
}

func modulo(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	if a, ok := operand(f, slots, code&0x1ff).(lua.LNumber); ok {
		if b, ok := operand(f, slots, code>>9&0x1ff).(lua.LNumber); ok {
			return store(s, f, code, object(s.Alloc, lua.LNumber(backend.Modulo(float64(a), float64(b)))))
		}
	}
	return vmArithmetic(l, code, base)
}

func power(l *lua.LState, code uint32, base *layout.Frame) int {
	s := layout.StateOf(l)
	f := s.CurrentFrame
	slots := s.Reg.Array[f.LocalBase:]
	if a, ok := operand(f, slots, code&0x1ff).(lua.LNumber); ok {
		if b, ok := operand(f, slots, code>>9&0x1ff).(lua.LNumber); ok {
			return store(s, f, code, object(s.Alloc, lua.LNumber(backend.Power(float64(a), float64(b)))))
		}
	}
	return vmArithmetic(l, code, base)
}

// vararg lets the stack grow with what is on it: calls may have any number of arguments.
func vararg(l *lua.LState, code uint32, base *layout.Frame) int {
	stack := layout.StateOf(l).Reg
	stack.GrowFor(len(stack.Array))
	return vmVararg(l, code, base)
}
