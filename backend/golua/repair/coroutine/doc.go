// Package coroutine gives go-lua coroutines, without goroutines: a suspended coroutine is an ordinary object of the Go
// heap, which the collector frees with all that only it refers to. Only package golua imports it.
//
// The fault: go-lua has threads as a type, counts the calls that may be suspended, and keeps continuations of Go functions,
// as Lua 5.2 does, but can neither make a thread nor suspend one ("use goroutines to emulate yield"). A goroutine is a root
// of the collector: what its stack refers to is never freed, and that may be the coroutine itself. When the VM can resume
// and yield, this package can go.
//
// # How it works
//
// A thread is a state of the VM's type with a stack and frames of its own, and the globals, registry and metatables of the
// VM that it belongs to. A yield is a panic that ends the VM's loop and all Go functions up to the resume. It leaves the
// frames of the thread as they are. A resume does for the innermost frame what its return would have done, and then goes
// on with the frame below:
//
//   - In a Lua function, it does the rest of the instruction that had called, a metamethod perhaps, and lets the VM's loop
//     go on at the next one (enter). The loop runs until the function returns that it was entered for, and those that it
//     has called by instructions.
//   - In a Go function, it calls the continuation that the function gave the VM (CallWithContinuation). A Go function that
//     gives none cannot be suspended: the VM counts such calls, and there Yieldable is false.
//
// An error in a resumed coroutine goes to the innermost protected call of a suspended Go function, as it would if that were
// still on the Go stack.
//
// # Rules
//
// The types of layout.go mirror the VM's. They may be used when [Repair] is on. A frame stays valid until its function
// returns. Deferred functions of Go functions that Lua calls ask [Yielding] before they recover: a yield is not an error.
package coroutine
