package gopherlua

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

// BenchmarkInterruptible runs loops in a state without an interrupt and in one with, side by side.
func BenchmarkInterruptible(b *testing.B) {
	for _, loop := range []struct{ name, source string }{
		{"for", "local s = 0 for i = 1, 1000000 do s = s + i end"},
		{"while", "local i = 0 while i < 1000000 do i = i + 1 end"},
		{"fib", "local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end fib(22)"},
		{"table", "local t = {} for i = 1, 100000 do t[i] = i * 2 end local s = 0 for i = 1, #t do s = s + t[i] end"},
		{"string", "local n = 0 for i = 1, 20000 do local s = 'a' .. i n = n + #s end"},
	} {
		for _, mode := range []struct {
			name      string
			interrupt *backend.Interrupt
		}{{"without", nil}, {"with", &backend.Interrupt{}}} {
			b.Run(loop.name+"/"+mode.name, func(b *testing.B) {
				s, err := newState(backend.Options{Open: Backend.Libraries(), Interrupt: mode.interrupt})
				if err != nil {
					b.Fatal(err)
				}
				defer s.Close()
				if err := s.Load(loop.source, "=loop"); err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					s.PushCopy(1)
					if s.ProtectedCall(0, 0) != nil {
						b.Fatal("the loop fails")
					}
				}
			})
		}
	}
}
