package golua

// instruction is one of the VM's: opcode 6 bits, A 8, C 9, B 9; Bx takes the place of C and B, and sBx is Bx less
// maxSBx.
type instruction uint32

type opcode uint8

const (
	opMove       opcode = 0
	opLoadK      opcode = 1
	opLoadKX     opcode = 2
	opLoadNil    opcode = 4
	opGetUpvalue opcode = 5
	opGetTableUp opcode = 6
	opGetTable   opcode = 7
	opSetTableUp opcode = 8
	opSetUpvalue opcode = 9
	opSetTable   opcode = 10
	opSelf       opcode = 12
	opAdd        opcode = 13
	opMod        opcode = 17
	opPow        opcode = 18
	opUnaryMinus opcode = 19
	opLength     opcode = 21
	opConcat     opcode = 22
	opJump       opcode = 23
	opEqual      opcode = 24
	opLessThan   opcode = 25
	opLessEqual  opcode = 26
	opTest       opcode = 27
	opTestSet    opcode = 28
	opCall       opcode = 29
	opTailCall   opcode = 30
	opReturn     opcode = 31
	opForLoop    opcode = 32
	opForPrep    opcode = 33
	opTForCall   opcode = 34
	opTForLoop   opcode = 35
	opSetList    opcode = 36
	opExtraArg   opcode = 39
	maxRegister         = 255
	maxBx               = 1<<18 - 1
	maxSBx              = maxBx >> 1
	constantBit         = 1 << 8 // in B and C of some opcodes: the rest is the index of a constant
)

func (i instruction) op() opcode { return opcode(i & 63) }
func (i instruction) a() int     { return int(i >> 6 & 255) }
func (i instruction) c() int     { return int(i >> 14 & 511) }
func (i instruction) b() int     { return int(i >> 23 & 511) }
func (i instruction) bx() int    { return int(i >> 14 & maxBx) }
func (i instruction) sbx() int   { return i.bx() - maxSBx }

func makeABC(op opcode, a, b, c int) instruction {
	return instruction(op) | instruction(a)<<6 | instruction(c)<<14 | instruction(b)<<23
}

func makeABx(op opcode, a, bx int) instruction {
	return instruction(op) | instruction(a)<<6 | instruction(bx)<<14
}

// jumps tells whether sBx of the instruction is a distance.
func (i instruction) jumps() bool {
	switch i.op() {
	case opJump, opForLoop, opForPrep, opTForLoop:
		return true
	}
	return false
}
