package tasks_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"testing/fstest"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

// A script without files, with modules that the program brings, whose output goes to the program.
func Example_sandbox() {
	ctx := context.Background()
	var output bytes.Buffer
	states, err := mtstates.NewRegistry(selected.Default(),
		mtstates.WithLibraries("string", "table", "math"),
		mtstates.WithFS(fstest.MapFS{"tax.lua": {Data: []byte("return function(x) return x * 1.2 end")}}),
		mtstates.WithStdout(&output))
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	st, _, err := states.NewState(ctx, `
		local tax = require "tax"
		return function(x)
			print("taxed", tax(x))
			return io or os or debug or dofile or loadfile, pcall(require, "os")
		end`)
	if err != nil {
		log.Fatal(err)
	}
	out, err := st.Call(ctx, 100)
	fmt.Println(out[0], out[1], err)
	fmt.Print(output.String())
	// Output:
	// <nil> false <nil>
	// taxed	120
}
