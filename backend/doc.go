// Package backend is the contract between the core and a Lua VM. The core imports it and never a VM; an adapter
// (backend/gopherlua, backend/golua) implements it and never imports the core.
//
// # Shape
//
// A [Backend] is a small factory; a [VM] is a stack machine in the manner of Lua's C API. Both interfaces contain only
// what the core and package stdlib use. The operations of VM are generated from spec/backend.yaml and the adapters from
// spec/vms. What an expression in the spec cannot do, an adapter does in functions written by hand. What operations can
// express is a function of this package.
//
// # Threads
//
// A VM may be used by any goroutine, but only by one at a time. The core guards each state with a flag. A Go function
// that Lua calls gets the VM of the calling coroutine, and may use it until it returns.
//
// # Stack
//
// Positive indexes count from the bottom of the running function's part of the stack, negative ones from the top; -1 is
// the topmost value. A Go function finds its arguments at 1, 2, ... and leaves its results on the top. At least 20
// values may be pushed without [VM.CheckStack].
//
// # Ownership
//
// Values on the stack are alive. An adapter value is one pointer wide, so putting it into an interface does not
// allocate, and it has no data of its own. Data that belongs to a VM lives in the VM.
//
// # Interrupts
//
// Any goroutine can stop a VM that was made with [Options].Interrupt, at any time: through that [Interrupt], never
// through the VM. The VM checks the interrupt while it runs Lua code, also in coroutines. A Go function that waits must
// check it with Env.Interrupt. Both raise an error, which unwinds like any other.
//
// # Errors
//
// An error unwinds Go frames with a panic that only PCall and Lua's own pcall stop. So a Go function releases its
// resources with defer, or before it raises.
package backend
