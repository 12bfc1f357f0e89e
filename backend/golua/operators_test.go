package golua

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

func TestOperators(t *testing.T) {
	runPrintCases(t, []printCase{
		{"numbers", `local a = {2^53, 1/0, -1/0, 1e15, 0.1, -0.5} for i = 1, #a do io.write(a[i] .. ";") end print(1 .. 2)`,
			"9007199254740992;inf;-inf;1000000000000000;0.1;-0.5;12\n"},
		{"many operands", `local x = "" for i = 1, 3 do x = x .. i .. "a" .. i .. "b" .. "" .. i end print(x)`, "1a1b12a2b23a3b3\n"},
		{"modulo", `local a, b = -5, 3 print(a % b, 5 % -3, 5.5 % -2, a % 3, -5 % b, "7" % 4, 7 % "4")`, "1\t-1\t-0.5\t1\t1\t3\t3\n"},
		{"metamethods", `local m = {__concat = function(a, b) return (type(a) == "table" and "T" or a) .. "," .. (type(b) == "table" and "T" or b) end, __mod = function(a, b) return "mod" end}
			local t = setmetatable({}, m) print(t .. "x", "x" .. t, 1 .. t, t .. t, "a" .. "b" .. t .. "c" .. "d", t % 2, 2 % t)`,
			"T,x\tx,T\t1,T\tT,T\tabT,cd\tmod\tmod\n"},
		{"metamethod on a level", `local t = setmetatable({}, {__concat = function() error("here", 2) end})
			print(pcall(function() return t .. "x" end))`, "false\ttest:2: here\n"},
		{"in jumps and conditions", `local s = "" for i = 1, 10 do if i % 2 == 0 and s .. i ~= "x" then s = s .. (i % 3 == 1 and "A" or i % 3 == 2 and "B" or "C") elseif i % 5 == 0 then s = s .. i end end
			local n = 0 repeat n = n + 1 until n % 7 == 0 or n .. "" == "100" while n % 2 == 1 do n = n + n % 4 end print(s, n)`, "BA5CBA\t10\n"},
		{"closures", `local f = {} for i = 1, 3 do local s = i .. "" f[i] = function() s = s .. i return s .. i % 2 end end print(f[1](), f[2](), f[1](), f[3]())`, "111\t220\t1111\t331\n"},
		{"calling numbers", `print(pcall(function() local n = 5 return n(1, 2) end)) debug.setmetatable(0, {__call = function(n, a, b) return n + a, b end, __index = {half = function(n) return n / 2 end}})
			local n = 7 print(n(1, "x")) print(n:half(), getmetatable(1).__call ~= nil, 7 % 4 .. "") debug.setmetatable(0, nil) print(getmetatable(0), 7 % 4, pcall(n))`,
			"false\ttest:1: attempt to call local 'n' (a number value)\n8\tx\n3.5\ttrue\t3\nnil\t3\tfalse\tattempt to call a number value\n"},
		{"no metatable", `print(getmetatable(1), debug.getmetatable(1))`, "nil\tnil\n"},
		{"load", `local f = load("local a, b = ... return a .. b, a % 2") print(f(5, 6)) print(f(5, 6)) print(load("return 5 % 'x"))`, "56\t1\n56\t1\nnil\t[string \"return 5 % 'x\"]:1: unfinished string near <eof>\n"},
		{"debug", `local function f(x) local y = x .. "a" local z = y % 2 end print(select(2, pcall(f, "b")))
			print(pcall(function() local a = {} return "x" .. a end)) print(pcall(function() return nothing .. "x" end)) print(pcall(function() local t = {} return 1 .. t.x.y end))`,
			"test:1: attempt to perform arithmetic on local 'y' (a string value)\nfalse\ttest:2: attempt to concatenate local 'a' (a table value)\nfalse\ttest:2: attempt to concatenate global 'nothing' (a nil value)\nfalse\ttest:2: attempt to index field 'x' (a nil value)\n"},
	})
}

func TestConcatenationLimit(t *testing.T) {
	s, err := Backend.NewVM(backend.Options{Open: Backend.Libraries(), MaxString: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{
		"local s = 'x' while true do s = s .. s end",
		"local s = ('x'):rep(500) s = s .. s .. 'x'",
		"local s = ('x'):rep(1000) return s .. 1",
		"local s = ('x'):rep(500) return setmetatable({}, {__concat = function(a, b) return s .. s .. b end}) .. 'x'",
		"local f = load('local a = ... return a .. a') f(f(('x'):rep(300)))",
	} {
		loadChunk(t, s, source, "=test")
		failure := s.PCall(0, 0)
		if text, _ := s.ToString(-1); failure == nil || !failure.OutOfMemory || failure.Broken || text != "not enough memory" {
			t.Errorf("%s: %+v %q", source, failure, text)
		}
		s.SetTop(0)
	}
	do(t, s, "local s = ('x'):rep(500) return #(s .. s), pcall(function() return s .. s .. 'x' end)")
	if n, _ := s.ToNumber(1); n != 1000 || s.ToBoolean(2) {
		t.Error(n)
	}
}

func TestFreshClosures(t *testing.T) {
	runPrintCases(t, []printCase{
		{"equal closed values", `local function mk() local n = 0 return function() return function() n = n + 1 return n end end end
			local a, b = mk()(), mk()() print(a == b, a(), a(), b())`, "false\t1\t2\t1\n"},
		{"loops", `local f = {} for i = 1, 3 do local x = 0 f[i] = function() x = x + 1 return x end end print(f[1](), f[1](), f[2](), f[1] == f[2])`, "1\t2\t1\tfalse\n"},
		{"without variables", `local f = function() return function() return print end end print(f() == f())`, "true\n"},
		{"upvalues", `local a, b = 1, 2 local function f() return a, b, print, function() return a end end print(debug.getupvalue(f, 1)) print((debug.getupvalue(f, 3))) print(debug.getupvalue(f, 4)) print(debug.getinfo(f, "u").nups, debug.setupvalue(f, 4, 1), pcall(debug.upvalueid, f, 4))
			local g = load("local x = 1 return function() return x end, ...") print(debug.getinfo(g, "u").nups, debug.getupvalue(g, 2))`,
			"a\t1\n_ENV\n\n3\tnil\tfalse\tbad argument #2 to 'upvalueid' (invalid upvalue index)\n1\n"},
	})
}

// Code of copied functions has its operators repaired, too.
func TestCopiedOperators(t *testing.T) {
	from, to := newTestState(t, nil), newTestState(t, nil)
	_, wrapped := newStock()
	for _, dst := range []backend.VM{to, wrapped} {
		do(t, from, "return function(a, b) return a .. b .. 2^53, a % b end")
		if err := from.CopyFunction(dst, 1); err != nil {
			t.Fatal(err)
		}
		from.SetTop(0)
		dst.PushNumber(-5)
		dst.PushNumber(3)
		dst.Call(2, 2)
		text, _ := dst.ToString(1)
		if n, _ := dst.ToNumber(2); text != "-539007199254740992" || n != 1 {
			t.Errorf("%q %v", text, n)
		}
	}
}

// Long code has jumps over calls, and many constants.
func TestLargeFunction(t *testing.T) {
	var b strings.Builder
	b.WriteString("local s, n = '', 0 for i = 1, 2 do\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "if i %% 2 == 0 then s = s .. 'k%d' else n = n + %d %% 7 end\n", i, i)
	}
	b.WriteString("end return #s, n")
	s := newTestState(t, nil)
	do(t, s, b.String())
	length, _ := s.ToNumber(1)
	n, _ := s.ToNumber(2)
	if wantN := float64(3000/7*21 + 0 + 1 + 2 + 3); length != 13890 || n != wantN {
		t.Errorf("%v %v, want %v", length, n, wantN)
	}
}

func BenchmarkConcat(b *testing.B) {
	for _, c := range []struct{ name, source string }{
		{"two strings", "local a, b = 'hello', ' world' for i = 1, ... do local s = a .. b end"},
		{"number", "for i = 1, ... do local s = 'x' .. i end"},
		{"five", "local a, b = 'hello', ' world' for i = 1, ... do local s = a .. b .. a .. b .. a end"},
		{"growing", "for j = 1, (...) / 100 do local s = '' for i = 1, 100 do s = s .. 'x' end end"},
		{"modulo", "for i = 1, ... do local s = i % 7 end"},
	} {
		for _, own := range []bool{true, false} {
			b.Run(fmt.Sprintf("%s/own=%v", c.name, own), func(b *testing.B) {
				_, s := newStock()
				if own {
					s = newTestState(b, nil)
				}
				loadChunk(b, s, c.source, "=bench")
				s.PushNumber(float64(b.N))
				b.ReportAllocs()
				b.ResetTimer()
				if failure := s.PCall(1, 0); failure != nil {
					b.Fatal(failure)
				}
			})
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	const small = "return function(i) return i end"
	long := strings.Repeat("local function f(a, b) if a then return a + b else return {x = a, y = b} end end\n", 20)
	for _, c := range []struct {
		name, source string
		fresh        bool // another source every time
	}{
		{"small", small, false}, {"small fresh", small, true}, {"long", long, false}, {"long fresh", long, true},
		{"small concat", "return function(i) return i .. 'x' end", false},
		{"small concat fresh", "return function(i) return i .. 'x' end", true},
		{"long concat", long + " return a .. b", false}, {"long concat fresh", long + " return a .. b", true},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := newTestState(b, nil)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				source := c.source
				if c.fresh {
					source = fmt.Sprint("--", i, "\n", source)
				}
				if err := s.Load(source, "=bench", 0); err != nil {
					b.Fatal(err)
				}
				s.SetTop(0)
			}
		})
	}
}
