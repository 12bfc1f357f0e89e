package tasks_test

import (
	"context"
	"fmt"
	"log"
	"sync"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

// New code while calls go on: none is lost, and those that begin afterwards run the new code.
func Example_reload() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	pool, err := mtstates.NewPool(states, "return function() return 1 end", mtstates.PoolSize(2, 4))
	if err != nil {
		log.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 100 {
				if _, err := pool.Call(ctx); err != nil {
					fmt.Println(err)
				}
			}
		})
	}
	if err := pool.Replace(ctx, "return function() return 2 end"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(pool.Call(ctx))
	group.Wait()
	fmt.Println(pool.Replace(ctx, "return function( end") != nil)
	fmt.Println(pool.Call(ctx))
	// Output:
	// [2] <nil>
	// true
	// [2] <nil>
}
