// Package backend is the contract between the core and a Lua VM. The core imports it and never a VM; an adapter
// (backend/gopherlua, backend/golua) implements it and never imports the core.
//
// # Shape
//
// A [Backend] is a small factory; a [VM] is a stack machine in the manner of Lua's C API. Both interfaces hold only
// what the core and package stdlib use. The operations of VM are generated from spec/backend.yaml, and so are the
// adapters, from spec/vms; what an expression cannot say is written by hand in the adapter's compat files.
//
// # Threads
//
// A VM may be used by any goroutine, but only by one at a time. The core guards each state with its busy flag.
// A Go function that Lua calls gets the VM of the coroutine that calls it, and may use it until it returns.
//
// # Stack
//
// Positive indexes count from the bottom of the running function's part of the stack, negative ones from the top;
// -1 is the topmost value. A Go function finds its arguments at 1, 2, ... and leaves its results on the top. At least
// 20 values may be pushed without [VM.CheckStack].
//
// # Ownership
//
// What stands on the stack is alive. An adapter value is one pointer wide, so that keeping it in an interface costs no
// allocation; it holds nothing of its own. Data that belongs to a VM lives in the VM.
//
// # Interrupts
//
// A VM that was made with [Options].Interrupt can be stopped by any goroutine at any time: through that [Interrupt],
// never through the VM. Its VM looks for the interrupt while it runs Lua code, also in coroutines; a Go function that
// waits looks for it with Env.Interrupt. Both raise an error, which unwinds as any other does.
//
// # Errors
//
// An error unwinds Go frames with a panic that only PCall and Lua's own pcall stop. So a Go function releases
// what it holds with defer, or before it raises.
package backend
