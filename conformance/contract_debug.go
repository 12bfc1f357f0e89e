package conformance

import "github.com/mtstates/go-mtstates/backend"

var debugContract = []goCase{
	onVM("GetInfo", func(t *recorder, s backend.VM) {
		var inside backend.Info
		s.PushGlobalTable()
		s.PushFunction(func(s backend.VM) int {
			info, ok := s.GetInfo(0, 1, "Slnuf")
			equal(t, ok, true)
			equal(t, s.Type(-1), backend.FunctionType)
			inside = info
			_, ok = s.GetInfo(0, 1000, "S")
			equal(t, ok, false)
			return 0
		})
		s.RawSetField(1, "look")
		s.SetTop(0)
		equal(t, s.Load("\nlocal function f(a, b)\nlook()\nend\nf()\nreturn f", "@file.lua", 0), nil)
		s.Call(0, 1)
		equal(t, inside.Source, "@file.lua")
		equal(t, inside.What, "Lua")
		equal(t, inside.LineDefined, 2)
		equal(t, inside.LastLineDefined, 4)
		equal(t, inside.CurrentLine, 3)
		equal(t, inside.NameWhat+" "+inside.Name, "local f")
		equal(t, inside.NParams, 2)
		equal(t, inside.IsVararg, false)
		given, ok := s.GetInfo(0, 0, ">SL")
		equal(t, ok, true)
		equal(t, s.GetTop(), 0)
		equal(t, given.LineDefined, 2)
		equal(t, len(given.ActiveLines) > 0, true)
	}),
	onVM("GetUpvalue", func(t *recorder, s backend.VM) {
		push(t, s, "local up = 'value' return function() return up end, function() end")
		name, ok := s.GetUpvalue(1, 1)
		equal(t, ok, true)
		equal(t, name, "up")
		equal(t, text(s, -1), "value")
		for _, n := range []int{0, -1, 2, 300} {
			_, ok = s.GetUpvalue(1, n)
			equal(t, ok, false)
			equal(t, s.GetTop(), 3)
		}
	}),
	onVM("SetUpvalue", func(t *recorder, s backend.VM) {
		push(t, s, "local up = 'value' return function() return up end")
		s.PushString("new")
		name, ok := s.SetUpvalue(1, 1)
		equal(t, ok, true)
		equal(t, name, "up")
		equal(t, s.GetTop(), 1)
		s.Call(0, 1)
		equal(t, text(s, 1), "new")
	}),
}
