package bytecode

// Instruction is one of the VM's: Opcode 6 bits, A 8, C 9, B 9; Bx takes the place of C and B, sBx is Bx less MaxSBx, and
// Ax takes the place of all three.
type Instruction uint32

type Opcode uint8

// The VM's own instructions.
const (
	OpMove Opcode = iota
	OpLoadK
	OpLoadKX
	OpLoadBool
	OpLoadNil
	OpGetUpvalue
	OpGetTableUp
	OpGetTable
	OpSetTableUp
	OpSetUpvalue
	OpSetTable
	OpNewTable
	OpSelf
	OpAdd
	OpSub
	OpMul
	OpDiv
	OpMod
	OpPow
	OpUnaryMinus
	OpNot
	OpLength
	OpConcat
	OpJump
	OpEqual
	OpLessThan
	OpLessOrEqual
	OpTest
	OpTestSet
	OpCall
	OpTailCall
	OpReturn
	OpForLoop
	OpForPrep
	OpTForCall
	OpTForLoop
	OpSetList
	OpClosure
	OpVararg
	OpExtraArg

	// OwnOpcodes is how many there are.
	OwnOpcodes
)

// The instructions of package instructions. Most have the arguments of the VM's instruction of the same name, which they
// stand for. Behind those from XGetTableUp to XLessOrEqual is another, XResult or XTest, which is run when a
// metamethod has returned, and skipped when there is none.
const (
	XGetTableUp Opcode = OwnOpcodes + iota
	XGetTable
	XSelf
	XAdd
	XSub
	XMul
	XDiv
	XMod
	XPow
	XUnaryMinus
	XLength
	XConcat
	XSetTableUp
	XSetTable
	XEqual
	XLessThan
	XLessOrEqual
	XResult // moves the result, which is in B, to A; B is 0 when there is none
	XTest   // tests the result, which is in A, as OpTest does
	XCall
	XTailCall
	XForPrep
	XTForCall
	XForget // forgets the last closure of the nested function Bx

	// Opcodes is how many an instruction can tell apart.
	Opcodes = 64
)

// Scratch is how many registers at the end of a function's frame belong to metamethods.
const Scratch = 5

const (
	MaxRegister = 255
	MaxA        = 1<<8 - 1
	MaxC        = 1<<9 - 1
	MaxBx       = 1<<18 - 1
	MaxSBx      = MaxBx >> 1
	MaxAx       = 1<<26 - 1
	ConstantBit = 1 << 8 // in B and C of some opcodes: the rest is the index of a constant
	// FieldsPerFlush is how many elements of a list one instruction stores.
	FieldsPerFlush = 50
)

func (i Instruction) Op() Opcode { return Opcode(i & 63) }
func (i Instruction) A() int     { return int(i >> 6 & 255) }
func (i Instruction) C() int     { return int(i >> 14 & 511) }
func (i Instruction) B() int     { return int(i >> 23 & 511) }
func (i Instruction) Bx() int    { return int(i >> 14 & MaxBx) }
func (i Instruction) SBx() int   { return i.Bx() - MaxSBx }
func (i Instruction) Ax() int    { return int(i >> 6) }

func MakeABC(op Opcode, a, b, c int) Instruction {
	return Instruction(op) | Instruction(a)<<6 | Instruction(c)<<14 | Instruction(b)<<23
}

func MakeABx(op Opcode, a, bx int) Instruction {
	return Instruction(op) | Instruction(a)<<6 | Instruction(bx)<<14
}

func MakeAsBx(op Opcode, a, sbx int) Instruction { return MakeABx(op, a, sbx+MaxSBx) }

func MakeAx(op Opcode, ax int) Instruction { return Instruction(op) | Instruction(ax)<<6 }

// base has for each instruction of package instructions the VM's that it stands for.
var base = [Opcodes]Opcode{
	XGetTableUp: OpGetTableUp, XGetTable: OpGetTable, XSetTableUp: OpSetTableUp, XSetTable: OpSetTable, XSelf: OpSelf,
	XAdd: OpAdd, XSub: OpSub, XMul: OpMul, XDiv: OpDiv, XMod: OpMod, XPow: OpPow, XUnaryMinus: OpUnaryMinus,
	XLength: OpLength, XConcat: OpConcat, XEqual: OpEqual, XLessThan: OpLessThan, XLessOrEqual: OpLessOrEqual,
	XCall: OpCall, XTailCall: OpTailCall, XForPrep: OpForPrep, XTForCall: OpTForCall,
}

// Base returns the VM's opcode of what the instruction does.
func (i Instruction) Base() Opcode {
	op := i.Op()
	if op < OwnOpcodes || base[op] == 0 {
		return op
	}
	return base[op]
}

// HasEnd reports whether there is an instruction behind for when a metamethod has returned.
func (op Opcode) HasEnd() bool { return XGetTableUp <= op && op <= XLessOrEqual }

// End returns the instruction behind, for a function whose first scratch register is given.
func (i Instruction) End(scratch int) Instruction {
	switch op := i.Op(); {
	case op <= XConcat:
		return MakeABC(XResult, i.A(), scratch, 0)
	case op <= XSetTable:
		return MakeABC(XResult, 0, 0, 0)
	}
	return MakeABC(XTest, scratch, 0, i.A())
}
