package operators

import (
	"errors"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
)

// Rewrite replaces the operators .. and % in a function and those within it by calls of Operate, and tail calls in vararg
// functions by ordinary ones. It reports whether there were any.
func Rewrite(p *bytecode.Prototype) (changed bool, err error) {
	for _, n := range p.Nested {
		nested, err := Rewrite(n)
		if err != nil {
			return false, err
		}
		changed = changed || nested
	}
	for at, i := range p.Code {
		if i.Op() == bytecode.OpTailCall && p.VarArg != 0 {
			p.Code[at] = untail(i)
			changed = true
		}
	}
	for _, i := range p.Code {
		if op := i.Op(); op == bytecode.OpConcat || op == bytecode.OpMod {
			return true, rewrite(p)
		}
	}
	return changed, nil
}

// untail makes an ordinary call of a tail call, whose results are all returned by the instruction behind it. The VM's tail
// call out of a vararg function moves the arguments to where those of the caller began.
func untail(i bytecode.Instruction) bytecode.Instruction {
	return bytecode.MakeABC(bytecode.OpCall, i.A(), i.B(), 0)
}

var errTooComplex = errors.New("function or expression too complex")

// rewriting is a function's code while it is rewritten.
type rewriting struct {
	*bytecode.Prototype
	code      []bytecode.Instruction
	lines     []int32
	registers int
	marks     map[float64]int // constants
}

func rewrite(p *bytecode.Prototype) error {
	w := rewriting{Prototype: p, registers: int(p.StackSize), marks: map[float64]int{}}
	starts := make([]int, len(p.Code)+1) // where an bytecode.Instruction has gone
	for at, i := range p.Code {
		starts[at] = len(w.code)
		line := p.Lines[at]
		switch i.Op() {
		case bytecode.OpConcat:
			w.concat(line, i)
		case bytecode.OpMod:
			w.modulo(line, i)
		default:
			w.emit(line, i)
		}
	}
	starts[len(p.Code)] = len(w.code)
	for at, i := range p.Code {
		if !i.Jumps() {
			continue
		}
		from := starts[at]
		distance := starts[at+1+i.SBx()] - from - 1
		if distance < -bytecode.MaxSBx || distance > bytecode.MaxSBx {
			return errTooComplex
		}
		w.code[from] = bytecode.MakeABx(i.Op(), i.A(), distance+bytecode.MaxSBx)
	}
	if w.registers > bytecode.MaxRegister {
		return errTooComplex
	}
	for i := range p.Locals {
		v := &p.Locals[i]
		v.Start, v.End = int32(starts[v.Start]), int32(starts[v.End])
	}
	p.Code, p.Lines, p.StackSize = w.code, w.lines, byte(w.registers)
	return nil
}

func (w *rewriting) emit(line int32, i bytecode.Instruction) {
	w.code = append(w.code, i)
	w.lines = append(w.lines, line)
}

// concat calls the mark with the operands, which are the topmost registers in use: they are moved up by one.
func (w *rewriting) concat(line int32, i bytecode.Instruction) {
	a, first, last := i.A(), i.B(), i.C()
	w.registers = max(w.registers, last+2)
	for register := last; register >= first; register-- {
		w.emit(line, bytecode.MakeABC(bytecode.OpMove, register+1, register, 0))
	}
	w.load(line, first, concatMark)
	w.emit(line, bytecode.MakeABC(bytecode.OpCall, first, last-first+2, 2))
	if a != first {
		w.emit(line, bytecode.MakeABC(bytecode.OpMove, a, first, 0))
	}
}

// modulo calls the mark in registers above all that the function has.
func (w *rewriting) modulo(line int32, i bytecode.Instruction) {
	base := int(w.StackSize)
	w.registers = max(w.registers, base+3)
	w.load(line, base, moduloMark)
	w.operand(line, base+1, i.B())
	w.operand(line, base+2, i.C())
	w.emit(line, bytecode.MakeABC(bytecode.OpCall, base, 3, 2))
	w.emit(line, bytecode.MakeABC(bytecode.OpMove, i.A(), base, 0))
}

// operand loads a register or a constant.
func (w *rewriting) operand(line int32, register, operand int) {
	if operand&bytecode.ConstantBit == 0 {
		w.emit(line, bytecode.MakeABC(bytecode.OpMove, register, operand, 0))
	} else {
		w.emit(line, bytecode.MakeABx(bytecode.OpLoadK, register, operand&^bytecode.ConstantBit))
	}
}

func (w *rewriting) load(line int32, register int, mark float64) {
	k, ok := w.marks[mark]
	if !ok {
		k = w.AddNumber(mark)
		w.marks[mark] = k
	}
	if k <= bytecode.MaxBx {
		w.emit(line, bytecode.MakeABx(bytecode.OpLoadK, register, k))
		return
	}
	w.emit(line, bytecode.MakeABx(bytecode.OpLoadKX, register, 0))
	w.emit(line, bytecode.Instruction(bytecode.OpExtraArg)|bytecode.Instruction(k)<<6)
}
