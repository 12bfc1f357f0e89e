package golua

import (
	"runtime"
	"sync"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

func TestLazyTables(t *testing.T) {
	runPrintCases(t, []printCase{
		{"globals are all there", `local n = {} for k, v in pairs(_G) do n[#n + 1] = k end table.sort(n) print(table.concat(n, " "))`,
			"_G _VERSION assert bit32 collectgarbage coroutine debug dofile error getmetatable io ipairs load loadfile loadstring math next os package pairs pcall print rawequal rawget rawlen rawset require select setmetatable string table tonumber tostring type unpack xpcall\n"},
		{"next", `local n = 0 local k = next(math) while k do n = n + 1 k = next(math, k) end local m = 0 for k in next, math do m = m + 1 end for k in pairs(math) do m = m - 1 end print(n > 20, m)`, "true\t0\n"},
		{"no metatables", `print(getmetatable(_G), getmetatable(string), debug.getmetatable(table), getmetatable(package.loaded), getmetatable(package.preload))`, "nil\tnil\tnil\tnil\tnil\n"},
		{"metatable set", `setmetatable(_G, {__index = function(_, k) return "no " .. k end, __newindex = function(t, k, v) rawset(t, k, v * 2) end}) print(nothing, type(print), type(string.rep)) x = 4 print(x)`,
			"no nothing\tfunction\tfunction\n8\n"},
		{"metatable of a library", `setmetatable(math, {__index = {tau = 6}}) print(math.tau, type(math.sin), math.nothing)`, "6\tfunction\tnil\n"},
		{"raw", `print(type(rawget(_G, "print")), type(rawget(math, "sin")), rawget(_G, "nothing")) rawset(math, "sin", 5) print(math.sin) local t = tostring rawset(_G, "tostring", nil) t = {t, tostring} print2 = #t io.write(print2, "\n")`,
			"function\tfunction\tnil\n5\n1\n"},
		{"cleared fields stay so", `string.format = nil print(string.format, ("x").format) os = nil print(os, _G.os, type(package.loaded.os)) print(rawget(string, "format")) for k in pairs(string) do assert(k ~= "format") end`,
			"nil\tnil\nnil\tnil\ttable\nnil\n"},
		{"cleared after use", `local r = math.sin math.sin = nil print(math.sin) math.sin = r print(math.sin == r) print = print local p = print print = nil p(print)`, "nil\ntrue\nnil\n"},
		{"written before use", `math.sin = 1 string.mine = 2 print(math.sin, ("x").mine, type(math.cos)) tonumber = 3 print(tonumber)`, "1\t2\tfunction\n3\n"},
		{"identity", `print(string.rep == string.rep, _G.string == string, require "string" == string, package.loaded.string == string, package.loaded._G == _G, require "_G" == _G, package.loaded.package == package, io == package.loaded.io)`,
			"true\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\n"},
		{"first use is a method", `print(("x"):rep(2), ("x").len == string.len, getmetatable("").__index == string)`, "xx\ttrue\ttrue\n"},
		{"string is gone", `string = nil print(("x"):rep(3))`, "xxx\n"},
		{"metatable of strings", `local mt = getmetatable("") mt.__index = function(s, k) return s .. k end print(("a").b) mt.__add = function() return "add" end print("x" + "y")`, "ab\nadd\n"},
		{"inheritance", `local env = setmetatable({}, {__index = _G, __newindex = _G}) local f = load("sum = 1 + math.floor(2.5) print(sum) return string.rep", "x", "t", env) print(f() == string.rep, rawget(env, "sum"), sum)`, "3\ntrue\tnil\t3\n"},
		{"_ENV", `local print = print do local _ENV = {print = print} print(math, _G) end print(math ~= nil)`, "nil\tnil\ntrue\n"},
		{"upvalue _ENV", `local function f() return math end local n, e = debug.getupvalue(f, 1) print(n, e == _G) local t = type debug.setupvalue(f, 1, {math = "mine", type = t, print = print}) print(f(), type(math))`, "_ENV\ttrue\nmine\tstring\n"},
		{"length and equality", `print(#_G, #string, string == table, _G == string, string ~= string)`, "0\t0\tfalse\tfalse\tfalse\n"},
		{"integer keys", `string[1] = "a" string[2] = "b" print(#string, table.concat(string, ","), select("#", table.unpack(string)))`, "2\ta,b\t2\n"},
		{"odd keys", `print(_G[1], _G[nil], _G[print], pcall(function() _G[nil] = 1 end)) print(pcall(function() math[0/0] = 1 end))`, "nil\tnil\tnil\tfalse\ttable index is nil\nfalse\ttable index is NaN\n"},
		{"tables as metatables", `string.__index = string local o = setmetatable({}, string) print(o.rep == string.rep)`, "true\n"},
		{"registry", `local r = debug.getregistry() print(r[2] == _G, r._LOADED == package.loaded) for k in pairs(r) do r[k] = nil end print(type(require "string"), math.floor(1.5))`, "true\ttrue\ntable\t1\n"},
		{"package tables", `print(type(package.preload.x), package.loaded.nothing) package.loaded.math = "mine" print(require "math", type(math)) package.loaded.os = nil print((pcall(require, "os")), type(os))`, "nil\tnil\nmine\ttable\nfalse\ttable\n"},
		{"closed over", `local rep = string.rep string = {rep = function() return "mine" end} print(string.rep("x", 2), rep("x", 2), ("x"):rep(2))`, "mine\txx\txx\n"},
	})
}

// Monkeypatching in one state does not show in another.
func TestLazyTablesAreOfOneState(t *testing.T) {
	a, b := newTestState(t, nil), newTestState(t, nil)
	do(t, a, `string.rep = 1 math.mine = 2 os = nil print = nil getmetatable("").__index = {} setmetatable(_G, {__index = {x = 1}}) package.loaded.table = nil debug.setmetatable(0, {__index = math})`)
	do(t, b, `assert(("x"):rep(2) == "xx" and math.mine == nil and os.time and print and x == nil and package.loaded.table == table and getmetatable(0) == nil and getmetatable(_G) == nil)`)
}

// The operations of the contract see full tables.
func TestLazyTablesFromGo(t *testing.T) {
	s := newTestState(t, nil)
	s.PushGlobalTable()
	if s.GetMetatable(1) {
		t.Error("globals have a metatable")
	}
	s = newTestState(t, nil)
	s.PushGlobalTable()
	s.RawGetField(1, "string")
	s.RawGetField(2, "rep")
	s.RawGetField(1, "nothing")
	if s.Type(2) != backend.Table || s.Type(3) != backend.FunctionType || s.Type(4) != backend.Nil {
		t.Error("fields")
	}
	s.SetTop(1)
	s.PushNil()
	s.RawSetField(1, "print")
	s.PushNumber(1)
	s.RawSetField(1, "tostring")
	s.PushNumber(2)
	s.RawSetField(1, "mine")
	names := map[string]bool{}
	for s.PushNil(); s.Next(1); s.SetTop(2) {
		name, _ := s.ToString(2)
		names[name] = true
	}
	if names["print"] || !names["tostring"] || !names["mine"] || !names["xpcall"] || !names["os"] || s.GetTop() != 1 {
		t.Error(names)
	}
	do(t, s, `assert(print == nil and tostring == 1 and mine == 2 and math.sin)`)
}

func TestNoFiles(t *testing.T) {
	s, err := Backend.NewVM(backend.Options{Open: []string{"string"}, NoFiles: true})
	if err != nil {
		t.Fatal(err)
	}
	backend.Preload(s, "own", func(s backend.VM) int { s.PushNumber(7); return 1 })
	do(t, s, `local n = {} for k in pairs(package) do n[k] = true end
		assert(dofile == nil and loadfile == nil and rawget(_G, "dofile") == nil)
		assert(not n.loadlib and not n.searchpath and not n.path and not n.cpath and n.loaded and n.preload)
		assert(require "own" == 7 and require "string" == string and #package.searchers == 1)
		local ok, e = pcall(require, "nothing") assert(not ok and e == "module 'nothing' not found:\n\tno field package.preload['nothing']", e)`)
}

// States fill their tables from the same template at the same time.
func TestLazyTablesConcurrently(t *testing.T) {
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 10 {
				s := newTestState(t, nil)
				do(t, s, `local n = 0 for k, lib in pairs(_G) do if type(lib) == "table" and lib ~= _G then for k in pairs(lib) do n = n + 1 end end end
					assert(n > 80 and #_G == 0 and (_G == string) == false and ("x"):rep(2) .. 1 == "xx1" and 5 % 3 == 2)`)
			}
		})
	}
	group.Wait()
}

// BenchmarkLiveStates keeps the states of one round and reports what each holds.
func BenchmarkLiveStates(b *testing.B) {
	const states = 10_000
	all := backend.Options{Open: Backend.Libraries()}
	for b.Loop() {
		b.ReportMetric(liveBytes(states, func() any {
			s, _ := Backend.NewVM(all)
			return s
		}), "B/state")
	}
}

func liveBytes(n int, create func() any) float64 {
	kept := make([]any, n)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range kept {
		kept[i] = create()
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(kept)
	return (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / float64(n)
}
