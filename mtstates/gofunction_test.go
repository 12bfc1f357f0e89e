package mtstates_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

type price struct {
	Amount   float64 `lua:"amount"`
	Currency string  `lua:"currency"`
}

type requestKey struct{}

// shop is a module of Go functions of many signatures.
var shop = mtstates.WithGo("shop", map[string]any{
	"price": func(ctx context.Context, id int, currency *string) (price, error) {
		if id < 0 {
			return price{}, fmt.Errorf("price %d: %w", id, fs.ErrNotExist)
		}
		if currency == nil {
			return price{float64(id), ctx.Value(requestKey{}).(string)}, nil
		}
		return price{float64(id), *currency}, nil
	},
	"join": func(sep string, parts ...string) string { return strings.Join(parts, sep) },
	"total": func(prices []price) (sum float64) {
		for _, p := range prices {
			sum += p.Amount
		}
		return sum
	},
	"nothing": func() {},
	"two":     func() (int, []byte) { return 1, []byte("x") },
	"only": func(fail bool) error {
		if fail {
			return fs.ErrExist
		}
		return nil
	},
	"any":     func(v any) string { return fmt.Sprintf("%T", v) },
	"crash":   func() int { var p *price; return int(p.Amount) },
	"throw":   func(v any) { panic(v) },
	"bad":     func() any { return make(chan int) },
	"counter": func() func() int { n := 0; return func() int { n++; return n } },
	"closed":  func() error { return mtstates.ErrObjectClosed.With("the shop") },
	"taxes":   map[string]any{"full": 0.19, "of": func(p price) float64 { return p.Amount * 0.19 }},
})

func TestGoFunctions(t *testing.T) {
	ctx := context.WithValue(t.Context(), requestKey{}, "EUR")
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, shop)
		for _, test := range []struct{ code, want string }{
			{"local p = shop.price(3) return p.amount .. p.currency", "3EUR"},
			{"local p = shop.price(3, 'USD') return p.amount .. p.currency", "3USD"},
			{"return shop.join(', ')", ""},
			{"return shop.join('-', 'a', 'b', 'c')", "a-b-c"},
			{"return shop.total({{amount = 1}, {amount = 2.5}})", "3.5"},
			{"return select('#', shop.nothing(1, 2, 3))", "0"},
			{"local a, b = shop.two() return a .. b", "1x"},
			{"return select('#', shop.only(false))", "0"},
			{"return shop.any() .. shop.any(1) .. shop.any({})", "<nil>float64*mtstates.Table"},
			{"local c = shop.counter() c() return c()", "2"},
			{"return shop.taxes.full * 100 .. ' ' .. shop.taxes.of({amount = 100})", "19 19"},
			{"shop.own = 1 return tostring(require('shop').own)", "1"},
		} {
			st, _, err := r.NewState(ctx, "local shop = require('shop') return function() "+test.code+" end")
			if err != nil {
				t.Fatal(err)
			}
			if results, err := st.Call(ctx); err != nil || fmt.Sprint(results[0]) != test.want {
				t.Errorf("%s: %v, %v, want %s", test.code, results, err, test.want)
			}
		}
	})
}

func TestGoFunctionsFail(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, shop)
		for _, test := range []struct {
			code, want string
			is         error
		}{
			{"shop.price('x')", "shop.lua:2: bad argument #1 to 'price' (integer expected, got string)", nil},
			{"shop.price()", "shop.lua:2: bad argument #1 to 'price' (integer expected, got no value)", nil},
			{"shop.price(1, 2)", "shop.lua:2: bad argument #2 to 'price' (string expected, got number)", nil},
			{"shop.price(1.5)", "shop.lua:2: bad argument #1 to 'price' (number has no integer representation)", nil},
			{"shop.join('-', 'a', nil, 'c')", "shop.lua:2: bad argument #3 to 'join' (string expected, got nil)", nil},
			{"shop.join('-', print)", "shop.lua:2: bad argument #2 to 'join' (string expected, got function)", nil},
			{"shop.any(print)", "shop.lua:2: bad argument #1 to 'any' (type 'function' not supported)", nil},
			{"shop.any({x = print})", "shop.lua:2: bad argument #1 to 'any' (type 'function' not supported at x)", nil},
			{"shop.any(coroutine and coroutine.create(print) or print)", "bad argument #1 to 'any' (type '", nil},
			{"shop.total({{amount = 1}, {amount = 'x'}})", "shop.lua:2: bad argument #1 to 'total' (number expected, got string at [2].amount)", nil},
			{"shop.price(-1)", "shop.lua:2: price -1: file does not exist", fs.ErrNotExist},
			{"shop.only(true)", "shop.lua:2: file already exists", fs.ErrExist},
			{"shop.closed()", "mtstates.error.object_closed: the shop", mtstates.ErrObjectClosed},
			{"shop.bad()", "shop.lua:2: bad result #1 of 'bad' (type 'chan int' not supported)", nil},
			{"shop.throw('text')", "shop.lua:2: panic: text", nil},
			{"shop.price(pcall(shop.price, -1) and 0 or -2)", "shop.lua:2: price -2: file does not exist", fs.ErrNotExist},
		} {
			st, _, err := r.NewState(t.Context(), "local shop = require('shop')\nreturn function() "+test.code+" end", mtstates.ChunkName("shop.lua"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = st.Call(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.want) || !errors.Is(err, mtstates.ErrInvokingState) || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("%s: %v, want %s", test.code, err, test.want)
			}
			var failure *mtstates.Error
			name := test.code[len("shop."):strings.Index(test.code, "(")]
			if errors.As(err, &failure) && !strings.Contains(failure.Traceback(), "[Go]: in function '"+name) && !strings.Contains(failure.Traceback(), "[Go]: in field '"+name) {
				t.Errorf("%s: the traceback does not name it: %s", test.code, failure.Traceback())
			}
		}
	})
}

// A script that catches a Go error has a text, but raises the error when it raises that again.
func TestGoErrorsRaisedAgain(t *testing.T) {
	const caught = "local _, missing = pcall(function() return (shop.price(-1)) end) local _, exists = pcall(function() return (shop.only(true)) end) "
	onAll(t, func(t *testing.T, b backend.Backend) {
		for _, edition := range []string{"seed", "0.4"} {
			r := hosttest.Registry(t, b, shop, mtstates.WithEdition(edition))
			for _, test := range []struct {
				code string
				is   error
			}{
				{"error(missing, 0)", fs.ErrNotExist},
				{"error(missing)", fs.ErrNotExist},
				{"error('no price: ' .. missing, 0)", fs.ErrNotExist},
				{"error(exists, 0)", fs.ErrExist},
				{"pcall(error, exists) error(missing, 0)", fs.ErrNotExist},
				{"coroutine.wrap(function() error(missing, 0) end)()", fs.ErrNotExist},
				{"local ok, message = pcall(error, missing, 0) error(message, 0)", fs.ErrNotExist},
				{"xpcall(function() shop.price(-1) end, function(m) missing = m end) error(missing, 0)", fs.ErrNotExist},
				{"local _, m = pcall(shop.closed) error(m, 0)", mtstates.ErrObjectClosed},
				{"error(missing .. ' today', 0)", nil},
				{"error({missing})", nil},
				{"error('file does not exist', 0)", nil},
			} {
				st, _, err := r.NewState(t.Context(), "local shop = require('shop') return function() "+caught+test.code+" end", mtstates.ChunkName("shop.lua"))
				if err != nil {
					t.Fatal(err)
				}
				_, err = st.Call(t.Context())
				for _, is := range []error{fs.ErrNotExist, fs.ErrExist, mtstates.ErrObjectClosed} {
					if errors.Is(err, is) != (is == test.is) {
						t.Errorf("edition %s: %s: %v; is it %v?", edition, test.code, err, is)
					}
				}
				if err != nil && strings.Count(err.Error(), "price -1") > 1 {
					t.Errorf("edition %s: %s: its text has the cause twice: %v", edition, test.code, err)
				}
			}
		}
	})
}

func TestGoFunctionPanics(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		st, _, err := hosttest.Registry(t, b, shop).NewState(t.Context(), "local shop = require('shop') return function(name, ...) return shop[name](...) end")
		if err != nil {
			t.Fatal(err)
		}
		_, err = st.Call(t.Context(), "crash")
		var panicked *mtstates.PanicError
		var fault runtime.Error
		if !errors.As(err, &panicked) || !errors.As(err, &fault) || !strings.Contains(string(panicked.Stack), "gofunction_test.go") {
			t.Errorf("%v, stack %s", err, panicked.Stack)
		}
		if _, err = st.Call(t.Context(), "throw", fs.ErrClosed); !errors.Is(err, fs.ErrClosed) || !errors.As(err, &panicked) {
			t.Error(err)
		}
		if results, err := st.Call(t.Context(), "join", "-", "still", "usable"); err != nil || results[0] != "still-usable" {
			t.Error(results, err)
		}
	})
}

// Functions are values for calls and setups as well.
func TestGoFunctionArguments(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		st, _, err := hosttest.Registry(t, b).NewState(t.Context(), "local log = ... return function(x) log(x.name) return x.twice(21) end",
			mtstates.Arguments(func(name string) { t.Log(name) }))
		if err != nil {
			t.Fatal(err)
		}
		results, err := st.Call(t.Context(), map[string]any{"name": "n", "twice": func(n int) int { return 2 * n }})
		if err != nil || results[0] != 42.0 {
			t.Error(results, err)
		}
		_, err = st.Call(t.Context(), map[string]any{"name": 1, "twice": func(n int) int { return 2 * n }})
		if err == nil || !strings.Contains(err.Error(), "bad argument #1 to '?' (string expected, got number)") {
			t.Error(err)
		}
	})
}

func TestFaultyModules(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		for want, option := range map[string]mtstates.Option{
			`module "shop": type 'chan int' not supported at stock[1]`:        mtstates.WithGo("shop", map[string]any{"stock": []chan int{nil, make(chan int)}[1:]}),
			`module "f": parameter 1 of type 'chan int' not supported at f`:   mtstates.WithGo("f", map[string]any{"f": func(chan int) {}}),
			`module "f": parameter 1 of type 'complex128' not supported at f`: mtstates.WithGo("f", map[string]any{"f": func(complex128) {}}),
			`module "f": result 2 of type 'chan int' not supported at f`:      mtstates.WithGo("f", map[string]any{"f": func() (int, chan int, error) { return 0, nil, nil }}),
			"a module has no name":                             mtstates.WithGo("", nil),
			`module "string": there is a library of this name`: mtstates.WithGo("string", map[string]any{"x": 1}),
			`module "m" has no Open`:                           mtstates.WithModules(mtstates.Module{Name: "m"}),
		} {
			if _, err := mtstates.NewRegistry(b, option); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, want %s", err, want)
			}
		}
	})
}
