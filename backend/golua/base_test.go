package golua

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

func TestBaseFunctions(t *testing.T) {
	runPrintCases(t, []printCase{
		{"error position", `print(pcall(function() error("m") end))`, "false\ttest:1: m\n"},
		{"error level 2", "local function f()\nerror('m', 2) end\nprint(pcall(function()\nf()\nend))", "false\ttest:4: m\n"},
		{"error level 2 below xpcall", "local function f()\nerror('m', 2) end\nprint(xpcall(f, function(e) return e end))", "false\tm\n"},
		{"error level 3 below xpcall", "local function f()\nerror('m', 3) end\nprint(xpcall(f, function(e) return e end))", "false\ttest:3: m\n"},
		{"error level 0", `print(pcall(error, "m", 0))`, "false\tm\n"},
		{"error values", `print(pcall(error)); print(pcall(error, nil)); print(pcall(error, true)); print(pcall(error, 7)); print(pcall(error, print) == false)`, "false\tnil\nfalse\tnil\nfalse\ttrue\nfalse\t7\ntrue\n"},
		{"error table", `local t = {} print(select(2, pcall(error, t)) == t)`, "true\n"},
		{"rethrow", `local t = {} local ok, e = pcall(function() local ok, e = pcall(error, t) error(e) end) print(e == t)`, "true\n"},
		{"assert", `print(assert(1, 2)); print(pcall(assert, false)); print(pcall(assert, nil, "m")); print(pcall(assert)); print(select(2, pcall(assert, false, {c = 1})).c)`, "1\t2\nfalse\tassertion failed!\nfalse\tm\nfalse\tbad argument #1 to 'assert' (value expected)\n1\n"},
		{"pcall", `print(pcall(function(...) return ... end, 1, nil, 3)); print(pcall(nil)); print(pcall(pcall))`, "true\t1\tnil\t3\nfalse\tattempt to call a nil value\nfalse\tbad argument #1 to 'pcall' (value expected)\n"},
		{"xpcall arguments", `print(xpcall(function(...) return select("#", ...), ... end, print, 1, nil, 3))`, "true\t3\t1\tnil\t3\n"},
		{"xpcall handler", `print(xpcall(error, function(e) return e .. "!" end, "m", 0)); print(xpcall(function() local z; z.x = 1 end, function(e) return "H " .. e end)); print(type(select(2, xpcall(error, function(e) return {e} end))))`, "false\tm!\nfalse\tH test:1: attempt to index local 'z' (a nil value)\ntable\n"},
		{"xpcall bad handler", `print(xpcall(error, function(e) error("b") end, "a")); print(xpcall(error, 5, "a")); print(xpcall(error, nil, "a"))`, "false\terror in error handling\nfalse\terror in error handling\nfalse\terror in error handling\n"},
		{"xpcall nested", `print(xpcall(function() print("inner", xpcall(error, function(e) return "h1 " .. e end, "a", 0)); print(pcall(error, "b", 0)); error("c", 0) end, function(e) return "h2 " .. e end))`, "inner\tfalse\th1 a\nfalse\tb\nfalse\th2 c\n"},
		{"xpcall handler traceback", "print(select(2, xpcall(function()\nlocal x = nil + 1\nend, debug.traceback)))", "test:2: attempt to perform arithmetic on a nil value\nstack traceback:\n\ttest:2: in function <test:1>\n\t[Go]: in function 'xpcall'\n\ttest:1: in main chunk\n"},
		{"tostring fails", `local e = setmetatable({}, {__tostring = function() error("no", 0) end}) print(pcall(tostring, e)); print(pcall(print, e)); print(select(2, pcall(error, e)) == e); print(pcall(print, setmetatable({}, {__tostring = function() return {} end})))`, "false\tno\nfalse\tno\ntrue\nfalse\t'tostring' must return a string to 'print'\n"},
		{"tostring", `print(tostring(nil), tostring(true), tostring(1), tostring("x"), tostring(print):match("^function: 0x") ~= nil, tostring({}):match("^table: 0x") ~= nil, tostring(io.stdout):match("^file") ~= nil)`, "nil\ttrue\t1\tx\ttrue\ttrue\ttrue\n"},
		{"numbers", `print(2^53, 1/0, -1/0, 0.1 + 0.2, 1e100, 100, math.huge, -2^53, 1e15, 123456.5); print((tostring(0/0):gsub("-", "")))`, "9007199254740992\tinf\t-inf\t0.3\t1e+100\t100\tinf\t-9007199254740992\t1000000000000000\t123456.5\nnan\n"},
		{"tonumber", `print(tonumber("1e2"), tonumber("0x10"), tonumber("ff", 16), tonumber("z", 36), tonumber("8", 8), tonumber(" 5 "), tonumber("x"), tonumber(nil), tonumber("-7", 8), tonumber("1e1", 16))`, "100\t16\t255\t35\tnil\t5\tnil\tnil\t-7\t481\n"},
		{"tonumber errors", `print(pcall(tonumber)); print(pcall(tonumber, "1", 99))`, "false\tbad argument #1 to 'tonumber' (value expected)\nfalse\tbad argument #2 to 'tonumber' (base out of range)\n"},
		{"raw", `local t = setmetatable({}, {__index = error, __newindex = error}) rawset(t, 1, 2) print(rawget(t, 1), rawequal(t, t), rawequal(nil, nil), rawequal(1, 2), rawlen(t))`, "2\ttrue\ttrue\tfalse\t1\n"},
		{"metatables", `print(getmetatable("").__index == string, getmetatable({}), getmetatable(setmetatable({}, {__metatable = "m"})))`, "true\tnil\tm\n"},
		{"print", `print() print(1, nil, false, "a\0b")`, "\n1\tnil\tfalse\ta\x00b\n"},
		{"load", `print(load("return 1 + 1")(), load("return x", "=c", "t", {x = 5})()); local n = 0; print(load(function() n = n + 1; return ({"return ", "7"})[n] end)())`, "2\t5\n7\n"},
		{"load errors", `print(load("x =")); print(load("x", "=c", "b")); print(pcall(load, function() return {} end))`, "nil\t[string \"x =\"]:1: unexpected symbol near <eof>\nnil\tattempt to load a text chunk (mode is 'b')\ntrue\tnil\treader function must return a string\n"},
		{"load chunk names", `print(select(2, pcall(load("error('m')", "@f.lua")))); print(select(2, pcall(load("error('m')\n"))))`, "f.lua:1: m\n[string \"error('m')...\"]:1: m\n"},
		{"globals", `print(_G._G == _G, _VERSION, package.loaded._G == _G)`, "true\tLua 5.2\ttrue\n"},
		{"error names", `print(pcall(("x").rep, "x", {})); local s = "x" .. tostring(select(2, pcall(function() return string.sub() end))); print(s)`, "false\tbad argument #2 to 'rep' (number expected, got table)\nxtest:1: bad argument #1 to 'sub' (string expected, got no value)\n"},
		{"error names in nested calls", `print(pcall(function() print(("x"):rep({})) end)); print(pcall(function() local t = {} t.x = math.floor({}) end))`, "false\ttest:1: bad argument #1 to 'rep' (number expected, got table)\nfalse\ttest:1: bad argument #1 to 'floor' (number expected, got table)\n"},
	})
}

func TestPairs(t *testing.T) {
	runPrintCases(t, []printCase{
		{"clear current", `local t = {1, 2, 3, a = 1, b = 2, c = 3, [1.5] = 4, [1e9] = 5} local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 end print(n, next(t))`, "8\tnil\n"},
		{"clear every second", `local t, n = {}, 0 for i = 1, 50 do t["k" .. i] = i end for k, v in pairs(t) do n = n + 1 if v % 2 == 0 then t[k] = nil end end local left = 0 for _ in pairs(t) do left = left + 1 end print(n, left)`, "50\t25\n"},
		{"clear all at once", `local t = {a = 1, b = 2, c = 3} local n = 0 for k in pairs(t) do n = n + 1 for x in pairs({a = 1, b = 1, c = 1}) do t[x] = nil end end print(n)`, "1\n"},
		{"assign while traversing", `local t = {a = 1, b = 2} for k, v in pairs(t) do t[k] = v + 1 end print(t.a, t.b)`, "2\t3\n"},
		{"metamethod", `print(pairs(setmetatable({}, {__pairs = function(t) return 1, 2, 3, 4 end})))`, "1\t2\t3\n"},
		{"wrong argument", `print(pcall(pairs)); print(pcall(pairs, 5))`, "false\tbad argument #1 to 'pairs' (table expected, got no value)\nfalse\tbad argument #1 to 'pairs' (table expected, got number)\n"},
		{"keys of all types", `local t = {} t[{}] = 1 t[print] = 1 t[io.stdout] = 1 t[true] = 1 local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 end print(n)`, "4\n"},
		{"ipairs", `for i, v in ipairs({"a", "b", nil, "d"}) do print(i, v) end`, "1\ta\n2\tb\n"},
	})
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("good.lua", "#!/usr/bin/lua\nlocal n = ...\nreturn n or 'none', 2, debug.traceback('t')")
	write("bad.lua", "\nx =")
	var out bytes.Buffer
	s := newTestState(t, &out)
	s.PushString(dir)
	setGlobal(s, "dir")
	do(t, s, `
		print((select(2, dofile(dir .. "/good.lua"))))
		print(loadfile(dir .. "/good.lua")("n"))
		print(pcall(dofile, dir .. "/bad.lua"))
		print(loadfile(dir .. "/none.lua"))
		package.path = dir .. "/?.lua"
		print((require "good"))
		print(pcall(require, "bad"))
		print(package.searchpath("good", package.path) == dir .. "/good.lua")`)
	got := string(bytes.ReplaceAll(out.Bytes(), []byte(dir), []byte("D")))
	want := "2\nn\t2\tt\nstack traceback:\n\tD/good.lua:3: in main chunk\n\ttest:3: in main chunk\n" +
		"false\tD/bad.lua:2: unexpected symbol near <eof>\n" +
		"nil\tcannot open D/none.lua: No such file or directory\n" +
		"good\n" +
		"false\terror loading module 'bad' from file 'D/bad.lua':\n\tD/bad.lua:2: unexpected symbol near <eof>\n" +
		"true\n"
	if got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestExit(t *testing.T) {
	for _, c := range []struct {
		source string
		want   int
	}{{"os.exit()", 0}, {"os.exit(true)", 0}, {"os.exit(false)", 1}, {"os.exit(3)", 3}, {"os.exit(true, true)", 0}} {
		status := -1
		s, err := Backend.NewVM(backend.Options{Open: []string{"os"}, Exit: func(n int) { status = n; panic("exit") }})
		if err != nil {
			t.Fatal(err)
		}
		loadChunk(t, s, c.source, "=test")
		s.PCall(0, 0)
		if status != c.want {
			t.Errorf("%s: status %d, want %d", c.source, status, c.want)
		}
	}
	runPrintCases(t, []printCase{{"without Exit", `print(pcall(function() os.exit(3) end))`, "false\ttest:1: os.exit is not available in this state\n"}})
}
