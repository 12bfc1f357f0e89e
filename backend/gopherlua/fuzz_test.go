package gopherlua

import (
	"errors"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// FuzzCompile compiles source, which rewrites its syntax tree and its code. An error is a syntax error with its line, and
// code is sound.
func FuzzCompile(f *testing.F) {
	for _, program := range []string{
		"",
		"return 1, 'text', nil, true, -0.5, 010, ...",
		"for i = 1, 10 do for k, v in pairs(t) do if k then break end f(i % 2, ...) end end",
		"local function f(...) return g(...) end return function() return f(1, 2, f(3)) end",
		"local t = {1, 2, x = 3, [4] = 5, f(), ...} t.a.b.c = t:m(1) .. t[2] .. 'x' return #t, -t, not t",
		"while a < b do repeat local c = function() return c, a end until c and a or b end",
		"return (a .. b) % (c .. d ^ e)" + strings.Repeat(" .. x", 160),
		"local a, b, c = {{{}}}, function() end, function() return a end b() c() a, b = b, a",
		"x = {" + strings.Repeat("1, ", 120) + "f()}",
		"--[==[ comment ]==] return [[\nlong]], \"\\065\\x\"",
		"local a do local b = a goto e end if a == b then elseif a ~= b or c <= d then ::e:: else end",
		"return function() if a then return end return (f()) end",
		"local " + strings.Repeat("a, ", 150) + "a",
		strings.Repeat("(", 150) + "a" + strings.Repeat(")", 150) + "()",
	} {
		f.Add(program)
	}
	prepared.Do(prepare)
	f.Fuzz(func(t *testing.T, program string) {
		proto, err := compile(program, "=fuzz")
		var problem *backend.SyntaxError
		switch {
		case err == nil:
			checkSound(t, proto)
		case !errors.As(err, &problem):
			t.Errorf("error %T: %v", err, err)
		case strings.Contains(problem.Message, "runtime error"), strings.Contains(problem.Message, "interface conversion"):
			t.Error(problem)
		}
	})
}

// checkSound checks that instructions refer to what there is: constants, upvalues, functions, registers and instructions.
func checkSound(t *testing.T, p *lua.FunctionProto) {
	t.Helper()
	const constantBit = 1 << 8
	registers := int(p.NumUsedRegisters)
	for pc := 0; pc < len(p.Code); pc++ {
		below := func(what string, n, limit int) {
			if n < 0 || n >= limit {
				t.Errorf("instruction %d of %d uses %s %d of %d", pc, len(p.Code), what, n, limit)
			}
		}
		operand := func(n int) {
			if n&constantBit != 0 {
				below("constant", n&^constantBit, len(p.Constants))
			} else {
				below("register", n, registers)
			}
		}
		i := p.Code[pc]
		a, b, c, bx := int(i>>18&0xff), int(i&0x1ff), int(i>>9&0x1ff), int(i&0x3ffff)
		switch op := int(i >> 26); op {
		case lua.OP_MOVE, lua.OP_MOVEN, lua.OP_LOADNIL, lua.OP_UNM, lua.OP_NOT, lua.OP_LEN, lua.OP_TESTSET:
			below("register", a, registers)
			below("register", b, registers)
		case lua.OP_LOADK, lua.OP_GETGLOBAL, lua.OP_SETGLOBAL:
			below("register", a, registers)
			below("constant", bx, len(p.Constants))
		case lua.OP_GETUPVAL, lua.OP_SETUPVAL:
			below("register", a, registers)
			below("upvalue", b, int(p.NumUpvalues))
		case lua.OP_GETTABLE, lua.OP_GETTABLEKS, lua.OP_SELF:
			below("register", a, registers)
			below("register", b, registers)
			operand(c)
		case lua.OP_SETTABLE, lua.OP_SETTABLEKS, lua.OP_ADD, lua.OP_SUB, lua.OP_MUL, lua.OP_DIV, lua.OP_MOD, lua.OP_POW:
			below("register", a, registers)
			operand(b)
			operand(c)
		case lua.OP_EQ, lua.OP_LT, lua.OP_LE:
			operand(b)
			operand(c)
		case lua.OP_JMP, lua.OP_FORLOOP, lua.OP_FORPREP:
			below("instruction", pc+1+bx-0x1ffff, len(p.Code))
		case lua.OP_CALL, lua.OP_TAILCALL:
			below("register", a+max(b, 1)-1, registers)
		case lua.OP_CONCAT:
			below("register", b, registers)
			below("register", c, registers)
		case lua.OP_CLOSURE:
			below("function", bx, len(p.FunctionPrototypes))
			pc += int(p.FunctionPrototypes[bx].NumUpvalues) // which variables they are
		case lua.OP_SETLIST:
			if c == 0 { // the next word is a number
				pc++
			}
		}
	}
	if len(p.DbgSourcePositions) != len(p.Code) {
		t.Errorf("%d instructions have %d lines", len(p.Code), len(p.DbgSourcePositions))
	}
	for _, nested := range p.FunctionPrototypes {
		checkSound(t, nested)
	}
}
