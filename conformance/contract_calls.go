package conformance

import (
	"errors"
	"strings"

	"github.com/mtstates/go-mtstates/backend"
)

var callContract = []goCase{
	onVM("Call", func(t *recorder, s backend.VM) {
		push(t, s, "return function(...) return select('#', ...), ... end")
		s.PushValue(1)
		s.PushString("x")
		s.Call(1, backend.MultipleResults)
		equal(t, s.GetTop(), 3)
		s.SetTop(1)
		s.PushValue(1)
		s.Call(0, 3)
		equal(t, text(s, 2), "0")
		equal(t, s.Type(4), backend.Nil)
	}),
	onVM("PCall", func(t *recorder, s backend.VM) {
		s.PushString("below")
		for _, thrown := range []string{"{}", "nil", "true", "1", "'text'", "print"} {
			if err := s.Load("error("+thrown+")", "=chunk", 0); err != nil {
				t.Fatal(err)
			}
			s.PushNumber(1)
			f := s.PCall(1, backend.MultipleResults)
			if f == nil || !strings.Contains(f.Traceback.String(), "\n\tchunk:1: in main chunk") || f.OutOfMemory || f.Broken {
				t.Errorf("error(%s): %+v", thrown, f)
			}
			equal(t, s.GetTop(), 2)
			s.SetTop(1)
		}
		for _, panicked := range []any{"text", 42, errors.New("text"), struct{}{}} {
			s.PushFunction(func(backend.VM) int { panic(panicked) })
			f := s.PCall(0, 0)
			cause, _ := panicked.(error)
			equal(t, f != nil && f.Cause == cause, true)
			equal(t, s.Type(2), backend.String)
			s.SetTop(1)
		}
		equal(t, text(s, 1), "below")
		push(t, s, "return pcall(error, 'usable', 0)")
		equal(t, text(s, -1), "usable")
	}),
	onVM("Error", func(t *recorder, s backend.VM) {
		p := &pointee{}
		s.PushFunction(func(s backend.VM) int {
			s.PushUserdata(p, "none")
			return s.Error()
		})
		equal(t, s.PCall(0, 0) != nil, true)
		equal(t, s.ToUserdata(-1), any(p))
	}),
	onVMFor("PushFunction/RaiseOutOfMemory", "PushFunction", func(t *recorder, s backend.VM) {
		s.PushFunction(func(s backend.VM) int { return backend.RaiseOutOfMemory() })
		f := s.PCall(0, 0)
		equal(t, f != nil && f.OutOfMemory && !f.Broken, true)
		equal(t, text(s, -1), "not enough memory")
	}),
	onVM("PushClosure", func(t *recorder, s backend.VM) {
		s.PushString("below")
		s.PushString("held")
		s.PushNumber(1)
		s.PushClosure(func(s backend.VM) int {
			s.PushNumber(float64(s.GetTop()))
			return 1
		}, 2)
		equal(t, s.GetTop(), 2)
		equal(t, s.Type(-1), backend.FunctionType)
		s.PushBoolean(true)
		s.Call(1, 1)
		equal(t, text(s, -1), "1")
		equal(t, text(s, 1), "below")
	}),
	onVM("Where", func(t *recorder, s backend.VM) {
		s.PushFunction(func(s backend.VM) int {
			s.PushString(s.Where(0) + "|" + s.Where(1) + "|" + s.Where(50))
			return 1
		})
		s.PushGlobalTable()
		backend.Insert(s, 1)
		s.RawSetField(1, "where")
		if err := s.Load("\nlocal text = where()\nreturn text", "@file.lua", 0); err != nil {
			t.Fatal(err)
		}
		s.Call(0, 1)
		equal(t, text(s, -1), "|file.lua:2: |")
	}),
	onVM("Traceback", func(t *recorder, s backend.VM) {
		s.PushGlobalTable()
		s.PushFunction(func(s backend.VM) int {
			s.PushString(s.Traceback(0, 1).String())
			return 1
		})
		s.RawSetField(1, "trace")
		if err := s.Load("local function f()\nlocal text = trace()\nreturn text\nend\nlocal text = f()\nreturn text", "@file.lua", 0); err != nil {
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
