package conformance

import (
	"context"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// endless are chunks that only an interrupt ends. Each calls started() when its loop begins.
var endless = []struct {
	name   string
	source string
	needs  []backend.Capability
}{
	{name: "while", source: "started() while true do end"},
	{name: "repeat", source: "started() repeat until false"},
	{name: "for", source: "started() for i = 1, math.huge do end"},
	{name: "iterator", source: "started() for k in function() return 1 end do end"},
	{name: "tail call", source: "local function f() return f() end started() f()"},
	{name: "calls", source: "local function f() end started() while true do f() end"},
	{name: "pcall inside", source: "started() while true do pcall(error, 'x') end"},
	{name: "pcall around", source: "started() while true do pcall(function() while true do end end) end"},
	{name: "pcall nested", source: "started() while true do pcall(pcall, pcall, function() while true do end end) end"},
	{name: "xpcall", source: "started() while true do xpcall(function() while true do end end, function(e) return e end) end"},
	{name: "handler", source: "started() while true do xpcall(error, function() while true do end end) end"},
	{name: "late handler", source: "started() xpcall(function() while true do end end, function() while true do end end) while true do end"},
	{name: "metamethod", source: "local t = setmetatable({}, {__index = function() while true do end end}) started() while true do pcall(function() return t.x end) end"},
	{name: "sort", source: "started() while true do pcall(table.sort, {1, 2, 3, 4, 5, 6, 7}, function() while true do end end) end"},
	{name: "gsub", source: "started() while true do pcall(string.gsub, 'aaaa', 'a', function() while true do end end) end"},
	{name: "tostring", source: "local t = setmetatable({}, {__tostring = function() while true do end end}) started() while true do pcall(tostring, t) end"},
	{name: "load", source: "local load = loadstring or load started() while true do pcall(load('while true do end')) end"},
	{name: "without hook", source: sethook + "sethook() started() while true do end"},
	{name: "with hooks", source: sethook + "sethook(function() end, 'crl') started() while true do end"},
	{name: "with rare hooks", source: sethook + "sethook(function() end, '', 1000000) started() while true do end"},
	{name: "wrapped coroutine", source: "started() coroutine.wrap(function() while true do end end)()", needs: []backend.Capability{backend.CapCoroutines}},
	{name: "coroutines", source: "started() while true do coroutine.resume(coroutine.create(function() while true do end end)) end", needs: []backend.Capability{backend.CapCoroutines}},
	{name: "yielding", source: "local f = coroutine.wrap(function() while true do coroutine.yield() end end) started() while true do f() end", needs: []backend.Capability{backend.CapCoroutines}},
	{name: "nested coroutines", source: `
		local function nest(n) if n == 0 then started() while true do end end coroutine.wrap(nest)(n - 1) end
		nest(5)`, needs: []backend.Capability{backend.CapCoroutines}},
	{name: "coroutine of before", source: "started() while true do coroutine.resume(worker) end", needs: []backend.Capability{backend.CapCoroutines}},
}

var interruptContract = []goCase{
	onVM("Env", func(t *recorder, s backend.VM) {
		equal(t, s.Env().Interrupt, nil)
		i := &backend.Interrupt{}
		equal(t, interruptible(t, s.Env().Backend, i).Env().Interrupt, i)
	}),
	{"interrupt/loops", []string{"backend.Env"}, func(t *recorder, target Target) {
		for _, loop := range endless {
			if target.lackOf(loop.needs) == "" {
				stopLoop(t, target.Caller, loop.name, loop.source)
			}
		}
	}},
	{"interrupt/late", []string{"backend.Env"}, func(t *recorder, target Target) {
		for _, loop := range endless {
			if target.lackOf(loop.needs) == "" {
				stopLoopLate(t, target.Caller, loop.name, loop.source)
			}
		}
		s := newState(t, target.Caller) // without an interrupt
		s.Env().SetInterruptible(true)
		equal(t, interruptedRun(t, s, count), false)
	}},
	onVMFor("Env/Context", "Env", func(t *recorder, s backend.VM) {
		equal(t, s.Env().Context(), context.Background())
		ctx := context.WithValue(context.Background(), contextKey{}, "value")
		s.Env().SetContext(func() context.Context { return ctx })
		equal(t, s.Env().Context(), ctx)
		got := ""
		s.PushFunction(func(s backend.VM) int {
			got += s.Env().Context().Value(contextKey{}).(string) + " "
			return 0
		})
		f := s.GetTop()
		s.PushValue(f)
		s.Call(0, 0)
		if s.Env().Backend.Capabilities().Has(backend.CapCoroutines) {
			push(t, s, "return function(f) coroutine.wrap(function() f() end)() end")
			s.PushValue(f)
			s.Call(1, 0)
			equal(t, got, "value value ")
		}
	}),
	{"interrupt/once", []string{"backend.Env"}, func(t *recorder, target Target) {
		i := &backend.Interrupt{}
		s := interruptible(t, target.Caller, i)
		begun := startedFunction(s)
		go func() {
			<-begun
			i.Set(backend.InterruptOnce)
		}()
		push(t, s, `
			local ok, err = pcall(function() started() while true do end end)
			local n = 0
			for i = 1, 100000 do n = n + 1 end
			return ok, err, n`)
		equal(t, s.ToBoolean(-3), false)
		equal(t, text(s, -2), "interrupted")
		equal(t, text(s, -1), "100000")
		equal(t, i.Pending(), false)
	}},
	{"interrupt/between", []string{"backend.Env"}, func(t *recorder, target Target) {
		i := &backend.Interrupt{}
		s := interruptible(t, target.Caller, i)
		i.Set(backend.InterruptOnce) // before the first run
		equal(t, interruptedRun(t, s, "return"), true)
		equal(t, interruptedRun(t, s, count), false)
		i.Set(backend.InterruptOnce) // between two runs, and taken back
		i.Set(backend.InterruptReset)
		equal(t, interruptedRun(t, s, count), false)
		i.Set(backend.InterruptAlways)
		for range 3 {
			equal(t, interruptedRun(t, s, count), true)
		}
		i.Set(backend.InterruptReset)
		equal(t, interruptedRun(t, s, count), false)
	}},
	{"interrupt/failure", []string{"backend.Env"}, func(t *recorder, target Target) {
		i := &backend.Interrupt{}
		s := interruptible(t, target.Caller, i)
		equal(t, interruptedRun(t, s, "error('interrupted', 0)"), false) // the script's own error
		i.Set(backend.InterruptOnce)
		if err := s.Load(count, "=loop", 0); err != nil {
			t.Fatal(err)
		}
		f := s.PCall(0, 0)
		if f == nil || !f.Interrupted || f.OutOfMemory || f.Broken || !strings.Contains(f.Traceback.String(), "\n\tloop:1: in main chunk") {
			t.Errorf("failure %+v", f)
		}
		equal(t, text(s, -1), "interrupted")
		if target.lackOf([]backend.Capability{backend.CapCoroutines}) == "" {
			begun := startedFunction(s)
			go func() {
				<-begun
				i.Set(backend.InterruptOnce)
			}()
			equal(t, interruptedRun(t, s, viaWrap), true)
		}
	}},
}

// viaWrap is a chunk in which an interrupt leaves coroutine.wrap.
const viaWrap = "coroutine.wrap(function() started() while true do end end)()"

const count = "local n = 0 for i = 1, 100000 do n = n + 1 end"

type contextKey struct{}

// stopLoop runs a loop, stops it from another goroutine, and checks that the state works afterwards.
func stopLoop(t *recorder, b backend.Backend, name, source string) {
	i := &backend.Interrupt{}
	s := interruptible(t, b, i)
	if b.Capabilities().Has(backend.CapCoroutines) {
		push(t, s, worker)
	}
	stopLoopIn(t, s, i, name, source)
}

// stopLoopLate is stopLoop for a state that is interruptible only during the loop, and not before, when it makes a
// coroutine and runs it.
func stopLoopLate(t *recorder, b backend.Backend, name, source string) {
	i := &backend.Interrupt{}
	s := interruptible(t, b, i)
	s.Env().SetInterruptible(false)
	if b.Capabilities().Has(backend.CapCoroutines) {
		push(t, s, worker+" coroutine.resume(worker)")
	}
	i.Set(backend.InterruptAlways)
	equal(t, interruptedRun(t, s, count), false)
	i.Set(backend.InterruptReset)
	s.Env().SetInterruptible(true)
	stopLoopIn(t, s, i, name, source)
	s.SetTop(0)
	s.Env().SetInterruptible(false)
	i.Set(backend.InterruptAlways)
	equal(t, interruptedRun(t, s, count), false)
}

// sethook lets loops run without hooks on VMs that have none.
const sethook = "local sethook = debug.sethook or function() end "

const worker = "worker = coroutine.create(function() while true do coroutine.yield() end end)"

func stopLoopIn(t *recorder, s backend.VM, i *backend.Interrupt, name, source string) {
	begun := startedFunction(s)
	go func() {
		<-begun
		i.Set(backend.InterruptAlways)
	}()
	if !interruptedRun(t, s, source) {
		t.Errorf("%s: the loop ended otherwise", name)
	}
	i.Set(backend.InterruptReset)
	s.SetTop(0)
	push(t, s, "local t = {} for i = 1, 5000 do t[i] = i end return #t, pcall(error, 'x', 0)")
	equal(t, text(s, 1), "5000")
	equal(t, text(s, 3), "x")
}

// interruptible returns a state that i stops; it is closed at the end of the test.
func interruptible(t *recorder, b backend.Backend, i *backend.Interrupt) backend.VM {
	s, err := b.NewVM(backend.Options{Open: b.Libraries(), Interrupt: i})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// startedFunction gives s the global started, and returns a channel that the first call of it closes.
func startedFunction(s backend.VM) <-chan struct{} {
	begun, called := make(chan struct{}), false
	s.PushGlobalTable()
	s.PushFunction(func(backend.VM) int {
		if !called {
			called = true
			close(begun)
		}
		return 0
	})
	s.RawSetField(-2, "started")
	s.SetTop(s.GetTop() - 1)
	return begun
}

// interruptedRun runs a chunk, reports whether an interrupt ended it, and leaves the stack as it was.
func interruptedRun(t *recorder, s backend.VM, source string) bool {
	top := s.GetTop()
	defer s.SetTop(top)
	if err := s.Load(source, "=loop", 0); err != nil {
		t.Fatal(err)
	}
	f := s.PCall(0, 0)
	if f != nil && f.Interrupted {
		equal(t, strings.HasSuffix(text(s, -1), backend.InterruptedMessage), true)
	}
	return f != nil && f.Interrupted
}
