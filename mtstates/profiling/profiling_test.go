package profiling_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/google/pprof/profile"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/profiling"
)

// onAll runs a test on every backend, with states that can be interrupted and with such that cannot.
func onAll(t *testing.T, test func(t *testing.T, b backend.Backend, options ...mtstates.Option)) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) { test(t, b) })
		t.Run(b.Name()+"/interruptible", func(t *testing.T) { test(t, b, mtstates.WithInterrupt()) })
	}
}

// profiled is for how long programs are profiled: some fifty samples.
const profiled = 500 * time.Millisecond

// newHost returns a host whose scripts have a function over, the result of require "over". It reports whether the profile is.
func newHost(t *testing.T, b backend.Backend, options ...mtstates.Option) *host.Host {
	t.Helper()
	begin := time.Now()
	over := mtstates.Module{Name: "over", Open: func(_ *mtstates.Registry, vm backend.VM) int {
		vm.PushFunction(func(vm backend.VM) int {
			vm.PushBoolean(time.Since(begin) > profiled)
			return 1
		})
		return 1
	}}
	h := hosttest.New(t, b, append(options, mtstates.WithModules(over))...)
	t.Cleanup(func() { _ = h.Close() })
	return h
}

func newState(t *testing.T, h *host.Host, name, setup string) *mtstates.State {
	t.Helper()
	st, _, err := h.States.NewState(t.Context(), setup, mtstates.Named(name), mtstates.ChunkName("@"+name+".lua"), mtstates.Kept())
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// profileOf returns the profile of calls of st, the last of which ends it.
func profileOf(t *testing.T, h *host.Host, st *mtstates.State, calls int, args ...any) *profile.Profile {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error, 1)
	go func() {
		defer cancel()
		defer close(failed)
		for begin, n := time.Now(), 0; n < calls || calls == 0 && time.Since(begin) < profiled; n++ {
			if _, err := st.Call(context.Background(), args...); err != nil {
				failed <- err
				return
			}
		}
	}()
	var written bytes.Buffer
	if err := profiling.Write(ctx, h.States, &written); err != nil {
		t.Fatal(err)
	}
	if err := <-failed; err != nil {
		t.Fatal(err)
	}
	p, err := profile.Parse(&written)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.CheckValid(); err != nil {
		t.Fatal(err)
	}
	return p
}

// eventually repeats a look at profiles until it finds nothing wrong: what is seen in a short one is chance, and a machine may
// be busy with other things.
func eventually(t *testing.T, look func() (wrong error)) {
	t.Helper()
	var wrong error
	for range 20 {
		if wrong = look(); wrong == nil {
			return
		}
	}
	t.Error(wrong)
}

// spent returns the time of samples with a label in which a function is the innermost one, or any if self is false.
// function has the form name@file, or name@file:line; "" stands for all.
func spent(p *profile.Profile, label, value, function string, self bool) (sum time.Duration) {
	for _, s := range p.Sample {
		if !s.HasLabel(label, value) {
			continue
		}
		in := function == ""
		for i, l := range s.Location {
			at := l.Line[0]
			where := at.Function.Name + "@" + at.Function.Filename
			if i == 0 || !self {
				in = in || where == function || fmt.Sprintf("%s:%d", where, at.Line) == function
			}
		}
		if in {
			sum += time.Duration(s.Value[1])
		}
	}
	return sum
}

const slowAndFast = `
local function slow(n)
	local x = 0
	for i = 1, n do
		x = x + i % 7
	end
	return x
end
local function fast(n)
	local x = 0
	for i = 1, n do
		x = x + i % 7
	end
	return x
end
return function(n)
	local a = slow(9 * n)
	local b = fast(n)
	return a + b
end`

func TestFunctionsAndLinesHaveTheirTime(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend, options ...mtstates.Option) {
		h := newHost(t, b, options...)
		st := newState(t, h, "worker", slowAndFast)
		for _, n := range []int{5, 30000} { // calls that are shorter than the VM waits before it looks, and longer
			eventually(t, func() error {
				p := profileOf(t, h, st, 0, n)
				all, slow := spent(p, "state", "worker", "", true), spent(p, "state", "worker", "slow@worker.lua", true)
				fast := spent(p, "state", "worker", "fast@worker.lua", true)
				if slow == 0 || slow < 3*fast || slow < all/3 {
					return fmt.Errorf("calls with %d: %v of %v are in slow, %v in fast", n, slow, all, fast)
				}
				in := spent(p, "state", "worker", "slow@worker.lua:4", true) + spent(p, "state", "worker", "slow@worker.lua:5", true)
				if in < slow/2 {
					return fmt.Errorf("calls with %d: %v of %v in slow are in the lines of the loop", n, in, slow)
				}
				if n > 5 && spent(p, "state", "worker", "function <worker.lua:16>@worker.lua:17", false) < slow*9/10 {
					return errors.New("what calls slow is not in the stack")
				}
				return nil
			})
		}
	})
}

func TestWaitsAndCallsOfOtherStatesDoNotCount(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend, options ...mtstates.Option) {
		eventually(t, func() error { return lookAtCalls(t, b, options...) })
		eventually(t, func() error { return lookAtWaits(t, b, options...) })
	})
}

// lookAtCalls returns what is wrong with the time of a state that calls another one.
func lookAtCalls(t *testing.T, b backend.Backend, options ...mtstates.Option) error {
	h := newHost(t, b, options...)
	defer func() { _ = h.Close() }()
	newState(t, h, "inner", `return function(over)
		local x = 0
		for i = 1, 20000 do x = x + i end
	end`)
	outer := newState(t, h, "outer", `local mtstates, over = require "mtstates", require "over"
	return function()
		local inner = mtstates.state("inner")
		repeat inner:call() until over()
	end`)
	p := profileOf(t, h, outer, 1)
	in, out := spent(p, "state", "inner", "", true), spent(p, "state", "outer", "", true)
	if in == 0 || out > in/3 {
		return fmt.Errorf("%v are in the inner state, %v in the outer one", in, out)
	}
	return nil
}

// lookAtWaits returns what is wrong with the time of a state that waits.
func lookAtWaits(t *testing.T, b backend.Backend, options ...mtstates.Option) error {
	h := newHost(t, b, options...)
	defer func() { _ = h.Close() }()
	waiting := newState(t, h, "waiting", `local empty, over = require "mtmsg".newbuffer(), require "over"
	return function()
		repeat
			empty:nextmsg(0.1)
			local x = 0
			for i = 1, 2000 do x = x + i end
		until over()
	end`)
	p := profileOf(t, h, waiting, 1)
	if waited := spent(p, "state", "waiting", "", true); waited > profiled/3 {
		return fmt.Errorf("%v of %v count for a state that waits", waited, profiled)
	}
	return nil
}

func TestThreadsCoroutinesAndGoFunctions(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend, options ...mtstates.Option) {
		thread, functions := "", map[string]string{}
		eventually(t, func() error {
			h := newHost(t, b, options...)
			defer func() { _ = h.Close() }()
			st := newState(t, h, "starter", `local llthreads, over = require "llthreads2", require "over"
		local function inCoroutine()
			local x = 0
			repeat
				for i = 1, 300000 do x = x + i end
				coroutine.yield(x)
			until false
		end
		local resume = coroutine.wrap(inCoroutine)
		local function protected() return resume() end
		local text = ("x"):rep(1000)
		local function callsGo() return (text:find("x-y")) end
		return function()
			local thread = llthreads.new([[
				local over = require "over"
				local function inThread()
					local x = 0
					for i = 1, 20000 do x = x + i end
				end
				repeat inThread() until over()
			]]):start()
			repeat
				pcall(protected)
				callsGo()
			until over()
			assert(thread:join())
		end`)
			p := profileOf(t, h, st, 1)
			for _, s := range p.Sample {
				if ids := s.Label["thread"]; ids != nil {
					thread = ids[0]
					functions["thread "+s.Location[0].Line[0].Function.Name] = "thread"
					continue
				}
				for _, l := range s.Location {
					functions[l.Line[0].Function.Name] = l.Line[0].Function.Filename
				}
			}
			if thread == "" || functions["thread inThread"] == "" {
				return fmt.Errorf("the thread is not in %v", functions)
			}
			if functions["callsGo"] != "starter.lua" {
				return fmt.Errorf("what calls a Go function is not in %v", functions)
			}
			if functions["function <starter.lua:2>"] != "starter.lua" {
				return fmt.Errorf("the function of the coroutine is not in %v", functions)
			}
			return nil
		})
	})
}

func TestOneProfileAtATime(t *testing.T) {
	h := newHost(t, backends.All()[0])
	ctx, cancel := context.WithCancel(t.Context())
	begun := make(chan struct{})
	st := newState(t, h, "st", `return function() for i = 1, 1e5 do end end`)
	done := make(chan error, 1)
	go func() {
		first := true
		done <- h.States.Sample(ctx, time.Millisecond, func(mtstates.Sample) {
			if first {
				close(begun)
			}
			first = false
		})
	}()
	for seen := false; !seen; {
		if _, err := st.Call(t.Context()); err != nil {
			t.Fatal(err)
		}
		select {
		case <-begun:
			seen = true
		default:
		}
	}
	if err := h.Profile(t.Context(), io.Discard); !errors.Is(err, mtstates.ErrSampling) {
		t.Errorf("a second profile: %v", err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if err := h.Profile(ctx, io.Discard); err != nil {
		t.Errorf("a profile after the end of another one: %v", err)
	}
}
