package golua

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

// prototype is a function in binary form. What is not needed here stays as it is read.
type prototype struct {
	lineDefined, lastLine         int32
	parameters, varArg, stackSize byte
	code                          []instruction
	constants                     []byte // without their count
	constantCount                 int
	nested                        []*prototype
	upvalues                      []upvalue
	source                        string
	lines                         []int32
	locals                        []localVariable
}

type upvalue struct {
	isLocal, index byte
	name           string
}

type localVariable struct {
	name       string
	start, end int32 // instructions
}

var errCode = errors.New("the VM's binary code is not of the form that is known")

// decode reads the main function of dumped code.
func decode(code []byte) (p *prototype, err error) {
	defer func() {
		if recover() != nil { // it ends early
			p, err = nil, errCode
		}
	}()
	r := reader{code[headerSize:]}
	p = r.function()
	if len(r.rest) > 0 {
		return nil, errCode
	}
	return p, nil
}

// encode writes code with the header of another.
func encode(header []byte, p *prototype) []byte {
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
		panic(errCode)
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

func (r *reader) function() *prototype {
	p := &prototype{lineDefined: r.int(), lastLine: r.int(), parameters: r.byte(), varArg: r.byte(), stackSize: r.byte()}
	p.code = make([]instruction, r.count())
	for i := range p.code {
		p.code[i] = instruction(r.int())
	}
	p.constantCount = r.count()
	before := r.rest
	for range p.constantCount {
		r.constant()
	}
	p.constants = before[:len(before)-len(r.rest)]
	p.nested = make([]*prototype, r.count())
	for i := range p.nested {
		p.nested[i] = r.function()
	}
	p.upvalues = make([]upvalue, r.count())
	for i := range p.upvalues {
		p.upvalues[i] = upvalue{isLocal: r.byte(), index: r.byte()}
	}
	p.source = r.text()
	p.lines = make([]int32, r.count())
	for i := range p.lines {
		p.lines[i] = r.int()
	}
	p.locals = make([]localVariable, r.count())
	for i := range p.locals {
		p.locals[i] = localVariable{r.text(), r.int(), r.int()}
	}
	if r.count() != len(p.upvalues) {
		panic(errCode)
	}
	for i := range p.upvalues {
		p.upvalues[i].name = r.text()
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
		panic(errCode)
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

func (w *writer) function(p *prototype) {
	w.int(int(p.lineDefined))
	w.int(int(p.lastLine))
	w.code = append(w.code, p.parameters, p.varArg, p.stackSize)
	w.int(len(p.code))
	for _, i := range p.code {
		w.int(int(i))
	}
	w.int(p.constantCount)
	w.code = append(w.code, p.constants...)
	w.int(len(p.nested))
	for _, n := range p.nested {
		w.function(n)
	}
	w.int(len(p.upvalues))
	for _, u := range p.upvalues {
		w.code = append(w.code, u.isLocal, u.index)
	}
	w.text(p.source)
	w.int(len(p.lines))
	for _, line := range p.lines {
		w.int(int(line))
	}
	w.int(len(p.locals))
	for _, v := range p.locals {
		w.text(v.name)
		w.int(int(v.start))
		w.int(int(v.end))
	}
	w.int(len(p.upvalues))
	for _, u := range p.upvalues {
		w.text(u.name)
	}
}

// addNumber adds a constant and returns its index.
func (p *prototype) addNumber(n float64) int {
	constants := append(p.constants[:len(p.constants):len(p.constants)], numberConstant)
	p.constants = order.AppendUint64(constants, math.Float64bits(n))
	p.constantCount++
	return p.constantCount - 1
}
