package bytecode

// Instruction is one of the VM's: Opcode 6 bits, A 8, C 9, B 9; Bx takes the place of C and B, and sBx is Bx less
// MaxSBx.
type Instruction uint32

type Opcode uint8

const (
	OpMove       Opcode = 0
	OpLoadK      Opcode = 1
	OpLoadKX     Opcode = 2
	OpLoadBool   Opcode = 3
	OpLoadNil    Opcode = 4
	OpGetUpvalue Opcode = 5
	OpGetTableUp Opcode = 6
	OpGetTable   Opcode = 7
	OpSetTableUp Opcode = 8
	OpSetUpvalue Opcode = 9
	OpSetTable   Opcode = 10
	OpSelf       Opcode = 12
	OpAdd        Opcode = 13
	OpMod        Opcode = 17
	OpPow        Opcode = 18
	OpUnaryMinus Opcode = 19
	OpLength     Opcode = 21
	OpConcat     Opcode = 22
	OpJump       Opcode = 23
	OpEqual      Opcode = 24
	OpLessThan   Opcode = 25
	OpLessEqual  Opcode = 26
	OpTest       Opcode = 27
	OpTestSet    Opcode = 28
	OpCall       Opcode = 29
	OpTailCall   Opcode = 30
	OpReturn     Opcode = 31
	OpForLoop    Opcode = 32
	OpForPrep    Opcode = 33
	OpTForCall   Opcode = 34
	OpTForLoop   Opcode = 35
	OpSetList    Opcode = 36
	OpVararg     Opcode = 38
	OpExtraArg   Opcode = 39
	MaxRegister         = 255
	MaxBx               = 1<<18 - 1
	MaxSBx              = MaxBx >> 1
	ConstantBit         = 1 << 8 // in B and C of some opcodes: the rest is the index of a constant
)

func (i Instruction) Op() Opcode { return Opcode(i & 63) }
func (i Instruction) A() int     { return int(i >> 6 & 255) }
func (i Instruction) C() int     { return int(i >> 14 & 511) }
func (i Instruction) B() int     { return int(i >> 23 & 511) }
func (i Instruction) Bx() int    { return int(i >> 14 & MaxBx) }
func (i Instruction) SBx() int   { return i.Bx() - MaxSBx }

func MakeABC(op Opcode, a, b, c int) Instruction {
	return Instruction(op) | Instruction(a)<<6 | Instruction(c)<<14 | Instruction(b)<<23
}

func MakeABx(op Opcode, a, bx int) Instruction {
	return Instruction(op) | Instruction(a)<<6 | Instruction(bx)<<14
}

// Jumps reports whether sBx of the instruction is a distance.
func (i Instruction) Jumps() bool {
	switch i.Op() {
	case OpJump, OpForLoop, OpForPrep, OpTForLoop:
		return true
	}
	return false
}
