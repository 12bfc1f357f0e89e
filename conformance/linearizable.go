package conformance

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// counterModel is a state that adds its argument and returns the sum.
var counterModel = porcupine.Model{
	Init: func() any { return 0.0 },
	Step: func(sum, input, output any) (bool, any) {
		next := sum.(float64) + input.(float64)
		return output.(float64) == next, next
	},
}

// linearizableCase records the calls of a counter state from many goroutines and checks that some order of them
// explains all results.
var linearizableCase = goCase{"go/linearizable", []string{"call.keeps", "call.linearizable"}, func(t *recorder, target Target) {
	states := hosttest.New(t, target.Callee).States
	counter, _, err := states.NewState(context.Background(), "local sum = 0 return function(i) sum = sum + i return sum end")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var history []porcupine.Operation
	start := time.Now()
	var group sync.WaitGroup
	for client := range 4 {
		group.Go(func() {
			for done := 0; done < 25; {
				input := float64(done + client)
				called := time.Since(start)
				results, err := counter.TryCall(context.Background(), input)
				returned := time.Since(start)
				if errors.Is(err, mtstates.ErrConcurrentAccess) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				history = append(history, porcupine.Operation{
					ClientId: client, Input: input, Call: int64(called), Output: results[0], Return: int64(returned),
				})
				mu.Unlock()
				done++
			}
		})
	}
	group.Wait()
	if len(history) != 100 || !porcupine.CheckOperations(counterModel, history) {
		t.Errorf("no order of the %d calls explains their results", len(history))
	}
}}
