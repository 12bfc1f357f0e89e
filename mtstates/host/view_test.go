package host_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// busy is a host in which the state "<b>inner</b>" runs without end, a thread waits for a message, and the state "outer"
// has been called three times, once with an error.
type busy struct {
	*host.Host
	inner *mtstates.State
	ended chan error // of the endless call
	url   string     // of the live view
}

func newBusy(t *testing.T, b backend.Backend, options ...host.ViewOption) *busy {
	t.Helper()
	begun := make(chan struct{}, 2)
	begin := mtstates.Module{Name: "begin", Open: func(_ *mtstates.Registry, vm backend.VM) int {
		vm.PushFunction(func(backend.VM) int {
			begun <- struct{}{}
			return 0
		})
		return 1
	}}
	h := hosttest.New(t, b, mtstates.WithInterrupt(), mtstates.WithModules(begin))
	h.Threads.Stderr = io.Discard // the thread's error when it is stopped
	t.Cleanup(func() { _ = h.Close() })
	v := &busy{Host: h, ended: make(chan error, 1)}
	outer := v.newState(t, "local begin = require 'begin' return function(fail) if fail then error 'failed' end end", "outer")
	for _, fail := range []bool{false, true, false} {
		if _, err := outer.Call(t.Context(), fail); (err != nil) != fail {
			t.Fatal(err)
		}
	}
	v.inner = v.newState(t, "local begin = require 'begin' return function() begin() while true do end end", "<b>inner</b>")
	v.newState(t, `local mtmsg, llthreads = require "mtmsg", require "llthreads2"
		local buffer = mtmsg.newbuffer("orders") buffer:addmsg(1) buffer:addmsg(2)
		local empty = mtmsg.newbuffer("empty")
		thread = llthreads.new([[require "begin" () require "mtmsg".buffer("empty"):nextmsg()]]):start(true)
		return function() return buffer, empty end`, "starter")
	server := httptest.NewServer(http.StripPrefix("/lua", h.Handler(options...)))
	t.Cleanup(server.Close)
	v.url = server.URL + "/lua/"
	v.snapshot(t) // which measures the states before they run
	go func() {
		_, err := v.inner.Call(context.Background())
		v.ended <- err
	}()
	<-begun
	<-begun
	return v
}

func (v *busy) newState(t *testing.T, setup, name string) *mtstates.State {
	t.Helper()
	st, _, err := v.States.NewState(t.Context(), setup, mtstates.Named(name), mtstates.Kept())
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func (v *busy) snapshot(t *testing.T) (s host.Snapshot) {
	t.Helper()
	response, err := http.Get(v.url + "data.json")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

func onAll(t *testing.T, test func(t *testing.T, b backend.Backend)) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) { test(t, b) })
	}
}

func TestSnapshot(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		v := newBusy(t, b)
		s := v.snapshot(t)
		if s.Backend != b.Name() || len(s.States) != 3 || len(s.Threads) != 1 || len(s.Buffers) != 2 {
			t.Fatalf("%+v", s)
		}
		outer, inner := s.States[0], s.States[1]
		if outer.Name != "outer" || outer.Calls != 3 || outer.Errors != 1 || outer.Busy != nil || outer.Backend != b.Name() {
			t.Errorf("the idle state: %+v", outer)
		}
		if inner.Name != "<b>inner</b>" || inner.Calls != 1 || inner.Errors != 0 || inner.Busy == nil || *inner.Busy <= 0 {
			t.Errorf("the state that runs: %+v", inner)
		}
		if orders := s.Buffers[0]; orders.Name != "orders" || orders.Messages != 2 || orders.Waiting != 0 {
			t.Errorf("the buffer: %+v", orders)
		}
		if !s.Threads[0].Detached || s.Threads[0].Seconds <= 0 {
			t.Errorf("the thread: %+v", s.Threads[0])
		}
	})
}

// TestMemory lets a state hold more from call to call, and looks at what snapshots say, also while it is in use.
func TestMemory(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		v := newBusy(t, b)
		grown := v.newState(t, `local kept = {} return function(n) for i = 1, n do kept[#kept + 1] = ("x"):rep(1000) .. #kept end end`, "grown")
		memory := func() *int {
			for _, st := range v.Snapshot().States {
				if st.ID == grown.ID() {
					return st.Memory
				}
			}
			t.Fatal("the state is gone")
			return nil
		}
		until := func(enough func(bytes int) bool) (bytes int) {
			for { // a snapshot that is late may have no time for the state
				if m := memory(); m != nil && enough(*m) {
					return *m
				}
			}
		}
		before := until(func(bytes int) bool { return bytes > 0 })
		for range 2 {
			if _, err := grown.Call(t.Context(), 100); err != nil {
				t.Fatal(err)
			}
			before = until(func(bytes int) bool { return bytes >= before+100_000 })
		}
		for _, st := range v.Snapshot().States {
			if st.ID == v.inner.ID() && (st.Busy == nil || st.Memory == nil || *st.Memory <= 0) {
				t.Errorf("the state that runs, which was measured before: %+v", st)
			}
		}
		if err := grown.Close(); err != nil {
			t.Fatal(err)
		}
		for _, st := range v.Snapshot().States {
			if st.ID == grown.ID() {
				t.Errorf("a closed state: %+v", st)
			}
		}
	})
}

// TestSnapshotsBesideCalls takes snapshots while states are called, closed and made.
func TestSnapshotsBesideCalls(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		v := newBusy(t, b)
		var calls sync.WaitGroup
		for range 4 {
			calls.Go(func() {
				for range 50 {
					st, _, err := v.States.NewState(t.Context(), `local list = {} return function(i) list[i] = {} return #list end`)
					if err != nil {
						t.Error(err)
						return
					}
					for i := range 10 {
						if got, err := st.Call(t.Context(), i+1); err != nil || got[0] != float64(i+1) {
							t.Errorf("call %d: %v, %v", i+1, got, err)
						}
					}
					if err := st.Close(); err != nil {
						t.Error(err)
					}
				}
			})
		}
		var ended atomic.Bool
		var snapshots sync.WaitGroup
		for range 2 {
			snapshots.Go(func() {
				for !ended.Load() {
					v.Snapshot()
				}
			})
		}
		calls.Wait()
		ended.Store(true)
		snapshots.Wait()
	})
}

// TestWaitsFor looks at a state whose call waits for another state.
func TestWaitsFor(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		v := newBusy(t, b)
		calling := make(chan context.Context, 1)
		module := mtstates.Module{Name: "wait", Open: func(_ *mtstates.Registry, vm backend.VM) int {
			vm.PushFunction(func(vm backend.VM) int {
				calling <- vm.Env().Context()
				_, _ = v.inner.Call(vm.Env().Context())
				return 0
			})
			return 1
		}}
		r := hosttest.Registry(t, b, mtstates.WithModules(module))
		st, _, err := r.NewState(t.Context(), "return require 'wait'")
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			_, _ = st.Call(context.Background())
		}()
		<-calling
		for st.Stats().WaitsFor != v.inner {
			if !st.Stats().Running {
				t.Fatal("the call has ended")
			}
		}
		if n := v.inner.Stats().Waiting; n != 1 {
			t.Errorf("%d calls wait", n)
		}
		if err := v.inner.Interrupt(backend.InterruptOnce); err != nil {
			t.Error(err)
		}
		<-v.ended
		if err := v.States.Close(); err != nil {
			t.Error(err)
		}
		<-done
	})
}

func TestViewInterrupts(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		v := newBusy(t, b, host.AllowInterrupts())
		s := v.snapshot(t)
		if !s.Interrupts {
			t.Error("the page does not offer it")
		}
		for id, want := range map[string]int{"x": http.StatusBadRequest, "999999999": http.StatusNotFound} {
			if status, _ := v.post(t, id); status != want {
				t.Errorf("id %s: status %d", id, status)
			}
		}
		for _, st := range s.States {
			if st.Busy != nil {
				if status, text := v.post(t, fmtID(st.ID)); status != http.StatusNoContent {
					t.Errorf("status %d, %s", status, text)
				}
			}
		}
		if err := <-v.ended; err == nil || !strings.Contains(err.Error(), "interrupted") {
			t.Errorf("the call: %v", err)
		}
	})
}

func TestViewForbids(t *testing.T) {
	v := newBusy(t, backends.All()[0])
	if status, _ := v.post(t, fmtID(v.inner.ID())); status != http.StatusForbidden {
		t.Errorf("an interrupt that the host does not allow: status %d", status)
	}
	local, remote := v.Handler(host.AllowInterrupts()), v.Handler(host.AllowInterrupts(), host.AllowRemote())
	for _, test := range []struct {
		name, from, host, method, path, origin string
		handler                                http.Handler
		want                                   int
	}{
		{"local", "127.0.0.1:999", "localhost:6060", "GET", "/data.json", "", local, 200},
		{"local, IPv6", "[::1]:999", "[::1]:6060", "GET", "/data.json", "", local, 200},
		{"another machine", "192.0.2.1:999", "localhost:6060", "GET", "/data.json", "", local, 403},
		{"another machine's page", "192.0.2.1:999", "192.0.2.7:6060", "GET", "/", "", local, 403},
		{"another name of this machine", "127.0.0.1:999", "evil.example:6060", "GET", "/data.json", "", local, 403},
		{"another machine, allowed", "192.0.2.1:999", "example.com", "GET", "/data.json", "", remote, 200},
		{"another site's button", "127.0.0.1:999", "localhost:6060", "POST", "/interrupt?id=1", "http://evil.example", local, 403},
		{"another site's button, allowed", "192.0.2.1:999", "example.com", "POST", "/interrupt?id=1", "http://evil.example", remote, 403},
		{"another method", "127.0.0.1:999", "localhost:6060", "DELETE", "/data.json", "", local, 405},
		{"no page", "127.0.0.1:999", "localhost:6060", "GET", "/none", "", local, 404},
	} {
		request := httptest.NewRequest(test.method, test.path, nil)
		request.RemoteAddr, request.Host = test.from, test.host
		if test.origin != "" {
			request.Header.Set("Origin", test.origin)
		}
		recorder := httptest.NewRecorder()
		test.handler.ServeHTTP(recorder, request)
		if recorder.Code != test.want {
			t.Errorf("%s: status %d, want %d", test.name, recorder.Code, test.want)
		}
	}
}

func (v *busy) post(t *testing.T, id string) (status int, text string) {
	t.Helper()
	response, err := http.PostForm(v.url+"interrupt", url.Values{"id": {id}})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func fmtID(id int64) string { return strconv.FormatInt(id, 10) }
