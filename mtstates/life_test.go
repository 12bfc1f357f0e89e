package mtstates_test

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

func TestClose(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		begun := make(chan struct{})
		r := hosttest.Registry(t, b, looping(begun), mtstates.WithInterrupt())
		idle, _, err := r.NewState(t.Context(), "return print", mtstates.Named("idle"), mtstates.Kept())
		if err != nil {
			t.Fatal(err)
		}
		loop, _, err := r.NewState(t.Context(), "local begin = require 'begin' return function() begin() while true do end end")
		if err != nil {
			t.Fatal(err)
		}
		failed := make(chan error)
		go func() {
			_, err := loop.Call(context.Background())
			failed <- err
		}()
		<-begun
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		if err := <-failed; !errors.Is(err, mtstates.ErrInterrupted) {
			t.Errorf("the call that ran: %v", err)
		}
		for _, st := range []*mtstates.State{idle, loop} {
			if _, err := st.Call(t.Context()); !errors.Is(err, mtstates.ErrObjectClosed) || !st.Closed() {
				t.Errorf("a closed state: %v", err)
			}
		}
		if _, _, err := r.NewState(t.Context(), "return print"); !errors.Is(err, mtstates.ErrRegistryClosed) {
			t.Errorf("a new state: %v", err)
		}
		if r.Len() != 0 {
			t.Errorf("%d states are left", r.Len())
		}
		if err := r.Close(); err != nil {
			t.Errorf("closed again: %v", err)
		}
	})
}

// TestShutdown lets a call end that calls another state, and makes one, after the shutdown has begun.
func TestShutdown(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		g := newGate()
		r := hosttest.Registry(t, b, g.option())
		st, _, err := r.NewState(t.Context(), `
			local gate, mtstates = require "gate", require "mtstates"
			local inner = mtstates.newstate("return function() return 'inner' end")
			return function()
				gate()
				return inner:call(), mtstates.newstate("return function() return 'new' end"):call()
			end`)
		if err != nil {
			t.Fatal(err)
		}
		type answer struct {
			results mtstates.Results
			err     error
		}
		answers := make(chan answer)
		go func() {
			results, err := st.Call(context.Background())
			answers <- answer{results, err}
		}()
		<-g.entered
		short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		var running *mtstates.RunningError
		if err := r.Shutdown(short); !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &running) || len(running.States) != 1 {
			t.Errorf("a shutdown without time: %v", err)
		}
		down := make(chan error)
		go func() { down <- r.Shutdown(t.Context()) }()
		if _, err := st.Call(t.Context()); !errors.Is(err, mtstates.ErrRegistryClosed) {
			t.Errorf("a call during the shutdown: %v", err)
		}
		g.leave <- struct{}{}
		if a := <-answers; a.err != nil || a.results[0] != "inner" || a.results[1] != "new" {
			t.Errorf("the call that ran: %v, %v", a.results, a.err)
		}
		if err := <-down; err != nil {
			t.Error(err)
		}
		if r.Len() != 0 || !st.Closed() {
			t.Errorf("%d states are left", r.Len())
		}
	})
}

func TestKept(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b)
		for _, name := range []string{"first", "second"} {
			if _, _, err := r.NewState(t.Context(), "return function(...) return ... end", mtstates.Named(name), mtstates.Kept()); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := r.NewState(t.Context(), "return print", mtstates.Named("lost")); err != nil {
			t.Fatal(err)
		}
		r.Collect()
		names := map[string]bool{}
		for st := range r.All() {
			name, _ := st.Name()
			names[name] = true
		}
		if len(names) != 2 || !names["first"] || !names["second"] {
			t.Errorf("left are %v", names)
		}
		first, err := r.StateByName("first")
		if err != nil {
			t.Fatal(err)
		}
		if err := first.Close(); err != nil {
			t.Error(err)
		}
		if err := r.Close(); err != nil || r.Len() != 0 {
			t.Error(err, r.Len())
		}
		runtime.KeepAlive(r)
	})
}

func TestOutput(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		var all, own, errs bytes.Buffer
		r := hosttest.Registry(t, b, mtstates.WithStdout(&all), mtstates.WithStderr(&errs))
		const setup = `
			local write = io.write
			return function(text)
				write("to ") print(text) write("rest")
				io.stderr:write("error ", text, "\n")
				if text == "flush" then io.stdout:flush() write("ed") end
			end`
		st, _, err := r.NewState(t.Context(), setup)
		if err != nil {
			t.Fatal(err)
		}
		other, _, err := r.NewState(t.Context(), setup, mtstates.WithStdout(&own))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"all", "flush"} {
			if _, err := st.Call(t.Context(), text); err != nil {
				t.Error(err)
			}
		}
		if _, err := other.Call(t.Context(), "own"); err != nil {
			t.Error(err)
		}
		for _, check := range []struct{ got, want string }{
			{all.String(), "to all\nrestto flush\nrested"},
			{own.String(), "to own\nrest"},
			{errs.String(), "error all\nerror flush\nerror own\n"},
		} {
			if check.got != check.want {
				t.Errorf("got %q, want %q", check.got, check.want)
			}
		}
	})
}

// writes are the Writes that a writer gets.
type writes []string

func (w *writes) Write(p []byte) (int, error) {
	*w = append(*w, string(p))
	return len(p), nil
}

func TestOutputInLines(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		var w writes
		r := hosttest.Registry(t, b, mtstates.WithStdout(&w))
		done := make(chan error)
		for range 8 {
			st, _, err := r.NewState(t.Context(), "return function() for i = 1, 50 do io.write('a', 'b', 'c\\n') end end")
			if err != nil {
				t.Fatal(err)
			}
			go func() {
				_, err := st.Call(t.Context())
				done <- err
			}()
		}
		for range 8 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if got := strings.Count(strings.Join(w, ""), "abc\n"); got != 400 {
			t.Errorf("%d of 400 lines are whole", got)
		}
	})
}

func TestFSAndChunkName(t *testing.T) {
	files := fstest.MapFS{
		"shop/prices.lua": {Data: []byte("return {apple = 3, ...}")},
		"tax/init.lua":    {Data: []byte("return function(x) return x * 2 end")},
		"broken.lua":      {Data: []byte("return +")},
		"failing.lua":     {Data: []byte("error('no')")},
	}
	onAll(t, func(t *testing.T, b backend.Backend) {
		for _, options := range [][]mtstates.Option{nil, {mtstates.WithLibraries("string")}} {
			r := hosttest.Registry(t, b, append(options, mtstates.WithFS(files))...)
			st, _, err := r.NewState(t.Context(), `
				local prices, tax = require "shop.prices", require "tax"
				return function(module)
					if module then return require(module) end
					return tax(prices.apple), prices[1]
				end`, mtstates.ChunkName("shop.lua"))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := st.Call(t.Context()); err != nil || got[0] != 6.0 || got[1] != "shop.prices" {
				t.Errorf("got %v, %v", got, err)
			}
			for module, want := range map[string]string{
				"broken":  "error loading module 'broken' from file 'broken.lua':\n\tbroken.lua:1:",
				"failing": "failing.lua:1: no",
				"absent":  "no file 'absent.lua' of the host",
				"../x":    "no file '",
			} {
				if _, err := st.Call(t.Context(), module); err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("require %q: %v", module, err)
				}
			}
			_, err = st.Call(t.Context(), "absent")
			var object *mtstates.Error
			if !errors.As(err, &object) || !strings.Contains(object.Traceback(), "shop.lua:4:") {
				t.Errorf("the name of the chunk is missing in %v", err)
			}
		}
	})
}

// TestStateShutdown closes a state whose call runs: the call ends, and later ones are refused.
func TestStateShutdown(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		begun := make(chan struct{})
		r := hosttest.Registry(t, b, looping(begun), mtstates.WithInterrupt())
		st, _, err := r.NewState(t.Context(), "local begin = require 'begin' return function() begin() while true do end end")
		if err != nil {
			t.Fatal(err)
		}
		failed := make(chan error)
		go func() {
			_, err := st.Call(context.Background())
			failed <- err
		}()
		<-begun
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if err := st.Shutdown(ended); !errors.Is(err, context.Canceled) || st.Closed() {
			t.Errorf("a shutdown whose context has ended: %v", err)
		}
		down := make(chan error)
		go func() { down <- st.Shutdown(context.Background()) }()
		for st.Waiting() == 0 {
			runtime.Gosched()
		}
		if err := st.Interrupt(backend.InterruptOnce); err != nil {
			t.Error(err)
		}
		if err := <-failed; !errors.Is(err, mtstates.ErrInterrupted) {
			t.Errorf("the call: %v", err)
		}
		if err := <-down; err != nil || !st.Closed() {
			t.Errorf("the shutdown: %v", err)
		}
		if err := st.Shutdown(t.Context()); err != nil {
			t.Errorf("again: %v", err)
		}
	})
}

func TestMemoryBytes(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		g := newGate()
		r := hosttest.Registry(t, b, g.option())
		st, _, err := r.NewState(t.Context(), `
			local gate, kept = require "gate", nil
			return function(n, wait)
				if wait then gate() end
				kept = {}
				for i = 1, n do kept[i] = {i} end
			end`)
		if err != nil {
			t.Fatal(err)
		}
		var sizes []int
		for _, n := range []int{0, 10_000, 20_000} {
			if _, err := st.Call(t.Context(), n); err != nil {
				t.Fatal(err)
			}
			bytes, ok := st.MemoryBytes()
			if !ok {
				t.Fatal("an idle state is not measured")
			}
			if stats := st.Stats().Memory; stats != bytes || r.Stats().Memory != bytes {
				t.Errorf("a state of %d bytes has %d by its stats, %d by those of its registry", bytes, stats, r.Stats().Memory)
			}
			sizes = append(sizes, bytes)
		}
		if grown, more := sizes[1]-sizes[0], sizes[2]-sizes[1]; sizes[0] < 100 || grown < 10_000*16 || more < 10_000*16 {
			t.Errorf("a state takes %v bytes", sizes)
		}
		ended := make(chan error)
		go func() { _, err := st.Call(t.Context(), 0, true); ended <- err }()
		<-g.entered
		if bytes, ok := st.MemoryBytes(); ok {
			t.Errorf("a state in use takes %d bytes", bytes)
		}
		g.leave <- struct{}{}
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := st.Close(); err != nil {
			t.Error(err)
		}
		if bytes, ok := st.MemoryBytes(); ok {
			t.Errorf("a closed state takes %d bytes", bytes)
		}
	})
}

// TestMemoryOfRunning checks that the statistics have what a limit has measured in a state that still runs.
func TestMemoryOfRunning(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		g := newGate()
		r := hosttest.Registry(t, b, g.option(), mtstates.WithMaxMemory(1<<20))
		st, _, err := r.NewState(t.Context(), `
			local gate = require "gate"
			return function()
				local kept = {}
				for i = 1, 3 do pcall(function() while true do kept[#kept + 1] = {#kept} end end) end
				gate()
			end`)
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan error)
		go func() { _, err := st.Call(t.Context()); ended <- err }()
		<-g.entered
		if stats := st.Stats(); !stats.Running || stats.Memory < 1<<19 || r.Stats().Memory != stats.Memory {
			t.Errorf("the state has %d bytes by its stats, %d by those of its registry", stats.Memory, r.Stats().Memory)
		}
		g.leave <- struct{}{}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
