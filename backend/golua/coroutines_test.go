package golua

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"weak"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/coroutine"
)

// TestCoroutinesAreGarbage checks what only a coroutine refers to that nothing refers to, or that no longer needs it.
func TestCoroutinesAreGarbage(t *testing.T) {
	for name, source := range map[string]string{
		"not started": `local id do local s = new() id = s:id() coroutine.create(function() return s end) end
			collectgarbage() return dead(id)`,
		"suspended": `local id do local co = coroutine.wrap(function() local s = new() id = s:id() coroutine.yield() return s end) co() end
			collectgarbage() return dead(id)`,
		"reaches itself": `local id do local co co = coroutine.create(function() local s = new() id = s:id() coroutine.yield(co) return s, co end) coroutine.resume(co) end
			collectgarbage() return dead(id)`,
		"running": `local id do coroutine.wrap(function() local me, s = coroutine.running(), new() id = s:id() coroutine.yield() return s, me end)() end
			collectgarbage() return dead(id)`,
		"in pcall": `local id do coroutine.wrap(function() pcall(function() local s = new() id = s:id() coroutine.yield() return s end) end)() end
			collectgarbage() return dead(id)`,
		"in a metamethod": `local id do coroutine.wrap(function() return setmetatable({}, {__index = function() local s = new() id = s:id() coroutine.yield() return s end}).x end)() end
			collectgarbage() return dead(id)`,
		"two that refer to each other": `local id do local a, b
			a = coroutine.wrap(function() local s = new() id = s:id() coroutine.yield() return s, b end)
			b = coroutine.wrap(function() coroutine.yield() return a end) a() b() end
			collectgarbage() return dead(id)`,
		"ended": `local id local co = coroutine.create(function() local s = new() id = s:id() coroutine.yield() s:id() end)
			coroutine.resume(co) coroutine.resume(co) collectgarbage() return dead(id) and coroutine.status(co) == "dead"`,
		"yielded value": `local id local co = coroutine.wrap(function() coroutine.yield(new()) coroutine.yield() end)
			id = co():id() collectgarbage() return dead(id) and co() == nil`,
		"argument": `local id local co = coroutine.wrap(function(s) id = s:id() s = nil coroutine.yield() end)
			co(new()) collectgarbage() return dead(id) and co() == nil`,
		"dead slots": `local id local co = coroutine.wrap(function() do local s = new() id = s:id() end (function() local a, b, c, d return a, b, c, d end)() coroutine.yield() end)
			co() collectgarbage() return dead(id) and co() == nil`,
		"of one that waits": `local id local function inner() collectgarbage() coroutine.yield(dead(id)) end
			local co = coroutine.wrap(function() do local s = new() id = s:id() end return coroutine.wrap(inner)() end)
			return co()`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newTestState(t, nil)
			new(objects).open(s)
			do(t, s, source)
			if !s.ToBoolean(-1) {
				t.Error("still alive")
			}
		})
	}
}

func TestManyCoroutinesLeaveNothing(t *testing.T) {
	const (
		count   = 100_000
		allowed = 1 << 20
	)
	s := newTestState(t, nil)
	do(t, s, `function make(n)
		kept = {}
		for i = 1, n do
			local co co = coroutine.create(function(x) coroutine.yield() return x, co end)
			coroutine.resume(co, {})
			kept[i] = co
		end
	end
	make(10)
	kept = nil
	collectgarbage()`)
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before, goroutines := heap(), runtime.NumGoroutine()
	s.PushGlobalTable()
	s.RawGetField(-1, "make")
	s.PushNumber(count)
	if failure := s.PCall(1, 0); failure != nil {
		t.Fatal(failure)
	}
	t.Logf("a suspended coroutine has %d bytes", (heap()-before)/count)
	if n := runtime.NumGoroutine(); n > goroutines {
		t.Errorf("%d goroutines more", n-goroutines)
	}
	do(t, s, "kept = nil collectgarbage()")
	if left := heap() - before; left > allowed {
		t.Errorf("%d bytes are left", left)
	}
}

// TestVMWithCoroutinesIsGarbage checks a VM with a suspended coroutine that reaches whatever owns the VM.
func TestVMWithCoroutinesIsGarbage(t *testing.T) {
	type owner struct{ vm backend.VM }
	o := &owner{newTestState(t, nil)}
	o.vm.PushGlobalTable()
	o.vm.PushUserdata(o, "")
	o.vm.RawSetField(-2, "owner")
	do(t, o.vm, "co = coroutine.wrap(function() local o = owner coroutine.yield() return o end) co()")
	gone := weak.Make(o)
	o = nil
	runtime.GC()
	if gone.Value() != nil {
		t.Error("still alive")
	}
}

func TestGoPanicInCoroutine(t *testing.T) {
	cause := errors.New("cause")
	s := newTestState(t, nil)
	setFunction(s, "text", func(backend.VM) int { panic("go panic") })
	setFunction(s, "failure", func(backend.VM) int { panic(cause) })
	do(t, s, `
		local ok, e = coroutine.resume(coroutine.create(text))
		assert(not ok and e == "go panic", e)
		local co = coroutine.create(function() coroutine.yield() local ok, e = pcall(text) coroutine.yield(e) text() end)
		coroutine.resume(co)
		ok, e = coroutine.resume(co)
		assert(ok and e == "go panic", e)
		ok, e = coroutine.resume(co)
		assert(not ok and e == "go panic" and coroutine.status(co) == "dead", e)`)
	loadChunk(t, s, "coroutine.wrap(function() coroutine.yield() end)() coroutine.wrap(failure)()", "=test")
	failure := s.PCall(0, 0)
	if failure == nil || !errors.Is(failure.Cause, cause) {
		t.Errorf("the failure is %+v", failure)
	}
}

// TestGoroutineEndsInCoroutine checks that a VM is still usable after a Go function has ended the goroutine.
func TestGoroutineEndsInCoroutine(t *testing.T) {
	s := newTestState(t, nil)
	setFunction(s, "exit", func(backend.VM) int { runtime.Goexit(); return 0 })
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(t, s, "co = coroutine.create(function() exit() end) coroutine.resume(co)")
	}()
	<-done
	do(t, s, "return coroutine.status(co), coroutine.wrap(function() coroutine.yield(1) end)()")
	if status, _ := s.ToString(-2); status != "dead" {
		t.Errorf("the coroutine is %s", status)
	}
}

// TestPCallInCoroutine checks protected calls of a Go function that a coroutine calls.
func TestPCallInCoroutine(t *testing.T) {
	s := newTestState(t, nil)
	var failure *backend.Failure
	setFunction(s, "try", func(s backend.VM) int {
		failure = s.PCall(s.GetTop()-1, backend.MultipleResults)
		return s.GetTop()
	})
	do(t, s, `local co = coroutine.create(function()
			coroutine.yield(1)
			local function fails() error("message", 0) end
			coroutine.yield(try(fails))
			return try(coroutine.yield)
		end)
		local function step() return select(2, coroutine.resume(co)) end
		return step(), step(), step(), coroutine.status(co)`)
	for i, want := range []string{"message", "attempt to yield across a C-call boundary", "dead"} {
		if got, _ := s.ToString(i - 3); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if failure == nil || !strings.Contains(failure.Traceback.String(), "in function 'coroutine.yield'") {
		t.Errorf("the failure is %+v", failure)
	}
}

func TestCoroutinesAreOff(t *testing.T) {
	defer coroutine.Repair.Suspend()()
	s := newTestState(t, nil)
	for _, source := range []string{"coroutine.create(print)", "coroutine.wrap(print)"} {
		loadChunk(t, s, source, "=test")
		if s.PCall(0, 0) == nil {
			t.Fatalf("%s works", source)
		}
		if got, _ := s.ToString(-1); got != "test:1: coroutines are not available with this version of the VM" {
			t.Errorf("%s: %s", source, got)
		}
	}
	do(t, s, `local co, main = coroutine.running()
		assert(main and coroutine.status(co) == "running" and not coroutine.resume(co))
		assert(not pcall(coroutine.yield))
		assert(select(2, pcall(error, "e", 0)) == "e" and select(2, xpcall(error, function(e) return e .. "!" end, "e", 0)) == "e!")`)
}

func BenchmarkCoroutine(b *testing.B) {
	for name, source := range map[string]string{
		"resume and yield": `local n = ... local w = coroutine.wrap(function() local yield = coroutine.yield while true do yield(1) end end)
			for i = 1, n do w() end`,
		"yield in pcall": `local n = ... local w = coroutine.wrap(function() while true do pcall(coroutine.yield, 1) end end)
			for i = 1, n do w() end`,
		"yield in a metamethod": `local n = ... local w = coroutine.wrap(function() local t = setmetatable({}, {__index = coroutine.yield}) while true do local x = t.x end end)
			for i = 1, n do w() end`,
		"create": `local n = ... local function f() coroutine.yield() end
			for i = 1, n do local w = coroutine.wrap(f) w() w() end`,
		"call": `local n = ... local function f() return 1 end
			for i = 1, n do f() end`,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			s := newTestState(b, nil)
			loadChunk(b, s, source, "=bench")
			s.PushNumber(float64(b.N))
			if failure := s.PCall(1, 0); failure != nil {
				b.Fatal(backend.ToStringMeta(s, -1))
			}
		})
	}
}
