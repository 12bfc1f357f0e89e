package cluster_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
	"github.com/mtstates/go-mtstates/mtstates/cluster/embedded"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// server returns the server that all tests share; each has a cluster of its own name.
var server = sync.OnceValues(func() (*embedded.Server, error) { return embedded.Start() })

func TestShare(t *testing.T) {
	each(t, func(t *testing.T, caller, callee backend.Backend) {
		a, b := join(t, caller), join(t, callee)
		if _, err := a.States.Lookup(t.Context(), "adder"); !errors.Is(err, mtstates.ErrUnknownObject) ||
			!strings.Contains(err.Error(), `state name "adder"`) {
			t.Fatal(err)
		}
		st := b.share(t, "adder", adder)
		ref := a.lookup(t, "adder")
		for i := 1; i <= 3; i++ {
			if results, err := ref.Call(t.Context(), 2); err != nil || len(results) != 1 || results[0] != float64(2*i) {
				t.Fatal(results, err)
			}
		}
		if results, err := ref.TryCall(t.Context(), 1); err != nil || results[0] != 7.0 {
			t.Error(results, err)
		}
		for range 200 { // a call that has been answered is over for the next one
			if _, err := ref.Call(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			if _, err := ref.TryCall(t.Context(), -1); err != nil {
				t.Fatal(err)
			}
		}
		if name, ok := ref.Name(); name != "adder" || !ok {
			t.Error(name, ok)
		}
		if own := b.lookup(t, "adder"); own != mtstates.Ref(st) {
			t.Errorf("the owner gets %v", own)
		}
		if err := b.Share(t.Context(), st); err != nil {
			t.Errorf("a second time: %v", err)
		}
		other := a.newState(t, "adder", adder)
		if err := a.Share(t.Context(), other); !errors.Is(err, mtstates.ErrObjectExists) {
			t.Errorf("the name is taken, but Share returns %v", err)
		}
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := ref.Call(t.Context(), 1); !errors.Is(err, mtstates.ErrUnknownObject) {
			t.Errorf("after the close: %v", err)
		}
		if err := a.Share(t.Context(), other); err != nil {
			t.Error(err)
		}
		if results, err := b.lookup(t, "adder").Call(t.Context(), 5); err != nil || results[0] != 5.0 {
			t.Error(results, err)
		}
	})
}

func TestShareRefused(t *testing.T) {
	a := join(t, backends.All()[0])
	b := join(t, backends.All()[0])
	unnamed, _, err := a.States.NewState(t.Context(), adder)
	if err != nil {
		t.Fatal(err)
	}
	closed := a.newState(t, "closed", adder)
	closed.Close()
	long := a.newState(t, strings.Repeat("x", 1001), adder)
	for name, c := range map[string]struct {
		state *mtstates.State
		want  string
	}{
		"unnamed": {unnamed, mtstates.ErrUnnamed.Error()},
		"closed":  {closed, "mtstates.error.object_closed"},
		"long":    {long, "a name of 1001 bytes"},
		"foreign": {b.newState(t, "foreign", adder), "not of the node's registry"},
	} {
		if err := a.Share(t.Context(), c.state); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := a.States.Lookup(t.Context(), strings.Repeat("y", 1001)); !errors.Is(err, mtstates.ErrUnknownObject) {
		t.Error(err)
	}
	s, err := server()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cluster.Join(t.Context(), a.States, cluster.URL(s.URL())); !errors.Is(err, mtstates.ErrJoined) {
		t.Errorf("a registry joined twice: %v", err)
	}
}

// A server refuses who has no right to connect, and Join says so at once.
func TestCredentials(t *testing.T) {
	s, err := embedded.Start(embedded.User("ada", "secret"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for user, want := range map[string]error{"ada": nil, "eve": nats.ErrAuthorization} {
		h := hosttest.New(t, backends.All()[0])
		start := time.Now()
		node, err := cluster.Join(t.Context(), h.States, cluster.URL(s.URL()), cluster.NATS(nats.UserInfo(user, "secret")))
		if !errors.Is(err, want) || time.Since(start) > 20*time.Second {
			t.Errorf("%s: %v", user, err)
		}
		if err == nil {
			node.Close()
		}
	}
}

// Any name can be shared, and any string crosses.
func TestNames(t *testing.T) {
	a, b := join(t, backends.All()[0]), join(t, backends.All()[1])
	for _, name := range []string{"", " ", "a.b>c*", "\x00\xff", "ä/ö", strings.Repeat("n", 1000)} {
		b.share(t, name, "return function(...) return ... end")
		if results, err := a.lookup(t, name).Call(t.Context(), name); err != nil || results[0] != name {
			t.Errorf("%q: %v %v", name, results, err)
		}
	}
}

// In Lua a state of another process is like any other.
func TestLua(t *testing.T) {
	each(t, func(t *testing.T, caller, callee backend.Backend) {
		a, b := join(t, caller), join(t, callee)
		err := b.run(t, `
			local mtstates = require "mtstates"
			local echo = mtstates.newstate("echo", function() return function(...) return ... end end)
			echo:share()
			mtstates.newstate("fails", function()
				return function(how)
					if how == "table" then error({}) end
					if how == "closed" then
						local s = require("mtstates").newstate("return print")
						s:close()
						s:call()
					end
					if how == "function" then return 1, print end
					error("no " .. tostring(how), 0)
				end
			end):share()
			-- they live on without a variable
			echo = nil
			collectgarbage()`)
		if err != nil {
			t.Fatal(err)
		}
		err = a.run(t, `
			local mtstates = require "mtstates"
			local echo = mtstates.state("echo")
			assert(mtstates.type(echo) == "mtstates.state" and echo:name() == "echo" and echo:id() == nil)
			assert(tostring(echo):match('^mtstates%.state: 0x%x+ %(name="echo"%)$'), tostring(echo))
			local n = select("#", echo:call(nil, nil))
			assert(n == 2, n)
			local t = {1, 2.5, "x", [true] = false, deep = {{}}}
			t.self = t
			local one, copy, s = echo:call(-1, t, "\0\255")
			assert(one == -1 and s == "\0\255" and copy ~= t and copy.self == copy and copy[2] == 2.5 and copy[true] == false)
			assert(type(copy.deep[1]) == "table")
			-- a handle and an error cross as such
			local handle, err = echo:call({echo}, mtstates.error.object_closed)
			assert(handle[1]:call(5) == 5 and err == mtstates.error.object_closed)
			for _, method in ipairs {"close", "interrupt", "share"} do
				local ok, err = pcall(echo[method], echo)
				assert(not ok and tostring(err):find("state belongs to another process", 1, true), tostring(err))
			end
			for _, arg in ipairs {print, mtstates.newstate("mine", "return print"), require("mtmsg").newbuffer()} do
				local ok, err = pcall(echo.call, echo, {x = arg})
				assert(not ok and tostring(err):find("bad argument #1 to 'call' (type '", 1, true) and
					tostring(err):find(" at x)", 1, true), tostring(err))
			end
			local fails = mtstates.state("fails")
			local ok, err = pcall(fails.call, fails, "way")
			assert(not ok and err == mtstates.error.invoking_state and err:details():find(': no way$'), tostring(err))
			local first, second, third = 0
			for section in err:traceback():gmatch("stack traceback:") do first = first + 1 end
			assert(first == 2, err:traceback())
			ok, err = pcall(fails.call, fails, "closed")
			assert(not ok and err == mtstates.error.invoking_state and err:details():find("mtstates.error.object_closed", 1, true))
			ok, err = pcall(fails.call, fails, "function")
			assert(not ok and err == mtstates.error.state_result and err:details() ==
				"state function returns bad parameter #2: type 'function' not supported", tostring(err))
			ok, err = pcall(mtstates.state, "nobody")
			assert(not ok and err == mtstates.error.unknown_object and err:details() == 'state name "nobody"')
			ok, err = pcall(mtstates.newstate("return print").share, mtstates.newstate("return print"))
			assert(not ok and tostring(err):find("a state without a name", 1, true), tostring(err))
			ok, err = pcall(mtstates.newstate("echo", "return print").share, mtstates.state("echo"))
			assert(not ok and err == mtstates.error.object_exists, tostring(err))`)
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Errors keep their identity.
func TestErrors(t *testing.T) {
	soldOut := errors.New("sold out")
	known := cluster.Sentinels(map[string]error{"shop.sold_out": soldOut})
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			caller, owner := join(t, b, known), join(t, b, known)
			gates.Store(owner.States, func() error { return fmt.Errorf("apples: %w", soldOut) })
			owner.share(t, "shop", `local buy = require "gate" return function() buy() end`)
			owner.share(t, "outer", `return function() require("mtstates").state("shop"):call() end`)
			for _, name := range []string{"shop", "outer"} {
				_, err := caller.lookup(t, name).Call(t.Context())
				var e *mtstates.Error
				if !errors.Is(err, soldOut) || !errors.Is(err, mtstates.ErrInvokingState) || !errors.As(err, &e) ||
					!strings.Contains(e.Details(), "apples: sold out") || !strings.Contains(e.Traceback(), "stack traceback:") {
					t.Errorf("%s: %v", name, err)
				}
			}
			_, err := caller.lookup(t, "shop").Call(t.Context(), func() {})
			var wrong *mtstates.ArgumentError
			if !errors.As(err, &wrong) || wrong.Index != 1 {
				t.Error(err)
			}
		})
	}
}

// Deadlines are carried along: the callback is stopped, and what begins too late does not run.
func TestDeadline(t *testing.T) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			owner, caller := join(t, b), join(t, b)
			st := owner.share(t, "slow", `
				local calls = 0
				return function(what)
					calls = calls + 1
					if what == "loop" then while true do end end
					if what == "sleep" then require("sleep")() end
					return calls
				end`)
			ref := caller.lookup(t, "slow")
			for _, what := range []string{"loop", "sleep"} {
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				_, err := ref.Call(ctx, what)
				cancel()
				if !errors.Is(err, context.DeadlineExceeded) ||
					!errors.Is(err, mtstates.ErrUnreachable) && !errors.Is(err, mtstates.ErrInterrupted) ||
					errors.Is(err, mtstates.ErrUnreachable) && !cluster.MayHaveRun(err) {
					t.Errorf("%s: %v", what, err)
				}
			}
			if results, err := ref.Call(t.Context()); err != nil || results[0] != 3.0 { // so the loop has ended
				t.Error(results, err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if _, err := ref.Call(ctx); !errors.Is(err, mtstates.ErrUnreachable) || cluster.MayHaveRun(err) || !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			if results, err := st.Call(t.Context()); err != nil || results[0] != 4.0 {
				t.Error(results, err)
			}
		})
	}
}

// Calls of a busy state wait for their turn, up to a limit; TryCall does not wait.
func TestQueue(t *testing.T) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			entered, gate := make(chan bool), make(chan bool)
			owner, caller := join(t, b, cluster.QueueLimit(2)), join(t, b)
			owner.share(t, "gate", `local n = 0 return function() require("gate")() n = n + 1 return n end`)
			gates.Store(owner.States, func() error { entered <- true; <-gate; return nil })
			ref := caller.lookup(t, "gate")
			answers := make(chan any, 8)
			call := func() {
				if results, err := ref.Call(t.Context()); err != nil {
					answers <- err
				} else {
					answers <- results[0]
				}
			}
			go call()
			<-entered
			if _, err := ref.TryCall(t.Context()); !errors.Is(err, mtstates.ErrConcurrentAccess) {
				t.Error(err)
			}
			for range 5 { // two wait, three are refused
				go call()
			}
			for range 3 {
				if err, ok := (<-answers).(error); !ok || !errors.Is(err, mtstates.ErrConcurrentAccess) {
					t.Error(err)
				}
			}
			for want := range 3 {
				gate <- true
				if got := <-answers; got != float64(want+1) {
					t.Error(got)
				}
				if want < 2 {
					<-entered
				}
			}
		})
	}
}

// gates are what require("gate")() calls in the states of a registry.
var gates sync.Map

var gateModule = mtstates.Module{Name: "gate", Open: func(r *mtstates.Registry, vm backend.VM) int {
	vm.PushFunction(func(vm backend.VM) int {
		f, _ := gates.Load(r)
		if err := f.(func() error)(); err != nil {
			return modules.Raise(vm, err)
		}
		return 0
	})
	return 1
}}

// States that wait for each other in a circle are a deadlock at once.
func TestDeadlock(t *testing.T) {
	each(t, func(t *testing.T, caller, callee backend.Backend) {
		a, b := join(t, caller), join(t, callee)
		const setup = `return function(next, ...) if next then return require("mtstates").state(next):call(...) end return "end" end`
		a.share(t, "a", setup)
		b.share(t, "b", setup)
		a.share(t, "c", setup)
		if results, err := b.lookup(t, "a").Call(t.Context(), "b", "c"); err != nil || results[0] != "end" {
			t.Fatal(results, err)
		}
		start := time.Now()
		_, err := b.lookup(t, "a").Call(t.Context(), "b", "a")
		if !errors.Is(err, mtstates.ErrDeadlock) || time.Since(start) > 10*time.Second {
			t.Errorf("from outside: %v", err)
		}
		if _, err := a.lookup(t, "a").Call(t.Context(), "b", "a"); !errors.Is(err, mtstates.ErrDeadlock) {
			t.Errorf("from inside: %v", err)
		}
		if results, err := b.lookup(t, "a").Call(t.Context(), "b"); err != nil || results[0] != "end" {
			t.Errorf("afterwards: %v %v", results, err)
		}
	})
}

// A message beyond the limit is refused, and nothing is lost.
func TestMessageLimit(t *testing.T) {
	owner, caller := join(t, backends.All()[0]), join(t, backends.All()[1])
	owner.share(t, "echo", `return function(s, n) return s:rep(n or 1) end`)
	ref := caller.lookup(t, "echo")
	if results, err := ref.Call(t.Context(), strings.Repeat("x", 1_000_000)); err != nil || len(results[0].(string)) != 1_000_000 {
		t.Error(err)
	}
	if _, err := ref.Call(t.Context(), strings.Repeat("x", 1<<20)); !errors.Is(err, mtstates.ErrOutOfMemory) {
		t.Errorf("too long an argument: %v", err)
	}
	if _, err := ref.Call(t.Context(), "x", 1<<20); !errors.Is(err, mtstates.ErrOutOfMemory) {
		t.Errorf("too long a result: %v", err)
	}
	if results, err := ref.Call(t.Context(), "x"); err != nil || results[0] != "x" {
		t.Error(results, err)
	}
}
