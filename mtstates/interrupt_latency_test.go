package mtstates_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// endlessWork are bodies of functions that only the end of their context ends: s is a string of many bytes, t a list of many elements. Those
// that may take 100 ms to end, not 50, work on strings of 256 MiB; the benchmark alone runs them.
var endlessWork = []struct {
	name, body string
	huge       bool
}{
	{"loop", "while true do end", false},
	{"loop around pcall", "while true do pcall(error) end", false},
	{"short library calls", "while true do math.floor(1.5) tostring(1); ('x'):upper() end", false},
	{"coroutines", "while true do coroutine.wrap(function() coroutine.yield() end)() end", false},
	{"find", "while true do ('a'):rep(1e4):find(('a-'):rep(20) .. 'b') end", false},
	{"find plain", "while true do s:find('xxxxxxxxxy', 1, true) end", false},
	{"match", "while true do s:match('(x*)y') end", false},
	{"gmatch", "while true do for x in s:gmatch('x') do end end", false},
	{"gsub", "while true do s:gsub('x', 'yy') end", false},
	{"gsub function", "while true do s:gsub('x', function() return 'yy' end) end", false},
	{"rep", "while true do ('xy'):rep(#s / 2) end", false},
	{"upper", "while true do s:upper() end", false},
	{"reverse", "while true do s:reverse() end", false},
	{"format", "while true do ('%s%q'):format(s, s) end", false},
	{"byte and char", "while true do string.char(s:byte(1, 4000)) end", false},
	{"concat operator", "while true do local x = s .. s end", false},
	{"comparison", "local r = s .. 'y' while true do local x = r < s .. 'z' end", false},
	{"sort", "while true do table.sort(t, function(a, b) return a > b end) table.sort(t) end", false},
	{"concat", "while true do table.concat(t, ',') end", false},
	{"insert first", "while true do table.insert(t, 1, 1) end", false},
	{"unpack", "while true do select('#', unpack(t, 1, 4000)) end", false},
	{"load", "local c = 'return {' .. ('1,'):rep(1e5) .. '}' while true do (loadstring or load)(c .. '--' .. math.random()) end", false},
	{"load pieces", "load(function() return 'local a = 1 ' end)", false},
	{"nested calls", "local function f() return pcall(f) end while true do f() end", false},
	{"read bytes", "local f = io.open('/dev/zero') while true do f:read(2^24) end", false},
	{"read all", "while true do pcall(function() io.open('/dev/zero'):read('*a') end) end", false},
	{"read a pipe", "io.popen('sleep 1000'):read(1)", false},
	{"execute", "os.execute('sleep 1000')", false},
	{"message", "mtmsg.newbuffer():nextmsg()", false},
	{"sleep", "mtmsg.sleep(1000)", false},
	{"messages", "local b = mtmsg.newbuffer() while true do b:addmsg(1) b:nextmsg() end", false},
	{"states", "local s = require('mtstates').newstate('return function() end') while true do s:call() end", false},
	{"states inside", "require('mtstates').newstate('return function() while true do end end'):call()", false},
	{"join", "local t = require('llthreads2').new('while true do end') t:start() t:join()", false},
	{"rep of 256 MiB", "while true do ('x'):rep(2^28) end", true},
	{"upper of 256 MiB", "local s = ('x'):rep(2^28) begin() while true do s:upper() end", true},
	{"gsub of 256 MiB", "local s = ('x'):rep(2^28) begin() while true do s:gsub('y', '') end", true},
	{"find in 256 MiB", "local s = ('x'):rep(2^28) begin() while true do s:find('y') end", true},
}

const workSetup = `
	local begin, mtmsg, unpack = require "begin", require "mtmsg", unpack or table.unpack
	local s, t = ("x"):rep(1e6), {}
	for i = 1, 1e5 do t[i] = i * 7919 % 100003 end
	return function() `

// interruptWork starts the work in a state of its own, ends the context of the call after some time, and returns how long it
// still ran.
func interruptWork(t hosttest.Test, h *host.Host, begun <-chan struct{}, body string, after time.Duration) (late time.Duration) {
	if !strings.Contains(body, "begin()") {
		body = "begin() " + body
	}
	st, _, err := h.States.NewState(context.Background(), workSetup+body+" end")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := st.Call(ctx)
		ended <- err
	}()
	<-begun
	interrupted := make(chan time.Time, 1)
	time.AfterFunc(after, func() {
		interrupted <- time.Now()
		cancel()
	})
	err = <-ended
	late = time.Since(<-interrupted)
	if !errors.Is(err, mtstates.ErrInterrupted) {
		t.Fatal(body, " ends with ", err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return late
}

// TestInterruptWork checks that the end of its context ends all kinds of work; BenchmarkInterruptWork measures how soon.
func TestInterruptWork(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		begun := make(chan struct{})
		h := hosttest.New(t, b, mtstates.WithInterrupt(), looping(begun))
		h.Threads.Stderr = io.Discard
		defer closeHost(t, h)
		for _, work := range endlessWork {
			if !work.huge {
				t.Run(work.name, func(t *testing.T) { interruptWork(t, h, begun, work.body, 0) })
			}
		}
	})
}

// BenchmarkInterruptWork interrupts each kind of work while it runs, and reports the longest time that it still ran, in
// milliseconds.
func BenchmarkInterruptWork(b *testing.B) {
	onEach(b, func(b *testing.B, vms backend.Backend) {
		for _, work := range endlessWork {
			b.Run(work.name, func(b *testing.B) {
				begun := make(chan struct{})
				h := hosttest.New(b, vms, mtstates.WithInterrupt(), looping(begun))
				h.Threads.Stderr = io.Discard
				defer closeHost(b, h)
				longest, n := time.Duration(0), 0
				for b.Loop() {
					n++
					longest = max(longest, interruptWork(b, h, begun, work.body, time.Duration(n%7)*5*time.Millisecond))
				}
				b.ReportMetric(longest.Seconds()*1000, "worst-ms")
			})
		}
	})
}

func closeHost(t hosttest.Test, h *host.Host) {
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
}
