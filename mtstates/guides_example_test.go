package mtstates_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

// Structs become tables, and tables structs.
func ExampleResults_Scan() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	type item struct {
		Name  string  `lua:"name"`
		Price float64 `lua:"price"`
	}
	checkout, _, err := states.NewState(ctx, `
		return function(items)
			local total = 0
			for _, item in ipairs(items) do total = total + item.price end
			return { count = #items, total = total }
		end
	`)
	if err != nil {
		log.Fatal(err)
	}
	results, err := checkout.Call(ctx, []item{{"tea", 3.5}, {"milk", 1.25}})
	if err != nil {
		log.Fatal(err)
	}
	var bill struct {
		Count int     `lua:"count"`
		Total float64 `lua:"total"`
	}
	if err := results.Scan(&bill); err != nil {
		log.Fatal(err)
	}
	fmt.Println(bill.Count, bill.Total)
	// Output: 2 4.75
}

var errSoldOut = errors.New("sold out")

// Scripts call Go functions of any signature; the errors of these come back as themselves.
func ExampleWithGo() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default(), mtstates.WithGo("shop", map[string]any{
		"order": func(ctx context.Context, article string, pieces int) (string, error) {
			if pieces > 10 {
				return "", fmt.Errorf("%s: %w", article, errSoldOut)
			}
			return fmt.Sprintf("%d x %s", pieces, article), nil
		},
	}))
	if err != nil {
		log.Fatal(err)
	}
	clerk, _, err := states.NewState(ctx, `
		local shop = require "shop"
		return function(article, pieces) return shop.order(article, pieces) end
	`)
	if err != nil {
		log.Fatal(err)
	}
	results, err := clerk.Call(ctx, "tea", 3)
	fmt.Println(results, err)
	_, err = clerk.Call(ctx, "tea", 30)
	fmt.Println(errors.Is(err, errSoldOut))
	// Output:
	// [3 x tea] <nil>
	// true
}

// The context of a call ends its wait and its run.
func ExampleState_Call() {
	states, err := mtstates.NewRegistry(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	busy, _, err := states.NewState(context.Background(), `return function() while true do end end`)
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, err = busy.Call(ctx)
	fmt.Println(errors.Is(err, mtstates.ErrInterrupted), errors.Is(err, context.DeadlineExceeded))
	// Output: true true
}

// A pool has several states of one setup. It takes new code while calls go on.
func ExampleNewPool() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	pool, err := mtstates.NewPool(states, `return function(name) return "hello " .. name end`, mtstates.PoolSize(1, 8))
	if err != nil {
		log.Fatal(err)
	}
	results, err := pool.Call(ctx, "Ada")
	fmt.Println(results, err)

	if err := pool.Replace(ctx, `return function(name) return "good evening " .. name end`); err != nil {
		log.Fatal(err)
	}
	results, err = pool.Call(ctx, "Ada")
	fmt.Println(results, err)

	if err := states.Shutdown(ctx); err != nil { // lets calls end and closes everything
		log.Fatal(err)
	}
	// Output:
	// [hello Ada] <nil>
	// [good evening Ada] <nil>
}
