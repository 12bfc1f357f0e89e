package gopherlua

import (
	"fmt"
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// chunkName is the full name of the chunk that code is from; the VM keeps the short form. It is the last constant of
// each function, where no instruction looks.
type chunkName struct{ name string }

// String and Type make *chunkName a value of the VM.
func (c *chunkName) String() string       { return c.name }
func (c *chunkName) Type() lua.LValueType { return lua.LTUserData }

// chunkOf returns the name under which the code was compiled.
func chunkOf(proto *lua.FunctionProto) string {
	if n := len(proto.Constants); n > 0 {
		if c, ok := proto.Constants[n-1].(*chunkName); ok {
			return c.name
		}
	}
	return "=" + proto.SourceName
}

const maxUpvalues = 255 // the VM keeps their number in a byte

// finish completes what the VM has compiled: it puts the functions in the place of their marks, mends long table
// constructors, and gives back the room that the compiler reserved.
func finish(proto *lua.FunctionProto, marks callMarks, chunk *chunkName) error {
	if len(proto.DbgUpvalues) > maxUpvalues {
		message := fmt.Sprintf("%s:%d: function has more than %d upvalues", proto.SourceName, proto.LineDefined, maxUpvalues)
		return &backend.SyntaxError{Message: message}
	}
	if marks.used {
		replaceMark(proto, marks.concat, concatFunction)
		replaceMark(proto, marks.list, concatListFunction)
	}
	mendLists(proto.Code)
	proto.Constants = append(slices.Clip(proto.Constants), chunk)
	proto.Code = slices.Clone(proto.Code)
	proto.DbgSourcePositions = slices.Clone(proto.DbgSourcePositions)
	proto.DbgCalls = slices.Clone(proto.DbgCalls)
	for i := range proto.DbgCalls { // the VM writes whole names into its tracebacks
		proto.DbgCalls[i].Name = backend.Quote(proto.DbgCalls[i].Name)
	}
	proto.DbgLocals = slices.Clone(proto.DbgLocals)
	proto.FunctionPrototypes = slices.Clone(proto.FunctionPrototypes)
	for _, inner := range proto.FunctionPrototypes {
		if err := finish(inner, marks, chunk); err != nil {
			return err
		}
	}
	return nil
}

// opcode returns the operation of an instruction.
func opcode(instruction uint32) int { return int(instruction >> 26) }

// replaceMark puts f where the code asks for the global that marks it.
func replaceMark(proto *lua.FunctionProto, mark string, f *lua.LFunction) {
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

// mendLists corrects the constructors of tables with more than 25,550 elements. From there on the number of the batch
// does not fit into the instruction and stands behind it; but the compiler writes a 0.
func mendLists(code []uint32) {
	batches := map[uint32]uint32{} // by the register of the table
	for pc := 0; pc < len(code)-1; pc++ {
		if opcode(code[pc]) != lua.OP_SETLIST {
			continue
		}
		register, batch := code[pc]>>18&0xff, code[pc]>>9&0x1ff
		if batch == 0 {
			batch = batches[register] + 1
			pc++
			code[pc] = batch
		}
		batches[register] = batch
	}
}
