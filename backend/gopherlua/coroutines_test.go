package gopherlua

import "testing"

func TestCoroutines(t *testing.T) {
	const across = "attempt to yield across metamethod/C-call boundary"
	for name, test := range map[string]struct{ source, want string }{
		"yield in pcall": {`return coroutine.wrap(function() return pcall(coroutine.yield, 1) end)()`, "false " + across},
		"yield in a called function": {`return coroutine.wrap(function() return select(2, pcall(function() coroutine.yield(1) end)) end)()`,
			across},
		"yield in a metamethod": {`local t = setmetatable({}, {__index = function() coroutine.yield() end})
			return select(2, coroutine.resume(coroutine.create(function() return t.x end)))`, across},
		"yield in an iterator": {`return coroutine.resume(coroutine.create(function() for _ in function() return coroutine.yield() end do end end))`,
			"false " + across},
		"yield in a comparison": {`return coroutine.resume(coroutine.create(function() table.sort({2, 1}, function() coroutine.yield() end) end))`,
			"false " + across},
		"after a refused yield": {`local co = coroutine.wrap(function() pcall(coroutine.yield) coroutine.yield("still works") return "end" end)
			return co(), co()`, "still works end"},
		"tail-called yield": {`local co = coroutine.wrap(function() return coroutine.yield(1) end) return co(), co(2)`, "1 2"},
		"yield as body":     {`local co = coroutine.wrap(coroutine.yield) return co(1), co(2)`, "1 2"},
		"Go function":       {`return coroutine.resume(coroutine.create(math.max), 3, 7)`, "true 7"},
		"outside":           {`return pcall(coroutine.yield)`, "false attempt to yield from outside a coroutine"},
		"dead": {`local co = coroutine.create(function() end) coroutine.resume(co) return coroutine.resume(co)`,
			"false cannot resume dead coroutine"},
		"itself": {`local co co = coroutine.create(function() return coroutine.resume(co) end) return select(3, coroutine.resume(co))`,
			"cannot resume non-suspended coroutine"},
		"its maker": {`local co co = coroutine.create(function() return coroutine.wrap(function() return coroutine.status(co) end)() end)
			return coroutine.resume(co)`, "true normal"},
		"running after an error": {`pcall(coroutine.wrap(function() error("e") end)) return coroutine.running()`, "nil"},
		"deeply nested": {`local n = 0 local function f() n = n + 1 return coroutine.resume(coroutine.create(f)) end
			f() local ok = n < 1000 n = 0 f() return ok, n < 1000`, "true true"},
		"below deep recursion": {`local function f(n) if n == 0 then return coroutine.wrap(function() return "fine" end)() end return (f(n - 1)) end
			return f(3000)`, "fine"},
		"below many protected calls": {`local function f(n) if n == 0 then return coroutine.resume(coroutine.create(type), 1) end return select(2, pcall(f, n - 1)) end
			return (f(100)), (f(1000))`, "true false"},
		"error value": {`local e = {} local ok, got = coroutine.resume(coroutine.create(function() error(e) end)) return ok, got == e`, "false true"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := evaluate(t, test.source); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
