// Package mtstates is the core: Lua states that any goroutine may call, by reference, id or name. It is both the Lua
// module mtstates, which [Registry.Preload] puts into a VM, and the Go API for the same states.
//
// It runs over package backend and imports no VM; a test proves that. Programs pick a backend and hand it to
// [NewRegistry]; package host does so together with the companion modules.
//
// # Threads
//
// All methods of Registry and State may be called from any goroutine. A state runs one call at a time: a second call
// or close meanwhile fails with [ErrConcurrentAccess] at once and does nothing.
//
// # Ownership
//
// A registry does not keep its states alive. A state lives as long as a *State, in Go or inside a Lua handle, refers to
// it from outside; states that refer only to each other die together. Close frees a state earlier.
//
// # Errors
//
// Whatever leaves this API works with errors.Is and errors.As: the sentinels Err... are generated from
// spec/errors.yaml, and [Error] is the same object that Lua scripts see.
package mtstates
