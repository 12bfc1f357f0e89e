package golua

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

func TestLoad(t *testing.T) {
	long := strings.Repeat("x", 80)
	bothKinds(t, func(t *testing.T, s backend.VM) {
		for _, c := range []struct{ source, chunk, want string }{
			{"return 1", "=ok", ""},
			{"", "", ""},
			{"#!shebang\nreturn 1", "@script", ""},
			{"#!shebang", "@script", ""},
			{"#!shebang\nx =", "@script", "script:2: unexpected symbol near <eof>"},
			{"#!x", "=text", "text:1: unexpected symbol near '#'"},
			{"x =", "@dir/file.lua", "dir/file.lua:1: unexpected symbol near <eof>"},
			{"x =", "=name", "name:1: unexpected symbol near <eof>"},
			{"x =", "x =", "[string \"x =\"]:1: unexpected symbol near <eof>"},
			{"x =\n\n", "x =\n\n", "[string \"x =...\"]:3: unexpected symbol near <eof>"},
			{"x =", "@" + long, backend.ChunkID("@"+long) + ":1: unexpected symbol near <eof>"},
			{"x =", long, backend.ChunkID(long) + ":1: unexpected symbol near <eof>"},
			{"\x1bLua", "=bin", "bin: bad binary format"},
			{"return " + strings.Repeat("{", 100000), "=deep", "deep:1: too many C levels"},
			{"x = 'a", "=open", "open:1: unfinished string near <eof>"},
			{"goto x", "=goto", "goto:1: no visible label 'x' for <goto> at line 1"},
		} {
			err := s.Load(c.source, c.chunk, 0)
			var syntax *backend.SyntaxError
			switch {
			case err == nil:
				if c.want != "" || s.Type(-1) != backend.FunctionType || s.GetTop() != 1 {
					t.Errorf("%.20q %.20q: no error, top %d", c.source, c.chunk, s.GetTop())
				}
			case !errors.As(err, &syntax) || !strings.HasPrefix(err.Error(), c.want) || c.want == "" || s.GetTop() != 0:
				t.Errorf("%.20q %.20q: %v, top %d", c.source, c.chunk, err, s.GetTop())
			}
			s.SetTop(0)
		}
		usable(t, s, 0)
	})
}

func TestCopyFunction(t *testing.T) {
	bothKinds(t, func(t *testing.T, s backend.VM) {
		dst := newTestState(t, nil)
		dst.PushString("inner")
		setGlobal(dst, "name")
		s.PushString("outer")
		setGlobal(s, "name")
		for _, c := range []struct{ source, want string }{
			{"return function() return 'inner' end", ""},
			{"return function() return name end", ""},
			{"return function() return (function() return name end)() end", ""},
			{"local name = 'x' return function() return name end", "function has upvalue 'name'"},
			{"local a = 1 return function() return name, a end", "function has upvalue 'a'"},
			{"local a = 1 return function() return a, name end", "function has upvalue 'a'"},
			{"local function f() return f end return f", "function has upvalue 'f'"},
			{"return print", backend.ErrGoFunction.Error()},
		} {
			for range 2 { // the second time from the cache
				do(t, s, c.source)
				err := s.CopyFunction(dst, -1)
				if err != nil && err.Error() != c.want || err == nil && c.want != "" {
					t.Errorf("%s: %v", c.source, err)
				}
				if s.GetTop() != 1 {
					t.Errorf("%s: top %d", c.source, s.GetTop())
				}
				if s.SetTop(0); err != nil {
					if dst.GetTop() != 0 {
						t.Errorf("%s: something was pushed", c.source)
					}
					continue
				}
				if failure := dst.PCall(0, 1); failure != nil || backend.ToStringMeta(dst, 1) != "inner" {
					t.Errorf("%s: %s", c.source, backend.ToStringMeta(dst, 1))
				}
				dst.SetTop(0)
			}
		}
		do(t, s, "return function() end")
		if err := s.CopyFunction(foreign{dst}, 1); !errors.Is(err, backend.ErrForeignState) {
			t.Errorf("foreign state: %v", err)
		}
	})
}

func TestCopyKeepsPositions(t *testing.T) {
	s, dst := newTestState(t, nil), newTestState(t, nil)
	loadChunk(t, s, "return function()\nerror('m')\nend", "@file.lua")
	s.Call(0, 1)
	if err := s.CopyFunction(dst, -1); err != nil {
		t.Fatal(err)
	}
	failure := dst.PCall(0, 0)
	want := "stack traceback:\n\t[Go]: in function 'error'\n\tfile.lua:2: in function <file.lua:1>"
	if failure == nil || failure.Traceback.String() != want || backend.ToStringMeta(dst, -1) != "file.lua:2: m" {
		t.Errorf("%+v %s", failure, backend.ToStringMeta(dst, -1))
	}
}

// foreign is a state of another VM.
type foreign struct{ backend.VM }

func TestTransfer(t *testing.T) {
	light := backend.LightUserdata{Pointer: new(int)}
	bothKinds(t, func(t *testing.T, src backend.VM) {
		for _, dst := range []backend.VM{newTestState(t, nil), foreign{newTestState(t, nil)}} {
			src.PushString("below")
			src.PushNil()
			src.PushBoolean(true)
			src.PushNumber(2.5)
			src.PushString("s\x00")
			src.PushNeutral(backend.LightValue(light))
			dst.PushString("below")
			if bad := src.Transfer(dst, 2, 6); bad != 0 || dst.GetTop() != 6 || src.GetTop() != 6 {
				t.Errorf("bad %d, tops %d %d", bad, src.GetTop(), dst.GetTop())
			}
			for i := 2; i <= 6; i++ {
				a, _ := src.ToNeutral(i)
				if b, ok := dst.ToNeutral(i); !ok || a != b {
					t.Errorf("value %d: %v %v", i, a, b)
				}
			}
			if bad := src.Transfer(dst, 4, 3); bad != 0 || dst.GetTop() != 6 {
				t.Error("empty transfer")
			}
			for _, push := range []func(){func() { src.CreateTable(0, 0) }, func() { src.PushUserdata("simple text", "") }, func() { src.PushFunction(func(backend.VM) int { return 0 }) }} {
				push()
				if bad := src.Transfer(dst, 2, 7); bad != 7 || dst.GetTop() != 6 || src.GetTop() != 7 {
					t.Errorf("bad %d, tops %d %d", bad, src.GetTop(), dst.GetTop())
				}
				src.SetTop(6)
			}
			if bad := src.Transfer(dst, 1, 1<<30); bad != backend.NoRoom || dst.GetTop() != 6 {
				t.Errorf("no room: %d", bad)
			}
			src.SetTop(0)
		}
	})
}

func TestTransferManyValues(t *testing.T) {
	const n = 10000
	src, dst := newTestState(t, nil), newTestState(t, nil)
	do(t, dst, "return function(...) return select('#', ...), ... end")
	src.CheckStack(n)
	for i := range n {
		src.PushNumber(float64(i))
	}
	dst.PushValue(1)
	if bad := src.Transfer(dst, 1, n); bad != 0 {
		t.Fatal(bad)
	}
	if failure := dst.PCall(n, backend.MultipleResults); failure != nil {
		t.Fatal(backend.ToStringMeta(dst, -1))
	}
	src.SetTop(0)
	if bad := dst.Transfer(src, 2, dst.GetTop()); bad != 0 || src.GetTop() != n+1 {
		t.Fatal(bad, src.GetTop())
	}
	if last, _ := src.ToNumber(n + 1); last != n-1 {
		t.Error(last)
	}
	dst.SetTop(1)
	usable(t, dst, 1)
}

// Each goroutine has its own states; what they share are the libraries, and one function's code.
func TestStatesInParallel(t *testing.T) {
	src := newTestState(t, nil)
	do(t, src, `return function(n) local t = {} for i = 1, n do t[i] = ("x"):rep(i):gsub("x", tostring) end
		local ok, e = pcall(error, {n}) assert(not ok and e[1] == n) table.sort(t) return #table.concat(t), function() return t end end`)
	var wg sync.WaitGroup
	for range 8 {
		dst := newTestState(t, nil)
		if err := src.CopyFunction(dst, 1); err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for range 20 {
				dst.PushValue(1)
				dst.PushNumber(20)
				if failure := dst.PCall(1, 2); failure != nil {
					t.Error(backend.ToStringMeta(dst, -1))
				}
				if n, _ := dst.ToNumber(2); n != 210 {
					t.Error(n)
				}
				dst.SetTop(1)
				newTestState(t, nil)
			}
		})
	}
	wg.Wait()
}

func BenchmarkTransfer(b *testing.B) {
	src, dst := newTestState(b, nil), newTestState(b, nil)
	src.PushNumber(1.5)
	src.PushString("text")
	b.ReportAllocs()
	for b.Loop() {
		src.Transfer(dst, 1, 2)
		dst.SetTop(0)
	}
}

func BenchmarkCopyFunction(b *testing.B) {
	src, dst := newTestState(b, nil), newTestState(b, nil)
	do(b, src, "return function(a) local t = {} for i = 1, a do t[i] = i end return t end")
	b.ReportAllocs()
	for b.Loop() {
		if err := src.CopyFunction(dst, 1); err != nil {
			b.Fatal(err)
		}
		dst.SetTop(0)
	}
}
