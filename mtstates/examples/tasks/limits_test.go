package tasks_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

// Scripts that use too much fail, and the program goes on.
func Example_limits() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default(), mtstates.WithMaxMemory(4<<20), mtstates.WithMaxInstructions(5_000_000))
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	for _, body := range []string{
		"while true do end",
		"local t = {} for i = 1, 1e9 do t[i] = {i} end",
		"return #('x'):rep(1e9)",
		"return 42",
	} {
		st, _, err := states.NewState(ctx, "return function() "+body+" end")
		if err != nil {
			log.Fatal(err)
		}
		_, err = st.Call(ctx)
		fmt.Println(errors.Is(err, mtstates.ErrInterrupted), errors.Is(err, mtstates.ErrOutOfMemory))
	}
	// Output:
	// true false
	// false true
	// false true
	// false false
}
