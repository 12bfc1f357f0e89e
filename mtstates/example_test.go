package mtstates_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	shopify "github.com/Shopify/go-lua"
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend/golua"
	"github.com/mtstates/go-mtstates/backend/gopherlua"
	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

const script = `
	local mtstates = require "mtstates"
	local counter = mtstates.newstate(function()
		local n = 0
		return function() n = n + 1 return n end
	end)
	counter:call()
	result = counter:call()
`

// The modules in a gopher-lua state of your own.
func Example_gopherLua() {
	l := lua.NewState()
	defer l.Close()
	h, err := host.New(gopherlua.Backend)
	if err != nil {
		log.Fatal(err)
	}
	h.Preload(gopherlua.Wrap(l)) // require finds mtstates, mtmsg and llthreads2
	if err := l.DoString(script); err != nil {
		log.Fatal(gopherlua.Cause(err)) // the error that was raised, such as an *mtstates.Error
	}
	if err := h.Wait(context.Background()); err != nil { // for the threads that the script started
		log.Fatal(err)
	}

	fmt.Println(l.GetGlobal("result"))
	// Output: 2
}

// The modules in a go-lua state of your own.
func Example_goLua() {
	l := shopify.NewState()
	shopify.OpenLibraries(l)
	h, err := host.New(golua.Backend)
	if err != nil {
		log.Fatal(err)
	}
	h.Preload(golua.Wrap(l))
	if err := shopify.DoString(l, script); err != nil {
		log.Fatal(err) // errors.As finds an *mtstates.Error in it
	}
	if err := h.Wait(context.Background()); err != nil {
		log.Fatal(err)
	}

	l.Global("result")
	fmt.Println(l.ToValue(-1))
	// Output: 2
}

// States without any script around them.
func ExampleRegistry_NewState() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	adder, _, err := states.NewState(ctx, `
		local sum = ...
		return function(n) sum = sum + n return sum end
	`, mtstates.Named("adder"), mtstates.Arguments(100))
	if err != nil {
		log.Fatal(err)
	}
	results, err := adder.Call(ctx, 11)
	fmt.Println(results, err) // [111] <nil>

	same, _ := states.StateByName("adder")
	_, err = same.Call(ctx, "no number")
	fmt.Println(errors.Is(err, mtstates.ErrInvokingState))

	adder.Close()
	_, err = same.Call(ctx, 1)
	fmt.Println(errors.Is(err, mtstates.ErrObjectClosed))
	// Output:
	// [111] <nil>
	// true
	// true
}
