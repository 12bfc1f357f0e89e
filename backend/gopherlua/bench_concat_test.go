package gopherlua

import (
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// BenchmarkConcat compares loops of concatenations with those of the VM itself, which knows no limit.
func BenchmarkConcat(b *testing.B) {
	for _, bench := range []struct{ name, expression string }{
		{"two strings", `a .. b`},
		{"five strings", `a .. ":" .. b .. ":" .. a`},
		{"numbers", `a .. i .. ":" .. 0.5`},
		{"long", `long .. a`},
	} {
		source := `local a, b, long = "key", "value", ("x"):rep(1000)
			return function() local s for i = 1, 1000 do s = ` + bench.expression + ` end return s end`
		b.Run(bench.name+"/ours", func(b *testing.B) {
			s, err := Backend.NewVM(backend.Options{Open: Backend.Libraries()})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			if err := s.Load(source, "=bench", 0); err != nil {
				b.Fatal(err)
			}
			runConcat(b, s.(state).l)
		})
		b.Run(bench.name+"/VM", func(b *testing.B) {
			l := lua.NewState()
			defer l.Close()
			f, err := l.LoadString(source)
			if err != nil {
				b.Fatal(err)
			}
			l.Push(f)
			runConcat(b, l)
		})
	}
}

func runConcat(b *testing.B, l *lua.LState) {
	l.Call(0, 1)
	b.ReportAllocs()
	for b.Loop() {
		l.Push(l.Get(1))
		l.Call(0, 0)
	}
}

// BenchmarkProtectedCall compares a protected call with the VM's own.
func BenchmarkProtectedCall(b *testing.B) {
	s, err := Backend.NewVM(backend.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if err := s.Load("return function(i) return i end", "=bench", 0); err != nil {
		b.Fatal(err)
	}
	s.Call(0, 1)
	l := s.(state).l
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s.PushValue(1)
			s.PushNumber(1)
			s.PCall(1, 1)
			s.SetTop(1)
		}
	})
	b.Run("VM", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			l.Push(l.Get(1))
			l.Push(lua.LNumber(1))
			_ = l.PCall(1, 1, nil)
			l.SetTop(1)
		}
	})
}
