package bytecode

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"
)

// The VM's binary form of a function, as its Dump writes it and Load reads it: that of Lua 5.2, in the byte order of the
// machine.

// headerSize is the length of what stands before the main function.
const headerSize = 18

// Prototype is a function in binary form. What is not needed here stays as it is read.
type Prototype struct {
	LineDefined, LastLine         int32
	Parameters, VarArg, StackSize byte
	Code                          []Instruction
	Constants                     []byte // without their count
	ConstantCount                 int
	Nested                        []*Prototype
	Upvalues                      []Upvalue
	Source                        string
	Lines                         []int32
	Locals                        []LocalVariable
}

// Upvalue is one of a function: a local variable of the function around it, or one of its upvalues.
type Upvalue struct {
	IsLocal, Index byte
	Name           string
}

// LocalVariable is one of a function's, with the instructions between which it lives.
type LocalVariable struct {
	Name       string
	Start, End int32
}

// ErrCode is returned for code of another form.
var ErrCode = errors.New("the VM's binary code is not of the form that is known")

// Decode reads the main function of dumped code.
func Decode(code []byte) (p *Prototype, err error) {
	defer func() {
		if recover() != nil { // it ends early
			p, err = nil, ErrCode
		}
	}()
	r := reader{code[headerSize:]}
	p = r.function()
	if len(r.rest) > 0 {
		return nil, ErrCode
	}
	return p, nil
}

// Encode writes code with the header of another.
func Encode(header []byte, p *Prototype) []byte {
	w := writer{append(make([]byte, 0, 2*len(header)), header[:headerSize]...)}
	w.function(p)
	return w.code
}

var order = binary.NativeEndian

type reader struct{ rest []byte }

func (r *reader) take(n int) []byte {
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) byte() byte { return r.take(1)[0] }

func (r *reader) int() int32 { return int32(order.Uint32(r.take(4))) }

// count reads a length; each of what follows has a size of at least one byte.
func (r *reader) count() int {
	n := int(r.int())
	if n < 0 || n > len(r.rest) {
		panic(ErrCode)
	}
	return n
}

// size reads the length of a text, which has as many bits as an int of the machine.
func (r *reader) size() int {
	if strconv.IntSize == 32 {
		return int(order.Uint32(r.take(4)))
	}
	return int(order.Uint64(r.take(8)))
}

func (r *reader) text() string {
	size := r.size()
	if size == 0 {
		return ""
	}
	b := r.take(size)
	return string(b[:len(b)-1])
}

func (r *reader) function() *Prototype {
	p := &Prototype{LineDefined: r.int(), LastLine: r.int(), Parameters: r.byte(), VarArg: r.byte(), StackSize: r.byte()}
	p.Code = make([]Instruction, r.count())
	for i := range p.Code {
		p.Code[i] = Instruction(r.int())
	}
	p.ConstantCount = r.count()
	before := r.rest
	for range p.ConstantCount {
		r.constant()
	}
	p.Constants = before[:len(before)-len(r.rest)]
	p.Nested = make([]*Prototype, r.count())
	for i := range p.Nested {
		p.Nested[i] = r.function()
	}
	p.Upvalues = make([]Upvalue, r.count())
	for i := range p.Upvalues {
		p.Upvalues[i] = Upvalue{IsLocal: r.byte(), Index: r.byte()}
	}
	p.Source = r.text()
	p.Lines = make([]int32, r.count())
	for i := range p.Lines {
		p.Lines[i] = r.int()
	}
	p.Locals = make([]LocalVariable, r.count())
	for i := range p.Locals {
		p.Locals[i] = LocalVariable{r.text(), r.int(), r.int()}
	}
	if r.count() != len(p.Upvalues) {
		panic(ErrCode)
	}
	for i := range p.Upvalues {
		p.Upvalues[i].Name = r.text()
	}
	return p
}

// The types of constants.
const (
	nilConstant     = 0
	booleanConstant = 1
	numberConstant  = 3
	stringConstant  = 4
)

func (r *reader) constant() {
	switch r.byte() {
	case nilConstant:
	case booleanConstant:
		r.byte()
	case numberConstant:
		r.take(8)
	case stringConstant:
		r.text()
	default:
		panic(ErrCode)
	}
}

type writer struct{ code []byte }

func (w *writer) int(n int) { w.code = order.AppendUint32(w.code, uint32(int32(n))) }

func (w *writer) size(n int) {
	if strconv.IntSize == 32 {
		w.code = order.AppendUint32(w.code, uint32(n))
	} else {
		w.code = order.AppendUint64(w.code, uint64(n))
	}
}

func (w *writer) text(s string) {
	if s == "" {
		w.size(0)
		return
	}
	w.size(len(s) + 1)
	w.code = append(append(w.code, s...), 0)
}

func (w *writer) function(p *Prototype) {
	w.int(int(p.LineDefined))
	w.int(int(p.LastLine))
	w.code = append(w.code, p.Parameters, p.VarArg, p.StackSize)
	w.int(len(p.Code))
	for _, i := range p.Code {
		w.int(int(i))
	}
	w.int(p.ConstantCount)
	w.code = append(w.code, p.Constants...)
	w.int(len(p.Nested))
	for _, n := range p.Nested {
		w.function(n)
	}
	w.int(len(p.Upvalues))
	for _, u := range p.Upvalues {
		w.code = append(w.code, u.IsLocal, u.Index)
	}
	w.text(p.Source)
	w.int(len(p.Lines))
	for _, line := range p.Lines {
		w.int(int(line))
	}
	w.int(len(p.Locals))
	for _, v := range p.Locals {
		w.text(v.Name)
		w.int(int(v.Start))
		w.int(int(v.End))
	}
	w.int(len(p.Upvalues))
	for _, u := range p.Upvalues {
		w.text(u.Name)
	}
}

// AddNumber adds a constant and returns its index.
func (p *Prototype) AddNumber(n float64) int {
	constants := append(p.Constants[:len(p.Constants):len(p.Constants)], numberConstant)
	p.Constants = order.AppendUint64(constants, math.Float64bits(n))
	p.ConstantCount++
	return p.ConstantCount - 1
}
