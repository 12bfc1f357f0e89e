// Package mtstates creates Lua states that any goroutine can call. It is the Lua module mtstates and the Go API for the
// same states.
//
// # A first state
//
// A [Registry] makes states and finds them again. It needs a backend, that is, a Lua VM: backend/gopherlua or
// backend/golua, or whichever the build tag names (backend/selected).
//
//	states, err := mtstates.NewRegistry(selected.Default())
//	adder, _, err := states.NewState(ctx, `
//		local sum = ...
//		return function(n) sum = sum + n return sum end
//	`, mtstates.Named("adder"), mtstates.Arguments(100))
//
// The string is the setup. It runs once, in the new state and with the arguments; the function that it returns is the
// callback of the state. Further results of the setup are the second result of NewState. Every call runs the callback,
// which keeps its local variables and the globals of its state from one call to the next:
//
//	results, err := adder.Call(ctx, 11) // Results{111.0}
//
// # Finding states
//
// Each state has an id, which no other state of the process has or had, and a name if [Named] gave it one:
//
//	same, err := states.StateByName("adder")
//	same, err = states.StateByID(adder.ID())
//
// The error is [ErrUnknownObject] when there is no such state.
//
// # Values
//
// Arguments are Go values of almost any type: structs and maps become tables, slices lists, functions Lua functions; see
// [State.Call]. Results have few types, and [Results.Scan] copies them into variables of the program's own types:
//
//	type Order struct {
//		Customer string   `lua:"customer"`
//		Items    []string `lua:"items,omitempty"`
//	}
//	results, err = checker.Call(ctx, Order{"Ann", []string{"tea"}})
//	var verdict struct{ Ok bool; Reasons []string }
//	err = results.Scan(&verdict)
//
// What does not fit is an error with the path to it, as in "integer expected, got string at items[2].price". A value
// that cannot leave a state, such as a Lua function, makes the call fail with [ErrStateResult].
//
// # Go functions
//
// [WithGo] gives scripts Go functions of any signature. An error that one returns is raised in Lua, and the caller of the
// state finds it with errors.Is:
//
//	states, err := mtstates.NewRegistry(selected.Default(), mtstates.WithGo("shop", map[string]any{
//		"price": func(ctx context.Context, id int) (Price, error) { ... },
//	}))
//
//	local price = require("shop").price(7) -- in Lua
//
// # Waiting, contexts and pools
//
// All methods of Registry and State may be called from any goroutine. A state runs one call at a time: [State.Call] waits for its
// turn, first come, first served, and [State.TryCall] fails with [ErrConcurrentAccess] instead. A deadline or a cancel of the
// context ends the wait or the run with [ErrInterrupted], also a loop without end:
//
//	ctx, cancel := context.WithTimeout(ctx, time.Second)
//	defer cancel()
//	_, err = st.Call(ctx)
//	errors.Is(err, context.DeadlineExceeded) // and errors.Is(err, mtstates.ErrInterrupted)
//
// A call that would wait for itself, directly or through other states, is [ErrDeadlock] at once.
//
// A [Pool] has several states of one setup, and any free one makes a call. It grows and shrinks, and [Pool.Replace] gives it new
// code while calls go on:
//
//	pool, err := mtstates.NewPool(states, setup, mtstates.PoolSize(2, 16))
//	results, err = pool.Call(ctx, request)
//	err = pool.Replace(ctx, newSetup)
//
// [Pool.TryCall] does not wait, and [Pool.Do] keeps one state for several calls.
//
// # Seen from outside
//
// [WithLogger] writes a record for each call, [WithCallHook] runs functions of the program around it, and [WithProfileLabels]
// shows in profiles of Go which states use the processor; package profiling writes profiles of Lua code. [Registry.All] lists
// the states, each with its [State.Stats] and [State.MemoryBytes], and [Registry.Pools] the pools. Packages metrics and tracing
// have a collector for Prometheus and spans of OpenTelemetry.
//
// # Errors
//
// Errors are values that errors.Is and errors.As understand. An error that Lua code raises arrives as
// [ErrInvokingState] with the message and the Lua stack; the state can be called again:
//
//	_, err = adder.Call(ctx, "eleven")
//	var failure *mtstates.Error
//	if errors.Is(err, mtstates.ErrInvokingState) && errors.As(err, &failure) {
//		log.Print(failure.Details(), failure.Traceback())
//	}
//
// An error that a Go function returned is found by errors.Is and errors.As outside of the state, too, also when it came
// through several states. The sentinels and the Lua objects mtstates.error.NAME come from the same list,
// spec/errors.yaml, and an [Error] is the object that scripts see.
//
// # Lifetime
//
// The registry does not keep states alive, unless they are [Kept]. A state lives as long as a *State refers to it, one in Go or one behind a
// handle in Lua. States that only refer to each other are collected together. [State.Close] frees a state earlier, and
// [Registry.Collect] frees at once what nothing refers to; scripts do that with collectgarbage(). [Registry.Shutdown] closes all
// states when their calls have ended, [Registry.Close] at once.
//
// # What scripts can do
//
// Options choose what the states of a registry can reach: [WithLibraries] the standard libraries, and with them the
// file system, [WithModules] Lua modules written in Go, [WithPath] and [WithFallbackPath] where require looks for Lua
// files, [WithStdout] where print writes. [WithMaxStates], [WithMaxMemory], [WithMaxString] and [WithMaxThreads] limit what they use;
// more than that is [ErrOutOfMemory]. [WithMaxInstructions] limits what one call does.
// [WithInterrupt] makes [State.Interrupt] work, which stops a callback from another goroutine.
//
// # Scripts
//
// [Registry.NewVM] makes a VM to run a script in, and [Registry.Preload] makes require find the module mtstates in a VM
// of the program's own. Package host does both with the companion modules mtmsg and llthreads2.
//
// # Modules in Go
//
// Beside [WithGo], [WithModules] adds Lua modules with objects and methods of their own. Package modules has what their
// authors need, and mtgen makes most of such a module from a description in YAML.
//
// This package and the companion modules import package backend and no VM; a test proves that.
package mtstates
