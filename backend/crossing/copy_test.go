package crossing_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
	"github.com/mtstates/go-mtstates/conformance/backends"
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
		if err := crossing.Copy(src, dst, 2, src.GetTop()); err != nil {
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

// What cannot be copied leaves both stacks as they were, and the error names the place.
func TestCopyRefused(t *testing.T) {
	for source, want := range map[string]struct {
		index   int
		message string
	}{
		"return 1, {}, print":                                         {3, "type 'function' not supported"},
		"return {}, {{{print}}}":                                      {2, "type 'function' not supported at [1][1][1]"},
		"return {{handlers = {open = print}}}":                        {1, "type 'function' not supported at [1].handlers.open"},
		"return {a = {['b c'] = {[true] = {[1.5] = print}}}}":         {1, "type 'function' not supported at a[\"b c\"][true][1.5]"},
		"return {['end'] = print}":                                    {1, "type 'function' not supported at [\"end\"]"},
		"return {[print] = 1}":                                        {1, "type 'function' not supported at [key function]"},
		"return {x = {[print] = 1}}":                                  {1, "type 'function' not supported at x[key function]"},
		"return {[{{print}}] = 1}":                                    {1, "type 'function' not supported at [key table][1][1]"},
		"return {x = {[{}] = print}}":                                 {1, "type 'function' not supported at x[table]"},
		"local t = {} t.t = t t.f = coroutine.create(print) return t": {1, "type 'thread' not supported at f"},
		"return 1, {io.stdout}":                                       {2, "type 'userdata' not supported at [1]"},
		"local t = {} for i = 1, 300 do t = {t, [1000] = i} end local last = t while last[1] do last = last[1] end last.bad = print return t": {
			1, "type 'function' not supported at ..." + strings.Repeat("[1]", 165) + ".bad",
		},
		"return setmetatable({}, {__index = print}), print": {2, "type 'function' not supported"},
	} {
		between(t, func(t *testing.T, src, dst backend.VM) {
			run(t, src, 1, source)
			dst.PushBoolean(true)
			top := src.GetTop()
			var got *crossing.UnsupportedError
			if err := crossing.Copy(src, dst, 1, top); !errors.As(err, &got) || got.Index != want.index || got.Error() != want.message {
				t.Errorf("%s: %v, want %v", source, err, want)
			}
			if src.GetTop() != top || dst.GetTop() != 1 {
				t.Errorf("%s: the stacks have %d and %d values", source, src.GetTop(), dst.GetTop())
			}
		})
	}
}

// Tables with themselves in them, in many ways.
func TestCopyCycles(t *testing.T) {
	between(t, func(t *testing.T, src, dst backend.VM) {
		run(t, src, 1, `
			local a, b, many = {}, {}, {}
			a.a, a.b, b.a, b[a], a[a] = a, b, a, b, a
			for i = 1, 100 do many[i] = {i, many, a, many[i - 1]} end
			return a, b, many`)
		if err := crossing.Copy(src, dst, 1, 3); err != nil {
			t.Fatal(err)
		}
		run(t, dst, 1, `
			local a, b, many = ...
			assert(a ~= b and a.a == a and a.b == b and b.a == a and b[a] == b and a[a] == a)
			for i = 1, 100 do
				local m = many[i]
				assert(m[1] == i and m[2] == many and m[3] == a and m[4] == many[i - 1] and #m == (i == 1 and 3 or 4))
			end
			return "copied"`)
		if text, _ := dst.ToString(-1); text != "copied" {
			t.Errorf("the copy gives %q", text)
		}
	})
}

// Depth needs no stack.
func TestCopyDeep(t *testing.T) {
	between(t, func(t *testing.T, src, dst backend.VM) {
		run(t, src, 1, "local t = {} for i = 1, 100000 do t = {t} end return t")
		if err := crossing.Copy(src, dst, 1, 1); err != nil {
			t.Fatal(err)
		}
		run(t, dst, 1, "local t, n = ..., 0 while t[1] do t, n = t[1], n + 1 end return n")
		if n, _ := dst.ToNumber(-1); n != 100000 {
			t.Errorf("%v levels", n)
		}
	})
}

// Values that a stack has no room for are an error.
func TestCopyNoRoom(t *testing.T) {
	between(t, func(t *testing.T, src, dst backend.VM) {
		run(t, src, 1, "local t = {} for i = 1, 40 do t[i] = {} end return (unpack or table.unpack)(t)")
		for _, step := range []int{1000, 32} {
			for dst.CheckStack(step) {
				dst.SetTop(dst.GetTop() + step)
			}
		}
		top := dst.GetTop()
		if err := crossing.Copy(src, dst, 1, 40); !errors.Is(err, crossing.ErrNoRoom) {
			t.Errorf("error %v", err)
		}
		if src.GetTop() != 40 || dst.GetTop() != top {
			t.Errorf("the stacks have %d and %d values, not 40 and %d", src.GetTop(), dst.GetTop(), top)
		}
	})
}

// The receiver's limit on strings holds for what is in tables.
func TestCopyTooLong(t *testing.T) {
	for _, a := range backends.All() {
		for _, b := range backends.All() {
			src := newVM(t, a)
			dst, err := b.NewVM(backend.Options{MaxString: 1000})
			if err != nil {
				t.Fatal(err)
			}
			for _, code := range []string{"return {{('x'):rep(1001)}}", "return {[('x'):rep(1001)] = 1}"} {
				run(t, src, src.GetTop()+1, code)
				var tooLong *crossing.TooLongError
				if err := crossing.Copy(src, dst, src.GetTop(), src.GetTop()); !errors.As(err, &tooLong) || tooLong.Length != 1001 || dst.GetTop() != 0 {
					t.Errorf("%s: %v, top %d", code, err, dst.GetTop())
				}
			}
			run(t, src, src.GetTop()+1, "return {{('x'):rep(1000)}}")
			if err := crossing.Copy(src, dst, src.GetTop(), src.GetTop()); err != nil {
				t.Error(err)
			}
			dst.Close()
		}
	}
}

// An interrupt of either VM ends a long copy, and leaves both stacks as they were.
func TestCopyInterrupted(t *testing.T) {
	for _, a := range backends.All() {
		for _, b := range backends.All() {
			var interrupts [2]backend.Interrupt
			var vms [2]backend.VM
			for i, backendOf := range []backend.Backend{a, b} {
				vm, err := backendOf.NewVM(backend.Options{Interrupt: &interrupts[i]})
				if err != nil {
					t.Fatal(err)
				}
				defer vm.Close()
				vms[i] = vm
			}
			run(t, vms[0], 1, "local t = {} for i = 1, 5000 do t[i] = i end return t, {}")
			for i := range interrupts {
				interrupts[i].Set(backend.InterruptOnce)
				var interrupted *crossing.InterruptedError
				if err := crossing.Copy(vms[0], vms[1], 1, 2); !errors.As(err, &interrupted) || interrupted.By != &interrupts[i] {
					t.Errorf("%s to %s: error %v", a.Name(), b.Name(), err)
				}
				if vms[0].GetTop() != 2 || vms[1].GetTop() != 0 || interrupts[i].Pending() {
					t.Errorf("the stacks have %d and %d values", vms[0].GetTop(), vms[1].GetTop())
				}
			}
			interrupts[0].Set(backend.InterruptAlways)
			if err := crossing.CopyResults(vms[0], vms[1], 1, 2); err != nil || vms[1].GetTop() != 2 {
				t.Errorf("for the receiver only: %v", err)
			}
		}
	}
}
