package golua

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/golua/repair/protect"
)

// withAndWithoutRepair runs a test with the protected call that knows the VM's fields, and with the VM's own.
func withAndWithoutRepair(t *testing.T, run func(t *testing.T)) {
	t.Run("on", func(t *testing.T) {
		if !protect.Repair.On() {
			t.Fatal("the VM's fields have changed")
		}
		run(t)
	})
	t.Run("off", func(t *testing.T) {
		defer protect.Repair.Suspend()()
		run(t)
	})
}

// TestFailuresLeaveNothing checks that a call which failed, at whatever depth, leaves the stack, the frames and the
// variables of functions that live on as they should be.
func TestFailuresLeaveNothing(t *testing.T) {
	withAndWithoutRepair(t, func(t *testing.T) {
		s := newTestState(t, nil)
		setFunction(s, "panics", func(backend.VM) int { panic("go panic") })
		do(t, s, `
			local function deep(n, f) if n == 0 then f() end deep(n - 1, f) end
			return function(way)
				local kept, other = 1, 2
				get = function() kept = kept + 1 return kept, other end
				local function nested() local inner = way; get2 = function() return inner end; deep(20, function()
					if way == "error" then error({}) end
					if way == "runtime" then local x = nil + 1 end
					if way == "panic" then panics() end
					if way == "library" then ("x"):rep(-1, 2, nil):bad() end
				end) end
				if way == "pcall" then pcall(nested) error("after") end
				nested()
			end`)
		callback := s.GetTop()
		for range 40 {
			for _, way := range []string{"error", "runtime", "panic", "library", "pcall"} {
				s.PushString("below")
				s.PushValue(callback)
				s.PushString(way)
				failure := s.PCall(1, backend.MultipleResults)
				if failure == nil || failure.Broken || len(failure.Traceback.String()) < 60 || s.GetTop() != callback+2 {
					t.Fatalf("%s: %+v, top %d", way, failure, s.GetTop())
				}
				s.SetTop(callback)
				do(t, s, "local a, b = get() return a, b, get2()")
				a, _ := s.ToNumber(-3)
				b, _ := s.ToNumber(-2)
				inner, _ := s.ToString(-1)
				if a != 2 || b != 2 || inner == "" {
					t.Fatalf("%s: upvalues are %v %v %q", way, a, b, inner)
				}
				s.SetTop(callback)
			}
		}
		if !inBaseFrame(s.(state).l) {
			t.Error("not in the base frame any more")
		}
	})
}

// TestOverflowIsContained checks that a state survives the end of its stack.
func TestOverflowIsContained(t *testing.T) {
	withAndWithoutRepair(t, func(t *testing.T) {
		s := newTestState(t, nil)
		for range 2 {
			loadChunk(t, s, "local function f() return 1 + f() end return f()", "=test")
			failure := s.PCall(0, 0)
			if failure == nil || failure.Broken || !failure.OutOfMemory || s.GetTop() != 1 {
				t.Fatalf("%+v %s", failure, backend.ToStringMeta(s, -1))
			}
			s.SetTop(0)
			do(t, s, "return 1")
			s.SetTop(0)
		}
	})
}
