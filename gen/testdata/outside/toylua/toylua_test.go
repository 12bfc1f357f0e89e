package toylua_test

import (
	"strings"
	"testing"

	"example.com/outside/toylua"
)

// run runs a chunk without any library and returns its first result, or its error.
func run(t *testing.T, source string) toylua.Value {
	t.Helper()
	l := toylua.NewState(toylua.Options{})
	p, err := toylua.Compile(source, "=chunk")
	if err != nil {
		return err.Error()
	}
	l.Push(toylua.NewFunction(p, l.Globals))
	if raised := l.Protect(func() { l.Call(0, 1) }, nil); raised != nil {
		return raised.Value
	}
	return l.Pop()
}

func TestRun(t *testing.T) {
	for _, c := range []struct {
		source string
		want   toylua.Value
	}{
		{`return 1 + 2 * 3 ^ 2`, 19.0},
		{`return "a" .. 1 .. true and nil`, "chunk:1: attempt to concatenate a boolean value"},
		{`local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end return fib(20)`, 6765.0},
		{`local function sum(n, s) if n == 0 then return s end return sum(n - 1, s + n) end return sum(100000, 0)`, 5000050000.0},
		{`local fs = {} for i = 1, 3 do fs[i] = function() i = i + 1 return i end end fs[1]() return fs[1]() + fs[2]()`, 6.0},
		{`local n = 0 for i = 1, 10 do if i % 2 == 0 then goto continue end n = n + i ::continue:: end return n`, 25.0},
		{`local i = 0 ::top:: i = i + 1 if i < 5 then goto top end return i`, 5.0},
		{`local i = 0 repeat local done = i == 3 i = i + 1 until done return i`, 4.0},
		{`goto out do local x ::out:: end`, "chunk:1: no visible label 'out' for <goto> at line 1"},
		{`goto out local x ::out:: return x`, "chunk:1: <goto out> at line 1 jumps into the scope of local 'x'"},
		{`::a:: ::a::`, "chunk:1: label 'a' already defined on line 1"},
		{`local t = {n = 0} function t:add(x) self.n = self.n + x return self end return t:add(2):add(3).n`, 5.0},
		{`local _ENV = {x = 7} return x`, 7.0},
		{"local t = {}\nreturn t.a.b", "chunk:2: attempt to index field 'a' (a nil value)"},
		{"missing()", "chunk:1: attempt to call global 'missing' (a nil value)"},
		{`local function f(...) return ... end return (f(1, 2)) + #{f(1, 2, 3)}`, 4.0},
		{`local function f() return f() + 1 end return f()`, "chunk:1: stack overflow"},
	} {
		if got := run(t, c.source); got != c.want {
			t.Errorf("%s\ngot  %v\nwant %v", c.source, got, c.want)
		}
	}
}

// TestTraversal clears fields while a table is traversed.
func TestTraversal(t *testing.T) {
	table := toylua.NewTable()
	keys := []toylua.Value{1.0, 2.0, "a", "b", toylua.NewTable(), &toylua.Userdata{}, true, 100.0, 2.5}
	for _, key := range keys {
		table.Set(key, "value")
	}
	var seen int
	for key, value, ok := table.Next(nil); key != nil; key, value, ok = table.Next(key) {
		if !ok || value != "value" {
			t.Fatalf("%v: %v, %v", key, value, ok)
		}
		seen++
		table.Set(key, nil)
	}
	if key, _, _ := table.Next(nil); seen != len(keys) || key != nil || table.Len() != 0 {
		t.Errorf("%d keys were seen, and %v is left", seen, key)
	}
	if _, _, ok := table.Next("none"); ok {
		t.Error("a key that never was is taken")
	}
	for i := 100; i >= 1; i-- {
		table.Set(float64(i), i)
	}
	if table.Len() != 100 {
		t.Errorf("the length is %d", table.Len())
	}
}

func TestSyntaxErrors(t *testing.T) {
	for _, source := range []string{"x = = 1", "break", "return ...)", strings.Repeat("do ", 300) + strings.Repeat("end ", 300)} {
		if _, err := toylua.Compile(source, "=chunk"); err == nil || !strings.HasPrefix(err.Error(), "chunk:1: ") {
			t.Errorf("%.20s: %v", source, err)
		}
	}
}
