package llthreads2

import (
	"errors"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/internal/backends"
	"github.com/mtstates/go-mtstates/mtstates"
)

// between runs a test with each backend as source and each as destination.
func between(t *testing.T, test func(t *testing.T, src, dst backend.VM)) {
	for _, a := range backends.All() {
		for _, b := range backends.All() {
			t.Run(a.Name()+" to "+b.Name(), func(t *testing.T) { test(t, newVM(t, a), newVM(t, b)) })
		}
	}
}

func newVM(t *testing.T, b backend.Backend) backend.VM {
	vm, err := b.NewVM(backend.Options{Open: b.Libraries()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(vm.Close)
	return vm
}

// run leaves the results of a chunk above its arguments, which are the values on the stack from index first on.
func run(t *testing.T, vm backend.VM, first int, source string) {
	t.Helper()
	if err := vm.Load(source, "=test", 0); err != nil {
		t.Fatal(err)
	}
	backend.Insert(vm, first)
	if f := vm.PCall(vm.GetTop()-first, backend.MultipleResults); f != nil {
		text, _ := vm.ToString(-1)
		t.Fatalf("%s\n%s", text, f.Traceback)
	}
}

func TestCopyBetweenVMs(t *testing.T) {
	between(t, func(t *testing.T, src, dst backend.VM) {
		src.PushString("below")
		dst.PushString("below")
		run(t, src, 2, `
			local shared = {"shared", [1.5] = false}
			return 1, {shared, {deep = {shared}}, [true] = "yes", [shared] = 2}, nil, shared`)
		src.PushNeutral(backend.LightValue(backend.LightUserdata{Pointer: 7}))
		if err := copyValues(src, dst, 2, src.GetTop()); err != nil {
			t.Fatal(err)
		}
		if src.GetTop() != 6 || dst.GetTop() != 6 || dst.Type(6) != backend.LightUserdataType {
			t.Errorf("tops %d and %d, last value %v", src.GetTop(), dst.GetTop(), dst.Type(6))
		}
		run(t, dst, 2, `
			local one, t, none, shared, light = ...
			assert(one == 1 and none == nil and shared[1] == "shared" and shared[1.5] == false and #t == 2)
			assert(t[1] == shared and t[2].deep[1] == shared and t[true] == "yes" and t[shared] == 2)
			return "copied"`)
		if text, _ := dst.ToString(-1); text != "copied" || dst.GetTop() != 2 {
			t.Errorf("the copy gives %q, top %d", text, dst.GetTop())
		}
	})
}

// What cannot be copied leaves both stacks as they were.
func TestCopyRefused(t *testing.T) {
	for source, want := range map[string]copyError{
		"return 1, {}, print":                                             {3, "type 'function' not supported"},
		"return {}, {{{print}}}":                                          {2, "type 'function' inside of a table not supported"},
		"return {[print] = 1}":                                            {1, "type 'function' inside of a table not supported"},
		"local t = {} t[1] = {{t}} return 1, t":                           {2, "table contains itself"},
		"local t = {} t[t] = 1 return {}, {}, t":                          {3, "table contains itself"},
		"local a, b = {}, {} a[1], b[1] = b, a return {a, b}":             {1, "table contains itself"},
		"local t = setmetatable({}, {__index = print}) return {t, print}": {1, "type 'function' inside of a table not supported"},
	} {
		between(t, func(t *testing.T, src, dst backend.VM) {
			run(t, src, 1, source)
			top := src.GetTop()
			var got *copyError
			if err := copyValues(src, dst, 1, top); !errors.As(err, &got) || *got != want {
				t.Errorf("%s: %v, want %v", source, err, want)
			}
			if src.GetTop() != top || dst.GetTop() != 0 {
				t.Errorf("%s: the stacks have %d and %d values", source, src.GetTop(), dst.GetTop())
			}
		})
	}
}

// There is a limit to how deep tables nest.
func TestCopyTooDeep(t *testing.T) {
	between(t, func(t *testing.T, src, dst backend.VM) {
		run(t, src, 1, "local t = {} for i = 2, 10000 do t = {t} end return t, {t}")
		if err := copyValues(src, dst, 1, 1); err != nil || dst.GetTop() != 1 {
			t.Errorf("10000 levels: %v", err)
		}
		var tooDeep *copyError
		if err := copyValues(src, dst, 2, 2); !errors.As(err, &tooDeep) || *tooDeep != (copyError{2, "table nested too deeply"}) {
			t.Errorf("10001 levels: %v", err)
		}
		if src.GetTop() != 2 || dst.GetTop() != 1 {
			t.Errorf("the stacks have %d and %d values", src.GetTop(), dst.GetTop())
		}
	})
}

// Values that a stack has no room for are an error.
func TestCopyNoRoom(t *testing.T) {
	for _, b := range backends.All() {
		src, dst := newVM(t, b), newVM(t, b)
		run(t, src, 1, "return {}, 1")
		for _, step := range []int{1000, 32} {
			for dst.CheckStack(step) {
				dst.SetTop(dst.GetTop() + step)
			}
		}
		top := dst.GetTop()
		if err := copyValues(src, dst, 1, 2); !errors.Is(err, mtstates.ErrOutOfMemory) {
			t.Errorf("%s: error %v", b.Name(), err)
		}
		if src.GetTop() != 2 || dst.GetTop() != top {
			t.Errorf("%s: the stacks have %d and %d values, not 2 and %d", b.Name(), src.GetTop(), dst.GetTop(), top)
		}
	}
}
