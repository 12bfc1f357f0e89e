package tasks_test

import (
	"context"
	"fmt"
	"log"
	"sync"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

// A pool of 2 to 16 states, whose script is compiled once, serves 50 goroutines.
func Example_pool() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	pool, err := mtstates.NewPool(states, "return function(x) return x * x end", mtstates.PoolSize(2, 16))
	if err != nil {
		log.Fatal(err)
	}
	var group sync.WaitGroup
	squares := make([]float64, 50)
	for i := range squares {
		group.Go(func() {
			out, err := pool.Call(ctx, i)
			if err == nil {
				err = out.Scan(&squares[i])
			}
			if err != nil {
				log.Print(err)
			}
		})
	}
	group.Wait()
	fmt.Println(squares[7], squares[49], pool.Stats().Size <= 16)
	// Output: 49 2401 true
}
