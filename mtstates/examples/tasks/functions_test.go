package tasks_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

var (
	prices         = map[string]int{"tea": 350, "bread": 320}
	errUnknownItem = errors.New("we do not sell it")
)

type basket struct{ total int }

func (b *basket) add(article string, count *int) error {
	price, ok := prices[article]
	if !ok {
		return fmt.Errorf("%s: %w", article, errUnknownItem)
	}
	if count == nil {
		count = new(1)
	}
	b.total += *count * price
	return nil
}

// Go functions and objects for scripts: arguments are checked, and errors keep their identity.
func Example_functions() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default(), mtstates.WithGo("shop", map[string]any{
		"basket": func() map[string]any {
			b := &basket{}
			return map[string]any{"add": b.add, "total": func() int { return b.total }}
		},
	}))
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	st, _, err := states.NewState(ctx, `
		local basket = require("shop").basket()
		return function(...) basket.add(...) return basket.total() end`)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(st.Call(ctx, "tea", 2))
	fmt.Println(st.Call(ctx, "bread"))
	_, err = st.Call(ctx, "books")
	fmt.Println(errors.Is(err, errUnknownItem))
	// Output:
	// [700] <nil>
	// [1020] <nil>
	// true
}
