package code

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/bytecode"
	"github.com/mtstates/go-mtstates/backend/golua/repair/operators"
	"github.com/mtstates/go-mtstates/backend/golua/repair/source"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when code may be rewritten. Without it functions run as the VM
// compiles them.
var Repair = repair.New("code", "strings that .. makes have no limit, % has the sign of the wrong operand, tail calls "+
	"of vararg functions lose arguments, and closures of different variables may be one function", probe)

// probeSource has what is rewritten, beside instructions of all kinds that must stay what they are. It returns how many of
// its checks fail, and how many there are.
const probeSource = `
	local failed, n = 0, 0
	local function check(ok) n = n + 1 if not ok then failed = failed + 1 end end
	local a, b, c = 7, -3, "x"
	check(a % b == -2 and -a % 3 == 2 and a .. b .. c .. 1 == "7-3x1")
	local text = ""
	for i = 1, 5 do
		if i % 2 == 0 then text = text .. i .. ";" elseif i > 4 then text = text .. "end" else text = text .. "," end
	end
	check(text == ",2;,4;end")
	local t = setmetatable({10, 20, k = "v", [a % 5] = "m"}, {
		__concat = function(x, y) return "joined" end, __mod = function(x, y) return "rest" end,
	})
	check(t .. "x" == "joined" and "x" .. t == "joined" and t % 2 == "rest" and t[1] == 10 and t.k .. "!" == "v!")
	local function count(...) return select("#", ...) end
	local function pass(f, ...) return f(...) end
	check(pass(count, 1, 2, 3, 4, 5, 6, 7, 8) == 8 and pass(count) == 0)
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
	check(s == 123 and -a == -7 and 2 ^ 3 == 8 and a / 2 == 3.5)
	return failed, n`

// probeChecks is how many checks probeSource makes.
const probeChecks = 7

// probe rewrites code of the VM's compiler and runs it.
func probe() error {
	if !strings.HasPrefix(lua.Signature, "\x1b") {
		return errors.New("binary code begins otherwise")
	}
	l := lua.NewState()
	lua.OpenLibraries(l)
	operators.Install(l)
	if err := source.Compile(l, probeSource, "=probe"); err != nil {
		return err
	}
	var dumped bytes.Buffer
	if err := l.Dump(&dumped); err != nil {
		return err
	}
	main, err := bytecode.Decode(dumped.Bytes())
	if err != nil {
		return err
	}
	if !bytes.Equal(bytecode.Encode(dumped.Bytes(), main), dumped.Bytes()) {
		return errors.New("code does not come out of decoding and encoding as it was")
	}
	code, err := repaired(dumped.Bytes())
	if err != nil {
		return err
	}
	if err := Load(l, code); err != nil {
		return err
	}
	if err := l.ProtectedCall(0, 2, 0); err != nil {
		return err
	}
	failed, _ := l.ToNumber(-2)
	checks, _ := l.ToNumber(-1)
	if failed != 0 || checks != probeChecks {
		return fmt.Errorf("%g of %g checks of rewritten code fail", failed, checks)
	}
	return nil
}
