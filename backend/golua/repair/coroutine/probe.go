package coroutine

import (
	"errors"
	"fmt"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/compiler"
	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/repair"
)

// Repair is on when the functions of this package may be called.
var Repair = repair.New("coroutine", "coroutines are not available", probe)

// probeSource is a coroutine that yields in each way there is: in calls, among them one whose results are all taken, in
// tail calls, metamethods, iterators, and protected calls that end well and with an error. Between the yields closures
// keep sharing a variable, and the stack grows.
const probeSource = `
	local function deep(n) if n == 0 then return yield("deep") end local r = deep(n - 1) return r + 1 end
	local object = setmetatable({}, {
		__index = function(_, k) return yield(k) end, __newindex = function(_, k, v) yield(k, v + 3) end,
		__add = function() return yield("add") end, __unm = function() return yield("unm") end,
		__len = function() return yield("len") end, __call = function(_, ...) return yield("call", ...) end,
		__eq = function() return yield("eq") == 0 end, __lt = function() return yield("lt") == 0 end,
		__concat = function() return yield("concat") end,
	})
	local other = setmetatable({}, getmetatable(object))
	local x = ...
	local function add(n) x = x + n end
	local t = {yield(x)}
	add(10)
	t[#t + 1] = deep(100)
	object.field = 1
	t[#t + 1] = object.index + (object + 1) + -object + #object + object("a", "b")
	t[#t + 1] = tostring(object == other) .. tostring(object < other) .. tostring(object <= other)
	t[#t + 1] = "x" .. object .. "y" .. other
	for i, v in function(_, i) return yield("next", i) end, nil, 0 do if i > 16 then break end t[#t + 1] = i end
	for _, f in ipairs{function() return yield("well") end, function() yield("fails") error("e", 0) end} do
		local ok, v = pcall(f)
		t[#t + 1] = tostring(ok) .. v
	end
	yield(x)
	return pcall(pcall, yield, table.concat(t, ","))
`

const probeWant = "1 deep field 4 index add unm len call a b eq lt lt concat concat next 0 next 15 next 16 well fails 11 " +
	"2,103,35,falsefalsetrue,x14,15,16,true18,falsee true true 21 "

func probe() error {
	if err := repair.Off(compiler.Repair); err != nil { // a metamethod would nest the VM's loop
		return err
	}
	return probeYields()
}

// probeYields compares what the coroutine yields.
func probeYields() error {
	if err := layout.Check(); err != nil {
		return err
	}
	l := lua.NewState()
	if Yieldable(l) {
		return errors.New("the main thread may yield")
	}
	if err := makeFunctions(l); err != nil {
		return err
	}
	lua.OpenLibraries(l)
	l.Register("yield", Yield)
	l.Register("error", probeRaise)
	l.Register("pcall", probePcall)
	if err := compiler.Load(l, probeSource, "=probe"); err != nil {
		return err
	}
	c := New(l, &Adapter{LuaError: probeError, Returned: func(*lua.State) {}})
	got := ""
	for i := 1; c.Status() == Suspended; i++ {
		l.PushInteger(i)
		n, err := c.Resume(l, 1)
		if err != nil {
			return fmt.Errorf("resume %d: %v", i, l.ToValue(-1))
		}
		for k := 1; k <= n; k++ {
			text, _ := lua.ToStringMeta(l, k)
			got += text + " "
		}
		l.SetTop(0)
	}
	if got != probeWant {
		return fmt.Errorf("the yields give %q", got)
	}
	return nil
}

func probePcall(l *lua.State) int { return ProtectedCall(l, l.Top()-1, 0, probeFinish) }

func probeFinish(l *lua.State) int {
	_, _, err := l.Context()
	l.PushBoolean(err == nil)
	l.Insert(1)
	return l.Top()
}

// probeRaise raises its first argument.
func probeRaise(l *lua.State) int {
	l.SetTop(1)
	return fail(l)
}

func probeError(t *lua.State, e any) error {
	if err, ok := e.(error); ok {
		return err
	}
	t.SetTop(0)
	t.PushString(fmt.Sprint(e))
	return failure{}
}

// makeFunctions makes the functions that all VMs share.
func makeFunctions(l *lua.State) error {
	l.PushGoFunction(fail)
	failing = l.ToValue(-1)
	if err := lua.LoadString(l, "return function() end"); err != nil {
		return err
	}
	l.Call(0, 1)
	vehicle = l.ToValue(-1)
	l.SetTop(0)
	return nil
}
