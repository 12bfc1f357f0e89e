package gopherlua

import (
	"runtime"
	"testing"
	"weak"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// TestDeadKeys has keys of all kinds in tables that are reached in all ways, and looks which are kept.
func TestDeadKeys(t *testing.T) {
	vm, err := Backend.NewVM(backend.Options{Open: []string{"coroutine", "string"}})
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	l := vm.(state).l
	var dead []weak.Pointer[lua.LUserData]
	l.SetGlobal("object", l.NewFunction(func(l *lua.LState) int {
		pushUserdata(l, &dead, "none")
		dead = append(dead, weak.Make(l.Get(-1).(*lua.LUserData)))
		return 1
	}))
	const source = `
		local function add(t) t[object()] = 1 t.text = 1 t[{}] = 1 t[2.5] = 1 for k in next, t do t[k] = nil end return t end
		global = add({})
		local inLocal = add({})
		local upvalue = add({})
		function get() return upvalue end
		thread = coroutine.create(function() local t = add({}) coroutine.yield() return t end)
		coroutine.resume(thread)
		setmetatable(global, add({}))
		nested = { { [add({})] = 1 } }
		getmetatable("").field = add({})
		-- keys that come again are there, in a new place
		again = add({ first = 1 })
		again.text = 2
		again[object()] = 3
		return inLocal`
	if err := vm.Load(source, "=test", 0); err != nil {
		t.Fatal(err)
	}
	vm.Call(0, 1)
	scrubStack(l)
	collectTwice()
	for i, w := range dead[:len(dead)-1] {
		if w.Value() != nil {
			t.Errorf("object %d is kept", i)
		}
	}
	if dead[len(dead)-1].Value() == nil {
		t.Error("a key whose field is there is lost")
	}
	if err := vm.Load("local n = 0 for k, v in pairs(again) do n = n + v end return n", "=test", 0); err != nil {
		t.Fatal(err)
	}
	vm.Call(0, 1)
	if n, _ := vm.ToNumber(-1); n != 5 {
		t.Errorf("a traversal finds the sum %v, want 5", n)
	}
	runtime.KeepAlive(vm)
}
