package golua

import "errors"

// patch replaces the operators .. and % in a function and those within it by calls of operate. It reports whether there
// were any.
func (p *prototype) patch() (changed bool, err error) {
	for _, n := range p.nested {
		nested, err := n.patch()
		if err != nil {
			return false, err
		}
		changed = changed || nested
	}
	for _, i := range p.code {
		if op := i.op(); op == opConcat || op == opMod {
			return true, p.rewrite()
		}
	}
	return changed, nil
}

var errTooComplex = errors.New("function or expression too complex")

// rewriting is a function's code while it is rewritten.
type rewriting struct {
	*prototype
	code      []instruction
	lines     []int32
	registers int
	marks     map[float64]int // constants
}

func (p *prototype) rewrite() error {
	w := rewriting{prototype: p, registers: int(p.stackSize), marks: map[float64]int{}}
	starts := make([]int, len(p.code)+1) // where an instruction has gone
	for at, i := range p.code {
		starts[at] = len(w.code)
		line := p.lines[at]
		switch i.op() {
		case opConcat:
			w.concat(line, i)
		case opMod:
			w.modulo(line, i)
		default:
			w.emit(line, i)
		}
	}
	starts[len(p.code)] = len(w.code)
	for at, i := range p.code {
		if !i.jumps() {
			continue
		}
		from := starts[at]
		distance := starts[at+1+i.sbx()] - from - 1
		if distance < -maxSBx || distance > maxSBx {
			return errTooComplex
		}
		w.code[from] = makeABx(i.op(), i.a(), distance+maxSBx)
	}
	if w.registers > maxRegister {
		return errTooComplex
	}
	for i := range p.locals {
		v := &p.locals[i]
		v.start, v.end = int32(starts[v.start]), int32(starts[v.end])
	}
	p.code, p.lines, p.stackSize = w.code, w.lines, byte(w.registers)
	return nil
}

func (w *rewriting) emit(line int32, i instruction) {
	w.code = append(w.code, i)
	w.lines = append(w.lines, line)
}

// concat calls the mark with the operands, which are the topmost registers in use: they are moved up by one.
func (w *rewriting) concat(line int32, i instruction) {
	a, first, last := i.a(), i.b(), i.c()
	w.registers = max(w.registers, last+2)
	for register := last; register >= first; register-- {
		w.emit(line, makeABC(opMove, register+1, register, 0))
	}
	w.load(line, first, concatMark)
	w.emit(line, makeABC(opCall, first, last-first+2, 2))
	if a != first {
		w.emit(line, makeABC(opMove, a, first, 0))
	}
}

// modulo calls the mark in registers above all that the function has.
func (w *rewriting) modulo(line int32, i instruction) {
	base := int(w.stackSize)
	w.registers = max(w.registers, base+3)
	w.load(line, base, moduloMark)
	w.operand(line, base+1, i.b())
	w.operand(line, base+2, i.c())
	w.emit(line, makeABC(opCall, base, 3, 2))
	w.emit(line, makeABC(opMove, i.a(), base, 0))
}

// operand loads a register or a constant.
func (w *rewriting) operand(line int32, register, operand int) {
	if operand&constantBit == 0 {
		w.emit(line, makeABC(opMove, register, operand, 0))
	} else {
		w.emit(line, makeABx(opLoadK, register, operand&^constantBit))
	}
}

func (w *rewriting) load(line int32, register int, mark float64) {
	k, ok := w.marks[mark]
	if !ok {
		k = w.addNumber(mark)
		w.marks[mark] = k
	}
	if k <= maxBx {
		w.emit(line, makeABx(opLoadK, register, k))
		return
	}
	w.emit(line, makeABx(opLoadKX, register, 0))
	w.emit(line, instruction(opExtraArg)|instruction(k)<<6)
}
