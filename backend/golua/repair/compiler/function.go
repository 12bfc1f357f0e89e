package compiler

import (
	"math"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/golua/repair/syntax"
)

// Compile returns the code of a chunk, which it may share with others: see [New]. An error is a *syntax.Error, or what
// interrupted returns, which is asked now and then; it may be nil.
func Compile(source, chunk string, interrupted func() error) (p *layout.Prototype, err error) {
	main, err := syntax.Parse(source, interrupted)
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := recover(); e != nil {
			problem, ok := e.(*syntax.Error)
			if !ok {
				panic(e)
			}
			p, err = nil, problem
		}
	}()
	p = new(layout.Prototype)
	compile(main, chunk, p)
	return p, nil
}

// Load compiles a chunk and pushes its main function.
func Load(l *lua.State, source, chunk string) error {
	p, err := Compile(source, chunk, nil)
	if err == nil {
		Push(l, p)
	}
	return err
}

// Push pushes a function with its own copy of code. If it has one upvalue, that has the globals.
func Push(l *lua.State, p *layout.Prototype) {
	f := New(p)
	if len(f.UpValues) == 1 {
		l.PushGlobalTable()
		f.UpValues[0].Home = l.ToValue(-1)
		l.Pop(1)
	}
	l.PushLightUserData(f.Value())
}

// New returns a function with code that Compile has returned, as a value of the VM. The VM writes into prototypes, so the
// function has its own; what it only reads is shared.
func New(p *layout.Prototype) *layout.Closure {
	c := &layout.Closure{Prototype: new(layout.Prototype), UpValues: make([]*layout.Upvalue, len(p.UpValues))}
	clone(c.Prototype, p)
	for i := range c.UpValues {
		c.UpValues[i] = &layout.Upvalue{}
	}
	return c
}

func clone(to, from *layout.Prototype) {
	*to = *from
	to.Cache = nil
	to.Prototypes = make([]layout.Prototype, len(from.Prototypes))
	for i := range to.Prototypes {
		clone(&to.Prototypes[i], &from.Prototypes[i])
	}
}

// function is a function while its code is made.
type function struct {
	*layout.Prototype
	node      *syntax.Function
	free      int // the first register that is not in use
	active    []active
	strings   map[string]int // constants
	numbers   map[uint64]int // by their bits
	constants [3]int         // of nil, false and true, counted from 1

	arrived   []int // jumps that lead to arrivedAt
	arrivedAt int
	joined    map[int][]int // jumps that lead to where a jump leads, by its place
}

// active is a variable that is visible.
type active struct {
	variable *syntax.Variable
	local    int // its index in LocalVariables
}

// maxRegisters is how many registers a function may have, beside those for metamethods.
const maxRegisters = 250

func compile(node *syntax.Function, source string, p *layout.Prototype) {
	f := &function{Prototype: p, node: node, strings: map[string]int{}, numbers: map[uint64]int{}}
	p.Source, p.LineDefined, p.LastLineDefined = source, node.Line, node.EndLine
	if node.Line == 0 {
		p.LastLineDefined = 0
	}
	p.ParameterCount, p.IsVarArg, p.MaxStackSize = len(node.Parameters), node.IsVararg, 2
	for _, u := range node.Upvalues {
		d := layout.UpvalueDescription{Name: u.Name, Index: u.Index}
		if u.Local != nil {
			d.IsLocal, d.Index = true, u.Local.Register
		}
		p.UpValues = append(p.UpValues, d)
	}
	f.reserve(len(node.Parameters))
	f.show(0, node.Parameters...)
	f.statements(node.Body)
	f.emit(bytecode.MakeABC(bytecode.OpReturn, 0, 1, 0), node.EndLine)
	f.hide(0)
	p.MaxStackSize += bytecode.Scratch
	f.setEnds()
}

// setEnds writes the instructions behind those that may call metamethods, now that the scratch registers are known.
func (f *function) setEnds() {
	scratch := f.MaxStackSize - bytecode.Scratch
	for pc, word := range f.Code {
		if i := bytecode.Instruction(word); i.Op().HasEnd() {
			f.Code[pc+1] = uint32(i.End(scratch))
		}
	}
}

// fail raises an error that is not about a token.
func fail(line int, message string) { panic(&syntax.Error{Line: line, Message: message}) }

// line is the last one that has code.
func (f *function) line() int {
	if n := len(f.LineInfo); n > 0 {
		return int(f.LineInfo[n-1])
	}
	return max(f.node.Line, 1)
}

// emit adds an instruction and returns its place.
func (f *function) emit(i bytecode.Instruction, line int) int {
	f.Code = append(f.Code, uint32(i))
	f.LineInfo = append(f.LineInfo, int32(line))
	if i.Op().HasEnd() { // see setEnds
		f.Code = append(f.Code, 0)
		f.LineInfo = append(f.LineInfo, int32(line))
	}
	return len(f.Code) - 1
}

// here is the place of the next instruction.
func (f *function) here() int { return len(f.Code) }

// reserve takes n registers into use and returns the first.
func (f *function) reserve(n int) int {
	first := f.free
	f.need(n)
	f.free += n
	return first
}

// need makes room for n registers above those in use.
func (f *function) need(n int) {
	if f.free+n > maxRegisters {
		fail(f.line(), "function or expression too complex")
	}
	f.MaxStackSize = max(f.MaxStackSize, f.free+n)
}

// show makes variables visible, in registers from first on.
func (f *function) show(first int, variables ...*syntax.Variable) {
	for i, v := range variables {
		v.Register = first + i
		f.active = append(f.active, active{v, len(f.LocalVariables)})
		f.LocalVariables = append(f.LocalVariables, layout.LocalVariable{Name: v.Name, StartPC: f.here()})
	}
}

// hide ends the scope of the variables above level, and gives their registers back.
func (f *function) hide(level int) {
	for _, a := range f.active[level:] {
		f.LocalVariables[a.local].EndPC = f.here()
		f.free = min(f.free, a.variable.Register)
	}
	f.active = f.active[:level]
}

// captured returns the lowest register of the captured variables above level, -1 when there is none.
func (f *function) captured(level int) int {
	for _, a := range f.active[level:] {
		if a.variable.Captured {
			return a.variable.Register
		}
	}
	return -1
}

// Jumps.

// jump adds a jump that leads nowhere yet. closing is the lowest register whose variables end, -1 for none. Jumps that lead
// to it will lead to where it leads, so that what lies between does not look as if it ran.
func (f *function) jump(closing, line int) int {
	joined := f.arrived
	pc := f.emit(bytecode.MakeAsBx(bytecode.OpJump, closing+1, 0), line)
	if closing < 0 && len(joined) > 0 && f.arrivedAt == pc {
		if f.joined == nil {
			f.joined = map[int][]int{}
		}
		f.joined[pc] = joined
		f.arrived = nil
	}
	return pc
}

// lead lets jumps lead to a place.
func (f *function) lead(target int, jumps ...int) {
	for _, pc := range jumps {
		distance := target - pc - 1
		if distance < -bytecode.MaxSBx || distance > bytecode.MaxSBx {
			fail(f.line(), "control structure too long")
		}
		i := bytecode.Instruction(f.Code[pc])
		f.Code[pc] = uint32(bytecode.MakeAsBx(i.Op(), i.A(), distance))
		if joined := f.joined[pc]; joined != nil {
			f.lead(target, joined...)
		}
	}
}

func (f *function) leadHere(jumps ...int) {
	here := f.here()
	f.lead(here, jumps...)
	if f.arrivedAt != here {
		f.arrived, f.arrivedAt = nil, here
	}
	f.arrived = append(f.arrived, jumps...)
}

// Constants.

func (f *function) stringConstant(s string) int {
	k, ok := f.strings[s]
	if !ok {
		k = f.addConstant(s)
		f.strings[s] = k
	}
	return k
}

func (f *function) numberConstant(n float64) int {
	bits := math.Float64bits(n)
	k, ok := f.numbers[bits]
	if !ok {
		k = f.addConstant(n)
		f.numbers[bits] = k
	}
	return k
}

// constant returns the index of the constant that an expression is.
func (f *function) constant(e syntax.Expression) int {
	var v any
	place := &f.constants[0]
	switch e := e.(type) {
	case *syntax.String:
		return f.stringConstant(e.Value)
	case *syntax.Number:
		return f.numberConstant(e.Value)
	case *syntax.False:
		v, place = false, &f.constants[1]
	case *syntax.True:
		v, place = true, &f.constants[2]
	}
	if *place == 0 {
		*place = f.addConstant(v) + 1
	}
	return *place - 1
}

func (f *function) addConstant(v any) int {
	f.Constants = append(f.Constants, v)
	if len(f.Constants) > bytecode.MaxAx {
		fail(f.line(), "constant table overflow")
	}
	return len(f.Constants) - 1
}

// load puts a constant into a register.
func (f *function) load(register int, e syntax.Expression) {
	line := e.Position()
	switch e.(type) {
	case *syntax.Nil:
		f.emit(bytecode.MakeABC(bytecode.OpLoadNil, register, 0, 0), line)
		return
	case *syntax.False, *syntax.True:
		f.emit(bytecode.MakeABC(bytecode.OpLoadBool, register, bit(truthy(e)), 0), line)
		return
	}
	if k := f.constant(e); k <= bytecode.MaxBx {
		f.emit(bytecode.MakeABx(bytecode.OpLoadK, register, k), line)
	} else {
		f.emit(bytecode.MakeABx(bytecode.OpLoadKX, register, 0), line)
		f.emit(bytecode.MakeAx(bytecode.OpExtraArg, k), line)
	}
}

func (f *function) loadNil(first, n, line int) {
	if n > 0 {
		f.emit(bytecode.MakeABC(bytecode.OpLoadNil, first, n-1, 0), line)
	}
}
