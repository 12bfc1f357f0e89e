package conformance

import (
	"bytes"
	"errors"
	"runtime"
	"weak"

	"github.com/mtstates/go-mtstates/backend"
)

// keptKey is a key that no package but this one can have.
type keptKey struct{ n int }

func keepContract(t *recorder, s backend.State) {
	equal(t, s.Kept(keptKey{1}), nil)
	s.Keep(keptKey{1}, "one")
	s.Keep(keptKey{2}, "two")
	s.Keep(keptKey{1}, "first")
	equal(t, s.Kept(keptKey{1}), any("first"))
	s.PushFunction(func(inner backend.State) int {
		equal(t, inner.Kept(keptKey{2}), any("two"))
		return 0
	})
	s.Call(0, 0)
	equal(t, newState(t, s.Backend()).Kept(keptKey{1}), nil)
}

var codeContract = []goCase{
	onState("Load", func(t *recorder, s backend.State) {
		for _, test := range [][3]string{
			{"=name", "error('x')", "name:1: x"},
			{"@file.lua", "#!/usr/bin/mtlua\nerror('x')", "file.lua:2: x"},
			{"error('x')", "error('x')", `[string "error('x')"]:1: x`},
		} {
			if err := s.Load(test[1], test[0]); err != nil {
				t.Error(err)
				continue
			}
			equal(t, s.ProtectedCall(0, 0) != nil, true)
			equal(t, text(s, -1), test[2])
			s.SetTop(0)
		}
		var syntax *backend.SyntaxError
		err := s.Load("\nx = = 1", "=name")
		if !errors.As(err, &syntax) || len(syntax.Message) < 7 || syntax.Message[:7] != "name:2:" {
			t.Errorf("syntax error: %v", err)
		}
		equal(t, s.Top(), 0)
	}),
	onState("CopyFunction", func(t *recorder, s backend.State) {
		dst := newState(t, s.Backend())
		push(t, s, "local up = 1 x = 'src' return function(a) return a, x end, print, function() return up end")
		push(t, dst, "x = 'dst'")
		equal(t, s.CopyFunction(dst, 1), nil)
		dst.PushString("a")
		dst.Call(1, 2)
		equal(t, text(dst, 1)+text(dst, 2), "adst")
		equal(t, errors.Is(s.CopyFunction(dst, 2), backend.ErrGoFunction), true)
		var upvalue *backend.UpvalueError
		equal(t, errors.As(s.CopyFunction(dst, 3), &upvalue) && upvalue.Name == "up", true)
		equal(t, dst.Top(), 2)
	}),
	{"backend/Transfer", []string{"backend.Transfer"}, func(t *recorder, target Target) {
		src, dst := newState(t, target.Caller), newState(t, target.Callee)
		push(t, src, "return nil, true, 1.5, 'a\\0\\255', {}, 2")
		src.PushValue(backend.LightValue(backend.LightUserdata{Pointer: 3}))
		equal(t, src.Transfer(dst, 1, 4), 0)
		equal(t, dst.Top(), 4)
		equal(t, text(dst, 4), "a\x00\xff")
		equal(t, src.Transfer(dst, 7, 7), 0)
		equal(t, dst.Type(5), backend.LightUserdataType)
		equal(t, src.Transfer(dst, 3, 6), 5)
		equal(t, src.Transfer(dst, 3, 2), 0)
		equal(t, dst.Top(), 5)
		equal(t, src.Top(), 7)
		src.SetTop(0)
		src.Reserve(10000)
		for i := range 10000 {
			src.PushNumber(float64(i))
		}
		dst.SetTop(0)
		equal(t, src.Transfer(dst, 1, 10000), 0)
		equal(t, text(dst, 10000), "9999")
	}},
	onState("Preload", func(t *recorder, s backend.State) {
		opened := 0
		s.Preload("conformance.module", func(s backend.State) int {
			opened++
			s.PushCopy(1)
			return 1
		})
		push(t, s, "require 'conformance.module' return require 'conformance.module'")
		equal(t, text(s, -1), "conformance.module")
		equal(t, opened, 1)
	}),
	{"backend/MaxString", []string{"backend.MaxString"}, func(t *recorder, target Target) {
		equal(t, newState(t, target.Caller).MaxString(), backend.DefaultMaxString)
		s, err := target.Caller.NewState(backend.Options{Open: []string{"string"}, MaxString: 1000})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		equal(t, s.MaxString(), 1000)
		push(t, s, "return #('x'):rep(1000), pcall(string.rep, 'x', 1001)")
		equal(t, text(s, 1), "1000")
		equal(t, text(s, 3), "not enough memory")
	}},
	{"backend/WriteOutput", []string{"backend.WriteOutput"}, func(t *recorder, target Target) {
		var out bytes.Buffer
		s, err := target.Caller.NewState(backend.Options{Stdout: &out})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		equal(t, s.WriteOutput("a\x00"), nil)
		push(t, s, "print('b')")
		equal(t, out.String(), "a\x00b\n")
	}},
	{"backend/Exit", []string{"backend.Exit"}, func(t *recorder, target Target) {
		newState(t, target.Caller).Exit(3)
		s, err := target.Caller.NewState(backend.Options{Open: []string{"os"}, Exit: func(status int) { panic(status) }})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		defer func() { equal(t, recover(), any(7)) }()
		s.Exit(7)
	}},
	onState("Keep", keepContract),
	onState("Kept", keepContract),
	onState("ScrubStack", func(t *recorder, s backend.State) {
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
		equal(t, s.Top(), 1)
		equal(t, text(s, 1), "kept")
	}),
	{"backend/Close", []string{"backend.Close"}, func(t *recorder, target Target) {
		s, err := target.Caller.NewState(backend.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
	}},
	onState("Backend", func(t *recorder, s backend.State) {
		equal(t, len(s.Backend().Name()) > 0, true)
		equal(t, newState(t, s.Backend()).Backend(), s.Backend())
	}),
}
