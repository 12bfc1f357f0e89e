package gopherlua

import (
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
)

// A script that gets the metatable of a class, its methods or the registry from Go code, in any way, may change the methods.
func TestMethodsChange(t *testing.T) {
	const change = "mt.__index.get = function() return 'changed' end "
	// The Go functions leave the metatable where the script can find it.
	for name, test := range map[string]struct {
		give func(vm backend.VM) int
		code string
	}{
		"result": {func(vm backend.VM) int {
			vm.GetMetatable(1)
			return 1
		}, "local mt = give(object) " + change},
		"methods": {func(vm backend.VM) int {
			vm.GetMetatable(1)
			vm.RawGetField(-1, "__index")
			return 1
		}, "give(object).get = function() return 'changed' end"},
		"registry": {func(vm backend.VM) int {
			vm.PushRegistry()
			return 1
		}, "local mt = give()['test.class'] " + change},
		"field": {func(vm backend.VM) int {
			vm.CreateTable(0, 0)
			vm.GetMetatable(1)
			vm.RawSetField(-2, "x")
			return 1
		}, "local mt = give(object).x " + change},
		"element": {func(vm backend.VM) int {
			vm.CreateTable(0, 0)
			vm.GetMetatable(1)
			vm.RawSetI(-2, 1)
			return 1
		}, "local mt = give(object)[1] " + change},
		"key": {func(vm backend.VM) int {
			vm.CreateTable(0, 0)
			vm.GetMetatable(1)
			vm.PushBoolean(true)
			vm.RawSet(-3)
			return 1
		}, "local mt = next(give(object)) " + change},
		"argument": {func(vm backend.VM) int {
			vm.PushValue(2)
			vm.GetMetatable(1)
			vm.Call(1, 0)
			return 0
		}, "give(object, function(mt) " + change + "end)"},
		"protected": {func(vm backend.VM) int {
			vm.PushValue(2)
			vm.GetMetatable(1)
			vm.PCall(1, 0)
			return 0
		}, "give(object, function(mt) " + change + "end)"},
		"error": {func(vm backend.VM) int {
			vm.GetMetatable(1)
			return vm.Error()
		}, "local _, mt = pcall(give, object) " + change},
		"upvalue": {func(vm backend.VM) int {
			vm.GetMetatable(1)
			vm.PushClosure(func(backend.VM) int { return 0 }, 1)
			return 1
		}, "local _, mt = debug.getupvalue(give(object), 1) " + change},
		"by Go": {func(vm backend.VM) int {
			vm.GetMetatable(1)
			vm.RawGetField(-1, "__index")
			vm.PushValue(2)
			vm.RawSetField(-2, "get")
			return 0
		}, "give(object, function() return 'changed' end)"},
		"index by Go": {func(vm backend.VM) int {
			vm.GetMetatable(1)
			vm.PushValue(2)
			vm.RawSetField(-2, "__index")
			return 0
		}, "give(object, {get = function() return 'changed' end})"},
		"environment": {func(vm backend.VM) int {
			vm.GetMetatable(1)
			if err := vm.Load("return __index", "=test", -1); err != nil {
				panic(err)
			}
			return 1
		}, "local mt = {__index = give(object)()} " + change},
	} {
		t.Run(name, func(t *testing.T) {
			vm, err := Backend.NewVM(backend.Options{Open: Backend.Libraries()})
			if err != nil {
				t.Fatal(err)
			}
			defer vm.Close()
			raise := func(_ backend.VM, err error) int { panic(err) }
			binding.OpenClass(vm, raise, 0, binding.Class[int, string]{Type: "test.class", Methods: []binding.Method[int, string]{
				{Name: "get", Call: func(_ int, self string, c binding.Call) (int, error) {
					c.VM.PushString(self)
					return 1, nil
				}},
			}})
			vm.PushUserdata("kept", "test.class")
			vm.PushFunction(test.give)
			code := `local object, give = ...
				local function get() return object:get() end
				local before = get() .. get()
				` + test.code + `
				return before .. " " .. get()`
			if err := vm.Load(code, "=test", 0); err != nil {
				t.Fatal(err)
			}
			backend.Insert(vm, 1)
			if f := vm.PCall(2, 1); f != nil {
				text, _ := vm.ToString(-1)
				t.Fatal(text)
			}
			if got, _ := vm.ToString(-1); got != "keptkept changed" {
				t.Errorf("the script gets %q", got)
			}
		})
	}
}
