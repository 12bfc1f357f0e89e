package conformance

import (
	"errors"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates"
)

// hostModule is a module of the host program, which all VMs of a case get through WithModules: functions that fail in
// ways that only Go knows, and values that only Go can make.
var hostModule = mtstates.Module{Name: "host", Open: func(_ *mtstates.Registry, s backend.VM) int {
	s.CreateTable(0, 0)
	for name, f := range map[string]backend.Function{
		"panic": hostPanic,
		"light": hostLight,
		"each":  hostEach,
		"thing": hostThing,
	} {
		s.PushFunction(f)
		s.RawSetField(-2, name)
	}
	return 1
}}

// hostPanic(kind) panics with a Go value of the kind.
func hostPanic(s backend.VM) int {
	switch kind, _ := s.ToString(1); kind {
	case "string":
		panic("a Go panic")
	case "error":
		panic(errors.New("a Go panic"))
	case "runtime":
		var list []int
		return list[s.GetTop()]
	case "nil map":
		var t struct{ m map[string]int }
		t.m["x"] = 1
	}
	panic(struct{}{})
}

// hostLight(x) returns light userdata that is the same for equal x.
func hostLight(s backend.VM) int {
	text, _ := s.ToString(1)
	s.PushNeutral(backend.LightValue(backend.LightUserdata{Pointer: "conformance." + text}))
	return 1
}

// hostEach(f, ...) calls f with each of the further arguments.
func hostEach(s backend.VM) int {
	for i := 2; i <= s.GetTop(); i++ {
		s.PushValue(1)
		s.PushValue(i)
		s.Call(1, 0)
	}
	return 0
}

// hostThing(name) returns userdata with a metatable that is registered under the name, or without one.
func hostThing(s backend.VM) int {
	name, ok := s.ToString(1)
	if ok && backend.NewMetatable(s, name) {
		s.CreateTable(0, 0)
		s.RawSetField(-2, "__index")
	}
	s.PushUserdata(&pointee{}, name)
	return 1
}
