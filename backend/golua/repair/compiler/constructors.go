package compiler

import (
	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/golua/repair/syntax"
)

// closure makes the code for a function. The VM clears the registers above the one where it makes it.
func (f *function) closure(e *syntax.FunctionExpression, target int) {
	f.Prototypes = append(f.Prototypes, layout.Prototype{})
	n := len(f.Prototypes) - 1
	compile(e.Function, f.Source, &f.Prototypes[n])
	free, top := f.free, target
	if target != f.free-1 {
		top = f.reserve(1)
	}
	if n > bytecode.MaxBx {
		fail(e.Line, "function or expression too complex")
	}
	f.emit(bytecode.MakeABx(bytecode.OpClosure, top, n), e.Line)
	for _, u := range e.Function.Upvalues {
		if u.Local != nil || u.Name != syntax.Environment {
			f.emit(bytecode.MakeABx(bytecode.XForget, 0, n), e.Line)
			break
		}
	}
	f.move(target, top, e.Line)
	f.free = free
}

func (f *function) table(e *syntax.Table, target int) {
	free := f.free
	t := target
	if !f.isTop(target) {
		t = f.reserve(1)
	}
	made := f.emit(bytecode.MakeABC(bytecode.OpNewTable, t, 0, 0), e.Line)
	elements, fields, pending := 0, 0, 0
	for n, item := range e.Items {
		if pending == bytecode.FieldsPerFlush { // before a field, which may have the key of an element
			f.store(t, elements, pending, item.Line)
			pending = 0
		}
		if item.Key != nil {
			fields++
			above := f.free
			key, value := f.short(f.operand(item.Key)), f.short(f.operand(item.Value))
			f.free = above
			f.emit(bytecode.MakeABC(bytecode.XSetTable, t, key, value), item.Line)
			continue
		}
		if n == len(e.Items)-1 && isMultiple(item.Value) {
			f.multiple(item.Value, allResults)
			f.store(t, elements+1, allResults, item.Line)
			pending = 0
			break
		}
		f.push(item.Value)
		elements++
		pending++
	}
	if pending > 0 {
		f.store(t, elements, pending, e.Items[len(e.Items)-1].Line)
	}
	f.Code[made] = uint32(bytecode.MakeABC(bytecode.OpNewTable, t, sizeOf(elements), sizeOf(fields)))
	f.move(target, t, f.line())
	f.free = free
}

// store makes the code that stores the last n elements of a list, which are above its register; n may be allResults.
func (f *function) store(table, elements, n, line int) {
	batch := (elements-1)/bytecode.FieldsPerFlush + 1
	b := max(n, 0)
	switch {
	case batch <= bytecode.MaxC:
		f.emit(bytecode.MakeABC(bytecode.OpSetList, table, b, batch), line)
	case batch <= bytecode.MaxAx:
		f.emit(bytecode.MakeABC(bytecode.OpSetList, table, b, 0), line)
		f.emit(bytecode.MakeAx(bytecode.OpExtraArg, batch), line)
	default:
		fail(line, "constructor too long")
	}
	f.free = table + 1
}

// sizeOf returns a size as the instruction for new tables has it: three bits that are shifted as often as the others say,
// and at least as large.
func sizeOf(n int) int {
	shift := 0
	for n > 15 {
		n = (n + 1) / 2
		shift++
	}
	if n < 8 {
		return n
	}
	return (shift+1)<<3 | n - 8
}
