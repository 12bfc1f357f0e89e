package shop_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"testing"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/gen"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/examples/shop"
)

// Objects with methods for scripts. The module is generated from a description; its functions get checked arguments.
func Example() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default(),
		mtstates.WithModules(shop.Modules(shop.Shop{"tea": 350, "bread": 320})...))
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	st, _, err := states.NewState(ctx, `
		local shop = require "shop"
		return function(customer, article)
			local cart = shop.newcart(customer)
			cart:add("tea", 2)
			cart:add(article)
			return tostring(cart), cart:total()
		end`)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(st.Call(ctx, "Ann", "bread"))
	_, err = st.Call(ctx, "Ann", "books")
	fmt.Println(errors.Is(err, shop.ErrUnknownArticle))
	// Output:
	// [cart of Ann 1020] <nil>
	// true
}

func TestMessages(t *testing.T) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			r := hosttest.Registry(t, b, mtstates.WithModules(shop.Modules(shop.Shop{"tea": 350})...))
			st, _, err := r.NewState(t.Context(), `
				local shop = require "shop"
				local cart = shop.newcart("Ann")
				return function(...)
					local ok, message = pcall(function(...) cart:add(...) end, ...)
					return ok or tostring(message):match("bad argument.*") or tostring(message):match("[^\n]*"), cart:total()
				end`)
			if err != nil {
				t.Fatal(err)
			}
			for _, test := range []struct {
				args  []any
				want  any
				total float64
			}{
				{[]any{"tea"}, true, 350},
				{[]any{"tea", 3}, true, 1400},
				{[]any{}, "bad argument #1 to 'add' (string expected, got no value)", 1400},
				{[]any{"tea", "many"}, "bad argument #2 to 'add' (number expected, got string)", 1400},
				{[]any{"tea", 0}, "bad argument #2 to 'add' (must be at least 1)", 1400},
				{[]any{"books"}, `shop.error.unknown_article: "books"`, 1400},
			} {
				got, err := st.Call(t.Context(), test.args...)
				if err != nil || got[0] != test.want || got[1] != test.total {
					t.Errorf("%q: %q, %v, want %v, %v", test.args, got, err, test.want, test.total)
				}
			}
		})
	}
}

func TestGeneratedFilesAreFresh(t *testing.T) {
	changes, err := gen.Sync(gen.Program{Root: "../../..", Spec: "mtstates/examples/shop/spec", Out: "mtstates/examples/shop"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		t.Errorf("%s (go generate writes it)", c)
	}
}
