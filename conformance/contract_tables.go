package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

// guarded is a table whose metamethods must not be called.
const guarded = `return setmetatable({ x = "raw" }, {
	__index = function() error("index") end, __newindex = function() error("newindex") end })`

var tableContract = []goCase{
	onVM("CreateTable", func(t *recorder, s backend.VM) {
		for _, size := range []int{0, 1, 100} {
			s.CreateTable(size, size)
			s.PushNil()
			equal(t, s.Next(-2), false)
			for i := range 2 * size {
				s.PushNumber(float64(i))
				s.RawSetI(1, i+1)
				s.PushBoolean(true)
				s.RawSetField(1, fmt.Sprint("name", i))
			}
			equal(t, s.RawLen(1), 2*size)
			fields := 0
			for s.PushNil(); s.Next(1); s.SetTop(s.GetTop() - 1) {
				fields++
			}
			equal(t, fields, 4*size)
			s.SetTop(0)
		}
	}),
	onVM("RawEach", func(t *recorder, s backend.VM) {
		push(t, s, "return { 10, nil, 30, x = 's', [true] = 2.5, f = print, [print] = 1, t = {}, gone = 1 }")
		s.PushNil()
		s.RawSetField(1, "gone")
		var simple, others []string
		s.RawEach(-1, func(key, value backend.Value) bool {
			if key.Kind != backend.FunctionType && value.Kind <= backend.String {
				simple = append(simple, fmt.Sprint(key.Key(), "=", value.Key()))
				return true
			}
			equal(t, s.GetTop(), 3)
			equal(t, s.Type(-2), key.Kind)
			equal(t, s.Type(-1), value.Kind)
			others = append(others, fmt.Sprint(key.Kind, "=", value.Kind))
			return true
		})
		slices.Sort(simple)
		slices.Sort(others)
		equal(t, strings.Join(simple, " "), "1=10 3=30 true=2.5 x=s")
		equal(t, strings.Join(others, " "), "function=number string=function string=table")
		equal(t, s.GetTop(), 1)
		visits := 0
		s.RawEach(1, func(_, _ backend.Value) bool {
			visits++
			return visits < 2
		})
		equal(t, visits, 2)
		equal(t, s.GetTop(), 1)
	}),
	onVM("RawSetNeutral", func(t *recorder, s backend.VM) {
		push(t, s, "return setmetatable({ 1 }, { __newindex = error })")
		s.RawSetNeutral(-1, backend.NumberValue(2), backend.StringValue("two"))
		s.RawSetNeutral(1, backend.StringValue("x"), backend.BooleanValue(true))
		s.RawSetNeutral(1, backend.NumberValue(1), backend.NilValue())
		s.RawGetI(1, 1)
		s.RawGetI(1, 2)
		s.RawGetField(1, "x")
		equal(t, s.GetTop(), 4)
		equal(t, s.Type(2), backend.Nil)
		equal(t, text(s, 3), "two")
		equal(t, s.ToBoolean(4), true)
	}),
	onVM("PushGlobalTable", func(t *recorder, s backend.VM) {
		s.PushGlobalTable()
		s.RawGetField(1, "print")
		equal(t, s.Type(-1), backend.FunctionType)
	}),
	onVMFor("RawGet/GetTable", "RawGet", func(t *recorder, s backend.VM) {
		push(t, s, "return setmetatable({ x = 1 }, { __index = function(_, key) return 'no ' .. key end }), 'text'")
		for i, want := range []string{"1", "no y"} {
			s.PushString([]string{"x", "y"}[i])
			backend.GetTable(s, 1)
			equal(t, text(s, -1), want)
			equal(t, s.GetTop(), 3)
			s.SetTop(2)
		}
		s.PushString("upper")
		backend.GetTable(s, -2)
		equal(t, s.Type(3), backend.FunctionType)
		s.PushNumber(4)
		backend.GetTable(s, -4)
		equal(t, text(s, -1), "no 4")
	}),
	onVM("RawGetField", func(t *recorder, s backend.VM) {
		push(t, s, guarded)
		s.RawGetField(-1, "x")
		s.RawGetField(1, "y")
		equal(t, text(s, 2), "raw")
		equal(t, s.Type(3), backend.Nil)
	}),
	onVM("RawSetField", func(t *recorder, s backend.VM) {
		push(t, s, guarded)
		s.PushString("new")
		s.RawSetField(-2, "y")
		equal(t, s.GetTop(), 1)
		s.RawGetField(1, "y")
		equal(t, text(s, -1), "new")
	}),
	onVM("RawGetI", func(t *recorder, s backend.VM) {
		push(t, s, "return setmetatable({ 'a', 'b', [-1] = 'c', [100] = 'd' }, { __index = function() error('index') end })")
		for i, key := range []int{1, 2, -1, 100} {
			s.RawGetI(1, key)
			equal(t, text(s, -1), "abcd"[i:i+1])
		}
		s.RawGetI(-5, 3)
		equal(t, s.Type(-1), backend.Nil)
	}),
	onVM("RawSetI", func(t *recorder, s backend.VM) {
		push(t, s, guarded)
		for _, key := range []int{1, -1, 0} {
			s.PushString("v")
			s.RawSetI(-2, key)
		}
		equal(t, s.GetTop(), 1)
		push(t, s, "return function(t) return t[1] .. t[-1] .. t[0] end")
		s.PushValue(1)
		s.Call(1, 1)
		equal(t, text(s, -1), "vvv")
	}),
	onVM("RawGet", func(t *recorder, s backend.VM) {
		push(t, s, "local key = {} local t = "+guarded[len("return "):]+" rawset(t, key, 'by table') rawset(t, 1.5, 'by number') return t, key")
		for _, push := range []func(){
			func() { s.PushValue(2) }, func() { s.PushNumber(1.5) }, func() { s.PushString("x") }, func() { s.PushBoolean(true) },
		} {
			push()
			s.RawGet(1)
		}
		equal(t, text(s, 3)+" "+text(s, 4)+" "+text(s, 5), "by table by number raw")
		equal(t, s.Type(6), backend.Nil)
		equal(t, s.GetTop(), 6)
	}),
	onVM("RawSet", func(t *recorder, s backend.VM) {
		push(t, s, guarded)
		s.PushBoolean(true)
		s.PushString("by boolean")
		s.RawSet(1)
		s.PushString("y")
		s.PushString("by string")
		s.RawSet(-3)
		equal(t, s.GetTop(), 1)
		push(t, s, "return function(t) return t[true] .. ', ' .. t.y end")
		s.PushValue(1)
		s.Call(1, 1)
		equal(t, text(s, -1), "by boolean, by string")
	}),
	onVM("Next", func(t *recorder, s backend.VM) {
		push(t, s, "return { 10, 20, x = 30 }")
		sum, n := 0.0, 0
		for s.PushNil(); s.Next(1); s.SetTop(2) {
			v, _ := s.ToNumber(-1)
			sum, n = sum+v, n+1
		}
		equal(t, sum, 60)
		equal(t, n, 3)
		equal(t, s.GetTop(), 1)
	}),
	onVMFor("PushRegistry/NewMetatable", "PushRegistry", func(t *recorder, s backend.VM) {
		equal(t, backend.NewMetatable(s, "conformance.a"), true)
		equal(t, backend.NewMetatable(s, "conformance.a"), false)
		equal(t, backend.RawEqual(s, 1, 2), true)
		s.RawGetField(1, "__name")
		equal(t, text(s, -1), "conformance.a")
	}),
	onVMFor("PushRegistry/GetRegistered", "PushRegistry", func(t *recorder, s backend.VM) {
		backend.GetRegistered(s, "conformance.b")
		equal(t, s.Type(1), backend.Nil)
		backend.NewMetatable(s, "conformance.b")
		backend.GetRegistered(s, "conformance.b")
		equal(t, backend.RawEqual(s, 2, 3), true)
	}),
	onVM("GetMetatable", func(t *recorder, s backend.VM) {
		push(t, s, "return setmetatable({}, { __metatable = 'locked' }), {}, 'text'")
		equal(t, s.GetMetatable(1), true)
		s.RawGetField(-1, "__metatable")
		equal(t, text(s, -1), "locked")
		equal(t, s.GetMetatable(2), false)
		equal(t, s.GetMetatable(3), true)
		equal(t, s.Type(-1), backend.Table)
	}),
	onVM("PushRegistry", func(t *recorder, s backend.VM) {
		s.PushRegistry()
		s.PushString("kept")
		s.RawSetField(1, "conformance.key")
		s.SetTop(0)
		s.PushRegistry()
		s.RawGetField(1, "conformance.key")
		equal(t, text(s, 2), "kept")
	}),
	onVM("SetMetatable", func(t *recorder, s backend.VM) {
		push(t, s, "return {}, { __index = { x = 'inherited' } }")
		s.SetMetatable(1)
		equal(t, s.GetTop(), 1)
		s.PushString("x")
		backend.GetTable(s, 1)
		equal(t, text(s, -1), "inherited")
		s.PushNil()
		s.SetMetatable(1)
		equal(t, s.GetMetatable(1), false)
	}),
}
