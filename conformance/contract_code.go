package conformance

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"weak"

	"github.com/mtstates/go-mtstates/backend"
)

// keptKey is a key that no package but this one can have.
type keptKey struct{ n int }

func keepContract(t *recorder, s backend.VM) {
	equal(t, s.Env().Kept(keptKey{1}), nil)
	s.Env().Keep(keptKey{1}, "one")
	s.Env().Keep(keptKey{2}, "two")
	s.Env().Keep(keptKey{1}, "first")
	equal(t, s.Env().Kept(keptKey{1}), any("first"))
	s.PushFunction(func(inner backend.VM) int {
		equal(t, inner.Env().Kept(keptKey{2}), any("two"))
		return 0
	})
	s.Call(0, 0)
	equal(t, newState(t, s.Env().Backend).Env().Kept(keptKey{1}), nil)
}

var codeContract = []goCase{
	onVM("Load", func(t *recorder, s backend.VM) {
		for _, test := range [][3]string{
			{"=name", "error('x')", "name:1: x"},
			{"@file.lua", "#!/usr/bin/mtlua\nerror('x')", "file.lua:2: x"},
			{"error('x')", "error('x')", `[string "error('x')"]:1: x`},
		} {
			if err := s.Load(test[1], test[0], 0); err != nil {
				t.Error(err)
				continue
			}
			equal(t, s.PCall(0, 0) != nil, true)
			equal(t, text(s, -1), test[2])
			s.SetTop(0)
		}
		var syntax *backend.SyntaxError
		err := s.Load("\nx = = 1", "=name", 0)
		if !errors.As(err, &syntax) || len(syntax.Message) < 7 || syntax.Message[:7] != "name:2:" {
			t.Errorf("syntax error: %v", err)
		}
		equal(t, s.GetTop(), 0)
	}),
	onVM("CopyFunction", func(t *recorder, s backend.VM) {
		dst := newState(t, s.Env().Backend)
		push(t, s, "local up = 1 x = 'src' return function(a) return a, x end, print, function() return up end")
		push(t, dst, "x = 'dst'")
		equal(t, s.CopyFunction(dst, 1), nil)
		dst.PushString("a")
		dst.Call(1, 2)
		equal(t, text(dst, 1)+text(dst, 2), "adst")
		equal(t, errors.Is(s.CopyFunction(dst, 2), backend.ErrGoFunction), true)
		var upvalue *backend.UpvalueError
		equal(t, errors.As(s.CopyFunction(dst, 3), &upvalue) && upvalue.Name == "up", true)
		equal(t, dst.GetTop(), 2)
	}),
	{"backend/Transfer", []string{"backend.Transfer"}, func(t *recorder, target Target) {
		src, dst := newState(t, target.Caller), newState(t, target.Callee)
		push(t, src, "return nil, true, 1.5, 'a\\0\\255', {}, 2")
		src.PushNeutral(backend.LightValue(backend.LightUserdata{Pointer: 3}))
		equal(t, src.Transfer(dst, 1, 4), 0)
		equal(t, dst.GetTop(), 4)
		equal(t, text(dst, 4), "a\x00\xff")
		equal(t, src.Transfer(dst, 7, 7), 0)
		equal(t, dst.Type(5), backend.LightUserdataType)
		equal(t, src.Transfer(dst, 3, 6), 5)
		equal(t, src.Transfer(dst, 3, 2), 0)
		equal(t, dst.GetTop(), 5)
		equal(t, src.GetTop(), 7)
		src.SetTop(0)
		src.CheckStack(10000)
		for i := range 10000 {
			src.PushNumber(float64(i))
		}
		dst.SetTop(0)
		equal(t, src.Transfer(dst, 1, 10000), 0)
		equal(t, text(dst, 10000), "9999")
	}},
	{"backend/Transfer/MaxString", []string{"backend.Transfer", "call.limits"}, func(t *recorder, target Target) {
		src := newState(t, target.Caller)
		dst, err := target.Callee.NewVM(backend.Options{MaxString: 1000})
		if err != nil {
			t.Fatal(err)
		}
		defer dst.Close()
		push(t, src, "return 1, ('x'):rep(1000), ('x'):rep(1001), 2")
		equal(t, src.Transfer(dst, 1, 2), 0)
		equal(t, src.Transfer(dst, 1, 4), 3)
		equal(t, dst.GetTop(), 2)
		equal(t, src.GetTop(), 4)
		equal(t, dst.Transfer(src, 1, 2), 0)
		equal(t, len(text(src, 6)), 1000)
	}},
	onVMFor("Env/Preload", "Env", func(t *recorder, s backend.VM) {
		opened := 0
		backend.Preload(s, "conformance.module", func(s backend.VM) int {
			opened++
			s.PushValue(1)
			return 1
		})
		push(t, s, "require 'conformance.module' return require 'conformance.module'")
		equal(t, text(s, -1), "conformance.module")
		equal(t, opened, 1)
	}),
	{"backend/Env/MaxString", []string{"backend.Env"}, func(t *recorder, target Target) {
		equal(t, newState(t, target.Caller).Env().MaxString, backend.DefaultMaxString)
		s, err := target.Caller.NewVM(backend.Options{Open: []string{"string"}, MaxString: 1000})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		equal(t, s.Env().MaxString, 1000)
		push(t, s, "return #('x'):rep(1000), pcall(string.rep, 'x', 1001)")
		equal(t, text(s, 1), "1000")
		equal(t, text(s, 3), "not enough memory")
	}},
	{"backend/Env/WriteOutput", []string{"backend.Env"}, func(t *recorder, target Target) {
		var out bytes.Buffer
		s, err := target.Caller.NewVM(backend.Options{Stdout: &out})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		equal(t, s.Env().WriteOutput("a\x00"), nil)
		push(t, s, "print('b')")
		equal(t, out.String(), "a\x00b\n")
	}},
	{"backend/Env/Exit", []string{"backend.Env"}, func(t *recorder, target Target) {
		newState(t, target.Caller).Env().Exit(3)
		s, err := target.Caller.NewVM(backend.Options{Open: []string{"os"}, Exit: func(status int) { panic(status) }})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		defer func() { equal(t, recover(), any(7)) }()
		s.Env().Exit(7)
	}},
	{"backend/Env/Keep", []string{"backend.Env"}, func(t *recorder, target Target) { keepContract(t, newState(t, target.Caller)) }},
	onVM("ScrubStack", func(t *recorder, s backend.VM) {
		s.PushString("kept")
		dead := func() weak.Pointer[pointee] {
			p := &pointee{}
			s.PushUserdata(p, "none")
			s.SetTop(1)
			return weak.Make(p)
		}()
		s.ScrubStack()
		runtime.GC()
		equal(t, dead.Value() == nil, true)
		equal(t, s.GetTop(), 1)
		equal(t, text(s, 1), "kept")
	}),
	{"backend/Close", []string{"backend.Close"}, func(t *recorder, target Target) {
		s, err := target.Caller.NewVM(backend.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var closed []string
		s.Env().AtClose(func() { closed = append(closed, "first") })
		s.Env().AtClose(func() { closed = append(closed, "second") })
		s.Close()
		equal(t, strings.Join(closed, " "), "first second")
	}},
	{"backend/Env/Backend", []string{"backend.Env"}, func(t *recorder, target Target) {
		equal(t, newState(t, target.Caller).Env().Backend, target.Caller)
	}},
}
