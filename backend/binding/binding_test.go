package binding_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
	"github.com/mtstates/go-mtstates/conformance/backends"
)

// shelf is what the functions of the test need, book is an object in Lua.
type (
	shelf struct{ name string }
	book  struct{ title string }
	plain struct{}
)

func (b *book) String() string { return "book " + b.title }

var errTorn = errors.New("torn")

func raise(vm backend.VM, err error) int {
	vm.PushString("raised: " + err.Error())
	return vm.Error()
}

func books() binding.Class[*shelf, *book] {
	return binding.Class[*shelf, *book]{Type: "test.book", Methods: []binding.Method[*shelf, *book]{
		{Name: "title", Call: func(_ *shelf, self *book, c binding.Call) (int, error) {
			return c.Return(nil, binding.String(self.title))
		}},
		{Name: "rename", Call: func(_ *shelf, self *book, c binding.Call) (int, error) {
			a := c.Args()
			self.title = a.String() + a.Opt().MaybeString().Or("!")
			return 0, nil
		}},
		{Name: "tear", Call: func(_ *shelf, _ *book, c binding.Call) (int, error) {
			return c.Return(errTorn, binding.String("not returned"))
		}},
		{Name: "rest", Call: func(_ *shelf, _ *book, c binding.Call) (int, error) {
			return c.Return(nil, binding.Integer(int64(c.First())))
		}},
	}}
}

func functions() []binding.Function[*shelf] {
	show := func(c binding.Call, values ...any) (int, error) {
		return c.Return(nil, binding.String(fmt.Sprint(values...)))
	}
	return []binding.Function[*shelf]{
		{Name: "book", Call: func(m *shelf, c binding.Call) (int, error) {
			return c.Return(nil, binding.Userdata(&book{m.name + c.Args().String()}, "test.book"))
		}},
		{Name: "plain", Call: func(_ *shelf, c binding.Call) (int, error) {
			return c.Return(nil, binding.Userdata(&plain{}, "test.plain"))
		}},
		{Name: "read", Call: func(_ *shelf, c binding.Call) (int, error) {
			b := binding.Object[*book](c.Args().Opt(), "test.book")
			return c.Return(nil, binding.Boolean(b == nil))
		}},
		{Name: "need", Call: func(_ *shelf, c binding.Call) (int, error) {
			return c.Return(nil, binding.String(binding.Object[*book](c.Args(), "test.book").title))
		}},
		{Name: "scalars", Call: func(_ *shelf, c binding.Call) (int, error) {
			a := c.Args()
			return show(c, a.String(), " ", a.Integer(), " ", a.Number(), " ", a.Boolean(), " ", a.Rest())
		}},
		{Name: "opt", Call: func(_ *shelf, c binding.Call) (int, error) {
			a := c.Args()
			return show(c, a.Opt().MaybeString(), a.Opt().AtLeast(1).MaybeInteger(), a.Opt().AtLeast(0.5).MaybeNumber().Or(2),
				a.Opt().MaybeBoolean(), a.Opt().OneOf(backend.Table), a.Opt().Union("test.book", "table"), a.Opt().Any())
		}},
		{Name: "ornil", Call: func(_ *shelf, c binding.Call) (int, error) {
			a := c.Args()
			return show(c, a.OrNil().MaybeString(), a.OrNil().MaybeInteger(), a.OrNil().Any())
		}},
		{Name: "leading", Call: func(_ *shelf, c binding.Call) (int, error) {
			a := c.Args()
			return show(c, a.Leading(true, backend.String, backend.Nil).MaybeString(),
				a.Leading(true, backend.Boolean).MaybeBoolean().Or(true), " ", a.OneOf(backend.String, backend.Number), a.Rest())
		}},
		{Name: "first", Call: func(_ *shelf, c binding.Call) (int, error) {
			a := c.Args()
			return show(c, a.Leading(false, backend.String, backend.Nil).MaybeString(), a.Opt().AtLeast(0).MaybeInteger())
		}},
		{Name: "results", Call: func(_ *shelf, c binding.Call) (int, error) {
			return c.Return(nil, binding.Integer(1<<40), binding.Number(0.5), binding.Boolean(true), binding.Boolean(false),
				binding.OrNil(binding.Optional[string]{}, binding.String), binding.OrNil(binding.Some("a"), binding.String),
				binding.Maybe(binding.Some(2.5), binding.Number), binding.Maybe(binding.Optional[int64]{}, binding.Integer))
		}},
	}
}

// run runs a Lua chunk with the module as the global test and returns its results, or its error.
func run(t *testing.T, b backend.Backend, code string) string {
	t.Helper()
	vm, err := b.NewVM(backend.Options{Open: []string{"string", "table"}})
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	m := &shelf{"my "}
	binding.OpenClass(vm, raise, m, books())
	binding.OpenClass(vm, raise, m, books()) // the second time it is there already
	binding.OpenClass(vm, raise, m, binding.Class[*shelf, *plain]{Type: "test.plain"})
	vm.PushGlobalTable()
	binding.NewModule(vm, raise, m, functions())
	binding.SetField(vm, "version", binding.String("1"))
	binding.SetField(vm, "nothing", binding.Maybe(binding.Optional[string]{}, binding.String))
	vm.RawSetField(-2, "test")
	vm.SetTop(0)
	if err := vm.Load(code, "=test", 0); err != nil {
		t.Fatal(err)
	}
	if failure := vm.PCall(0, backend.MultipleResults); failure != nil {
		text, _ := vm.ToString(-1)
		return text
	}
	var results []string
	for i := 1; i <= vm.GetTop(); i++ {
		results = append(results, backend.ToStringMeta(vm, i))
	}
	return strings.Join(results, ", ")
}

func TestBinding(t *testing.T) {
	cases := []struct{ code, want string }{
		{`return test.version, test.nothing`, "1, nil"},
		{`return test.book("atlas")`, "book my atlas"},
		{`return getmetatable(test.book("x"))`, "test.book"},
		{`local b = test.book("x") b:rename("a") return b:title()`, "a!"},
		{`local b = test.book("x") b:rename("a", "b") return b:title()`, "ab"},
		{`return test.book("x"):rest()`, "2"},
		{`return (tostring(test.plain()):gsub("0x%x+", "ADDRESS"))`, "test.plain: ADDRESS"},
		{`return test.book("x"):tear()`, "raised: torn"},
		{`return test.book("x"):rename()`, "test:1: bad argument #1 to 'rename' (string expected, got no value)"},
		{`return test.book("x"):rename("a", {})`, "test:1: bad argument #2 to 'rename' (string expected, got table)"},
		{`return test.book("x").title({})`, "test:1: bad argument #1 to 'title' (test.book expected, got table)"},
		{`return test.book("x").title(test.plain())`, "test:1: bad argument #1 to 'title' (test.book expected, got test.plain)"},

		{`return test.read(), test.read(nil), test.read(test.book("x"))`, "true, true, false"},
		{`return test.read(5)`, "test:1: bad argument #1 to 'read' (test.book expected, got number)"},
		{`return test.need(test.book("x"))`, "my x"},
		{`return test.need(test.plain())`, "test:1: bad argument #1 to 'need' (test.book expected, got test.plain)"},
		{`return test.need(nil)`, "test:1: bad argument #1 to 'need' (test.book expected, got nil)"},
		{`return test.need()`, "test:1: bad argument #1 to 'need' (test.book expected, got no value)"},

		{`return test.scalars("a", 2, 2.5, true)`, "a 2 2.5 true 5"},
		{`return test.scalars(1, "2", "2.5", false)`, "1 2 2.5 false 5"},
		{`return test.scalars("a", 2.5)`, "test:1: bad argument #2 to 'scalars' (number has no integer representation)"},
		{`return test.scalars("a", 2, "x")`, "test:1: bad argument #3 to 'scalars' (number expected, got string)"},
		{`return test.scalars("a", 2, 1, nil)`, "test:1: bad argument #4 to 'scalars' (boolean expected, got nil)"},

		{`return test.opt()`, "{ false} {0 false} 2 {false false} 0 0 0"},
		{`return test.opt(nil, nil, nil, nil, nil, nil, nil)`, "{ false} {0 false} 2 {false false} 0 0 0"},
		{`return test.opt("a", 1, 0.5, true, {}, test.book("x"), 7)`, "{a true} {1 true} 0.5 {true true} 5 6 7"},
		{`return test.opt("a", nil, 4)`, "{a true} {0 false} 4 {false false} 0 0 0"},
		{`return test.opt("a", 0)`, "test:1: bad argument #2 to 'opt' (must be at least 1)"},
		{`return test.opt("a", nil, 0.25)`, "test:1: bad argument #3 to 'opt' (must be at least 0.5)"},
		{`return test.opt("a", "x")`, "test:1: bad argument #2 to 'opt' (number expected, got string)"},
		{`return test.opt("a", 1, 1, true, 5)`, "test:1: bad argument #5 to 'opt' (table expected, got number)"},
		{`return test.opt("a", 1, 1, true, {}, 5)`, "test:1: bad argument #6 to 'opt' (test.book or table expected, got number)"},

		{`return test.ornil(nil, nil, nil)`, "{ false} {0 false} 0"},
		{`return test.ornil("a", 3, false)`, "{a true} {3 true} 3"},
		{`return test.ornil()`, "test:1: bad argument #1 to 'ornil' (string expected, got no value)"},
		{`return test.ornil(nil, nil)`, "test:1: bad argument #3 to 'ornil' (value expected)"},

		{`return test.leading("a", true, "b", 1)`, "{a true} true 3 4"},
		{`return test.leading("a", "b")`, "{a true} true 2 3"},
		{`return test.leading(nil, false, 1)`, "{ false} false 3 4"},
		{`return test.leading(false, "b")`, "{ false} false 2 3"},
		{`return test.leading("b")`, "{ false} true 1 2"},
		{`return test.leading("a", {})`, "test:1: bad argument #2 to 'leading' (string or number expected, got table)"},
		{`return test.leading()`, "test:1: bad argument #1 to 'leading' (string or number expected, got no value)"},

		{`return test.first()`, "{ false} {0 false}"},
		{`return test.first("a")`, "{a true} {0 false}"},
		{`return test.first(3)`, "{ false} {3 true}"},
		{`return test.first(nil, 3)`, "{ false} {3 true}"},
		{`return test.first("a", -1)`, "test:1: bad argument #2 to 'first' (must be at least 0)"},

		{`return test.results()`, "1099511627776, 0.5, true, false, nil, a, 2.5"},
	}
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			for _, c := range cases {
				if got := run(t, b, c.code); got != c.want {
					t.Errorf("%s\ngot  %s\nwant %s", c.code, got, c.want)
				}
			}
		})
	}
}

// TestCallAllocates proves that the arguments and results of a call cost no memory of their own.
func TestCallAllocates(t *testing.T) {
	vm, err := backends.All()[0].NewVM(backend.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	var n int64
	var call binding.Call
	binding.NewModule(vm, raise, &shelf{}, []binding.Function[*shelf]{{Name: "f", Call: func(_ *shelf, c binding.Call) (int, error) {
		call = c
		return 0, nil
	}}})
	vm.RawGetField(-1, "f")
	vm.Call(0, 0)
	vm.SetTop(0)
	vm.PushNumber(3)
	if allocations := testing.AllocsPerRun(100, func() {
		a := call.Args()
		n += a.Leading(false, backend.Number).AtLeast(0).MaybeInteger().Or(2) + a.Opt().MaybeInteger().Value
		results, _ := call.Return(nil, binding.Boolean(true), binding.Maybe(binding.Some(true), binding.Boolean))
		vm.SetTop(vm.GetTop() - results)
	}); allocations != 0 {
		t.Errorf("%v allocations", allocations)
	}
}
