package golua

import (
	"math"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
)

func TestValues(t *testing.T) {
	pointer := new(int)
	lightValue := backend.LightValue(backend.LightUserdata{Pointer: pointer})
	bothKinds(t, func(t *testing.T, s backend.VM) {
		for _, c := range []struct {
			name    string
			push    func()
			kind    backend.Type
			boolean bool
			text    string // "" when there is none
			meta    string
			value   any // nil when the value is not simple
		}{
			{"nil", s.PushNil, backend.Nil, false, "", "nil", backend.NilValue()},
			{"false", func() { s.PushBoolean(false) }, backend.Boolean, false, "", "false", backend.BooleanValue(false)},
			{"true", func() { s.PushBoolean(true) }, backend.Boolean, true, "", "true", backend.BooleanValue(true)},
			{"number", func() { s.PushNumber(1 << 53) }, backend.Number, true, "9007199254740992", "9007199254740992", backend.NumberValue(1 << 53)},
			{"infinite", func() { s.PushNumber(math.Inf(-1)) }, backend.Number, true, "-inf", "-inf", backend.NumberValue(math.Inf(-1))},
			{"string", func() { s.PushString("a\x00\xff") }, backend.String, true, "a\x00\xff", "a\x00\xff", backend.StringValue("a\x00\xff")},
			{"light", func() { s.PushNeutral(lightValue) }, backend.LightUserdataType, true, "", "userdata: 0x", lightValue},
			{"table", func() { s.CreateTable(0, 0) }, backend.Table, true, "", "table: 0x", nil},
			{"function", func() { s.PushFunction(func(backend.VM) int { return 0 }) }, backend.FunctionType, true, "", "function: 0x", nil},
			{"userdata", func() { s.PushUserdata("text", "none") }, backend.Userdata, true, "", "userdata: 0x", nil},
		} {
			t.Run(c.name, func(t *testing.T) {
				c.push()
				for _, index := range []int{-1, s.GetTop()} {
					if got := s.Type(index); got != c.kind {
						t.Errorf("type %v", got)
					}
					if s.ToBoolean(index) != c.boolean {
						t.Error("boolean")
					}
					if text, ok := s.ToString(index); text != c.text || ok != (c.text != "") {
						t.Errorf("text %q %v", text, ok)
					}
					if got := backend.ToStringMeta(s, index); !strings.HasPrefix(got, c.meta) {
						t.Errorf("tostring %q", got)
					}
					if value, ok := s.ToNeutral(index); ok != (c.value != nil) || ok && value.Key() != c.value.(backend.Value).Key() {
						t.Errorf("value %v %v", value, ok)
					}
					if got := s.Type(index); got != c.kind {
						t.Errorf("type became %v", got)
					}
					if !backend.RawEqual(s, index, index) {
						t.Error("unequal to itself")
					}
				}
				if value, ok := c.value.(backend.Value); ok {
					s.PushNeutral(value)
					if !backend.RawEqual(s, -1, -2) {
						t.Error("neutral value does not come back")
					}
				}
				s.SetTop(0)
			})
		}
	})
}

func TestAbsentValues(t *testing.T) {
	s := newTestState(t, nil)
	if s.Type(1) != backend.None || s.ToBoolean(5) || s.ToUserdata(3) != nil || s.GetTop() != 0 {
		t.Error("values above the top")
	}
	if _, ok := s.ToNeutral(1); ok {
		t.Error("a value above the top")
	}
	s.SetTop(2)
	if s.Type(1) != backend.Nil || s.Type(2) != backend.Nil || s.Type(3) != backend.None {
		t.Error("gap is not filled with nil")
	}
}

func TestToNumber(t *testing.T) {
	s := newTestState(t, nil)
	for text, want := range map[string]float64{"10": 10, " 0x1F ": 31, "1e2": 100, "-2.5": -2.5, "x": math.NaN(), "": math.NaN(), "1 2": math.NaN(), "inf": math.NaN()} {
		s.PushString(text)
		n, ok := s.ToNumber(-1)
		if ok == math.IsNaN(want) || ok && n != want {
			t.Errorf("%q: %v %v", text, n, ok)
		}
	}
	s.PushBoolean(true)
	if _, ok := s.ToNumber(-1); ok {
		t.Error("true is a number")
	}
}

func TestStackOperations(t *testing.T) {
	s := newTestState(t, nil)
	for i := range 4 {
		s.PushNumber(float64(i + 1))
	}
	backend.Insert(s, 2)
	backend.Remove(s, 1)
	s.PushValue(1)
	for i, want := range []float64{4, 2, 3, 4} {
		if n, _ := s.ToNumber(i + 1); n != want {
			t.Errorf("index %d: %v, want %v", i+1, n, want)
		}
	}
	if s.CheckStack(1<<30) || !s.CheckStack(10000) {
		t.Error("reserve")
	}
	for range 10000 {
		s.PushNil()
	}
	usable(t, s, 10004)
}

func TestTables(t *testing.T) {
	bothKinds(t, func(t *testing.T, s backend.VM) {
		s.CreateTable(0, 0)
		s.PushString("v")
		s.RawSetField(-2, "k")
		s.PushString("w")
		s.RawSetField(1, "k2")
		s.PushString("one")
		s.RawSetI(-2, 1)
		s.PushNil()
		s.RawGetField(-2, "k")
		s.RawGetField(1, "k2")
		s.RawGetField(1, "none")
		for i, want := range []string{"v", "w", ""} {
			if text, _ := s.ToString(3 + i); text != want {
				t.Errorf("field %d is %q, want %q", i, text, want)
			}
		}
		s.SetTop(1)
		n := 0
		for s.PushNil(); s.Next(1); s.SetTop(2) {
			n++
		}
		if n != 3 || s.GetTop() != 1 {
			t.Errorf("%d fields, top %d", n, s.GetTop())
		}
		s.PushGlobalTable()
		s.RawGetField(-1, "print")
		if s.Type(-1) != backend.FunctionType {
			t.Error("globals")
		}
	})
}

func TestMetatables(t *testing.T) {
	bothKinds(t, func(t *testing.T, s backend.VM) {
		if !backend.NewMetatable(s, "test.type") || backend.NewMetatable(s, "test.type") || !backend.RawEqual(s, 1, 2) {
			t.Error("registering")
		}
		s.RawGetField(1, "__name")
		if name, _ := s.ToString(-1); name != "test.type" {
			t.Errorf("name %q", name)
		}
		s.PushString("closed")
		s.RawSetField(1, "__metatable")
		s.SetTop(1)
		s.PushUserdata(t, "test.type")
		if s.ToUserdata(-1) != any(t) || s.ToUserdata(1) != nil {
			t.Error("Go value")
		}
		if !s.GetMetatable(-1) || !backend.RawEqual(s, 1, -1) {
			t.Error("metatable")
		}
		backend.GetRegistered(s, "test.type")
		if !backend.RawEqual(s, 1, -1) {
			t.Error("registered metatable")
		}
		backend.GetRegistered(s, "test.none")
		if s.Type(-1) != backend.Nil {
			t.Error("unregistered metatable")
		}
		s.PushUserdata(t, "test.none")
		if s.GetMetatable(-1) {
			t.Error("metatable of an unregistered type")
		}
	})
}

func TestLightUserdata(t *testing.T) {
	type key struct{ n int }
	bothKinds(t, func(t *testing.T, s backend.VM) {
		push := func(name string, pointer any) {
			s.PushNeutral(backend.LightValue(backend.LightUserdata{Pointer: pointer}))
			setGlobal(s, name)
		}
		push("a", key{1})
		push("b", key{1})
		push("c", key{2})
		push("d", []int{1})
		push("e", []int{1})
		push("f", nil)
		do(t, s, `local t = {[a] = 1} t[c] = 2 t[d] = 3
			return a == b, t[b] == 1, a ~= c, t[c] == 2, d == d, d ~= e, t[d] == 3, t[e] == nil, f == f, a ~= f, not pcall(function() return a.x end)`)
		for i := 1; i <= s.GetTop(); i++ {
			if !s.ToBoolean(i) {
				t.Errorf("result %d is false", i)
			}
		}
		s.SetTop(0)
		do(t, s, "return a, d, f")
		for i, want := range []string{"{1}", "[1]", "<nil>"} {
			v, ok := s.ToNeutral(i + 1)
			if got := v.Light().Pointer; !ok || strings.Replace(sprint(got), "golua.", "", 1) != want {
				t.Errorf("value %d: %v", i, got)
			}
		}
	})
	s := newTestState(t, nil)
	s.PushNeutral(backend.LightValue(backend.LightUserdata{Pointer: uintptr(255)}))
	setGlobal(s, "u")
	do(t, s, `local t = {} rawset(t, u, u) local n = 0 for k, v in pairs(t) do n = n + 1 t[k] = nil end
		return type(u), tostring(u), rawequal(u, u), pcall(type, u), getmetatable(u) == nil, tonumber(u) == nil, rawget({[u] = 4}, u), n, select("#", pcall(error, u))`)
	var got []string
	for i := 1; i <= s.GetTop(); i++ {
		got = append(got, backend.ToStringMeta(s, i))
	}
	if want := "userdata userdata: 0xff true true true true 4 1 2"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
}

func TestRawValuesOfTheVM(t *testing.T) {
	s := newTestState(t, nil)
	do(t, s, "local x = 1 local function f() return x end return debug.upvalueid(f, 1)")
	if _, ok := s.ToNeutral(1); ok || s.Type(1) != backend.LightUserdataType {
		t.Error("an upvalue's address is a simple value")
	}
	if !strings.HasPrefix(backend.ToStringMeta(s, 1), "userdata: 0x") {
		t.Error(backend.ToStringMeta(s, 1))
	}
}
