package golua

import (
	"errors"
	"strings"
	"testing"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// bothKinds runs a test on a state of the backend's making and on a wrapped one.
func bothKinds(t *testing.T, f func(t *testing.T, s backend.VM)) {
	t.Run("new", func(t *testing.T) { f(t, newTestState(t, nil)) })
	t.Run("wrapped", func(t *testing.T) {
		_, s := newStock()
		f(t, s)
	})
}

// usable checks that a state still works after an error.
func usable(t *testing.T, s backend.VM, top int) {
	t.Helper()
	if s.GetTop() != top {
		t.Errorf("top is %d, want %d", s.GetTop(), top)
	}
	loadChunk(t, s, "local a, b = ... local function f(n) if n == 0 then return a end return (f(n - 1)) end return f(20), b", "=usable")
	s.PushNumber(1)
	s.PushString("x")
	if failure := s.PCall(2, 2); failure != nil {
		t.Fatal(backend.ToStringMeta(s, -1), failure)
	}
	if text, _ := s.ToString(-1); text != "x" || s.GetTop() != top+2 {
		t.Errorf("result %q, top %d", text, s.GetTop())
	}
	s.SetTop(top)
}

func TestRaiseAnyValue(t *testing.T) {
	values := map[string]func(s backend.VM){
		"nil":      func(s backend.VM) { s.PushNil() },
		"boolean":  func(s backend.VM) { s.PushBoolean(false) },
		"number":   func(s backend.VM) { s.PushNumber(5) },
		"string":   func(s backend.VM) { s.PushString("m") },
		"table":    func(s backend.VM) { s.CreateTable(0, 0) },
		"userdata": func(s backend.VM) { s.PushUserdata(t, "") },
		"light":    func(s backend.VM) { s.PushNeutral(backend.LightValue(backend.LightUserdata{Pointer: t})) },
		"function": func(s backend.VM) { s.PushFunction(func(backend.VM) int { return 0 }) },
	}
	bothKinds(t, func(t *testing.T, s backend.VM) {
		for name, push := range values {
			s.PushString("below")
			push(s)
			want := s.Type(-1)
			s.SetTop(1)
			s.PushFunction(func(s backend.VM) int {
				push(s)
				return s.Error()
			})
			failure := s.PCall(0, 3)
			if failure == nil || s.Type(-1) != want || failure.OutOfMemory || failure.Broken {
				t.Errorf("%s: %+v, %s", name, failure, s.Type(-1))
			}
			s.SetTop(1)
			if text, _ := s.ToString(1); text != "below" {
				t.Error("stack was not restored")
			}
			s.PushFunction(func(s backend.VM) int {
				push(s)
				return s.Error()
			})
			setGlobal(s, "raise")
			do(t, s, `local ok, e = pcall(raise) return ok, e`)
			if s.ToBoolean(2) || s.Type(3) != want {
				t.Errorf("%s through pcall: %v %v", name, s.Type(2), s.Type(3))
			}
			s.SetTop(1)
			usable(t, s, 1)
			s.SetTop(0)
		}
	})
}

func TestUserdataErrorsKeepIdentity(t *testing.T) {
	bothKinds(t, func(t *testing.T, s backend.VM) {
		backend.NewMetatable(s, "test.error")
		s.SetTop(0)
		s.PushUserdata(&struct{ n int }{7}, "test.error")
		s.PushValue(1)
		setGlobal(s, "object")
		setFunction(s, "raise", func(s backend.VM) int {
			s.PushGlobalTable()
			s.RawGetField(-1, "object")
			return s.Error()
		})
		do(t, s, "local ok, e = pcall(raise) return e, e == object")
		if !backend.RawEqual(s, 1, 2) || !s.ToBoolean(3) || s.ToUserdata(2) == nil {
			t.Error("not the same userdata")
		}
	})
	s := newTestState(t, nil)
	setFunction(s, "raise", func(s backend.VM) int {
		s.PushUserdata(5, "x")
		return s.Error()
	})
	do(t, s, "return xpcall(raise, function(e) return type(e) end)")
	if text, _ := s.ToString(2); text != "userdata" {
		t.Errorf("handler got %q", text)
	}
}

func goPanics() map[string]backend.Function {
	return map[string]backend.Function{
		"boom": func(backend.VM) int { panic("boom") },
		"42":   func(backend.VM) int { panic(42) },
		"e":    func(backend.VM) int { panic(errors.New("e")) },
		"runtime error: invalid memory address or nil pointer dereference": func(backend.VM) int {
			var p *struct{ x int }
			return p.x
		},
		"assignment to entry in nil map": func(backend.VM) int {
			var t struct{ m map[string]int }
			t.m["x"] = 1
			return 0
		},
		"runtime error: index out of range [": func(s backend.VM) int { // far more than was reserved
			for {
				s.PushNil()
			}
		},
		"interface conversion: ": func(s backend.VM) int {
			s.PushNil()
			s.RawGetField(-1, "x")
			return 1
		},
	}
}

func TestGoPanics(t *testing.T) {
	bothKinds(t, func(t *testing.T, s backend.VM) {
		for want, f := range goPanics() {
			for range 2 {
				s.PushFunction(f)
				failure := s.PCall(0, 0)
				if text, _ := s.ToString(-1); failure == nil || !strings.HasPrefix(text, want) || failure.Broken {
					t.Errorf("%+v %q, want %q", failure, text, want)
				}
				s.SetTop(0)
			}
			setFunction(s, "f", f)
			do(t, s, "local ok, e = pcall(f) local ok2, e2 = pcall(function() local r = f() return r end) return e, e2")
			for i := 1; i <= 2; i++ {
				if text, _ := s.ToString(i); !strings.HasPrefix(text, want) {
					t.Errorf("pcall gave %q, want %q", text, want)
				}
			}
			s.SetTop(0)
			usable(t, s, 0)
		}
	})
}

func TestGoPanicsReachHandlers(t *testing.T) {
	s := newTestState(t, nil)
	for want, f := range goPanics() {
		setFunction(s, "f", f)
		do(t, s, "return xpcall(function() local r = f() return r end, function(e) return debug.traceback('H ' .. e) end)")
		text, _ := s.ToString(2)
		if !strings.HasPrefix(text, "H "+want) || !strings.Contains(text, "\n\t[Go]: in function 'f'\n\ttest:1: in function <test:1>\n\t[Go]: in function 'xpcall'\n\ttest:1: in main chunk") {
			t.Errorf("handler gave %q", text)
		}
		s.SetTop(0)
	}
}

// A panic with no Go function of ours between it and the protected call.
func TestPanicInsideVM(t *testing.T) {
	for _, c := range []struct {
		value  any
		text   string
		broken bool
	}{
		{errors.New("hook"), "hook", false},
		{"hook", "hook", false},
	} {
		s := newTestState(t, nil)
		lua.SetDebugHook(s.(state).l, func(*lua.State, lua.Debug) { panic(c.value) }, lua.MaskCount, 1)
		loadChunk(t, s, "local x = 1 return x", "=test")
		failure := s.PCall(0, 0)
		lua.SetDebugHook(s.(state).l, nil, 0, 0)
		if text, _ := s.ToString(-1); failure == nil || !strings.HasPrefix(text, c.text) || failure.Broken != c.broken {
			t.Errorf("%+v %q", failure, text)
		}
		if !c.broken {
			s.SetTop(0)
			usable(t, s, 0)
		}
	}
}

func TestBroken(t *testing.T) {
	s := newTestState(t, nil)
	if failure := broken(s.(state).l, "escaped"); !failure.Broken {
		t.Error("not broken")
	}
	if text, _ := s.ToString(-1); text != "escaped" {
		t.Errorf("value %q", text)
	}
}

func TestProtectedCallResults(t *testing.T) {
	bothKinds(t, func(t *testing.T, s backend.VM) {
		for _, c := range []struct{ results, top int }{{backend.MultipleResults, 4}, {0, 1}, {1, 2}, {5, 6}} {
			s.PushString("below")
			loadChunk(t, s, "return ...", "=test")
			s.PushNumber(1)
			s.PushNil()
			s.PushNumber(3)
			if failure := s.PCall(3, c.results); failure != nil || s.GetTop() != c.top {
				t.Errorf("%d results: top %d", c.results, s.GetTop())
			}
			s.SetTop(0)
		}
		s.PushNil()
		if failure := s.PCall(0, 0); failure == nil || backend.ToStringMeta(s, -1) != "attempt to call a nil value" {
			t.Error(backend.ToStringMeta(s, -1))
		}
	})
}

func TestOutOfMemory(t *testing.T) {
	s := newTestState(t, nil)
	for _, c := range []struct {
		source string
		want   bool
	}{
		{"local function f() return 1 + f() end return f()", true},
		{"local function f() return 1 + f() end return f()", true}, // the VM says something else the second time
		{"local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k + 1] end return t[1]", true},
		{"return ('x'):rep(2^40)", true},
		{"local t = {} for i = 1, 2000000 do t[i] = 1 end return ('x'):byte(1, 1), table.unpack(t)", false},
		{"error('stack overflow')", false},
		{"error('x')", false},
		{"pcall(string.rep, 'x', 2^40) error('y')", false},
	} {
		loadChunk(t, s, c.source, "=test")
		failure := s.PCall(0, 0)
		if failure == nil || failure.OutOfMemory != c.want || failure.Broken {
			t.Errorf("%s: %+v %s", c.source, failure, backend.ToStringMeta(s, -1))
		}
		s.SetTop(0)
		usable(t, s, 0)
	}
	do(t, s, "local function f() return 1 + f() end return pcall(f)")
	if text, _ := s.ToString(2); !strings.HasSuffix(text, "stack overflow") {
		t.Errorf("pcall gave %q", text)
	}
	s.SetTop(0)
	do(t, s, "local function f() return 1 + f() end return xpcall(f, function(e) return e end)")
	if s.ToBoolean(1) {
		t.Error("overflow was not noticed")
	}
	usable(t, s, 2)
}

func TestNestedStates(t *testing.T) {
	inner := newTestState(t, nil)
	outer := newTestState(t, nil)
	setFunction(outer, "call", func(s backend.VM) int {
		loadChunk(t, inner, "local function f() error('inner') end local x = f() return x", "=inner")
		failure := inner.PCall(0, 0)
		s.PushString(backend.ToStringMeta(inner, -1) + "\n" + failure.Traceback.String() + "\n" + s.Traceback(0, 0).String())
		inner.SetTop(0)
		return s.Error()
	})
	do(t, outer, "return select(2, pcall(function() local x = call() return x end))")
	text, _ := outer.ToString(1)
	want := "inner:1: inner\nstack traceback:\n\t[Go]: in function 'error'\n\tinner:1: in function 'f'\n\tinner:1: in main chunk\n" +
		"stack traceback:\n\t[Go]: in function 'call'\n\ttest:1: in function <test:1>\n\t[Go]: in function 'pcall'\n\ttest:1: in main chunk"
	if text != want {
		t.Errorf("got %q, want %q", text, want)
	}
}

func BenchmarkProtectedCall(b *testing.B) {
	s := newTestState(b, nil)
	do(b, s, "return function(x) return x end")
	b.ReportAllocs()
	for b.Loop() {
		s.PushValue(1)
		s.PushNumber(1)
		s.PCall(1, backend.MultipleResults)
		s.SetTop(1)
	}
}
