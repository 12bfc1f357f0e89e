// Package golua implements the backend contract on Shopify's go-lua, a VM for Lua 5.2.
//
// The adapter (adapter_gen.go) is generated from spec/vms/golua.yaml; the other files are what an expression cannot say:
// their length is the distance between the VM and the contract. Only programs that embed go-lua and backend/selected
// import this package; the core never does.
//
// A state made by the backend (NewState) has libraries mended to the contract: base*.go, strings.go, patterns.go, and so
// on. A state of the user's own, given to Wrap, keeps its libraries as they are; all operations work on it. What stays
// amiss there: the VM's error function takes only strings, its xpcall is broken, its collectgarbage does not scrub, and
// its base functions do not know light userdata.
//
// # Threads
//
// go-lua has no coroutines, so a VM is one *lua.State. Functions of the standard libraries are shared by all states of
// the process (libraries.go) and are never written to. Prototypes are written to by the VM while it runs: they are never
// shared, CopyFunction makes new ones.
//
// # Stack
//
// The stack of a new state is empty, its base Top is 0. The VM checks no bounds when it pushes; at least 20 slots are
// free in a new Go function, and Reserve makes more.
//
// # Errors
//
// An error is a panic with an error value, and the Lua value on the top of the stack; the VM's frames stay as they were
// at the raise until a protected call drops them. So message handlers and tracebacks are run by deferred functions
// (calls.go), and every Go function that Lua can call has a deferred function that turns Go panics into Lua errors
// (errors.go): the VM's own protection dies of a panic whose value is no error.
//
// # Ownership
//
// The adapter keeps its data in the VM's registry (vmdata.go). Everything belongs to the Go heap; Close has nothing to
// free.
package golua
