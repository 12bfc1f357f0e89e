// Package gopherlua implements the backend contract on gopher-lua, a VM for Lua 5.1.
//
// The adapter (adapter_gen.go) is generated from spec/vms/gopherlua.yaml; the other files are what an expression cannot
// say: their length is the distance between the VM and the contract. Only programs that embed gopher-lua and
// backend/selected import this package; the core never does.
//
// A state made by the backend (NewState) has base functions mended to the contract. A state of the user's own, given to
// Wrap, keeps its libraries as they are; all operations work on it except that its collectgarbage does not scrub.
//
// Threads, stack and ownership are those of package backend. An LFunction belongs to one state; a FunctionProto is
// immutable and is shared between states. All data of the adapter lives in the VM's registry table (vmdata.go).
package gopherlua
