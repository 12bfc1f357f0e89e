package rewrite

import (
	"fmt"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/source"
)

const maxUpvalues = 255 // the VM keeps their number in a byte

// finisher completes what the VM has compiled.
type finisher struct {
	*positions
	marks     callMarks
	functions Functions
	last      lua.LValue
	lastToken int // its line, 0 if it is not known
}

// finish replaces marks by functions and loads literals, corrects table constructors and scopes, and removes what the
// compiler reserved in excess.
func (f *finisher) finish(proto *lua.FunctionProto, isMain bool) error {
	block := f.positions.functions[proto.LineDefined]
	proto.LineDefined, proto.LastLineDefined = f.line(proto.LineDefined), f.line(proto.LastLineDefined)
	if len(proto.DbgUpvalues) > maxUpvalues {
		message := fmt.Sprintf("function has more than %d upvalues", maxUpvalues)
		return &source.Error{Line: proto.LineDefined, Message: message}
	}
	if f.marks.used {
		ReplaceGlobal(proto, f.marks.concat, f.functions.Concat)
		ReplaceGlobal(proto, f.marks.list, f.functions.ConcatList)
	}
	if !fixLists(proto.Code, f.batches[block]) {
		return &source.Error{Line: max(proto.LineDefined, 1), Message: "table constructor is too long"}
	}
	if !f.loadLiterals(proto) {
		return &source.Error{Line: max(proto.LineDefined, 1), Message: "constant table overflow"}
	}
	f.scopes(proto, f.locals[block])
	f.lines(proto, isMain)
	proto.Constants = append(slices.Clip(proto.Constants), f.last)
	proto.Code = slices.Clone(proto.Code)
	proto.DbgSourcePositions = slices.Clone(proto.DbgSourcePositions)
	proto.DbgCalls = slices.Clone(proto.DbgCalls)
	for i := range proto.DbgCalls { // the VM writes whole names into its tracebacks
		proto.DbgCalls[i].Name = backend.Quote(proto.DbgCalls[i].Name)
	}
	proto.DbgLocals = slices.Clone(proto.DbgLocals)
	proto.FunctionPrototypes = slices.Clone(proto.FunctionPrototypes)
	for _, inner := range proto.FunctionPrototypes {
		if err := f.finish(inner, false); err != nil {
			return err
		}
	}
	return nil
}

// maxConstants is how many constants an instruction can name.
const maxConstants = 1 << 18

// loadLiterals puts the literals of positions into the instructions that load them; it is false when they are too many.
func (f *finisher) loadLiterals(proto *lua.FunctionProto) bool {
	var added map[lua.LValue]int
	for pc, number := range proto.DbgSourcePositions {
		at, ok := f.at(number)
		if !ok || at.literal == nil || opcode(proto.Code[pc]) != lua.OP_LOADBOOL {
			continue
		}
		if added == nil {
			added = map[lua.LValue]int{}
		}
		index, ok := added[at.literal]
		if n, isNumber := at.literal.(lua.LNumber); !ok || isNumber && n == 0 { // -0 is not 0
			index = len(proto.Constants)
			added[at.literal] = index
			proto.Constants = append(proto.Constants, at.literal)
		}
		if index >= maxConstants-1 {
			return false
		}
		register := proto.Code[pc] >> 18 & 0xff
		proto.Code[pc] = uint32(lua.OP_LOADK)<<26 | register<<18 | uint32(index)
	}
	return true
}

// lines gives the instructions their lines. A main chunk ends where its last token is.
func (f *finisher) lines(proto *lua.FunctionProto, isMain bool) {
	lines := proto.DbgSourcePositions
	for pc, number := range lines {
		at, _ := f.at(number)
		lines[pc] = at.line
		switch op := opcode(proto.Code[pc]); {
		case op == lua.OP_JMP && at.line == 0:
			lines[pc] = max(lines[max(pc-1, 0)], at.least)
		case op == lua.OP_CLOSURE: // the function's end, as in Lua
			lines[pc] = f.line(proto.FunctionPrototypes[proto.Code[pc]&0x3ffff].LastLineDefined)
		case op == lua.OP_SELF && at.method != 0:
			lines[pc] = at.method
		case (op == lua.OP_SETTABLE || op == lua.OP_SETTABLEKS) && at.fields != 0:
			if rest := f.fields[at.fields-1]; len(rest) > 0 {
				lines[pc] = rest[0]
				f.fields[at.fields-1] = rest[1:]
			}
		}
	}
	if len(lines) > 1 && opcode(proto.Code[0]) == lua.OP_LOADNIL { // Lua has no instruction for variables that are nil at first
		lines[0] = lines[1]
	}
	if n := len(lines); isMain && n > 0 {
		proto.LineDefined, proto.LastLineDefined = 0, 0
		switch {
		case f.lastToken > 0:
			lines[n-1] = f.lastToken
		case n > 1:
			lines[n-1] = lines[n-2]
		default:
			lines[n-1] = 1
		}
	}
}

// opcode returns the operation of an instruction.
func opcode(instruction uint32) int { return int(instruction >> 26) }

// ReplaceGlobal puts f where the code asks for the global that marks it.
func ReplaceGlobal(proto *lua.FunctionProto, mark string, f *lua.LFunction) {
	index := slices.Index(proto.Constants, lua.LValue(lua.LString(mark)))
	if index < 0 {
		return
	}
	proto.Constants[index] = f
	for pc, instruction := range proto.Code {
		if opcode(instruction) == lua.OP_GETGLOBAL && int(instruction&0x3ffff) == index {
			proto.Code[pc] = uint32(lua.OP_LOADK)<<26 | instruction&(1<<26-1)
		}
	}
}

// fixLists corrects table constructors, whose batches are known from the syntax tree. After a full batch the compiler
// writes it once more for each named field, when the registers have other values, and writes a list of unknown length
// over the batch. Beyond 25,550 elements the number of the batch does not fit into the instruction and follows it; but
// the compiler writes a 0. It returns false if the code is not of the known form.
func fixLists(code []uint32, batches []int) bool {
	for pc := 0; pc < len(code); pc++ {
		if opcode(code[pc]) != lua.OP_SETLIST {
			continue
		}
		if len(batches) == 0 {
			return false
		}
		batch, long := batches[0], code[pc]>>9&maxBatch == 0
		batches = batches[1:]
		switch {
		case batch == 0:
			code[pc] = noOperation
			if long {
				code[pc+1] = noOperation
			}
		case long:
			code[pc+1] = uint32(batch)
		case batch > maxBatch:
			return false
		default:
			code[pc] = code[pc]&^(maxBatch<<9) | uint32(batch)<<9
		}
		if long {
			pc++
		}
	}
	return len(batches) == 0
}

const (
	maxBatch    = 1<<9 - 1
	noOperation = uint32(lua.OP_NOP) << 26
)
