package names

import "github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"

// origins has for each register where its value comes from: the number of the instruction that set it, counted from 1, 0
// when none has, and mixed when that depends on the way here.
type origins [bytecode.MaxRegister + 1]int

const mixed = -1

// origin returns the instruction that has set a register before pc, -1 when there is not one that surely has. It follows
// the code forward and brings together what is known on the ways that lead to an instruction; ways back, which loops take,
// set nothing that is named at their start.
func (c Code) origin(register, pc int) int {
	var known origins
	arriving := map[int]*origins{}
	arrive := func(at int, with origins) {
		if other := arriving[at]; other != nil {
			other.join(&with)
		} else {
			arriving[at] = &with
		}
	}
	leaves := false // the instruction before goes elsewhere
	for at := 0; at <= pc; at++ {
		if other := arriving[at]; other != nil {
			delete(arriving, at)
			if leaves { // only the jumps lead here
				known = *other
			} else {
				known.join(other)
			}
		}
		if at == pc {
			break
		}
		leaves = false
		switch i := c.at(at); i.Base() {
		case bytecode.OpJump:
			leaves = true
			arrive(at+1+i.SBx(), known)
		case bytecode.OpForPrep:
			known.set(at, i.A(), i.A()+3)
			arrive(at+1+i.SBx(), known)
		case bytecode.OpEqual, bytecode.OpLessThan, bytecode.OpLessOrEqual:
			if i.Op().HasEnd() {
				at++
			}
			arrive(at+2, known)
		case bytecode.OpTest:
			arrive(at+2, known)
		case bytecode.OpTestSet:
			arrive(at+2, known)
			known.set(at, i.A(), i.A())
		case bytecode.OpLoadBool:
			known.set(at, i.A(), i.A())
			if i.C() != 0 {
				leaves = true
				arrive(at+2, known)
			}
		default:
			known.run(at, i)
			if i.Op().HasEnd() {
				at++
			}
		}
	}
	if at := known[register]; at > 0 {
		return at - 1
	}
	return -1
}

// run notes what an instruction sets that neither jumps nor skips another.
func (o *origins) run(at int, i bytecode.Instruction) {
	switch a := i.A(); i.Base() {
	case bytecode.OpSetTableUp, bytecode.OpSetUpvalue, bytecode.OpSetTable, bytecode.OpReturn, bytecode.OpSetList,
		bytecode.OpExtraArg, bytecode.XForget:
	case bytecode.OpLoadNil:
		o.set(at, a, a+i.B())
	case bytecode.OpSelf:
		o.set(at, a, a+1)
	case bytecode.OpCall, bytecode.OpTailCall, bytecode.OpVararg: // as many as there are
		o.set(at, a, bytecode.MaxRegister)
	case bytecode.OpTForCall:
		o.set(at, a+3, bytecode.MaxRegister)
	case bytecode.OpTForLoop, bytecode.OpForLoop:
		o.set(at, a, a+3)
	default:
		o.set(at, a, a)
	}
}

// set notes that instruction at sets the registers from first to last.
func (o *origins) set(at, first, last int) {
	for register := first; register <= min(last, bytecode.MaxRegister); register++ {
		o[register] = at + 1
	}
}

// join keeps what both ways know alike.
func (o *origins) join(other *origins) {
	for register := range o {
		if o[register] != other[register] {
			o[register] = mixed
		}
	}
}
