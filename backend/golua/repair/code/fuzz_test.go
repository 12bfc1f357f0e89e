package code

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/source"
)

// programs have instructions of all kinds.
var programs = []string{
	"",
	probeSource,
	"return 1, 'text', nil, true, -0.5, ...",
	"local a <const> = 1",
	"for i = 1, 10 do for k, v in pairs(t) do if k then goto next end f(i % 2, ...) ::next:: end end",
	"local function f(...) return g(...) end return function() return f(1, 2, f(3)) end",
	"local t = {1, 2, x = 3, [4] = 5, f(), ...} t.a.b.c = t:m(1) .. t[2] .. 'x' return #t, -t, not t",
	"while a < b do repeat local c = function() return c, a end until c and a or b end",
	"return (a .. b) % (c .. d % e)" + strings.Repeat(" .. x", 60),
	"local a, b, c = {{{}}}, function() end, function() return a end b() c()",
}

// FuzzDecode reads binary code of any form. What can be decoded is the same after it was encoded and decoded again.
func FuzzDecode(f *testing.F) {
	for _, program := range programs {
		if code, ok := dump(program); ok {
			f.Add(code)
		}
	}
	f.Fuzz(func(t *testing.T, code []byte) {
		p, err := bytecode.Decode(code)
		if err != nil {
			return
		}
		again, err := bytecode.Decode(bytecode.Encode(code, p))
		if err != nil {
			t.Fatalf("code that was encoded: %v", err)
		}
		if !reflect.DeepEqual(p, again) {
			t.Errorf("decoded %+v, and then %+v", p, again)
		}
	})
}

// FuzzRepair compiles source, and repairs the code. What the VM compiles is the same bytes after decoding and encoding,
// and code that was repaired is sound.
func FuzzRepair(f *testing.F) {
	for _, program := range programs {
		f.Add(program)
	}
	f.Fuzz(func(t *testing.T, program string) {
		code, ok := dump(program)
		if !ok {
			return
		}
		p, err := bytecode.Decode(code)
		if err != nil {
			t.Fatalf("code of the VM: %v", err)
		}
		if !bytes.Equal(code, bytecode.Encode(code, p)) {
			t.Error("code of the VM changes when it is decoded and encoded")
		}
		if code, err = repaired(code); err != nil {
			return // it grows beyond what the VM can run
		}
		if p, err = bytecode.Decode(code); err != nil {
			t.Fatalf("repaired code: %v", err)
		}
		checkSound(t, p)
		if err := Load(lua.NewState(), code); err != nil {
			t.Error(err)
		}
	})
}

// dump compiles a program; ok is false when it is not one.
func dump(program string) (code []byte, ok bool) {
	l := lua.NewState()
	if source.Compile(l, program, "=fuzz") != nil {
		return nil, false
	}
	var b bytes.Buffer
	if err := l.Dump(&b); err != nil {
		return nil, false
	}
	return b.Bytes(), true
}

// checkSound checks that instructions refer to what there is: constants, upvalues, functions, registers and instructions.
func checkSound(t *testing.T, p *bytecode.Prototype) {
	t.Helper()
	below := func(pc int, what string, n, limit int) {
		if n < 0 || n >= limit {
			t.Errorf("instruction %d of %d uses %s %d of %d", pc, len(p.Code), what, n, limit)
		}
	}
	operand := func(pc, n int) {
		if n&bytecode.ConstantBit != 0 {
			below(pc, "constant", n&^bytecode.ConstantBit, p.ConstantCount)
		} else {
			below(pc, "register", n, int(p.StackSize))
		}
	}
	for pc, i := range p.Code {
		if i.Op() != bytecode.OpExtraArg && i.Op() != bytecode.OpSetTableUp {
			below(pc, "register", i.A(), int(p.StackSize)+1) // of a return of nothing: it may be the one behind the last
		}
		switch i.Op() {
		case bytecode.OpLoadK:
			below(pc, "constant", i.Bx(), p.ConstantCount)
		case bytecode.OpGetUpvalue, bytecode.OpSetUpvalue:
			below(pc, "upvalue", i.B(), len(p.Upvalues))
		case bytecode.OpGetTableUp:
			below(pc, "upvalue", i.B(), len(p.Upvalues))
			operand(pc, i.C())
		case bytecode.OpSetTableUp:
			below(pc, "upvalue", i.A(), len(p.Upvalues))
			operand(pc, i.B())
			operand(pc, i.C())
		case bytecode.OpSetTable, bytecode.OpEqual, bytecode.OpLessThan, bytecode.OpLessEqual:
			operand(pc, i.B())
			operand(pc, i.C())
		case bytecode.OpGetTable, bytecode.OpSelf:
			below(pc, "register", i.B(), int(p.StackSize))
			operand(pc, i.C())
		case bytecode.OpMove:
			below(pc, "register", i.B(), int(p.StackSize))
		}
		if i.Jumps() {
			below(pc, "instruction", pc+1+i.SBx(), len(p.Code))
		}
	}
	below(len(p.Code), "line", len(p.Lines), len(p.Code)+1)
	for _, nested := range p.Nested {
		checkSound(t, nested)
	}
}
