package conformance

import (
	"errors"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

var callContract = []goCase{
	onState("Call", func(t *recorder, s backend.State) {
		push(t, s, "return function(...) return select('#', ...), ... end")
		s.PushCopy(1)
		s.PushString("x")
		s.Call(1, backend.MultipleResults)
		equal(t, s.Top(), 3)
		s.SetTop(1)
		s.PushCopy(1)
		s.Call(0, 3)
		equal(t, text(s, 2), "0")
		equal(t, s.Type(4), backend.Nil)
	}),
	onState("ProtectedCall", func(t *recorder, s backend.State) {
		s.PushString("below")
		for _, thrown := range []string{"{}", "nil", "true", "1", "'text'", "print"} {
			if err := s.Load("error("+thrown+")", "=chunk"); err != nil {
				t.Fatal(err)
			}
			s.PushNumber(1)
			f := s.ProtectedCall(1, backend.MultipleResults)
			if f == nil || !strings.Contains(f.Traceback, "\n\tchunk:1: in main chunk") || f.OutOfMemory || f.Broken {
				t.Errorf("error(%s): %+v", thrown, f)
			}
			equal(t, s.Top(), 2)
			s.SetTop(1)
		}
		for _, panicked := range []any{"text", 42, errors.New("text"), struct{}{}} {
			s.PushFunction(func(backend.State) int { panic(panicked) })
			f := s.ProtectedCall(0, 0)
			cause, _ := panicked.(error)
			equal(t, f != nil && f.Cause == cause, true)
			equal(t, s.Type(2), backend.String)
			s.SetTop(1)
		}
		equal(t, text(s, 1), "below")
		push(t, s, "return pcall(error, 'usable', 0)")
		equal(t, text(s, -1), "usable")
	}),
	onState("Raise", func(t *recorder, s backend.State) {
		p := &pointee{}
		s.PushFunction(func(s backend.State) int {
			s.PushUserdata(p, "none")
			return s.Raise()
		})
		equal(t, s.ProtectedCall(0, 0) != nil, true)
		equal(t, s.ToUserdata(-1), any(p))
	}),
	onState("RaiseOutOfMemory", func(t *recorder, s backend.State) {
		s.PushFunction(func(s backend.State) int { return s.RaiseOutOfMemory() })
		f := s.ProtectedCall(0, 0)
		equal(t, f != nil && f.OutOfMemory && !f.Broken, true)
		equal(t, text(s, -1), "not enough memory")
	}),
	onState("Where", func(t *recorder, s backend.State) {
		s.PushFunction(func(s backend.State) int {
			s.PushString(s.Where(0) + "|" + s.Where(1) + "|" + s.Where(50))
			return 1
		})
		s.PushGlobals()
		s.Insert(1)
		s.SetRawField(1, "where")
		if err := s.Load("\nlocal text = where()\nreturn text", "@file.lua"); err != nil {
			t.Fatal(err)
		}
		s.Call(0, 1)
		equal(t, text(s, -1), "|file.lua:2: |")
	}),
	onState("Traceback", func(t *recorder, s backend.State) {
		s.PushGlobals()
		s.PushFunction(func(s backend.State) int {
			s.PushString(s.Traceback(1))
			return 1
		})
		s.SetRawField(1, "trace")
		if err := s.Load("local function f()\nlocal text = trace()\nreturn text\nend\nlocal text = f()\nreturn text", "@file.lua"); err != nil {
			t.Fatal(err)
		}
		s.Call(0, 1)
		lines := strings.Split(text(s, -1), "\n")
		equal(t, len(lines), 3)
		equal(t, lines[0], "stack traceback:")
		equal(t, strings.HasPrefix(lines[1], "\tfile.lua:2: in function "), true)
		equal(t, lines[2], "\tfile.lua:5: in main chunk")
	}),
}
