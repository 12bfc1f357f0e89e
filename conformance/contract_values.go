package conformance

import (
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// pointee has a pointer: the Go runtime frees tiny pointerless values only in batches.
type pointee struct {
	n int
	_ *pointee
}

var valueContract = []goCase{
	onVM("Type", func(t *recorder, s backend.VM) {
		push(t, s, "return nil, true, 1, 's', {}, print")
		s.PushUserdata(&pointee{}, "none")
		s.PushNeutral(backend.LightValue(backend.LightUserdata{Pointer: 1}))
		for i, want := range []backend.Type{backend.Nil, backend.Boolean, backend.Number, backend.String, backend.Table,
			backend.FunctionType, backend.Userdata, backend.LightUserdataType, backend.None} {
			equal(t, s.Type(i+1), want)
		}
	}),
	onVM("ToBoolean", func(t *recorder, s backend.VM) {
		push(t, s, "return nil, false, 0, ''")
		for i, want := range []bool{false, false, true, true, false} {
			equal(t, s.ToBoolean(i+1), want)
		}
	}),
	onVM("ToNumber", func(t *recorder, s backend.VM) {
		push(t, s, "return 1.5, '0x10', ' 7 ', 'x', {}")
		for i, want := range []float64{1.5, 16, 7, 0, 0} {
			n, ok := s.ToNumber(i + 1)
			equal(t, n, want)
			equal(t, ok, i < 3)
		}
	}),
	onVM("ToString", func(t *recorder, s backend.VM) {
		push(t, s, "return 'a\\0b', 99999999999999, 0.1, 1/0, {}")
		for i, want := range []string{"a\x00b", "99999999999999", "0.1", "inf", "?"} {
			equal(t, text(s, i+1), want)
		}
		equal(t, s.Type(2), backend.Number)
	}),
	onVMFor("ToPointer/ToStringMeta", "ToPointer", func(t *recorder, s backend.VM) {
		push(t, s, "return setmetatable({}, { __tostring = function() return 'me' end }), true, nil, 10000000000000")
		for i, want := range []string{"me", "true", "nil", "10000000000000"} {
			equal(t, backend.ToStringMeta(s, i+1), want)
		}
		equal(t, s.GetTop(), 4)
	}),
	onVM("ToUserdata", func(t *recorder, s backend.VM) {
		p := &pointee{n: 7}
		s.PushUserdata(p, "none")
		s.PushNumber(1)
		equal(t, s.ToUserdata(1), any(p))
		equal(t, s.ToUserdata(2), nil)
	}),
	onVM("ToNeutral", func(t *recorder, s backend.VM) {
		push(t, s, "return nil, true, 2, 's', {}")
		for i, want := range []backend.Value{backend.NilValue(), backend.BooleanValue(true), backend.NumberValue(2),
			backend.StringValue("s"), {}} {
			v, ok := s.ToNeutral(i + 1)
			equal(t, v.Kind, want.Kind)
			equal(t, v.Key(), want.Key())
			equal(t, ok, i < 4)
		}
	}),
	onVM("ToPointer", func(t *recorder, s backend.VM) {
		push(t, s, "local t = {} return t, t, {}, print, 1, 'x', nil")
		equal(t, s.ToPointer(1) != 0, true)
		equal(t, s.ToPointer(1), s.ToPointer(2))
		equal(t, s.ToPointer(1) != s.ToPointer(3), true)
		equal(t, s.ToPointer(4) != 0, true)
		for i := 5; i <= 7; i++ {
			equal(t, s.ToPointer(i), 0)
		}
	}),
	onVMFor("RawEqual", "ToNeutral", func(t *recorder, s backend.VM) {
		push(t, s, "local t = {} return t, t, {}, 1, 1, '1', nil, nil")
		equal(t, backend.RawEqual(s, 1, 2), true)
		equal(t, backend.RawEqual(s, 1, 3), false)
		equal(t, backend.RawEqual(s, 4, 5), true)
		equal(t, backend.RawEqual(s, 5, 6), false)
		equal(t, backend.RawEqual(s, 7, -1), true)
	}),
	onVM("LessThan", func(t *recorder, s backend.VM) {
		push(t, s, `local mt = { __lt = function(a, b) return a.n < b.n end }
			local function new(n) return setmetatable({ n = n }, mt) end
			return 1, 2, "a", "b", new(1), new(2), {}, nil`)
		for _, i := range []int{1, 3, 5} {
			equal(t, s.LessThan(i, i+1), true)
			equal(t, s.LessThan(i+1, i), false)
			equal(t, s.LessThan(i, i), false)
		}
		equal(t, s.LessThan(-8, -7), true)
		for _, pair := range [][2]int{{1, 3}, {7, 7}, {8, 1}, {1, 8}, {8, 8}} {
			s.PushFunction(func(s backend.VM) int {
				s.LessThan(1, 2)
				return 0
			})
			s.PushValue(pair[0])
			s.PushValue(pair[1])
			equal(t, s.PCall(2, 0) != nil, true)
			equal(t, strings.Contains(text(s, -1), "attempt to compare "), true)
			s.SetTop(8)
		}
	}),
	onVMFor("RawLen/Len", "RawLen", func(t *recorder, s backend.VM) {
		push(t, s, "return { 1, 2, 3 }, {}, 'a\\0b', setmetatable({}, { __len = function() return 7 end }), setmetatable({ 1 }, {})")
		for i, want := range []int{3, 0, 3, 7, 1} {
			equal(t, backend.Len(s, i+1), want)
		}
		equal(t, backend.Len(s, -1), 1)
		equal(t, s.GetTop(), 5)
	}),
	onVM("RawLen", func(t *recorder, s backend.VM) {
		push(t, s, "local t = {} t[3] = 3 t[2] = 2 t[1] = 1 return setmetatable({ 1, 2 }, { __len = print }), t, 'text', 1, nil")
		for i, want := range []int{2, 3, 4, 0, 0} {
			equal(t, s.RawLen(i+1), want)
		}
		equal(t, s.RawLen(-3), 4)
	}),
	onVM("PushNil", pushes(func(s backend.VM) { s.PushNil() }, "nil")),
	onVM("PushBoolean", pushes(func(s backend.VM) { s.PushBoolean(true) }, "true")),
	onVM("PushNumber", pushes(func(s backend.VM) { s.PushNumber(2.5) }, "2.5")),
	onVM("PushString", pushes(func(s backend.VM) { s.PushString("x\xff\x00") }, "x\xff\x00")),
	onVM("PushNeutral", func(t *recorder, s backend.VM) {
		light := backend.LightUserdata{Pointer: &pointee{}}
		for _, v := range []backend.Value{backend.NilValue(), backend.BooleanValue(false), backend.NumberValue(-1),
			backend.StringValue("s"), backend.LightValue(light)} {
			s.PushNeutral(v)
			got, ok := s.ToNeutral(-1)
			equal(t, got.Kind, v.Kind)
			equal(t, got.Key(), v.Key())
			equal(t, ok, true)
		}
		push(t, s, "return function(a, b) local t = { [a] = 1 } return a == b, t[b], type(a) end")
		f := s.GetTop()
		s.PushNeutral(backend.LightValue(light))
		s.PushNeutral(backend.LightValue(light))
		equal(t, s.PCall(2, 3), nil)
		equal(t, s.ToBoolean(f), true)
		equal(t, text(s, f+1)+text(s, f+2), "1userdata")
	}),
	onVM("PushUserdata", func(t *recorder, s backend.VM) {
		backend.NewMetatable(s, "conformance.thing")
		s.PushUserdata(&pointee{}, "conformance.thing")
		equal(t, s.GetMetatable(-1), true)
		equal(t, backend.RawEqual(s, 1, -1), true)
	}),
	onVM("PushFunction", func(t *recorder, s backend.VM) {
		s.PushFunction(func(s backend.VM) int {
			s.PushNumber(float64(s.GetTop()))
			return 1
		})
		s.PushNil()
		s.PushNil()
		s.Call(2, 1)
		equal(t, text(s, -1), "2")
	}),
}

// pushes is a case of an operation that pushes one value, which tostring writes as want.
func pushes(operation func(backend.VM), want string) func(*recorder, backend.VM) {
	return func(t *recorder, s backend.VM) {
		operation(s)
		equal(t, s.GetTop(), 1)
		equal(t, backend.ToStringMeta(s, 1), want)
	}
}
