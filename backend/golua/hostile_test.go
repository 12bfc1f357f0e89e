package golua

import (
	"errors"
	"strings"
	"testing"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// Source that is nested too deeply, too long or broken is a syntax error, or compiles.
func TestHostileSource(t *testing.T) {
	const n = 20_000
	const jumps = 150 // the VM's parser takes time in the third power of them
	nested := func(open, inner, shut string) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(shut, n)
	}
	for name, source := range map[string]string{
		"parentheses":        "return " + nested("(", "1", ")"),
		"tables":             "return " + nested("{", "", "}"),
		"functions":          nested("return function() ", "", " end"),
		"calls":              "return " + nested("f(", "", ")"),
		"indexes":            "return " + nested("a[", "1", "]"),
		"blocks":             nested("do ", "", " end"),
		"loops":              nested("while true do ", "", " end"),
		"conditions":         nested("if x then ", "", " end"),
		"repeat":             nested("repeat ", "", " until x"),
		"elseif":             "if x then " + strings.Repeat("elseif x then ", jumps) + "end",
		"not":                "return " + strings.Repeat("not ", n) + "1",
		"minus":              "return " + strings.Repeat("- ", n) + "1",
		"length":             "return " + strings.Repeat("#", n) + "x",
		"concat":             "return a" + strings.Repeat(" .. a", n),
		"concat 150":         "local a = 'x' return a" + strings.Repeat(" .. a", 150),
		"concat 190":         "local a = 'x' return a" + strings.Repeat(" .. a", 190),
		"power":              "return a" + strings.Repeat("^a", n),
		"sum":                "return a" + strings.Repeat("+a", n),
		"modulo":             "return a" + strings.Repeat("%a", n),
		"and":                "return a" + strings.Repeat(" and a", jumps),
		"or in conditions":   "if a" + strings.Repeat(" or a % 2 == 0", jumps) + " then end",
		"fields":             "return a" + strings.Repeat(".b", n),
		"calls in a row":     "return f" + strings.Repeat("()", n),
		"methods in a row":   "return f" + strings.Repeat(":m()", n),
		"assignment":         "a" + strings.Repeat(", a", n) + " = 1",
		"locals":             "local a" + strings.Repeat(", a", n),
		"values":             "return 1" + strings.Repeat(", 1", n),
		"arguments":          "f(1" + strings.Repeat(", 1", n) + ")",
		"items":              "return {1" + strings.Repeat(", 1", n) + "}",
		"labels":             strings.Repeat("do ::a:: end ", jumps),
		"gotos":              strings.Repeat("goto a ", jumps) + "::a::",
		"local functions":    strings.Repeat("local function f() return f end ", 150),
		"digits":             "return " + strings.Repeat("9", n),
		"hexadecimal":        "return 0x" + strings.Repeat("f", n) + "p" + strings.Repeat("9", n),
		"exponent":           "return 1e" + strings.Repeat("9", n),
		"string":             "return '" + strings.Repeat("x", n) + "'",
		"escapes":            `return "` + strings.Repeat(`\x41\065\z `, 1000) + `\999"`,
		"unfinished string":  "return 'x",
		"unfinished long":    "return [==[ x ]=]",
		"unfinished comment": "--[[ x",
		"null bytes":         "return \x00 1",
		"bad bytes":          "return \xff\xfe",
		"bad name":           "\xc3\xa4 = 1",
		"shebang":            "#!x",
		"vararg":             "function f() return ... end",
		"break":              "break",
		"numbers":            "return 1..2",
		"binary":             "\x1bLua",
		"binary in text":     "return '\x1bLua'",
		"upvalues": "local a0" + func() (s string) {
			for i := range 190 {
				s += ", a" + sprint(i)
			}
			return s
		}() + " return function() return a0" + strings.Repeat(" + a5", 50) + ", function() return a7 .. a8 end end",
	} {
		t.Run(name, func(t *testing.T) {
			s := newTestState(t, nil)
			if err := s.Load(source, "=test", 0); err == nil {
				s.PCall(0, backend.MultipleResults)
			} else if _, ok := err.(*backend.SyntaxError); !ok || s.GetTop() != 0 {
				t.Errorf("%T %v", err, err)
			}
			s.SetTop(0)
			usable(t, s, 0)
		})
	}
}

// Code that tries to end the process or to break its state fails, or does nothing.
func TestHostileCode(t *testing.T) {
	for name, source := range map[string]string{
		"recursion":              "local function f() return 1 + f() end f()",
		"recursion with pcall":   "local function f() return pcall(f) end f() local function g() return pcall(g), 1 end pcall(g)",
		"recursion in handlers":  "local function h() error(h) end xpcall(error, h) local function k() xpcall(k, k) end xpcall(k, k)",
		"error in handler":       "xpcall(error, function() error('x') end) xpcall(function() local x = nil + 1 end, error)",
		"handler of odd type":    "xpcall(error, nil) ",
		"__index loop":           "local t = {} setmetatable(t, {__index = t}) getmetatable(t).__index = setmetatable({}, {__index = function(_, k) return t[k] end}) return t.x",
		"__index of itself":      "local t = {} t.__index = t setmetatable(t, t) return t.x",
		"globals of themselves":  "setmetatable(_G, {__index = _G}) return nothing",
		"globals loop":           "setmetatable(_G, _G) _G.__index = function(_, k) return _G[k] end return nothing",
		"__newindex loop":        "local t = {} setmetatable(t, {__newindex = function(t, k, v) t[k] = v end}) t.x = 1",
		"__tostring loop":        "local t = setmetatable({}, {__tostring = function(t) return tostring(t) end}) tostring(t)",
		"__concat loop":          "local t = {} setmetatable(t, {__concat = function(a, b) return a .. b end}) return t .. t",
		"__mod loop":             "local t = {} setmetatable(t, {__mod = function(a, b) return a % b end}) return t % t",
		"__call loop":            "local t = {} setmetatable(t, {__call = t}) t()",
		"__call deep":            "local t = setmetatable({}, {__call = function(t) return t() + 1 end}) t()",
		"__eq loop":              "local m = {} m.__eq = function(a, b) return a == b end return setmetatable({}, m) == setmetatable({}, m)",
		"__lt loop":              "local m = {} m.__lt = function(a, b) return a < b end return setmetatable({}, m) < setmetatable({}, m)",
		"__len of odd type":      "return #setmetatable({}, {__len = function() return {} end}) + 1",
		"__pairs of odd type":    "for k in pairs(setmetatable({}, {__pairs = 5})) do end",
		"metatable is protected": "setmetatable(setmetatable({}, {__metatable = 1}), {})",
		"sort":                   "local t = {} for i = 1, 100 do t[i] = i % 7 end table.sort(t, function(a, b) return true end)",
		"sort with errors":       "table.sort({3, 2, 1}, function() error('x') end)",
		"gsub recursion":         "local function f(s) return (s:gsub('.', f)) end f('x')",
		"load recursion":         "local function f() return load(f) end f() load(function() return load(function() error('x') end) end)",
		"load of itself":         "local s = 'return load(...)(...)' load(s)(s)",
		"dofile":                 "dofile('/nothing')",
		"require loop":           "package.preload.a = function() require 'a' end require 'a'",
		"package.loaded":         "package.loaded = nil package.preload = nil package.searchers = nil require 'x'",
		"searchers":              "package.searchers = setmetatable({}, {__index = function() return function() return error end end}) require 'y'",
		"metatables of types":    "for _, v in ipairs{0, true, print, 'x'} do debug.setmetatable(v, {__index = error, __call = error, __len = error, __concat = error, __unm = error}) end debug.setmetatable(nil, {__index = function() end, __call = error}) local x = nothing.x local y = 5 .. 'x' return 7 % 2 .. x",
		"no string metatable":    "debug.setmetatable('', nil) return ('x'):rep(2)",
		"metatable of numbers":   "debug.setmetatable(1, setmetatable({}, {__index = error})) return 5 .. 6, 5 % 2, (1)()",
		"registry":               "for k in pairs(debug.getregistry()) do debug.getregistry()[k] = nil end debug.getregistry()[3] = 1 return require",
		"upvalues":               "local function f() return print end for i = -1, 3 do debug.setupvalue(f, i, nil) debug.getupvalue(f, i) pcall(debug.upvalueid, f, i) pcall(debug.upvaluejoin, f, i, f, i) end f()",
		"upvalues of library":    "debug.setupvalue(print, 1, 5) debug.upvaluejoin(print, 1, print, 1)",
		"uservalue":              "debug.setuservalue(io.stdout, {}) debug.getuservalue(io.stdout) debug.getuservalue(nil) debug.setuservalue(5, {})",
		"getinfo":                "for i = -5, 50 do debug.getinfo(i) end debug.getinfo(1e308) debug.getinfo(0/0) debug.getinfo(print, 'SlnutLf') debug.getinfo(print, '>')",
		"traceback":              "debug.traceback('x', 1e308) debug.traceback('x', -5) debug.traceback('x', 0/0)",
		"hooks":                  "debug.sethook() debug.sethook(print, 'crl', 1)",
		"error levels":           "for _, level in ipairs{-1, 0, 1, 2, 50, 1e308, 0/0} do pcall(error, 'x', level) end",
		"next":                   "next({}, 'x')",
		"next of odd keys":       "next({}, 0/0) next({1, 2}, 1.5) next({}, print)",
		"unpack":                 "table.unpack({}, -1e308, 1e308)",
		"unpack far":             "table.unpack({}, 2^53, 2^53 + 2) unpack({}, -2^63, -2^63) unpack({}, 1, 1e7)",
		"select":                 "select(-1e308, 1) select(1e308, 1) select(0/0)",
		"rep":                    "('x'):rep(2^60) ",
		"rep of nothing":         "(''):rep(2^60)",
		"concat forever":         "local s = 'x' while true do s = s .. s end",
		"table.concat":           "local t = {} for i = 1, 10000 do t[i] = ('x'):rep(100000) end table.concat(t)",
		"format":                 "string.format('%99.99f %99d', 1e308, 5) string.format('%9999999999d', 1)",
		"array index":            "local t = {} t[2^53] = 1 t[-2^53] = 1 t[1e308] = 1 t[2^31] = 1 return #t",
		"far array":              "local t = {} for i = 1, 60 do t[2^i] = i end return #t",
		"for loops":              "for i = 1, 0/0 do end for i = 1/0, 1/0 do break end",
		"for of odd types":       "for i in 5 do end",
		"many results":           "local function f(n) if n == 0 then return end return 1, f(n - 1) end select('#', f(1000))",
		"vararg":                 "local t = {} for i = 1, 200000 do t[i] = i end (function(...) return select('#', ...) end)(unpack(t))",
		"close standard files":   "io.stdin:close() io.stdout:close() io.write('x')",
		"exit":                   "os.exit()",
		"global is gone":         "string = nil table = nil math = nil _G = nil print = nil local x = ('x'):rep(3) .. 5 % 3",
		"environment":            "local _ENV = nil return x",
		"environment of odd":     "local _ENV = 5 x = 1",
		"set environment":        "local function f() return x end debug.setupvalue(f, 1, nil) return f()",
		"collectgarbage":         "collectgarbage('x')",
		"setmetatable lazily":    "setmetatable(string, {__index = error, __newindex = error}) string.x = 1",
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Backend.NewVM(backend.Options{Open: Backend.Libraries(), MaxString: 1 << 20, Stdout: &strings.Builder{}})
			if err != nil {
				t.Fatal(err)
			}
			steps := 0
			lua.SetDebugHook(s.(state).l, func(*lua.State, lua.Debug) { // some never end
				if steps++; steps > 2000 {
					panic(errors.New("enough"))
				}
			}, lua.MaskCount, 1000)
			loadChunk(t, s, source, "=test")
			if failure := s.PCall(0, 0); failure != nil && failure.Broken {
				t.Errorf("broken: %s", backend.ToStringMeta(s, -1))
			}
			s.SetTop(0)
			lua.SetDebugHook(s.(state).l, nil, 0, 0)
			loadChunk(t, s, "local a = 5 return a % 3 + 1", "=test")
			if failure := s.PCall(0, 1); failure != nil {
				t.Fatalf("not usable: %s", backend.ToStringMeta(s, -1))
			}
			if n, _ := s.ToNumber(1); n != 3 {
				t.Error(n)
			}
		})
	}
}
