// Package golua implements the backend contract on Shopify's go-lua, a VM for Lua 5.2.
//
// The adapter (adapter_gen.go) is generated from spec/vms/golua.yaml; the other files are what an expression cannot say:
// their length is the distance between the VM and the contract. Only programs that embed go-lua and backend/selected
// import this package; the core never does.
//
// A state made by the backend (NewVM) has the libraries of the contract: most functions come from package stdlib,
// the others are in base*.go, debuglib.go, getinfo.go and packages.go. A state of the user's own, given to Wrap, keeps its
// libraries as they are; all operations work on it. What stays wrong there: the VM's error function takes only strings,
// its xpcall is broken, its collectgarbage does not scrub, its operators are not repaired, and its base functions do not
// know light userdata.
//
// # Libraries
//
// What all states share, functions above all, is read once per process into a template (libraries.go). The tables of a
// state are filled from it when a script first asks for a field (lazy.go); no script can tell.
//
// # Code
//
// Source is compiled by package repair/compiler, into code with instructions that package repair/instructions adds to the VM.
// The code is kept for other states that load the same source (code.go). Names in messages and of functions are found in
// the code that runs (repair/names).
//
// # Threads
//
// A VM is the *lua.State of the thread that runs: the main thread, or a coroutine, which package repair/coroutine makes.
// A Go function that calls Lua functions in the place of an instruction, or as pcall does, gives the VM a continuation
// (CallWithContinuation), so that they may yield; through all other Go functions, which use Call, a yield raises "attempt
// to yield across a C-call boundary". A yield is a panic: a deferred function that recovers asks yielding first. Functions of the standard libraries are shared by all states of
// the process (libraries.go) and are never written to. Prototypes are written to by the VM while it runs: they are never
// shared, CopyFunction makes new ones.
//
// # Stack
//
// The stack of a new state is empty, its base Top is 0. The VM checks no bounds when it pushes; at least 20 slots are
// free in a new Go function, and CheckStack makes more.
//
// # Errors
//
// An error is a panic with an error value, and the Lua value on the top of the stack; the VM's frames stay as they were
// at the raise until a protected call drops them. Message handlers of the VM run before that; the two of the adapter
// stand at the bottom of the stack, below the frame in which all of a state runs (state.go). They note the traceback and
// repair the VM's messages, and cost nothing while all is well. Every Go function that Lua can call has a deferred function
// that turns Go panics into Lua errors (errors.go): the VM's own protection dies of a panic whose value is not an error.
//
// # Ownership
//
// The adapter keeps its data in the VM's registry (vmdata.go). Everything belongs to the Go heap; Close has nothing to
// free.
package golua
