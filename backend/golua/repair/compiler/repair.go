package compiler

import (
	"fmt"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/instructions"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when Compile may be used. Without it functions run as the VM compiles them.
var Repair = repair.New("code", "strings that .. makes have no limit, % has the sign of the wrong operand, arithmetic misreads "+
	"strings, metamethods are forgotten, tail calls of vararg functions lose arguments, closures of different variables may "+
	"be one function, and long chains of operators take very long to compile", probe)

// helpers are functions of each state that the instructions call, by their names. Each is called with a metamethod, and
// values for it.
var helpers = map[string]string{
	// a <= b, when there is only b < a
	"negate": "local lessThan, b, a = ... return not lessThan(b, a)",
	// the values in list .. a .. b, where .. of a and b is a metamethod
	"concat": "local concat, a, b, list = ... local v = concat(a, b) for i = #list, 1, -1 do v = list[i] .. v end return v",
}

// HelperSource is the name of the chunks of the helpers.
const HelperSource = "=[instruction]"

// Helper returns a new function of the kind that package instructions asks for.
func Helper(l *lua.State, name string) any {
	if err := Load(l, helpers[name], HelperSource); err != nil {
		panic(err)
	}
	f := l.ToValue(-1)
	l.Pop(1)
	return f
}

// probeSource has what the repair is for, beside instructions of all kinds. It returns how many of its checks fail, and how
// many there are.
const probeSource = `
	local failed, n = 0, 0
	local function check(ok) n = n + 1 if not ok then failed = failed + 1 end end
	local a, b, c = 7, -3, "x"
	check(a % b == -2 and -a % 3 == 2 and a .. b .. c .. 1 == "7-3x1" and 10 ^ 23 == 1e23)
	local text = ""
	for i = 1, 5 do
		if i % 2 == 0 then text = text .. i .. ";" elseif i > 4 then text = text .. "end" else text = text .. "," end
	end
	check(text == ",2;,4;end")
	local t = setmetatable({10, 20, k = "v", [a % 5] = "m"}, {
		__concat = function(x, y) return "joined" end, __mod = function(x, y) return "rest" end,
		__lt = function(x, y) return true end, __len = function() return 5 end, __newindex = function(t, k, v) text = k end,
		__call = function(self, x) return x end, __eq = function() return true end, __unm = function() return "unm" end,
	})
	check(t .. "x" == "joined" and "x" .. t == "joined" and 1 .. 2 .. t .. 3 == "12joined" and t % 2 == "rest" and t[1] == 10)
	check(t.missing == nil and #t == 5 and t < t and not (t <= t) and t("called") == "called" and -t == "unm")
	t.new = 1
	check(text == "new" and rawget(t, "new") == nil)
	t.k = nil
	check(text == "new" and rawget(t, "k") == nil)
	local function count(...) return select("#", ...) end
	local function pass(f, ...) return f(...) end
	check(pass(count, 1, 2, 3, 4, 5, 6, 7, 8) == 8 and pass(count) == 0 and pass(function(x, y) return y end, 1, 2, 3) == 2)
	local get = {}
	for i = 1, 3 do local j = 1 get[i] = function() j = j + 1 return j end end
	check(get[1] ~= get[2] and get[1]() == 2 and get[1]() == 3 and get[2]() == 2)
	local object = {n = 1}
	function object:add(x) self.n = self.n + x return self end
	check(object:add(2):add(3).n == 6 and #"abc" == 3 and not (a == b) and a ~= b and (a < b) == false and a >= b)
	repeat local done = n > 3 and c ~= nil or false until done
	while true do if n % 2 >= 0 then break end end
	local s = 0
	for k, v in next, {1, 2, 3} do s = s * 10 + v end
	check(s == 123 and -a == -7 and 2 ^ 3 == 8 and a / 2 == 3.5 and "0x10" + "1" == 17)
	for i = 3, 1, -1 do if i == 2 then goto continue end s = s + i ::continue:: end
	check(s == 127 and (nil or c) == "x" and (a and nil) == nil and not not c)
	global = #{10, 20, 30}
	check(global == 3 and #{n = 1} == 0 and select("#", (function(...) return ... end)(1, nil)) == 2)
	return failed, n`

// probeChecks is how many checks probeSource makes.
const probeChecks = 12

// probe compiles and runs a program.
func probe() error {
	if err := instructions.Extend(); err != nil {
		return err
	}
	if instructions.VM.Helper == nil { // outside of package golua
		instructions.VM.Helper = Helper
	}
	l := lua.NewState()
	lua.OpenLibraries(l)
	l.SetTop(0)
	if err := Load(l, probeSource, "=probe"); err != nil {
		return err
	}
	if err := l.ProtectedCall(0, 2, 0); err != nil {
		return err
	}
	failed, _ := l.ToNumber(-2)
	checks, _ := l.ToNumber(-1)
	if failed != 0 || checks != probeChecks {
		return fmt.Errorf("%g of %g checks of code fail", failed, checks)
	}
	return nil
}
