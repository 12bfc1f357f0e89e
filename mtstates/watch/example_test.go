package watch_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/watch"
)

// A pool that gets new code as soon as its file is written.
func ExamplePool() {
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "rules.lua")
	save := func(code string) {
		err := errors.Join(os.WriteFile(file+".new", []byte(code), 0o644), os.Rename(file+".new", file)) // in one step
		if err != nil {
			log.Fatal(err)
		}
	}
	states, err := mtstates.NewRegistry(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	pool, err := mtstates.NewPool(states, "return function() end", mtstates.PoolSize(1, 8), mtstates.ChunkName("@rules.lua"))
	if err != nil {
		log.Fatal(err)
	}
	save(`return function(name) return "hello " .. name end`)

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	reloads := make(chan error, 10)
	go func() {
		if err := watch.Pool(ctx, pool, file, watch.OnReload(func(err error) { reloads <- err })); err != nil {
			log.Fatal(err)
		}
	}()

	fmt.Println(<-reloads)
	fmt.Println(pool.Call(ctx, "Ada"))
	save(`return function(name) return "good evening " .. name end`)
	fmt.Println(<-reloads)
	fmt.Println(pool.Call(ctx, "Ada"))
	// Output:
	// <nil>
	// [hello Ada] <nil>
	// <nil>
	// [good evening Ada] <nil>
}
