package mtstates_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

// Price is what shop.price returns in Lua: a table with these fields.
type Price struct {
	Cents    int    `lua:"cents"`
	Currency string `lua:"currency"`
}

var errNoSuchArticle = errors.New("no such article")

// States, pools and Go functions in one program.
func Example() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default(), mtstates.WithMaxMemory(64<<20),
		mtstates.WithGo("shop", map[string]any{ // require "shop"
			"price": func(ctx context.Context, id int) (Price, error) {
				if id != 7 {
					return Price{}, errNoSuchArticle
				}
				return Price{350, "EUR"}, nil
			},
		}))
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()

	adder, _, err := states.NewState(ctx, `
		local sum = ...
		return function(n) sum = sum + n return sum end
	`, mtstates.Named("adder"), mtstates.Arguments(100))
	if err != nil {
		log.Fatal(err)
	}
	out, err := adder.Call(ctx, 11) // waits for its turn; ctx bounds the wait and the run
	if err != nil {
		log.Fatal(err)
	}
	var sum int
	if err := out.Scan(&sum); err != nil {
		log.Fatal(err)
	}
	fmt.Println("sum", sum)
	out, err = adder.TryCall(ctx, 11) // mtstates.ErrConcurrentAccess at once
	fmt.Println("sum", out[0], err)

	const setup = `
		local shop = require "shop"
		return function(request) return {id = request.id, price = shop.price(request.id), version = %d} end`
	pool, err := mtstates.NewPool(states, fmt.Sprintf(setup, 1), mtstates.PoolSize(2, 16))
	if err != nil {
		log.Fatal(err)
	}
	var answer struct {
		ID, Version int
		Price       Price
	}
	if out, err = pool.Call(ctx, map[string]any{"id": 7}); err != nil { // any idle state; grows to max, shrinks when idle
		log.Fatal(err)
	}
	if err := out.Scan(&answer); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%+v\n", answer)
	_, err = pool.Call(ctx, map[string]any{"id": 8})
	fmt.Println(errors.Is(err, mtstates.ErrInvokingState), errors.Is(err, errNoSuchArticle))

	// Calls that run end on the old code, new ones get the new.
	if err := pool.Replace(ctx, fmt.Sprintf(setup, 2)); err != nil {
		log.Fatal(err)
	}
	if out, err = pool.Call(ctx, map[string]any{"id": 7}); err != nil {
		log.Fatal(err)
	}
	fmt.Println("version", out[0].(*mtstates.Table).Get("version"))

	for st := range states.All() {
		if name, ok := st.Name(); ok {
			s := st.Stats()
			fmt.Println(name, "calls", s.Calls, "running", s.Running)
		}
	}
	_ = adder.Close() // which lives until here: states that nothing refers to are collected
	// Output:
	// sum 111
	// sum 122 <nil>
	// {ID:7 Version:1 Price:{Cents:350 Currency:EUR}}
	// true true
	// version 2
	// adder calls 2 running false
}
