package golua

import (
	"testing"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// What the other tests do not show of a state of the user's own (see bothKinds).
func TestWrap(t *testing.T) {
	l, s := newStock()
	if got, ok := Unwrap(s); got != l || !ok {
		t.Error("Unwrap")
	}
	if _, ok := Unwrap(foreign{s}); ok {
		t.Error("Unwrap of a foreign state")
	}
	setFunction(s, "raise", func(s backend.VM) int {
		s.PushUserdata(t, "")
		return s.Error()
	})
	l.Register("f", func(l *lua.State) int { // the user's own function calls on through the adapter
		w := Wrap(l)
		w.PushGlobalTable()
		w.RawGetField(-1, "raise")
		failure := w.PCall(0, 0)
		w.PushBoolean(failure != nil && w.ToUserdata(-1) == any(t))
		return 1
	})
	if err := lua.DoString(l, `assert(f()) local ok, e = pcall(raise) assert(not ok and type(e) == "userdata")`); err != nil {
		text, _ := l.ToString(-1)
		t.Fatal(text)
	}
	if err := l.ProtectedCall(0, 0, 0); err == nil {
		t.Error("nothing was called")
	}
	l.SetTop(0)
	dst, _ := Backend.NewVM(backend.Options{})
	do(t, s, "return 1, 'x'")
	if bad := s.Transfer(dst, 1, 2); bad != 0 || dst.GetTop() != 2 {
		t.Errorf("transfer: %d", bad)
	}
	if bad := dst.Transfer(s, 1, 2); bad != 0 || s.GetTop() != 4 {
		t.Errorf("transfer back: %d", bad)
	}
}

// TestPreloadBeforeLibraries checks that require finds modules that were there before the library package.
func TestPreloadBeforeLibraries(t *testing.T) {
	l := lua.NewState()
	backend.Preload(Wrap(l), "a", func(s backend.VM) int {
		s.PushString("module")
		return 1
	})
	lua.OpenLibraries(l)
	if err := lua.DoString(l, `assert(require "a" == "module")`); err != nil {
		t.Error(err)
	}
}
