package gopherlua

import (
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

// TestUpvalues checks that a caught error leaves the variables that closures of living functions share alone, and that
// closures of dead functions keep the values of theirs.
func TestUpvalues(t *testing.T) {
	const prelude = `
		local x = 1
		local function get() return x end
		local function overwrite() local a, b, c, d, e, f = 1, 2, 3, 4, 5, 6 return a end
		local kept
		local function fail(v) local y = v kept = function() y = y + 1 return y end error("failed") end `
	for name, source := range map[string]string{
		"pcall":         `pcall(error, "e") x = 2 assert(get() == 2)`,
		"xpcall":        `xpcall(error, function(e) return e end, "e") x = 2 assert(get() == 2)`,
		"handler fails": `xpcall(error, function(e) error("again") end, "e") x = 2 assert(get() == 2)`,
		"VM's error":    `pcall(function() local n = nil n.x = 1 end) x = 2 assert(get() == 2)`,
		"dead function": `pcall(fail, 41) overwrite() assert(kept() == 42 and kept() == 43) x = 2 assert(get() == 2)`,
		"nested": `pcall(function()
				local z = 1
				local function inner() return z end
				pcall(fail, 10)
				z = 2
				assert(inner() == 2)
				error("outer")
			end)
			overwrite() assert(kept() == 11) x = 3 assert(get() == 3)`,
		"wrap":   `pcall(coroutine.wrap(function() fail(5) end)) overwrite() assert(kept() == 6) x = 2 assert(get() == 2)`,
		"resume": `coroutine.resume(coroutine.create(fail), 7) overwrite() assert(kept() == 8) x = 2 assert(get() == 2)`,
		"in coroutine": `coroutine.wrap(function()
				local z = 1
				local function inner() return z end
				pcall(fail, 1) z = 5 assert(inner() == 5) coroutine.yield() z = 6 assert(inner() == 6)
			end)() x = 2 assert(get() == 2)`,
		"metamethod": `local t = setmetatable({}, {__index = function(_, k) fail(k) end})
			pcall(function() return t[9] end) overwrite() assert(kept() == 10) x = 2 assert(get() == 2)`,
		"overflow": `local function deep() local z = 3 kept = function() return z end return 1 + deep() end
			pcall(deep) overwrite() assert(kept() == 3) x = 2 assert(get() == 2)`,
		"in a handler": `xpcall(fail, function() x = x + 1 return kept() end, 1) assert(get() == 2)`,
		"Go panic":     `pcall(function() local y = 1 kept = function() return y end gopanic() end) overwrite() assert(kept() == 1) x = 2 assert(get() == 2)`,
		"reader":       `assert(not load(function() fail(1) end)) overwrite() assert(kept() == 2) x = 2 assert(get() == 2)`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newTestState(t, backend.Options{})
			s.PushGlobalTable()
			s.PushFunction(func(backend.VM) int { panic("Go") })
			s.RawSetField(-2, "gopanic")
			if err := s.Load(prelude+source, "=test", 0); err != nil {
				t.Fatal(err)
			}
			if failure := s.PCall(0, 0); failure != nil {
				t.Error(backend.ToStringMeta(s, -1), failure.Traceback)
			}
		})
	}
}

// TestProtectByVM checks what is done with a VM whose fields are not known.
func TestProtectByVM(t *testing.T) {
	for _, r := range repairs {
		defer r.Suspend()()
	}
	for source, want := range map[string]string{
		`return pcall(error, "e", 0)`:                                              "false e",
		`return pcall(function() error({}) end)`:                                   "false table",
		`return xpcall(error, function(e) return e .. "!" end, "e", 0)`:            "false e!",
		`return pcall(function() local n return n.x end)`:                          "false test:1: attempt",
		`return pcall(function() return "x" .. nil end)`:                           "false test:1: attempt to concatenate a nil",
		`local co = coroutine.wrap(function() error("e", 0) end) return pcall(co)`: "false e",
	} {
		s := newTestState(t, backend.Options{})
		if err := s.Load(source, "=test", 0); err != nil {
			t.Fatal(err)
		}
		if failure := s.PCall(0, 2); failure != nil {
			t.Error(source, backend.ToStringMeta(s, -1))
			continue
		}
		if got := backend.ToStringMeta(s, -2) + " " + backend.ToStringMeta(s, -1); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

// TestOverflows checks that a state whose stacks were full is as good as new, wherever the error was caught.
func TestOverflows(t *testing.T) {
	for name, source := range map[string]string{
		"frames":               `local function f() return 1 + f() end f()`,
		"values":               `local function f(...) return 1, f(1, 2, 3, 4, 5, 6, 7, 8, ...) end f()`,
		"tail call":            `local function f(...) return f(` + strings.Repeat("1, ", 150) + `...) end f(unpack({}, 1, 200000))`,
		"pcall":                `local function f() return 1 + select("#", pcall(f)) end f() return ("x"):rep(2^40)`,
		"metamethod":           `local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k + 1] end return t[1]`,
		"tostring":             `local t = setmetatable({}, {__tostring = function(t) return tostring(t) end}) tostring(t)`,
		"sort":                 `local function f() table.sort({1, 2, 3}, f) end f()`,
		"gsub":                 `local function f() return (("x"):gsub("x", f)) end f()`,
		"coroutines":           `local function f() return coroutine.wrap(f)() end assert(select(2, pcall(f)):find("C stack overflow")) f()`,
		"in coroutine":         `local function f() return 1 + f() end local ok, e = coroutine.resume(coroutine.create(f)) assert(e:find("stack overflow")) f()`,
		"concatenation":        `local s = "x" while true do s = s .. s end`,
		"many operands":        `local s = ("x"):rep(2^20) while true do s = s .. 1 .. s .. "y" .. s end`,
		"concat __concat":      `local t = setmetatable({}, {__concat = function(a, b) return a .. b end}) return t .. 1`,
		"caught":               `local function f() return 1 + f() end for i = 1, 20 do assert(not pcall(f)) end f()`,
		"handler":              `local function f() return 1 + f() end assert(select(2, xpcall(f, function(m) return "handled " .. m end)):find("^handled")) f()`,
		"handlers":             `local function h() return xpcall(error, h) end xpcall(error, h) local function f() return 1 + f() end f()`,
		"frames of coroutines": `local function f() local function deep(n) if n > 0 then return select(2, pcall(deep, n - 1)) end return (coroutine.wrap(f)()) end return (deep(1000)) end assert(f():find("C stack overflow")) coroutine.wrap(function() return ("x"):rep(2^40) end)()`,
		"wrap":                 `coroutine.wrap(function() local function f() return 1 + f() end f() end)()`,
		"wrap in wrap":         `coroutine.wrap(function() coroutine.wrap(function() local function f() return 1 + f() end f() end)() end)()`,
		"values in wrap":       `coroutine.wrap(function() local function f(...) return 1, f(1, 2, 3, 4, 5, 6, 7, 8, ...) end f() end)()`,
		"tail call in wrap":    `coroutine.wrap(function() local function f(...) return f(` + strings.Repeat("1, ", 150) + `...) end f(unpack({}, 1, 200000)) end)()`,
		"metamethod in wrap":   `coroutine.wrap(function() local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k + 1] end return t[1] end)()`,
		"handler too":          `local function f() return 1 + f() end xpcall(f, f) f()`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newTestState(t, backend.Options{MaxString: 64 << 20})
			for range 2 {
				if err := s.Load(source, "=test", 0); err != nil {
					t.Fatal(err)
				}
				failure := s.PCall(0, 0)
				if failure == nil || !failure.OutOfMemory {
					t.Errorf("%+v %s", failure, backend.ToStringMeta(s, -1))
				}
				s.SetTop(0)
				if err := s.Load("return 1 + 1, pcall(error, 'e', 0)", "=test", 0); err != nil {
					t.Fatal(err)
				}
				if s.PCall(0, 3) != nil || backend.ToStringMeta(s, 1) != "2" || backend.ToStringMeta(s, 3) != "e" {
					t.Error("the state is not usable afterwards")
				}
				s.SetTop(0)
			}
		})
	}
}
