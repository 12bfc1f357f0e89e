package golua

import (
	"bytes"
	"runtime"
	"testing"
	"weak"

	"github.com/mtstates/go-mtstates/backend"
)

// object is the Go value of a userdata.
type object struct {
	id int
	_  [64]byte
}

// objects makes userdata and tells which of their Go values are gone.
type objects struct{ made []weak.Pointer[object] }

func (o *objects) open(s backend.VM) {
	backend.NewMetatable(s, "test.object")
	s.CreateTable(0, 0)
	s.PushFunction(func(s backend.VM) int {
		s.PushNumber(float64(s.ToUserdata(1).(*object).id))
		return 1
	})
	s.RawSetField(-2, "id")
	s.PushFunction(func(s backend.VM) int {
		s.PushValue(2)
		s.PushValue(1)
		s.Call(1, 1)
		return 1
	})
	s.RawSetField(-2, "each")
	s.RawSetField(-2, "__index")
	s.SetTop(0)
	setFunction(s, "new", func(s backend.VM) int {
		v := &object{id: len(o.made)}
		o.made = append(o.made, weak.Make(v))
		s.PushUserdata(v, "test.object")
		return 1
	})
	setFunction(s, "dead", func(s backend.VM) int {
		id, _ := s.ToNumber(1)
		s.PushBoolean(o.made[int(id)].Value() == nil)
		return 1
	})
}

func TestCollectGarbageFrees(t *testing.T) {
	for name, source := range map[string]string{
		"local nil":         `local s = new() local id = s:id() s = nil collectgarbage() return dead(id)`,
		"still alive":       `local s = new() local id = s:id() collectgarbage() local d = dead(id) return not d and s:id() == id`,
		"do block":          `local id do local s = new() id = s:id() end collectgarbage() return dead(id)`,
		"inner function":    `local id (function() local s = new() id = s:id() end)() collectgarbage() return dead(id)`,
		"deep recursion":    `local id local function f(n, s) if n == 0 then id = s:id() else f(n - 1, s) end return nil end f(30, new()) collectgarbage() return dead(id)`,
		"tail recursion":    `local id local function f(n, s) if n == 0 then id = s:id() return end return f(n - 1, s) end f(30, new()) collectgarbage() return dead(id)`,
		"pcall error":       `local id pcall(function() local s = new() id = s:id() error("x") end) collectgarbage() return dead(id)`,
		"error value":       `local id pcall(function() local s = new() id = s:id() error(s) end) collectgarbage() return dead(id)`,
		"xpcall":            `local id xpcall(function() local s = new() id = s:id() local z = nil z.x = s end, function(e) return e end) collectgarbage() return dead(id)`,
		"loop":              `local id for i = 1, 3 do local s = new() id = s:id() end collectgarbage() return dead(id)`,
		"temporary":         `local id = new():id() collectgarbage() return dead(id)`,
		"varargs":           `local id (function(...) local a = ... id = a:id() end)(new(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) collectgarbage() return dead(id)`,
		"table field":       `local t = {s = new()} local id = t.s:id() t.s = nil collectgarbage() return dead(id)`,
		"table key":         `local t = {} local s = new() t[s] = 1 local id = s:id() t[s] = nil s = nil collectgarbage() return dead(id)`,
		"table.remove":      `local t = {new(), new()} local id = t[2]:id() table.remove(t) collectgarbage() return dead(id)`,
		"callback from Go":  `local id do local s = new() id = s:id() s:each(function(x) return x end) end collectgarbage() return dead(id)`,
		"generic for":       `local id for k, v in pairs({new()}) do id = v:id() end collectgarbage() return dead(id)`,
		"nested collection": `local id do local s = new() id = s:id() s = nil pcall(function() (function() collectgarbage() end)() end) end return dead(id)`,
		"global":            `S = new() local id = S:id() S = nil collectgarbage() return dead(id)`,
		"sort":              `local t = {new(), new(), new()} local id = t[3]:id() table.sort(t, function(a, b) return a:id() > b:id() end) t[1] = nil collectgarbage() return dead(id)`,
		"loop body":         `local ok = true for i = 1, 5 do local s = new() local id = s:id() s = nil collectgarbage() ok = ok and dead(id) end return ok`,
		"previous round":    `local ok, last = true for i = 1, 5 do if last then collectgarbage() ok = ok and dead(last) end local s = new() last = s:id() end return ok`,
		"after overflow":    `local id local function f(s) local r = f(s) return r end local ok = pcall(function() local s = new() id = s:id() f(s) end) collectgarbage() return not ok and dead(id)`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newTestState(t, nil)
			new(objects).open(s)
			do(t, s, source)
			if !s.ToBoolean(-1) {
				t.Error("not collected")
			}
		})
	}
}

func TestScrubStack(t *testing.T) {
	bothKinds(t, func(t *testing.T, s backend.VM) {
		var o objects
		o.open(s)
		do(t, s, "local s = new() return 'result'")
		s.ScrubStack()
		runtime.GC()
		if o.made[0].Value() != nil {
			t.Error("garbage above the top stays at base level")
		}
		if text, _ := s.ToString(1); text != "result" || s.GetTop() != 1 {
			t.Errorf("stack changed: %q, top %d", text, s.GetTop())
		}
		setFunction(s, "scrub", func(s backend.VM) int {
			s.PushString("kept")
			s.ScrubStack()
			return 1
		})
		s.SetTop(0)
		do(t, s, `local function f(n, ...) if n == 0 then scrub() return ... end local a, b, c = n, n + 1, n + 2
			local r = {f(n - 1, ...)} assert(scrub() == "kept") assert(a == n and b == n + 1 and c == n + 2) return table.unpack(r) end
			local r = {f(50, 1, 2, 3)} assert(#r == 3 and r[3] == 3)
			local t = {1, 2, scrub(), 4} assert(t[3] == "kept" and t[4] == 4)
			for i = 1, 20 do local x = {f(i, i)} assert(x[1] == i) end
			table.sort(t, function(a, b) scrub() return tostring(a) < tostring(b) end) assert(t[1] == 1)`)
		usable(t, s, 0)
	})
}

func TestCollectGarbageOptions(t *testing.T) {
	runPrintCases(t, []printCase{
		{"options", `print(collectgarbage(), collectgarbage("collect"), collectgarbage("step"), collectgarbage("isrunning"), collectgarbage("stop"), collectgarbage("setpause", 100))`, "0\t0\tfalse\ttrue\t0\t200\n"},
		{"count", `local k, b = collectgarbage("count") print(type(k), k > 0, b >= 0 and b < 1024)`, "number\ttrue\ttrue\n"},
		{"invalid", `print(pcall(collectgarbage, "x")); print(pcall(collectgarbage, {}))`, "false\tbad argument #1 to 'collectgarbage' (invalid option 'x')\nfalse\tbad argument #1 to 'collectgarbage' (string expected, got table)\n"},
	})
	var out bytes.Buffer
	calls := 0
	s, err := Backend.NewVM(backend.Options{Stdout: &out, Collect: func() { calls++ }})
	if err != nil {
		t.Fatal(err)
	}
	do(t, s, `collectgarbage() collectgarbage("collect") collectgarbage("count")`)
	if calls != 2 {
		t.Errorf("Collect was called %d times", calls)
	}
}

func BenchmarkScrubStack(b *testing.B) {
	s := newTestState(b, nil)
	b.ReportAllocs()
	for b.Loop() {
		s.ScrubStack()
	}
}
