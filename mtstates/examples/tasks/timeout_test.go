package tasks_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

// A deadline ends a script without end, and the wait of another call for it. The next call is not hit.
func Example_timeout() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	st, _, err := states.NewState(ctx, "return function(forever) while forever do pcall(error) end return 'done' end")
	if err != nil {
		log.Fatal(err)
	}
	short, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	errs := make(chan error)
	for range 2 {
		go func() { _, err := st.Call(short, true); errs <- err }()
	}
	for range 2 {
		fmt.Println(errors.Is(<-errs, context.DeadlineExceeded))
	}
	fmt.Println(st.Call(ctx, false))
	// Output:
	// true
	// true
	// [done] <nil>
}
