package mtstates_test

import (
	"math"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/sidebyside"
)

// BenchmarkInterruptible runs loops in turn in a state without an interrupt and in one with. It reports the shortest
// time of each, which a busy machine disturbs least, and how much longer the second is, as a percentage.
func BenchmarkInterruptible(b *testing.B) {
	compareLoops(b, backend.Options{}, func() backend.Options { return backend.Options{Interrupt: &backend.Interrupt{}} })
}

// BenchmarkLimits is BenchmarkInterruptible for a state with limits on memory and instructions, and one without.
func BenchmarkLimits(b *testing.B) {
	compareLoops(b, backend.Options{}, func() backend.Options {
		return backend.Options{MaxMemory: 64 << 20, MaxInstructions: 1 << 30}
	})
}

// compareLoops runs loops in turn in a state with some options and in one with others.
func compareLoops(b *testing.B, options backend.Options, other func() backend.Options) {
	loops := []struct{ name, source string }{
		{"for", "local s = 0 for i = 1, 200000 do s = s + i end"},
		{"while", "local i = 0 while i < 200000 do i = i + 1 end"},
		{"fib", "local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end fib(20)"},
		{"table", "local t = {} for i = 1, 50000 do t[i] = i * 2 end local s = 0 for i = 1, #t do s = s + t[i] end"},
		{"string", "local n = 0 for i = 1, 20000 do local s = 'a' .. i n = n + #s end"},
	}
	onEach(b, func(b *testing.B, vms backend.Backend) {
		for _, loop := range loops {
			b.Run(loop.name, func(b *testing.B) {
				without := loopTimer(b, vms, loop.source, options)
				with := loopTimer(b, vms, loop.source, other())
				shortest, longer := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
				for b.Loop() {
					shortest, longer = min(shortest, without()), min(longer, with())
				}
				b.ReportMetric(float64(shortest), "without-ns")
				b.ReportMetric(float64(longer), "with-ns")
				b.ReportMetric(100*(float64(longer)/float64(shortest)-1), "%longer")
			})
		}
	})
}

// loopTimer returns a function that runs a chunk in a state of its own and returns how long it took.
func loopTimer(b *testing.B, vms backend.Backend, source string, o backend.Options) func() time.Duration {
	o.Open = vms.Libraries()
	s, err := vms.NewVM(o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	if err := s.Load(source, "=loop", 0); err != nil {
		b.Fatal(err)
	}
	code := s.GetTop()
	return func() time.Duration {
		s.PushValue(code)
		start := time.Now()
		if s.PCall(0, 0) != nil {
			b.Fatal("the loop fails")
		}
		return time.Since(start)
	}
}

// BenchmarkForeground compares calls that a thread makes, whose interrupt reaches the state ("ours"), with those of a VM without
// an interrupt ("by hand"): of states that can be interrupted by themselves, and of others.
func BenchmarkForeground(b *testing.B) {
	onEach(b, func(b *testing.B, vms backend.Backend) {
		for name, options := range map[string][]mtstates.Option{"interruptible": {mtstates.WithInterrupt()}, "other": nil} {
			b.Run(name, func(b *testing.B) {
				h := hosttest.New(b, vms, options...)
				vm, err := h.States.NewInterruptibleVM(vms, new(backend.Foreground).Interrupt())
				if err != nil {
					b.Fatal(err)
				}
				script := callScript("return function(i) return i end", "s:call(i)")
				sidebyside.Compare(b, sideIn(b, vm, script), oursIn(b, h, vms, script))
			})
		}
	})
}
